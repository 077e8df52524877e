//! Wire copy to content files, and those read as any content file is.

#![no_main]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use dateline::config::{BaseUrl, Config};
use dateline::import::wire::{self, ImportContext, WireOptions};
use dateline::pipeline;
use dateline::site::Site;
use dateline_fuzz::{request, write};
use libfuzzer_sys::fuzz_target;

static SITE: LazyLock<Arc<Site>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = [
        ("dateline.yaml", "title: T\nbase_url: https://t.example\n"),
        ("content/topics/icc.md", "---\ntitle: ICC\naliases: [The Hague]\n---\n"),
    ];
    write(folder.path(), &files);
    pipeline::assemble(&request(folder.path())).0.expect("the site is right")
});

fuzz_target!(|bytes: &[u8]| {
    let context = ImportContext::new(&SITE, WireOptions::default());
    let (articles, report) = wire::read("copy.txt", bytes, &context);
    for problem in report.diagnostics() {
        assert!(!problem.message.is_empty(), "a problem without words: {problem:?}");
    }
    let config = Config::minimal("T", BaseUrl::new("https://t.example", ""));
    for article in &articles {
        let path = wire::path(Path::new(""), None, article);
        let path = path.to_str().expect("a path of letters and hyphens");
        assert!(path.len() < 300 && !path.contains(".."), "a path that no disk takes: {path}");
        let kind = dateline::content::load::DocumentKind::Article;
        let text = article.text.clone().into_bytes();
        let (document, report) = dateline::content::load::load(path, text, kind, &config);
        assert!(document.is_some(), "what was written cannot be read: {report:?}");
    }
});
