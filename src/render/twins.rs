//! Articles as Markdown: front matter, headline, dek and text.

use htmd::HtmlToMarkdown;

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
    out.push_str(&format!("---\n\n# {}\n", twin.title));
    if let Some(summary) = &twin.summary {
        out.push_str(&format!("\n**{summary}**\n"));
    }
    let converter = HtmlToMarkdown::builder().skip_tags(vec!["script", "style"]).build();
    let body = converter.convert(&twin.html).unwrap_or_default();
    out.push_str(&format!("\n{}\n", body.trim()));
    out.into_bytes()
}
