//! Explains why a digest changed: compares two listings of inputs and names each input with its old and new value.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::listing::{DERIVED, SHARED, shared};
use super::recording::Objects;

/// An input whose value changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Path of the input, such as `article.document.front.title`.
    pub input: String,
    /// The old value, cut to one line; `None` for a new input.
    pub old: Option<String>,
    /// The new value, cut to one line; `None` for an input that is gone.
    pub new: Option<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
        write!(f, "{}: {} → {}", self.input, shown(&self.old), shown(&self.new))
    }
}

/// A listing, with the shared listings that its lines refer to.
#[derive(Clone, Copy)]
pub struct Listed<'l> {
    /// One line for each input.
    pub text: &'l str,
    /// Shared values, by digest.
    pub objects: &'l Objects,
}

/// A value in a listing.
#[derive(Clone, Copy)]
struct ListedValue<'l> {
    value: &'l str,
    objects: &'l Objects,
}

impl<'l> Listed<'l> {
    fn value(self, value: &'l str) -> ListedValue<'l> {
        ListedValue { value, objects: self.objects }
    }
}

/// Compares two listings. Derived inputs, which only repeat others, are named when nothing else differs.
pub fn changes(old: Listed<'_>, new: Listed<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    compare("", old, new, &mut found);
    let (derived, own): (Vec<Change>, Vec<Change>) = found.into_iter().partition(|change| is_derived(&change.input));
    if own.is_empty() { derived } else { own }
}

fn is_derived(input: &str) -> bool {
    input.split(['.', ' ']).any(|part| part.starts_with(DERIVED))
}

/// The values of each name, in the order of the lines.
fn grouped(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, value) in text.lines().filter_map(|line| line.split_once('\t')) {
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => groups.push((name, vec![value])),
        }
    }
    groups
}

fn values<'t>(groups: &[(&'t str, Vec<&'t str>)], name: &str) -> Vec<&'t str> {
    groups.iter().find(|(other, _)| *other == name).map_or_else(Vec::new, |(_, values)| values.clone())
}

fn compare(within: &str, old: Listed<'_>, new: Listed<'_>, found: &mut Vec<Change>) {
    let (before, after) = (grouped(old.text), grouped(new.text));
    let gone = before.iter().filter(|(name, _)| !after.iter().any(|(other, _)| other == name));
    for (name, _) in after.iter().chain(gone) {
        let (mut olds, mut news) = (values(&before, name), values(&after, name));
        if olds == news {
            continue;
        }
        let input = joined(&[within, name]);
        let first = olds.iter().zip(&news).find(|(old, new)| old != new).map(|(old, new)| (*old, *new));
        news.retain(|value| match olds.iter().position(|other| other == value) {
            Some(at) => {
                olds.remove(at);
                false
            }
            None => true,
        });
        if let (true, true, Some((was, is))) = (olds.is_empty(), news.is_empty(), first) {
            let (was, is) = (shown(was, old.objects), shown(is, new.objects));
            found.push(Change { input: joined(&[&input, "(order)"]), old: Some(was), new: Some(is) });
        }
        olds.retain(|was| match news.iter().position(|is| are_one(old.value(was), new.value(is))) {
            Some(at) => {
                inside(&input, old.value(was), new.value(news.remove(at)), found);
                false
            }
            None => true,
        });
        let of_one = olds.len() == news.len();
        let mut news = news.into_iter().map(|value| shown(value, new.objects));
        for was in olds {
            let is = if of_one { news.next() } else { None };
            found.push(Change { input: input.clone(), old: Some(shown(was, old.objects)), new: is });
        }
        found.extend(news.map(|is| Change { input: input.clone(), old: None, new: Some(is) }));
    }
}

/// Digest and label of a value that is listed separately.
fn reference(value: &str) -> Option<(&str, &str)> {
    value.strip_prefix(SHARED)?.split_once('\t')
}

/// A label that distinguishes a shared value from others under the same name.
fn label(value: &str, objects: &Objects) -> Option<String> {
    let (id, label) = reference(value)?;
    if !label.is_empty() {
        return Some(label.to_owned());
    }
    let listing = shared(objects, id).unwrap_or_default();
    let own = listing.lines().find_map(|line| line.strip_prefix("url\t").or_else(|| line.strip_prefix("address\t")));
    Some(own.map_or_else(String::new, |own| own.trim_matches('"').to_owned()))
}

/// Whether two shared values are versions of one: they have the same label.
fn are_one(old: ListedValue<'_>, new: ListedValue<'_>) -> bool {
    label(old.value, old.objects).is_some_and(|label_of_old| label(new.value, new.objects) == Some(label_of_old))
}

/// Compares the contents of two shared values.
fn inside(input: &str, old: ListedValue<'_>, new: ListedValue<'_>, found: &mut Vec<Change>) {
    let (Some((was, _)), Some((is, _))) = (reference(old.value), reference(new.value)) else { return };
    let (before, after) = (old.objects, new.objects);
    let label = label(new.value, after).unwrap_or_default();
    let (input, known) = (joined(&[input, &label]), found.len());
    if let (Some(old), Some(new)) = (shared(before, was), shared(after, is)) {
        compare(&input, Listed { text: &old, objects: before }, Listed { text: &new, objects: after }, found);
    }
    if found.len() == known {
        found.push(Change { input, old: Some(was.to_owned()), new: Some(is.to_owned()) });
    }
}

/// A value as shown to people; for a shared value its title and label.
fn shown(value: &str, objects: &Objects) -> String {
    let Some((id, _)) = reference(value) else { return value.to_owned() };
    let label = label(value, objects).unwrap_or_default();
    let listing = shared(objects, id).unwrap_or_default();
    let title = listing.lines().find_map(|line| line.strip_prefix("title\t"));
    joined(&[title.unwrap_or(""), &label])
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> Vec<String> {
        let objects = Objects::default();
        objects.add(0xc1, &serde_json::json!({"title": "A", "url": "/b/"}));
        let found = changes(Listed { text: old, objects: &objects }, Listed { text: new, objects: &objects });
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_differs_is_named_with_what_it_was_and_is() {
        assert_eq!(told("a\t1\nb\t2\n", "a\t1\nb\t2\n"), [""; 0]);
        assert_eq!(told("a\t1\n~c\tx\n", "a\t2\n~c\ty\n"), ["a: 1 → 2"]);
        assert_eq!(told("a\t1\n~c\tx\n", "a\t1\n~c\ty\n"), ["~c: x → y"]);
        assert_eq!(told("a\t1\n", "b\t1\n"), ["b: none → 1", "a: 1 → none"]);
        assert_eq!(told("a\t1\na\t2\n", "a\t0\na\t1\na\t2\n"), ["a: none → 0"]);
        assert_eq!(told("a\t1\na\t2\n", "a\t1\na\t3\n"), ["a: 2 → 3"]);
        assert_eq!(told("a\t1\na\t2\n", "a\t2\na\t1\n"), ["a (order): 1 → 2"]);
        assert_eq!(told("s\t@c1\t/a/\n", "s\t@c2\t/a/\n"), ["s /a/: c1 → c2"], "nothing is known of what it is");
        assert_eq!(told("s\t@c1\t/a/\n", ""), ["s: \"A\" /a/ → none"]);
        assert_eq!(told("s\t@c1\t\n", ""), ["s: \"A\" /b/ → none"]);
    }
}
