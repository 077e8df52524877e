//! Translates error messages of libyaml into plain words with help.
//!
//! libyaml says what its grammar expected (`did not find expected key`); a writer needs to hear that a title with a
//! colon needs quotes.

use super::source::Source;
use crate::base::codes;
use crate::base::report::Diagnostic;

/// Explains `complaint`, raised at byte `at` of the source.
pub(super) fn explain(source: Source<'_>, complaint: &str, at: usize) -> Diagnostic {
    let at = source.floor(at);
    let says = |what: &str| complaint.contains(what);
    let start = context(source.text, complaint);
    let line = Line::around(source.text, at);
    let opening = start.map(|start| Line::around(source.text, start));
    // The line of the value that failed; for quotes and aliases, the line on which they start.
    let value = opening.as_ref().unwrap_or(&line).value();
    let first = value.as_ref().and_then(|value| value.text.chars().next());

    if says("control characters") {
        return control(source, complaint);
    }
    if says("tab character") || source.text[at..].starts_with('\t') {
        return tab(source, at);
    }
    if says("unexpected end of stream") && says("quoted scalar") {
        let at = start.unwrap_or(at);
        return syntax("this quote is never closed")
            .at(source.place(at..at + 1))
            .help("close it at the end of the value");
    }
    if says("expected ',' or") {
        let at = start.unwrap_or(at);
        let (what, close) = if says("']'") { ("list", "]") } else { ("map", "}") };
        return syntax(format!("this {what} is never closed"))
            .at(source.place(at..at + 1))
            .help(format!("close it with `{close}`"));
    }
    if says("Unicode character escape") {
        return surrogates(source, at);
    }
    if says("unknown escape") || says("hexadecimal number") {
        let start = source.text[..source.floor(at + 1)].rfind('\\').unwrap_or(at);
        let escape: String = source.text[start..].chars().take(2).collect();
        return syntax(format!("`{escape}` is not an escape that double quotes know"))
            .at(source.place(start..start + escape.len()))
            .help(r"write `\\` for a backslash, or put the value in single quotes");
    }
    if says("mapping values are not allowed") {
        return colon(source, &line, at);
    }
    if says("could not find expected ':'") {
        let line = opening.unwrap_or(line);
        return syntax("this line is neither `key: value` nor part of a value")
            .at(source.place(line.marked()))
            .help("give it a key; the further lines of a long value are indented");
    }
    if says("more than one document") {
        return documents(source);
    }
    if let (Some(value), Some(first)) = (value, first) {
        if matches!(first, '"' | '\'') && !says("while scanning") {
            return quote(syntax("text follows the closing quote of this value"), source, &value);
        }
        if let Some(meaning) = indicator(first) {
            let message = format!("a value that starts with `{first}` is read as {meaning}");
            return quote(syntax(message), source, &value);
        }
    }
    if says("did not find expected key") || says("'-' indicator") {
        return syntax("this does not fit the lines above it")
            .at(source.place(at..line.marked().end.max(at)))
            .help("keys of one map, and entries of one list, start in the same column");
    }
    let plain = complaint.split(" at line ").next().unwrap_or(complaint);
    syntax(format!("this is not YAML: {plain}")).at(source.place(at..at + 1))
}

/// Explains `\ud83d\ude42`: a surrogate pair, as JSON and JavaScript escape a character, or a code point that is no
/// character.
fn surrogates(source: Source<'_>, at: usize) -> Diagnostic {
    let text = source.text;
    let start = text[..source.floor(at + 2)].rfind('\\').unwrap_or(source.floor(at));
    let half = |at: usize| u16::from_str_radix(text.get(at..at + 6)?.strip_prefix("\\u")?, 16).ok();
    let pair = half(start).zip(half(start + 6)).and_then(|(high, low)| char::decode_utf16([high, low]).next()?.ok());
    if let Some(whole) = pair.filter(|whole| whole.len_utf16() == 2) {
        let message =
            format!("`{}` is one character in two halves, which YAML does not know", &text[start..start + 12]);
        return syntax(message)
            .at(source.place(start..start + 12))
            .help(format!("write the character itself: `{whole}`"))
            .replace_with(whole);
    }
    let digits = text[start..].bytes().skip(2).take_while(u8::is_ascii_hexdigit).count();
    let end = source.floor(start + 2 + digits);
    syntax(format!("`{}` is not a character", &text[start..end]))
        .at(source.place(start..end))
        .help("write the character itself")
}

fn syntax(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(codes::YAML_SYNTAX, message)
}

