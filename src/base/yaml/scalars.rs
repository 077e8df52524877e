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

/// The YAML text of `tree` with everything blanked out that is not a value: keys, comments, and everything under the
/// keys `without`.
pub fn values(tree: &SpannedYaml, text: &str, without: &[&str]) -> String {
    let mut values = text.as_bytes().to_vec();
    text::blank(&mut values);
    let is_kept = |one: &Scalar<'_>| one.path.first().is_none_or(|key| !without.contains(&&**key));
    for Scalar { range, .. } in scalars(tree).into_iter().filter(is_kept) {
        values[range.clone()].copy_from_slice(&text.as_bytes()[range]);
    }
    String::from_utf8(values).unwrap_or_default()
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
}
