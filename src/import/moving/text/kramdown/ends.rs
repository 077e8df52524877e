//! Finds where spans may end. All such places of a text are indexed once, so that thousands of spans without an end do
//! not each search the whole text.

use std::collections::HashMap;

use crate::import::moving::text::places::Places;

/// The ends of spans in a text.
pub(super) struct Ends<'t> {
    text: &'t str,
    places: Places<'t>,
    /// The runs of backticks: offset, length, and the greatest length from here on.
    runs: Option<Vec<(usize, usize, usize)>>,
    /// Closing braces without a backslash.
    braces: Option<Vec<usize>>,
    /// Double and single quotation marks that only white space separates from a closing parenthesis.
    titles: Option<[Vec<usize>; 2]>,
    /// The end tags of extensions, such as `{:/comment}`, by name.
    extensions: Option<HashMap<&'t str, Vec<usize>>>,
}

impl<'t> Ends<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, places: Places::new(text), runs: None, braces: None, titles: None, extensions: None }
    }

    /// Returns the offset of the next occurrence of a delimiter at or after `from`.
    pub(super) fn next(&mut self, sign: &'static str, from: usize) -> Option<usize> {
        self.places.next(sign, from)
    }

    /// Returns the length of the code span at a byte offset, including its backticks; none when there is none.
    pub(super) fn code(&mut self, at: usize) -> Option<usize> {
        let text = self.text;
        let run = text[at..].bytes().take_while(|byte| *byte == b'`').count();
        let starts = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        if run == 1 && starts && text[at + 1..].starts_with(char::is_whitespace) {
            return None;
        }
        let runs = self.runs.get_or_insert_with(|| runs(text));
        let first = runs.partition_point(|(start, ..)| *start < at + run);
        let (.., longest) = runs.get(first)?;
        let end = runs[first..].iter().find(|(_, length, _)| *length >= run).filter(|_| *longest >= run)?;
        Some(end.0 + run - at)
    }

    /// Returns the text in braces at a byte offset, with both braces.
    pub(super) fn braced(&mut self, at: usize) -> Option<&'t str> {
        let text = self.text;
        let braces = self.braces.get_or_insert_with(|| {
            text.match_indices('}').map(|(at, _)| at).filter(|at| !text[..*at].ends_with('\\')).collect()
        });
        let end = braces.get(braces.partition_point(|end| *end < at))?;
        text[at..].starts_with('{').then(|| &text[at..=*end])
    }

    /// Returns the offset of the quotation mark that ends the title of a link, at or after `from`.
    pub(super) fn title(&mut self, quote: char, from: usize) -> Option<usize> {
        let text = self.text;
        let titles = self.titles.get_or_insert_with(|| ['"', '\''].map(|quote| titles(text, quote)));
        let all = &titles[usize::from(quote == '\'')];
        all.get(all.partition_point(|at| *at < from)).copied()
    }

    /// Returns the offsets before and after the end tag of an extension, `{:/name}` or `{:/}`, at or after `from`.
    pub(super) fn extension(&mut self, name: &str, from: usize) -> Option<(usize, usize)> {
        let text = self.text;
        let tags = self.extensions.get_or_insert_with(|| extensions(text));
        let next = |name: &str| {
            let all = tags.get(name)?;
            let at = *all.get(all.partition_point(|at| *at < from))?;
            Some((at, at + "{:/}".len() + name.len()))
        };
        [next(name), next("")].into_iter().flatten().min()
    }
}

fn runs(text: &str) -> Vec<(usize, usize, usize)> {
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match found.last_mut() {
            Some((start, length, _)) if *start + *length == at => *length += 1,
            _ => found.push((at, 1, 0)),
        }
    }
    let mut longest = 0;
    for (_, length, most) in found.iter_mut().rev() {
        longest = longest.max(*length);
        *most = longest;
    }
    found
}

fn titles(text: &str, quote: char) -> Vec<usize> {
    let marks = text.match_indices(quote).map(|(at, _)| at);
    marks.filter(|at| text[at + 1..].trim_start().starts_with(')')).collect()
}

fn extensions(text: &str) -> HashMap<&str, Vec<usize>> {
    let mut found: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, _) in text.match_indices("{:/") {
        let rest = &text[at + 3..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if rest[end..].starts_with('}') {
            found.entry(&rest[..end]).or_default().push(at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_found_from_any_offset() {
        let text = "`a` ``b` c`` ` d";
        let mut ends = Ends::new(text);
        let code = |ends: &mut Ends<'_>, at: usize| ends.code(at).map(|length| &text[at..at + length]);
        assert_eq!(code(&mut ends, 0), Some("`a`"));
        assert_eq!(code(&mut ends, 4), Some("``b` c``"));
        assert_eq!((code(&mut ends, 13), code(&mut ends, 10)), (None, None));
        let mut ends = Ends::new("{a\\}b} {:/x} {:/} ('a' b' )");
        assert_eq!((ends.braced(0), ends.braced(1), ends.braced(20)), (Some("{a\\}b}"), None, None));
        assert_eq!(
            (ends.extension("x", 0), ends.extension("x", 8), ends.extension("y", 0)),
            (Some((7, 12)), Some((13, 17)), Some((13, 17)))
        );
        assert_eq!((ends.title('\'', 0), ends.title('\'', 25), ends.title('"', 0)), (Some(24), None, None));
    }
}
