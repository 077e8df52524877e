//! Articles as Markdown: front matter, headline, dek and text.

use crate::content::markdown::escaped;
use crate::plan::Twin;

/// Writes a twin. Values of its front matter are JSON strings, which YAML reads as such.
pub(in crate::render) fn twin(article: &Twin) -> Vec<u8> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut out = format!("---\ntitle: {}\n", quoted(&article.title));
    for (name, value) in &article.facts {
        out.push_str(&format!("{name}: {}\n", quoted(value)));
    }
    for (name, values) in &article.lists {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        out.push_str(&format!("{name}: [{}]\n", values.join(", ")));
    }
    out.push_str(&format!("---\n\n# {}\n", escaped(&article.title)));
    if let Some(summary) = &article.summary {
        out.push_str(&format!("\n**{}**\n", escaped(summary)));
    }
    out.push_str(&format!("\n{}\n", article.text));
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_text() {
        let article = Twin {
            title: "q6\"'><x-mark6> *a* #".to_owned(),
            facts: vec![("url", "https://a.example/\"".to_owned())],
            lists: Vec::new(),
            summary: Some("A & B [c](d) &amp;".to_owned()),
            text: "*Text.*".to_owned(),
        };
        let text = String::from_utf8(twin(&article)).expect("it is text");
        assert_eq!(
            text,
            "---\ntitle: \"q6\\\"'><x-mark6> *a* #\"\nurl: \"https://a.example/\\\"\"\n---\n\n# q6\"'>\\<x-mark6> \\*a\\* \\#\n\n**A & B \\[c\\](d) \\&amp;**\n\n*Text.*\n"
        );
    }
}
