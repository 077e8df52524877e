//! The words that a compiled text has from us: titles of alerts, and what buttons and boxes are called. They are in English.

/// HTML of a text in `language`, in which our words are marked as English where the text is not (WCAG 3.1.2).
pub fn mark_labels(html: String, language: &str) -> String {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    if primary.eq_ignore_ascii_case("en") {
        return html;
    }
    let labels =
        ["class=\"alert-title\">", "aria-label=\"Back to mention ", "aria-label=\"done\">", "aria-label=\"to do\">"];
    labels.into_iter().fold(html, |html, label| {
        if html.contains(label) { html.replace(label, &format!("lang=\"en\" {label}")) } else { html }
    })
}
