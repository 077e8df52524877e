//! Joins lines into paragraphs. Some wires send each paragraph as one line, others hard-wrap their text.

use crate::import::wire::phrases::credits;
use crate::import::wire::phrases::dateline;
use crate::import::wire::phrases::embargo;
use crate::import::wire::phrases::headers;
use crate::import::wire::phrases::marks;

/// A paragraph as a single line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::wire) struct Paragraph {
    /// The text, with single spaces; columns keep theirs.
    pub(in crate::import::wire) text: String,
    /// The line of the file on which the paragraph starts, from 1.
    pub(in crate::import::wire) line: u32,
    /// Whether it is a line of columns, as in a table.
    pub(super) is_columns: bool,
    /// Whether a blank line, or the start of the text, is above it.
    pub(in crate::import::wire) opens: bool,
}

/// The minimum length, in characters, of a hard-wrapped line that is not the last of its paragraph.
const SHORTEST_WRAP: usize = 45;
/// The maximum length of a hard-wrapped line, in characters.
const LONGEST_WRAP: usize = 130;
/// The maximum length, in bytes, of a paragraph in special form, such as one in brackets that is still open.
const LONGEST_OPEN: usize = 600;

/// Returns the paragraphs of a text. `is_place` tells whether the site knows a place of this name.
pub(in crate::import::wire) fn paragraphs(text: &str, is_place: &dyn Fn(&str) -> bool) -> Vec<Paragraph> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let width = wrap_width(&lines);
    let stands_in = stands_in(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut above = "";
    for (index, line) in lines.iter().enumerate() {
        if line.trim().is_empty() {
            above = "";
            continue;
        }
        let joins = !above.is_empty()
            && paragraphs.last().is_some_and(|paragraph| {
                let fresh = index + 1 == paragraph.line as usize + 1;
                joins(paragraph, above, line, Around { width, stands_in, fresh, is_place })
            });
        match paragraphs.last_mut() {
            Some(paragraph) if joins => {
                paragraph.text.push(' ');
                paragraph.text.push_str(&squeezed(line));
            }
            _ => {
                let is_columns = is_columns(line);
                let text = if is_columns { line.replace('\t', "    ") } else { squeezed(line) };
                paragraphs.push(Paragraph { text, line: index as u32 + 1, is_columns, opens: above.is_empty() });
            }
        }
        above = line;
    }
    paragraphs
}

/// The context in which a line is joined to a paragraph or not.
struct Around<'a> {
    /// The width of hard-wrapped lines; none when lines are not wrapped.
    width: Option<usize>,
    /// Whether the first line of each paragraph is indented.
    stands_in: bool,
    /// Whether the paragraph consists of a single line so far.
    fresh: bool,
    is_place: &'a dyn Fn(&str) -> bool,
}

/// Whether `line` continues a paragraph whose last line is `above`.
fn joins(paragraph: &Paragraph, above: &str, line: &str, around: Around<'_>) -> bool {
    let text = paragraph.text.as_str();
    // Lines in special form are short, while a paragraph on one line may be very long.
    let is_short = text.len() < LONGEST_OPEN;
    if paragraph.is_columns || is_columns(line) || is_short && marks::is_end(text) || marks::is_end(line) {
        return false;
    }
    if is_short && text.starts_with('(') && !text.contains(')') {
        return true;
    }
    if credits::opens(text) && credits::goes_on(text) && is_short && !credits::opens(line) {
        return true;
    }
    let full = around.width.is_some_and(|width| {
        let word = line.split_whitespace().next().map_or(0, |word| word.chars().count());
        above.chars().count() + 1 + word > width
    });
    if is_structural(line, &around)
        && !(full
            && marks::bullet(line).is_some_and(|(sign, _)| sign == marks::Bullet::Dash)
            && !marks::ends_sentence(above))
    {
        return false;
    }
    let lower = line.trim_start().starts_with(char::is_lowercase);
    let is_item = marks::bullet(text).is_some();
    let indent = |line: &str| line.len() - line.trim_start().len();
    if is_item {
        let deeper = indent(line) > indent(above) || !around.fresh && indent(line) == indent(above) && indent(line) > 0;
        return lower && !text.ends_with([':', '.']) || deeper && (lower || full || !marks::ends_sentence(above));
    }
    if is_short && (headers::is_byline(text) || marks::is_capitals(text)) {
        return false;
    }
    if lower && !marks::ends_sentence(above) {
        return true;
    }
    if is_short && (embargo::is_embargo(text) || headers::is_slugline(text) || credits::credits(text).is_some()) {
        return false;
    }
    if around.stands_in {
        return indent(line) < 2;
    }
    // The first line of a paragraph may be indented.
    let opens = indent(line) >= 2 && indent(line) > indent(above);
    around.width.is_some() && !opens && (full || !marks::ends_sentence(above) && lower)
}