/// The meaning of an indicator at the start of a plain scalar in YAML.
fn indicator(first: char) -> Option<&'static str> {
    Some(match first {
        '*' => "an alias",
        '&' => "an anchor",
        '!' => "a tag",
        '|' | '>' => "the start of a longer text, which goes on the next lines",
        '@' | '`' => "nothing: YAML reserves it",
        '%' => "a directive",
        '?' => "a key",
        '-' => "a list, which cannot start on the line of its key",
        ',' | ']' | '}' => "part of a list or map",
        _ => return None,
    })
}

fn quote(problem: Diagnostic, source: Source<'_>, value: &Part<'_>) -> Diagnostic {
    problem
        .at(source.place(value.start..value.start + value.text.len()))
        .help("quote the value")
        .replace_with(quoted(value.text))
}

/// Quotes a text as a scalar, after removing quotes that were meant to enclose it.
fn quoted(text: &str) -> String {
    let inner = ['"', '\'']
        .iter()
        .find_map(|mark| text.strip_prefix(*mark)?.strip_suffix(*mark))
        .filter(|inner| !inner.is_empty())
        .unwrap_or(text);
    // In `"Oil" or "gas"` the outer quotes belong to the text: the first one within closes. In `"He said "no" to it"` it opens.
    let closes = |at: usize| !inner[..at].ends_with([' ', '(', '[', '\u{a0}']);
    let inner = if text.starts_with('"') && inner.find('"').is_some_and(closes) { text } else { inner };
    if inner.contains(['"', '\\']) { format!("'{}'", inner.replace('\'', "''")) } else { format!("\"{inner}\"") }
}

fn control(source: Source<'_>, complaint: &str) -> Diagnostic {
    let position = complaint.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0);
    let at = source.floor(position);
    let code = source.text[at..].chars().next().map_or(0, u32::from);
    syntax(format!("a control character (U+{code:04X}) is not allowed in YAML"))
        .at(source.place(at..at + 1))
        .help("delete it; it often comes with text copied from another program")
}

fn tab(source: Source<'_>, at: usize) -> Diagnostic {
    let start = source.text[..at].trim_end_matches('\t').len();
    let end = at + source.text[at..].len() - source.text[at..].trim_start_matches('\t').len();
    syntax("a tab cannot indent YAML")
        .at(source.place(start..end))
        .help("use spaces")
        .replace_with("  ".repeat(end - start))
}

fn colon(source: Source<'_>, line: &Line<'_>, at: usize) -> Diagnostic {
    if let Some(value) = line.value().filter(|value| value.start <= at) {
        let message = "a colon with a space after it, in a value without quotes, starts a map";
        return quote(syntax(message), source, &value);
    }
    let above = line.start.checked_sub(1).map(|end| Line::around(source.text, end));
    if let Some(above) = above.filter(|above| !above.text.trim().is_empty())
        && above.value().is_none()
        && !above.text.trim_end().ends_with(':')
    {
        let marked = above.marked();
        let problem = syntax("this line is neither `key: value` nor part of a value").at(source.place(marked.clone()));
        return match above.text.trim().split_once(':') {
            Some((key, value)) if !key.contains(' ') => {
                problem.help("a colon needs a space after it").replace_with(format!("{key}: {value}"))
            }
            _ => problem.help("give it a key; the further lines of a long value are indented"),
        };
    }
    syntax("this line is indented too far")
        .at(source.place(line.marked()))
        .help("keys of one map start in the same column")
}

fn documents(source: Source<'_>) -> Diagnostic {
    let mut start = 0;
    let mut indent = None;
    for text in source.text.split_inclusive('\n') {
        let line = Line { start, text: text.trim_end_matches(['\r', '\n']) };
        start += text.len();
        if start > text.len() && matches!(line.text.trim_end(), "---" | "...") {
            return syntax("a second YAML document starts here")
                .at(source.place(line.marked()))
                .help("`---` and `...` must not be on a line of their own inside it");
        }
        let body = line.text.trim_start();
        if body.is_empty() || body.starts_with('#') {
            continue;
        }
        let depth = line.text.len() - body.len();
        if depth < *indent.get_or_insert(depth) {
            return syntax("this line is indented less than the first one")
                .at(source.place(line.marked()))
                .help("keys of one map start in the same column");
        }
    }
    syntax("there is more than one YAML document here").at(source.head()).help("keep one")
}

