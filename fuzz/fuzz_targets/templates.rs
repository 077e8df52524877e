//! Templates of a desk, up to three in one input, `---` between them: read, with all that they extend, include and call,
//! and the lexer that finds these.

#![no_main]

use dateline::render::{TemplateSource, Templates};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 3] = ["article.html", "components.html", "email/briefing.html"];

fuzz_target!(|input: &str| {
    let sources: Vec<TemplateSource> = NAMES
        .iter()
        .zip(input.split("\n---\n"))
        .map(|(name, text)| TemplateSource { name: (*name).to_owned(), text: text.to_owned() })
        .collect();
    let (templates, report) = Templates::read(&sources);
    for problem in report.diagnostics() {
        assert!(!problem.message.is_empty(), "a problem without words: {problem:?}");
        if let Some(place) = &problem.place {
            let source = sources.iter().find(|source| place.file.ends_with(&source.name));
            let lines = source.map_or(0, |source| source.text.split('\n').count() + 1);
            assert!(place.line as usize <= lines, "a line that the file does not have: {problem:?}");
        }
    }
    match templates {
        None => assert!(report.has_errors(), "templates that cannot be used have an error"),
        Some(templates) => {
            for (name, _) in templates.own() {
                assert!(!templates.made_of(name).is_empty(), "`{name}` is made of itself at least");
            }
        }
    }
});