/// Whether a line begins a structure of its own, such as a list item or a by-line, whatever is above it.
fn is_structural(line: &str, around: &Around<'_>) -> bool {
    let text = line.trim();
    marks::bullet(text).is_some()
        || marks::is_capitals(text)
        || credits::opens(text) && !text.is_empty()
        || headers::is_byline(text)
        || headers::is_slugline(text)
        || headers::tag(text).is_some()
        || headers::is_advisory(text)
        || embargo::is_embargo(text)
        || dateline::scan(text, around.is_place).is_some()
}

/// Returns the width at which lines are hard-wrapped; none when each line is a paragraph.
fn wrap_width(lines: &[&str]) -> Option<usize> {
    let (mut inner, mut wrapped, mut open, mut width) = (0, 0, 0, 0);
    for block in lines.split(|line| line.trim().is_empty()).filter(|block| block.len() >= 2) {
        for line in &block[..block.len() - 1] {
            if is_columns(line) || marks::bullet(line).is_some() || marks::is_capitals(line) {
                continue;
            }
            let length = line.chars().count();
            inner += 1;
            if (SHORTEST_WRAP..=LONGEST_WRAP).contains(&length) {
                wrapped += 1;
                width = width.max(length);
                open += usize::from(!marks::ends_sentence(line));
            }
        }
    }
    // A line that is a whole paragraph ends a sentence; most hard-wrapped lines do not.
    (inner >= 2 && wrapped * 10 >= inner * 6 && open * 10 >= wrapped * 4).then_some(width)
}

/// Whether the first line of each paragraph is indented, so that a line without indentation continues a paragraph.
fn stands_in(lines: &[&str]) -> bool {
    let prose =
        lines.iter().filter(|line| !line.trim().is_empty() && marks::bullet(line).is_none() && !is_columns(line));
    let (inner, outer): (Vec<&str>, Vec<&str>) = prose.partition(|line| line.len() - line.trim_start().len() >= 2);
    let long = inner.iter().filter(|line| line.chars().count() >= SHORTEST_WRAP).count();
    long >= 2 && inner.len() > outer.len()
}

/// Whether a line is set in columns: with two wide gaps or two tabs between words, or with one and a digit at its end.
fn is_columns(line: &str) -> bool {
    let text = line.trim();
    let tabs = text.matches('\t').count();
    let gaps = text.split("   ").filter(|part| !part.trim().is_empty()).count().saturating_sub(1);
    tabs >= 2
        || gaps >= 2
        || tabs + gaps == 1 && text.ends_with(|c: char| c.is_ascii_digit()) && text.chars().count() <= 80
}

fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs() {
        let read = |text: &str| {
            let paragraphs = paragraphs(text, &|_| false);
            paragraphs.into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>().join("|")
        };
        let wrapped = "The court will hear the port case in March, a clerk said on\nMonday. The hearing was moved twice this year. The clerk,\nAna Reyes, said that no further delay was planned and that\nall sides agreed.\nThe port has been closed since May, when the second of two\nstorms broke its outer wall.";
        let one = "The court will hear the port case in March, a clerk said on Monday. The hearing was moved twice this year. The clerk, Ana Reyes, said that no further delay was planned and that all sides agreed.|The port has been closed since May, when the second of two storms broke its outer wall.";
        for (text, expected) in [
            ("One.\nTwo.\n\nThree.", "One.|Two.|Three."),
            ("A clerk\nsaid so.", "A clerk said so."),
            (wrapped, one),
            (
                "  Indented once and long enough to be a line that is broken\nby hand, which the next one is too, as it goes on and on and\non.\n  Indented again and long enough to be a line that is broken\nby hand.",
                "Indented once and long enough to be a line that is broken by hand, which the next one is too, as it goes on and on and on.|Indented again and long enough to be a line that is broken by hand.",
            ),
            (
                "(Reporting by Mara Voss in Kesh, Tomas Lind and\nJ. Okoro in Port Salis; Editing by\nBo Dahl)",
                "(Reporting by Mara Voss in Kesh, Tomas Lind and J. Okoro in Port Salis; Editing by Bo Dahl)",
            ),
            ("- price\n- volume\n  of gas\n- transit", "- price|- volume of gas|- transit"),
            ("GAS TALKS\nthe rest", "GAS TALKS|the rest"),
            ("Port      1990    2000\nKesh      12      14", "Port      1990    2000|Kesh      12      14"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
