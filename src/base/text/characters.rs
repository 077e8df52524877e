//! Escaping for HTML, and removal of characters that documents may not contain.

/// Escapes text for HTML content and quoted attributes.
pub fn escape_html(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

/// Removes the characters that neither HTML nor XML 1.0 allows: control characters other than tab, line feed and
/// carriage return, and Unicode noncharacters. Word processors and wire services leave them in copy, where nobody can
/// see them.
pub fn without_controls(text: String) -> String {
    if text.chars().all(is_allowed) { text } else { text.chars().filter(|c| is_allowed(*c)).collect() }
}

/// Whether HTML and XML 1.0 both allow a character.
pub fn is_allowed(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => false,
        _ => u32::from(c) & 0xfffe != 0xfffe && !('\u{fdd0}'..='\u{fdef}').contains(&c),
    }
}
