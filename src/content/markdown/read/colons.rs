//! Lines that begin with a colon and are no definitions: `:tada: …`, `:-)`. As in other programs, the colon of a definition
//! is followed by a blank; the parser does without, and would make a term of the paragraph above. Such a colon is escaped
//! before the text is parsed.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::options::options;

/// Most times that a text is parsed. A colon that is escaped can show that a later one is at the start of a line, too.
const ROUNDS: usize = 8;

/// A text with escaped colons.
pub(super) struct Colons {
    pub(super) text: String,
    /// Byte offsets of the added backslashes in `text`, in order.
    added: Vec<usize>,
}

impl Colons {
    /// The range of the original text for a range of `text`.
    pub(super) fn range(&self, range: &Range<usize>) -> Range<usize> {
        let original = |at: usize| at - self.added.partition_point(|added| *added < at);
        original(range.start)..original(range.end)
    }
}

/// Escapes colons that the parser would take for those of definitions. `None` when there are none.
pub(super) fn escaped(text: &str) -> Option<Colons> {
    if !text.lines().any(may_begin) {
        return None;
    }
    let mut colons = Colons { text: text.to_owned(), added: Vec::new() };
    for _ in 0..ROUNDS {
        let found: Vec<usize> = Parser::new_ext(&colons.text, options())
            .into_offset_iter()
            .filter(|(event, _)| matches!(event, Event::Start(Tag::DefinitionListDefinition)))
            .filter_map(|(_, range)| {
                let at = range.start + colons.text[range.start..].find(':')?;
                (!colons.text[at + 1..].starts_with([' ', '\t'])).then_some(at)
            })
            .collect();
        if found.is_empty() {
            break;
        }
        let mut places: Vec<usize> = found.into_iter().map(|at| colons.range(&(at..at)).start).collect();
        places.extend(colons.added.iter().map(|at| colons.range(&(*at..*at)).start));
        places.sort_unstable();
        places.dedup();
        let mut escaped = String::with_capacity(text.len() + places.len());
        let mut from = 0;
        for place in &places {
            escaped.push_str(&text[from..*place]);
            escaped.push('\\');
            from = *place;
        }
        escaped.push_str(&text[from..]);
        colons = Colons { text: escaped, added: places.iter().enumerate().map(|(index, at)| at + index).collect() };
    }
    (!colons.added.is_empty()).then_some(colons)
}

/// Whether a line begins with a colon, perhaps within lists and quotations, and no blank follows.
fn may_begin(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| " \t>-*+.)".contains(c) || c.is_ascii_digit());
    rest.strip_prefix(':').is_some_and(|rest| !rest.starts_with([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colons_that_would_begin_a_definition_are_escaped() {
        for (text, expected) in [
            (
                "Great news!\n\n:tada: We did it\n\n:-) smile\n",
                Some("Great news!\n\n\\:tada: We did it\n\n\\:-) smile\n"),
            ),
            ("> Text\n> :Code:\n", Some("> Text\n> \\:Code:\n")),
            ("- Text\n\n  :x\n", Some("- Text\n\n  \\:x\n")),
            ("Term\n: Definition\n:more\n", Some("Term\n: Definition\n\\:more\n")),
            ("Text\n:\n", Some("Text\n\\:\n")),
            ("Term\n: Definition\n", None),
            ("```\n:x\n```\n", None),
            ("    :x\n", None),
            (":x first\n", None),
            ("# Heading\n:x\n", None),
        ] {
            assert_eq!(escaped(text).map(|colons| colons.text).as_deref(), expected, "{text:?}");
        }
        let colons = escaped("A\n\n:b c\n\n:d\n").expect("there are some");
        assert_eq!(colons.text, "A\n\n\\:b c\n\n\\:d\n");
        let at = |words: &str| {
            let start = colons.text.find(words).expect("it is there");
            colons.range(&(start..start + words.len()))
        };
        assert_eq!((at("A"), at(":b c"), at("\\:b"), at(":d")), (0..1, 3..7, 3..5, 9..11));
    }
}
