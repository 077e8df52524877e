//! The differences of two statements.

use super::model::{ENTRIES, Entry, Field, ITEMS, Statement, TEXT, WHOLE};
use super::words::difference;

/// A part of a field that is new, has changed, or is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Key of the field.
    pub key: String,
    /// Index among the present entries; `None` when the entry is gone.
    pub index: Option<usize>,
    /// Name of the part; empty for an entry without parts, or as a whole.
    pub part: String,
    /// What it said; empty when it is new.
    pub was: String,
    /// What it says now; empty when it is gone.
    pub is: String,
}

impl Statement {
    /// How the present statement differs from this earlier one. The order of lists makes no difference, except that of a
    /// text, which is compared as one.
    pub fn differences(&self, present: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let whole = self.field(WHOLE);
        let is_same_text = whole.is_some() && whole == present.field(WHOLE);
        for is in present.fields.iter().filter(|field| field.key != WHOLE && !(is_same_text && field.key == TEXT)) {
            let Some(was) = self.field(&is.key) else { continue };
            if is.key == TEXT { found.extend(of_text(was, is)) } else { of_list(was, is, &mut found) }
        }
        found
    }
}

/// From the first block that differs to the last.
fn of_text(was: &Field, is: &Field) -> Option<Difference> {
    let said = |field: &Field| field.entries.iter().map(|entry| entry.part("").to_owned()).collect::<Vec<_>>();
    let (was, is) = (said(was), said(is));
    let (was_words, is_words): (Vec<&str>, Vec<&str>) =
        (was.iter().map(String::as_str).collect(), is.iter().map(String::as_str).collect());
    // Texts with other breaks between the same words say the same.
    if was == is || was.join(" ") == is.join(" ") {
        return None;
    }
    let (gone, new) = difference(&was_words, &is_words);
    let index = Some(new.start).filter(|_| !is.is_empty());
    let (was, is) = (was_words[gone].join(" "), is_words[new].join(" "));
    Some(Difference { key: TEXT.to_owned(), index, part: String::new(), was, is })
}

fn of_list(was: &Field, is: &Field, found: &mut Vec<Difference>) {
    let mut old: Vec<Option<&Entry>> = was.entries.iter().map(Some).collect();
    let mut new: Vec<(usize, &Entry)> = Vec::new();
    for (index, entry) in is.entries.iter().enumerate() {
        match old.iter_mut().find(|old| **old == Some(entry)) {
            Some(same) => *same = None,
            None => new.push((index, entry)),
        }
    }
    let mut unpaired = Vec::new();
    for (index, entry) in new {
        let is_same_item = |old: &&mut Option<&Entry>| {
            [ITEMS, ENTRIES].contains(&&*is.key) && old.is_some_and(|old| old.part("id") == entry.part("id"))
        };
        match old.iter_mut().find(is_same_item).and_then(Option::take) {
            Some(before) => of_entry(&is.key, index, before, entry, found),
            None => unpaired.push((index, entry)),
        }
    }
    let mut rest = old.into_iter().flatten();
    for (index, entry) in unpaired {
        match rest.next() {
            Some(before) => of_entry(&is.key, index, before, entry, found),
            None => of_entry(&is.key, index, &Entry(Vec::new()), entry, found),
        }
    }
    let gone = |entry: &Entry| {
        let said = entry.0.iter().filter(|(name, said)| name != "id" && !said.is_empty());
        let was = said.map(|(_, said)| said.as_str()).collect::<Vec<_>>().join(" ");
        Difference { key: is.key.clone(), index: None, part: String::new(), was, is: String::new() }
    };
    found.extend(rest.map(gone));
}

fn of_entry(key: &str, index: usize, was: &Entry, is: &Entry, found: &mut Vec<Difference>) {
    let is_new = was.0.is_empty();
    for (name, said) in is.0.iter().filter(|(name, _)| name != "id") {
        let before = was.part(name);
        // Of a new entry, one part is told.
        if before != said && !(is_new && name == "text") {
            found.push(Difference {
                key: key.to_owned(),
                index: Some(index),
                part: name.clone(),
                was: before.to_owned(),
                is: said.clone(),
            });
            if is_new {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(key: &str, entries: &[&[(&str, &str)]]) -> Field {
        let entry = |parts: &&[(&str, &str)]| {
            Entry(parts.iter().map(|(name, said)| ((*name).to_owned(), (*said).to_owned())).collect())
        };
        Field { key: key.to_owned(), entries: entries.iter().map(entry).collect() }
    }

    fn tell(was: Field, is: Field) -> Vec<(Option<usize>, String, String, String)> {
        let key = is.key.clone();
        let mut found = Vec::new();
        if key == TEXT {
            found.extend(of_text(&was, &is));
        } else {
            of_list(&was, &is, &mut found);
        }
        found.into_iter().map(|found| (found.index, found.part, found.was, found.is)).collect()
    }

    fn row(index: Option<usize>, part: &str, was: &str, is: &str) -> (Option<usize>, String, String, String) {
        (index, part.to_owned(), was.to_owned(), is.to_owned())
    }

    #[test]
    fn lists_are_compared_by_what_they_say() {
        let simple = |texts: &[&str]| Field {
            key: "key_points".to_owned(),
            entries: texts.iter().map(|text| Entry(vec![(String::new(), (*text).to_owned())])).collect(),
        };
        assert_eq!(tell(simple(&["a", "b"]), simple(&["b", "a"])), []);
        assert_eq!(tell(simple(&["a", "b"]), simple(&["c", "a", "b"])), [row(Some(0), "", "", "c")]);
        assert_eq!(tell(simple(&["a", "b"]), simple(&["b"])), [row(None, "", "a", "")]);
        assert_eq!(tell(simple(&["a", "b"]), simple(&["a", "c"])), [row(Some(1), "", "b", "c")]);
    }

    #[test]
    fn parts_and_items_are_told_by_name() {
        let fact = |value: &'static str| field("facts", &[&[("label", "Crude"), ("value", value), ("source", "")]]);
        assert_eq!(tell(fact("123"), fact("99")), [row(Some(0), "value", "123", "99")]);
        let items = |items: &[[&str; 3]]| {
            let parts: Vec<Vec<(&str, &str)>> =
                items.iter().map(|[id, title, text]| vec![("id", *id), ("title", *title), ("text", *text)]).collect();
            field(ITEMS, &parts.iter().map(Vec::as_slice).collect::<Vec<_>>())
        };
        let (one, two) = (["one", "One", "x"], ["two", "Two", "y"]);
        assert_eq!(tell(items(&[one, two]), items(&[two, ["one", "One", "z"]])), [row(Some(1), "text", "x", "z")]);
        assert_eq!(tell(items(&[one, two]), items(&[one])), [row(None, "", "Two y", "")]);
        assert_eq!(tell(items(&[one]), items(&[one, two])), [row(Some(1), "title", "", "Two")]);
    }

    #[test]
    fn a_text_is_compared_as_one() {
        let text = |blocks: &[&str]| Field {
            key: TEXT.to_owned(),
            entries: blocks.iter().map(|text| Entry(vec![(String::new(), (*text).to_owned())])).collect(),
        };
        assert_eq!(tell(text(&["a", "b", "c"]), text(&["a", "x", "c"])), [row(Some(1), "", "b", "x")]);
        assert_eq!(tell(text(&["a b", "c"]), text(&["a", "b c"])), []);
    }
}
