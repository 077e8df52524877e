//! The text of a story to all its outputs: page, feeds, lists, JSON-LD, Markdown twin, e-mail.

#![no_main]

use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

use dateline::pipeline;
use dateline::render::Rendered;
use dateline_fuzz::{request, write};
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

const CONFIG: &str = "title: T
base_url: https://t.example
markdown_twins: true
email: {from: desk@t.example, address: A street in a town, unsubscribe: 'https://t.example/leave'}
";
const EDITION: &str = "---\ndate: 2023-10-18\nstories: [a, b]\n---\n\nAn introduction.\n";
const OTHER: &str = "---\ntitle: Another\ndate: 2023-10-17\ntopics: [Ports]\n---\n\nSee [[a]].\n";

static SITE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().to_path_buf();
    let files =
        [("dateline.yaml", CONFIG), ("content/briefings/2023-10-18.md", EDITION), ("content/articles/b.md", OTHER)];
    write(&root, &files);
    (folder, root)
});

fuzz_target!(|body: &str| {
    let root = &SITE.1;
    let text = format!("---\ntitle: A story\ndate: 2023-10-18\ntopics: [Ports]\n---\n\n{body}");
    std::fs::write(root.join("content/articles/a.md"), text).expect("a file");
    let (prepared, report) = pipeline::prepare(&request(root));
    let Some(prepared) = prepared else {
        assert!(report.has_errors(), "a site that cannot be prepared has an error");
        return;
    };
    let pages = Mutex::new(0);
    let problems = pipeline::render(
        &prepared,
        |_, _, _| true,
        |output, _, outcome| {
            if let Rendered::Bytes(bytes) = &outcome.rendered
                && output.route.as_str().ends_with('/')
            {
                let page = std::str::from_utf8(bytes).expect("a page is UTF-8");
                assert!(page.trim_end().ends_with("</html>"), "a page that does not end: {}", output.route.as_str());
                *pages.lock().expect("no other thread has panicked") += 1;
            }
            Ok(())
        },
    );
    assert!(!problems.has_errors(), "no text can break the theme: {problems:?}");
    assert!(report.has_errors() || *pages.lock().expect("no other thread has panicked") > 4, "pages are missing");
});
