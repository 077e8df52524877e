//! Articles as Markdown: front matter, headline, dek and text.

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::{Element, HtmlToMarkdown};

use crate::plan::Twin;

/// Writes a twin. Values of its front matter are JSON strings, which YAML reads as such.
pub(super) fn markdown(twin: &Twin) -> Vec<u8> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut out = format!("---\ntitle: {}\n", quoted(&twin.title));
    for (name, value) in &twin.facts {
        out.push_str(&format!("{name}: {}\n", quoted(value)));
    }
    for (name, values) in &twin.lists {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        out.push_str(&format!("{name}: [{}]\n", values.join(", ")));
    }
    out.push_str(&format!("---\n\n# {}\n", escaped(&twin.title)));
    if let Some(summary) = &twin.summary {
        out.push_str(&format!("\n**{}**\n", escaped(summary)));
    }
    let converter = HtmlToMarkdown::builder()
        .skip_tags(vec!["script", "style"])
        .add_handler(vec!["del", "s"], |handlers: &dyn Handlers, element: Element<'_>| {
            around("~~", "~~", handlers, &element)
        })
        .add_handler(vec!["sup"], |handlers: &dyn Handlers, element: Element<'_>| {
            around("<sup>", "</sup>", handlers, &element)
        })
        .add_handler(vec!["sub"], |handlers: &dyn Handlers, element: Element<'_>| {
            around("<sub>", "</sub>", handlers, &element)
        })
        .add_handler(vec!["q"], |handlers: &dyn Handlers, element: Element<'_>| around("“", "”", handlers, &element))
        .add_handler(vec!["input"], |_: &dyn Handlers, element: Element<'_>| {
            let has = |name: &str, value: Option<&str>| {
                element
                    .attrs
                    .iter()
                    .any(|found| &*found.name.local == name && value.is_none_or(|value| &*found.value == value))
            };
            has("type", Some("checkbox")).then(|| if has("checked", None) { "[x]" } else { "[ ]" }.into())
        })
        .build();
    let body = converter.convert(&twin.html).unwrap_or_default();
    out.push_str(&format!("\n{}\n", body.trim()));
    out.into_bytes()
}

/// What stands in an element, between marks.
fn around(before: &str, after: &str, handlers: &dyn Handlers, element: &Element<'_>) -> Option<HandlerResult> {
    let content = handlers.walk_children(element.node).content;
    (!content.is_empty()).then(|| format!("{before}{content}{after}").into())
}

/// A line of plain text as Markdown that reads the same.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek();
        let is_mark = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '|' => true,
            // Only what could be a character reference, or end a heading.
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#'),
            '#' => next.is_none_or(|next| *next == '#'),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn struck_and_raised_text_stays_and_titles_are_text() {
        let twin = Twin {
            title: "q6\"'><x-mark6> *a* #".to_owned(),
            facts: Vec::new(),
            lists: Vec::new(),
            summary: Some("A & B [c](d) &amp;".to_owned()),
            html: "<ul><li><input type=\"checkbox\" disabled aria-label=\"to do\"> a</li><li><input type=\"checkbox\" disabled checked> b</li></ul><p>He: <q>no way</q>.</p><p><del>100</del> 90 km<sup>2</sup> of H<sub>2</sub>O</p>".to_owned(),
        };
        let text = String::from_utf8(markdown(&twin)).expect("it is text");
        assert!(text.contains("# q6\"'>\\<x-mark6> \\*a\\* \\#\n\n**A & B \\[c\\](d) \\&amp;**\n"), "{text}");
        assert!(text.contains("[ ] a\n") && text.contains("[x] b\n") && text.contains("He: “no way”."), "{text}");
        assert!(text.ends_with("\n~~100~~ 90 km<sup>2</sup> of H<sub>2</sub>O\n"), "{text}");
    }
}
