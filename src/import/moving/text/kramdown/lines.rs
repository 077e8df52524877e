//! The lines of a text with their source lines, and the markers at the start of a line.

/// A line without its line break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// The source line, from 0.
    pub(super) at: u32,
}

impl Line {
    pub(super) fn new(text: impl Into<String>, at: u32) -> Self {
        Self { text: text.into(), at }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Returns the number of leading spaces.
pub(super) fn indent(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

/// Returns a line without up to three leading spaces; none when it is indented further.
pub(super) fn near(text: &str) -> Option<&str> {
    let spaces = indent(text);
    (spaces < 4 && !text[spaces..].starts_with('\t')).then(|| &text[spaces..])
}

/// Returns a line without four leading spaces or a tab; none when it has less.
pub(super) fn unindented(text: &str) -> Option<&str> {
    text.strip_prefix('\t').or_else(|| text.strip_prefix("    "))
}

/// Parses a list marker: whether the list is ordered, and the length of the marker including its indentation.
pub(super) fn list_marker(text: &str) -> Option<(bool, usize)> {
    let bare = near(text)?;
    let spaces = text.len() - bare.len();
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let (counts, length) = match bare.as_bytes().first()? {
        b'+' | b'*' | b'-' => (false, 1),
        _ if digits > 0 && bare[digits..].starts_with('.') => (true, digits + 1),
        _ => return None,
    };
    bare[length..].starts_with(['\t', ' ', '|']).then_some((counts, spaces + length))
}

/// Returns the length of a definition marker including its indentation.
pub(super) fn definition_marker(text: &str) -> Option<usize> {
    let bare = near(text)?;
    let rest = bare.strip_prefix(':')?;
    rest.starts_with(['\t', ' ', '|']).then_some(text.len() - rest.len())
}

/// Parses an ATX heading: its level and its text.
pub(super) fn heading(text: &str, is_gfm: bool) -> Option<(u8, &str)> {
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    if !(1..=6).contains(&level) {
        return None;
    }
    let rest = &text[level..];
    if is_gfm && !rest.starts_with([' ', '\t']) {
        return None;
    }
    Some((level as u8, rest.trim())).filter(|(_, words)| is_gfm || !words.is_empty())
}

/// Whether a line is a thematic break.
pub(super) fn is_rule(text: &str) -> bool {
    let Some(bare) = near(text) else { return false };
    let Some(sign) = bare.chars().next().filter(|sign| matches!(sign, '*' | '-' | '_')) else { return false };
    bare.chars().all(|c| c == sign || c == ' ' || c == '\t') && bare.chars().filter(|c| *c == sign).count() > 2
}

/// Whether a line is kramdown's end-of-block marker.
pub(super) fn is_end_of_block(text: &str) -> bool {
    text.strip_prefix('^').is_some_and(|rest| rest.trim().is_empty())
}

/// Parses a code fence: its character and its length.
pub(super) fn fence(text: &str, is_gfm: bool) -> Option<(char, usize)> {
    let bare = if is_gfm { near(text)? } else { text };
    let sign = bare.chars().next().filter(|sign| *sign == '~' || (is_gfm && *sign == '`'))?;
    let length = bare.chars().take_while(|c| *c == sign).count();
    (length > 2).then_some((sign, length))
}

/// The span-level HTML elements; all others begin a block.
const SPAN_ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "b", "big", "bdo", "br", "button", "cite", "code", "del", "dfn", "em", "i", "img", "input",
    "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "samp", "select", "small",
    "span", "strong", "sub", "sup", "tt", "u", "var",
];

/// Parses the name of an HTML tag at the start of a text, and whether it is an end tag.
pub(super) fn tag_name(text: &str) -> Option<(&str, bool)> {
    let rest = text.strip_prefix('<')?;
    let (rest, closes) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))).unwrap_or(rest.len());
    (end > 0 && rest.starts_with(|c: char| c.is_alphabetic() || c == '_')).then(|| (&rest[..end], closes))
}

/// Whether an HTML element is span-level.
pub(super) fn is_span_element(name: &str) -> bool {
    SPAN_ELEMENTS.iter().any(|of| of.eq_ignore_ascii_case(name))
}

/// Whether a line begins with the tag of a block element, which ends a paragraph.
pub(super) fn begins_html(text: &str) -> bool {
    let tag = near(text).and_then(tag_name);
    tag.is_some_and(|(name, _)| !is_span_element(name) && !name.eq_ignore_ascii_case("script"))
}
