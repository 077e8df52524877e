//! All scalars of a YAML document with their paths and positions.

use std::collections::BTreeSet;
use std::ops::Range;

use super::spanned::{NodeRef, SpannedYaml};
use crate::base::text;

/// A scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar<'m> {
    /// Path of keys and item indexes.
    pub path: Vec<String>,
    /// Text, without quotes.
    pub text: &'m str,
    /// Byte range, with quotes.
    pub range: Range<usize>,
}

/// All texts and numbers that are values, in document order; aliased ones once.
pub fn scalars(tree: &SpannedYaml) -> Vec<Scalar<'_>> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    walk(tree.root(), &mut Vec::new(), &mut seen, &mut found);
    found
}

/// The values of a YAML text, without keys and comments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScalarTexts {
    /// The YAML text with everything blanked out that is not a value. Offsets are those of the YAML text.
    pub in_place: String,
    /// The parsed values, one after the other: without quotes, escapes and line folding.
    pub parsed: String,
    /// The start of each value in `parsed`, and its byte range in the YAML text.
    ranges: Vec<(usize, Range<usize>)>,
}

impl ScalarTexts {
    /// The values of `tree`, except those under the keys `without`.
    pub fn of(tree: &SpannedYaml, text: &str, without: &[&str]) -> Self {
        let mut in_place = text.as_bytes().to_vec();
        text::blank(&mut in_place);
        let mut texts = Self::default();
        let is_kept = |one: &Scalar<'_>| one.path.first().is_none_or(|key| !without.contains(&&**key));
        for Scalar { range, text: value, .. } in scalars(tree).into_iter().filter(is_kept) {
            in_place[range.clone()].copy_from_slice(&text.as_bytes()[range.clone()]);
            texts.ranges.push((texts.parsed.len(), range));
            texts.parsed.push_str(value);
            texts.parsed.push('\n');
        }
        texts.in_place = String::from_utf8(in_place).unwrap_or_default();
        texts
    }

    /// The byte range, in the YAML text, of the value that contains a byte of `parsed`.
    pub fn range(&self, at: usize) -> Range<usize> {
        let after = self.ranges.partition_point(|(start, _)| *start <= at);
        after.checked_sub(1).map_or(0..0, |index| self.ranges[index].1.clone())
    }
}

fn walk<'m>(mark: NodeRef<'m>, path: &mut Vec<String>, seen: &mut BTreeSet<usize>, found: &mut Vec<Scalar<'m>>) {
    let range = mark.range();
    if let Some(text) = mark.text().filter(|_| !range.is_empty() && seen.insert(range.start)) {
        found.push(Scalar { path: path.clone(), text, range });
    }
    let mut below = |step: String, mark| {
        path.push(step);
        walk(mark, path, seen, found);
        path.pop();
    };
    for (index, item) in mark.items().into_iter().flatten().enumerate() {
        below(index.to_string(), item);
    }
    for (key, value) in mark.entries().into_iter().flatten() {
        below(key.text().unwrap_or_default().to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::yaml::spanned::parse;

    #[test]
    fn texts_are_found_with_their_keys_and_bytes() {
        let text = "a: [x, &n {b: \"y # z\"}] # no\nc: |\n  two\n  lines\nd: *n\ne:\n";
        let tree = parse(text).expect("YAML");
        let found: Vec<_> = scalars(&tree).into_iter().map(|one| (one.path.join("/"), &text[one.range])).collect();
        assert_eq!(found[0], ("a/0".to_owned(), "x"));
        assert_eq!(found[1], ("a/1/b".to_owned(), "\"y # z\""));
        assert!(found[2].0 == "c" && found[2].1.contains("two\n  lines"), "{found:?}");
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn values_are_as_written_and_as_meant() {
        let text = "a: \"f\\u00fcr\\\n  immer\"\nno: x # no\nb:\n  - >\n    two\n    lines\n  - 'it''s'\n";
        let values = ScalarTexts::of(&parse(text).expect("YAML"), text, &["no"]);
        assert_eq!(values.in_place.len(), text.len());
        assert!(values.in_place.contains("f\\u00fcr") && !values.in_place.contains('x'), "{}", values.in_place);
        assert_eq!(values.parsed, "fürimmer\ntwo lines\n\nit's\n");
        let range = |words: &str| values.range(values.parsed.find(words).expect("a value"));
        assert_eq!(&text[range("immer")], "\"f\\u00fcr\\\n  immer\"");
        assert!(text[range("two")].contains("lines"));
        assert_eq!(&text[range("it's")], "'it''s'");
        assert_eq!(ScalarTexts::default().range(0), 0..0);
    }
}
