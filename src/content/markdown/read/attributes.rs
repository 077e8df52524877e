//! Attributes of headings: `{#id .class topics=icc}`.

use pulldown_cmark::CowStr;

/// The attribute with the topics of an item.
pub(super) const TOPICS: &str = "topics";
/// The attribute with the authors of an entry of live coverage.
pub(super) const BY: &str = "by";
/// The class of an entry that is among the key events.
pub(super) const KEY: &str = "key";

/// The topics of an item, and the names of its other attributes and classes, which mean nothing there.
pub(super) fn of_item(
    classes: &[CowStr<'_>],
    attributes: &[(CowStr<'_>, Option<CowStr<'_>>)],
) -> (Vec<String>, Vec<String>) {
    let (names, others) = list(TOPICS, attributes);
    let classes = classes.iter().map(|class| format!(".{class}"));
    (names, classes.chain(others).collect())
}

/// The authors of an entry, whether it is a key event, and the names of its other attributes and classes.
pub(super) fn of_entry(
    classes: &[CowStr<'_>],
    attributes: &[(CowStr<'_>, Option<CowStr<'_>>)],
) -> (Vec<String>, bool, Vec<String>) {
    let (names, others) = list(BY, attributes);
    let is_key = classes.iter().any(|class| class.as_ref() == KEY);
    let classes = classes.iter().filter(|class| class.as_ref() != KEY).map(|class| format!(".{class}"));
    (names, is_key, classes.chain(others).collect())
}

/// The names in the attribute `key`, and the names of all other attributes.
fn list(key: &str, attributes: &[(CowStr<'_>, Option<CowStr<'_>>)]) -> (Vec<String>, Vec<String>) {
    let (mut names, mut unknown) = (Vec::new(), Vec::new());
    for (name, value) in joined(attributes) {
        match value.filter(|_| name == key) {
            Some(value) => names.extend(
                value
                    .split(',')
                    .map(|name| name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).to_owned())
                    .filter(|name| !name.is_empty()),
            ),
            None => unknown.push(name),
        }
    }
    (names, unknown)
}

/// Attributes with their values. The parser splits them at spaces, so quoted values are joined again.
pub(super) fn joined(attributes: &[(CowStr<'_>, Option<CowStr<'_>>)]) -> Vec<(String, Option<String>)> {
    let mut all: Vec<(String, Option<String>)> = Vec::new();
    let mut quote = None;
    for (name, value) in attributes {
        let word = if let (Some(_), Some((_, Some(before)))) = (quote, all.last_mut()) {
            before.push(' ');
            before.push_str(name);
            if let Some(value) = value {
                before.push('=');
                before.push_str(value);
            }
            value.as_ref().unwrap_or(name)
        } else {
            all.push((name.to_string(), value.as_ref().map(ToString::to_string)));
            let Some(value) = value else { continue };
            quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            if value.len() == 1 {
                continue;
            }
            value
        };
        if quote.is_some_and(|quote| word.ends_with(quote)) {
            quote = None;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(attributes: &[(&'static str, Option<&'static str>)]) -> (Vec<String>, Vec<String>) {
        let attributes: Vec<_> =
            attributes.iter().map(|(name, value)| (CowStr::from(*name), value.map(CowStr::from))).collect();
        of_item(&[CowStr::from("lead")], &attributes)
    }

    #[test]
    fn topics_are_read_and_all_else_is_unknown() {
        for (attributes, topics, unknown) in [
            (&[("topics", Some("icc,gas"))][..], &["icc", "gas"][..], &[][..]),
            (&[("topics", Some("\"icc,")), ("energy", None), ("exports\"", None)], &["icc", "energy exports"], &[]),
            (&[("topics", Some("\"")), ("icc\"", None), ("x", None)], &["icc"], &["x"]),
            (&[("topic", Some("icc"))], &[], &["topic"]),
            (&[("topics", None), ("a", Some("'b")), ("c'", None), ("d", None)], &[], &["topics", "a", "d"]),
        ] {
            let (found, others) = read(attributes);
            assert_eq!(found, topics, "{attributes:?}");
            assert_eq!(others[1..], *unknown, "{attributes:?}");
            assert_eq!(others[0], ".lead");
        }
    }
}
