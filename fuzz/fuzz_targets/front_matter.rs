//! A content file of any kind: decoded, its front matter read and checked, its Markdown compiled. The first byte says
//! which kind.

#![no_main]

use dateline::config::{BaseUrl, Config};
use dateline::content::load::{DocumentKind, load};
use libfuzzer_sys::fuzz_target;

const FILES: [(&str, DocumentKind); 5] = [
    ("content/articles/a.md", DocumentKind::Article),
    ("content/briefings/2023-10-18.md", DocumentKind::Briefing),
    ("content/topics/a.md", DocumentKind::Topic),
    ("content/people/a.md", DocumentKind::Person),
    ("content/pages/a.md", DocumentKind::Page),
];

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else { return };
    let (path, kind) = FILES[usize::from(*first) % FILES.len()];
    let config = Config::minimal("T", BaseUrl::new("https://t.example", ""));
    let (document, report) = load(path, bytes.to_vec(), kind, &config);
    assert!(document.is_some() || report.has_errors(), "a file that gives no document has an error");
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    for problem in report.diagnostics() {
        assert!(!problem.message.is_empty(), "a problem without words: {problem:?}");
        if let Some(place) = &problem.place {
            assert_eq!(place.file, path, "a problem in a file that was not read: {problem:?}");
            assert!(place.line as usize <= lines, "a line that the file does not have: {problem:?}");
        }
    }
});
