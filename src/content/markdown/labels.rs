//! Labels that the compiler writes in English: titles of alerts, names of buttons and checkboxes.

/// Adds `lang="en"` to the labels in a text of another language (WCAG 2.2, criterion 3.1.2).
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