/// The byte at which the failing construct started: `while scanning … at line 1 column 8`.
fn context(text: &str, complaint: &str) -> Option<usize> {
    let (_, tail) = complaint.split_once(", while ")?;
    let (_, place) = tail.split_once(" at line ").unwrap_or((tail, "1 column 1"));
    let (line, column) = place.split_once(" column ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let offset = text.get(start..)?.char_indices().nth(column.checked_sub(1)?).map(|(at, _)| at)?;
    Some(start + offset)
}

/// A line without its line break.
struct Line<'t> {
    start: usize,
    text: &'t str,
}

/// A part of a line.
struct Part<'t> {
    start: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn around(text: &'t str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        Self { start, text: text[start..end].trim_end_matches('\r') }
    }

    /// Range of the line without its indentation.
    fn marked(&self) -> std::ops::Range<usize> {
        let body = self.text.trim();
        let start = self.start + self.text.len() - self.text.trim_start().len();
        start..start + body.len()
    }

    /// The text after the key: `a: b` in ` - title: a: b`.
    fn value(&self) -> Option<Part<'t>> {
        let body = self.text.trim_start();
        let colon = body.find(": ")?;
        let value = body[colon + 1..].trim_start();
        let start = self.start + self.text.len() - value.len();
        let text = value.trim_end();
        (!text.is_empty()).then_some(Part { start, text })
    }
}

impl Source<'_> {
    /// `at`, or the start of the character that contains it.
    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::yaml;

    #[test]
    fn complaints_are_plain_placed_and_hinted() {
        for (text, place, message, replacement) in [
            ("a: 1\ntitle: Beijing: the visit\n", "2:8-26", "a colon with", "\"Beijing: the visit\""),
            ("title: \"unclosed\nb: 2\n", "1:8-9", "this quote is never closed", ""),
            ("title: 'It's over'\n", "1:8-19", "text follows the closing quote", "\"It's over\""),
            ("title: \"Oil\" prices\n", "1:8-20", "text follows", "'\"Oil\" prices'"),
            ("title: \"Oil\" or \"gas\"\n", "1:8-22", "text follows", "'\"Oil\" or \"gas\"'"),
            ("title: \"He said \"no\" to it\"\n", "1:8-28", "text follows", "'He said \"no\" to it'"),
            ("\ttitle: x\n", "1:1-2", "a tab cannot indent", "  "),
            ("title: x\n\tb: y\n", "2:1-2", "a tab cannot indent", "  "),
            ("title: @here\n", "1:8-13", "a value that starts with `@`", "\"@here\""),
            ("title: *bold* text\n", "1:8-19", "a value that starts with `*` is read as an alias", "\"*bold* text\""),
            ("b: 1\ntitle: [a, b\nc: 2\n", "2:8-9", "this list is never closed", ""),
            ("title: {a: b\nb: 2\n", "1:8-9", "this map is never closed", ""),
            ("title: x\njust text\nb: 2\n", "2:1-10", "this line is neither", ""),
            ("title:x\ndate: 2023\n", "1:1-8", "this line is neither", "title: x"),
            ("title: x\n  b: 2\n", "2:3-7", "this line is indented too far", ""),
            (" title: x\nb: 2\n", "2:1-5", "this line is indented less", ""),
            ("title: - a\n", "1:8-11", "a value that starts with `-`", "\"- a\""),
            ("a: é\0b\n", "1:5-6", "a control character (U+0000)", ""),
            ("a: b\n---\nc: d\n", "2:1-4", "a second YAML document", ""),
            ("a: \"\\q\"\n", "1:5-7", "`\\q` is not an escape", ""),
            ("a: *nope\n", "1:4-9", "a value that starts with `*`", "\"*nope\""),
            ("title: > x\n", "1:8-11", "a value that starts with `>`", "\"> x\""),
            ("a:\n  - b\n - c\n", "3:2-5", "this does not fit", ""),
        ] {
            let (_, report) = yaml::read(Source::whole("a.yaml", text), &[], |(): (), _| Some(()));
            let [problem] = report.diagnostics() else { panic!("{text:?}: {report:?}") };
            let at = problem.place.as_ref().expect("a place");
            assert_eq!(problem.code, codes::YAML_SYNTAX, "{text:?}");
            assert!(problem.message.starts_with(message), "{text:?}: {}", problem.message);
            assert_eq!(format!("{}:{}-{}", at.line, at.column, at.end_column), place, "{text:?}: {}", problem.message);
            assert_eq!(problem.replacement.as_deref().unwrap_or(""), replacement, "{text:?}");
        }
    }
}
