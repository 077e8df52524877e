//! The text of a story to all its outputs: page, feeds, lists, JSON-LD, Markdown twin, e-mail.

#![no_main]

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

use dateline::base::digest::Digest;
use dateline::base::disk::Rescan;
use dateline::base::stages::Stages;
use dateline::pipeline::{self, BuildCache};
use dateline::render::Rendered;
use dateline_fuzz::{request, write};
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

const STORY: &str = "content/articles/a.md";
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

/// What is kept from one text to the next, as `serve` does: templates, other files, and the key of each output.
static KEPT: LazyLock<Mutex<(BuildCache, HashMap<String, Digest>)>> =
    LazyLock::new(|| Mutex::new((BuildCache::empty(&request(&SITE.1)), HashMap::new())));

fuzz_target!(|body: &str| {
    let root = &SITE.1;
    let text = format!("---\ntitle: A story\ndate: 2023-10-18\ntopics: [Ports]\n---\n\n{body}");
    std::fs::write(root.join(STORY), text).expect("a file");
    let (cache, keys) = &mut *KEPT.lock().expect("no other thread has panicked");
    cache.touch(Rescan::Paths(BTreeSet::from([STORY.to_owned()])));
    let (prepared, report) = pipeline::prepare_again(&request(root), cache, &mut Stages::start());
    let Some(prepared) = prepared else {
        assert!(report.has_errors(), "a site that cannot be prepared has an error");
        return;
    };
    // Only what the text changes is rendered: the rest would take most of the time.
    let (before, now, rendered) = (std::mem::take(keys), Mutex::new(HashMap::new()), Mutex::new(0));
    let problems = pipeline::render(
        &prepared,
        |_, output, key| {
            let route = output.route.as_str().to_owned();
            let is_stale = before.get(&route) != Some(&key);
            let mut now = now.lock().expect("no other thread has panicked");
            now.insert(route, key);
            is_stale
        },
        |output, _, outcome| {
            if let Rendered::Bytes(bytes) = &outcome.rendered
                && output.route.as_str().ends_with('/')
            {
                let page = std::str::from_utf8(bytes).expect("a page is UTF-8");
                assert!(page.trim_end().ends_with("</html>"), "a page that does not end: {}", output.route.as_str());
            }
            *rendered.lock().expect("no other thread has panicked") += 1;
            Ok(())
        },
    );
    *keys = now.into_inner().expect("no other thread has panicked");
    assert!(!problems.has_errors(), "no text can break the theme: {problems:?}");
    let stale = keys.iter().filter(|(route, key)| before.get(*route) != Some(*key)).count();
    assert_eq!(rendered.into_inner().expect("no other thread has panicked"), stale, "outputs are missing");
    assert!(report.has_errors() || keys.len() > 20, "outputs are missing");
});
