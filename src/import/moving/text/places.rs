//! Finds the next occurrence of a delimiter in a text, from any byte offset. All occurrences are indexed once:
//! otherwise an unclosed delimiter would be searched for up to the end of the text each time, in quadratic time.

use std::collections::BTreeMap;

/// A text with an index of its delimiters.
pub(super) struct Places<'t> {
    text: &'t str,
    found: BTreeMap<&'static str, Vec<usize>>,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, found: BTreeMap::new() }
    }

    /// Returns the offset of the next occurrence at or after `from`. Occurrences may overlap.
    pub(super) fn next(&mut self, sign: &'static str, from: usize) -> Option<usize> {
        let all = self.found.entry(sign).or_insert_with(|| {
            let windows = self.text.as_bytes().windows(sign.len()).enumerate();
            windows.filter(|(_, bytes)| *bytes == sign.as_bytes()).map(|(at, _)| at).collect()
        });
        all.get(all.partition_point(|at| *at < from)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_in_any_order() {
        let mut places = Places::new("a$$$b>é>");
        let found = [("$$", 2), ("$$", 0), ("$$", 3), (">", 5), (">", 6), (">", 9)];
        assert_eq!(found.map(|(sign, from)| places.next(sign, from)), [Some(2), Some(1), None, Some(5), Some(8), None]);
    }
}
