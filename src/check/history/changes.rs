//! What a published story says otherwise than before, without a word in its change log.

use super::former::{Former, Then};
use super::locate;
use crate::base::date::Moment;
use crate::base::report::Place;
use crate::base::rules;
use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::content::document::Content;
use crate::content::head::{Update, UpdateKind};
use crate::content::statement::{Difference, ENTRIES, ITEMS, Statement, TEXT, difference};
use crate::site::documents::appearance;
use crate::site::urls_lock::Recorded;

const HELP: &str = "add an entry to `updates`: a correction when it was wrong, an update when there are new facts, `refile` when only spelling or style was corrected";

/// Reports what has changed. `words` is what the story says now; `is_moved` is whether its address has changed.
pub(super) fn silent(
    subject: &Subject<'_>,
    changes: Vec<Difference>,
    words: &Statement,
    then: &Then<'_>,
    is_moved: bool,
    found: &mut Findings,
) {
    if updates(subject).iter().any(|update| update.kind == UpdateKind::Withdrawn) {
        return;
    }
    for change in changes {
        if change.key == "date" && (is_moved || is_recorded(subject)) {
            continue;
        }
        // Live coverage consists of new entries.
        if change.key == ENTRIES && change.was.is_empty() {
            continue;
        }
        let (what, way) = told(&change, then);
        let message = format!("{what} {way}: nothing says so");
        let is_now = words.field(&change.key).and_then(|field| field.entries.get(change.index?));
        let is_now = is_now.map(|entry| entry.part(&change.part).to_owned());
        found.push(rules::SILENT_CHANGE, place(subject, &change, is_now.as_deref(), then), message, HELP);
    }
}

/// Whether pages go by the first appearance that `urls.lock` has recorded, whatever `date` says.
fn is_recorded(subject: &Subject<'_>) -> bool {
    let site = subject.site;
    let recorded = appearance::recorded(&subject.document, &site.config, site.lock.as_deref());
    matches!(recorded, Some(Recorded::At(_)))
}

fn updates<'s>(subject: &'s Subject<'_>) -> &'s [Update] {
    match &subject.document.content {
        Content::Article(head, _) => &head.updates,
        Content::Briefing(head, _) => &head.updates,
        Content::Entry(head, _) => &head.updates,
        Content::Topic(..) | Content::Person(..) | Content::Page(..) => &[],
    }
}

/// What has changed, and in which way.
fn told(change: &Difference, then: &Then<'_>) -> (String, String) {
    let name = name(change);
    match then {
        Then::Deployed(target) => {
            let since = format!("since it was deployed to `{target}`");
            match change.index {
                None if change.key != TEXT => (one(name), format!("is gone {since}")),
                _ if change.was.is_empty() => (format!("this {name}"), format!("is new {since}")),
                _ => (format!("this {name}"), format!("has changed {since}")),
            }
        }
        Then::Revision(_) => match change.index {
            None if change.key != TEXT => (one(name), format!("was published and is gone, {}", quote(&change.was))),
            _ if change.was.is_empty() && change.key != TEXT => {
                (format!("this {name}"), format!("is new in a published story, {}", quote(&change.is)))
            }
            _ => (format!("this {name}"), format!("was published and has changed{}", what(&change.was, &change.is))),
        },
    }
}

/// With the indefinite article.
fn one(name: &str) -> String {
    format!("{} {name}", if name.starts_with(['e', 'i']) { "an" } else { "a" })
}

/// What readers call a field.
fn name(change: &Difference) -> &'static str {
    match (change.key.as_str(), change.part.as_str()) {
        ("title", _) => "headline",
        ("short_title", _) => "short headline",
        ("summary", _) => "summary",
        ("date", _) => "date",
        ("dateline", _) => "dateline",
        ("anchor", _) => "anchor of an entry",
        ("authors", _) => "by-line",
        ("editors", _) => "name of an editor",
        ("contributors", _) => "name of a contributor",
        ("key_points", _) => "key point",
        ("facts", _) => "fact",
        ("sources", _) => "source",
        ("image", "alt") => "description of a picture",
        ("image", "caption") => "caption",
        ("image", "credit") => "credit of a picture",
        ("image", _) => "picture",
        (ITEMS, "title") => "heading of an item",
        (ITEMS, "text") => "text of an item",
        (ITEMS, _) => "item",
        (ENTRIES, "time") => "time of an entry",
        (ENTRIES, "title") => "heading of an entry",
        (ENTRIES, "authors") => "by-line of an entry",
        (ENTRIES, "text") => "text of an entry",
        (ENTRIES, _) => "entry",
        _ => "text",
    }
}

/// The first difference, as ` from “a third” to “a fifth”`.
fn what(was: &str, is: &str) -> String {
    let (was, is): (Vec<&str>, Vec<&str>) = (was.split_whitespace().collect(), is.split_whitespace().collect());
    let (gone, added) = difference(&was, &is);
    match (&was[gone], &is[added]) {
        ([], added) => format!(", by {}", quote(&added.join(" "))),
        (gone, []) => format!(": {} is gone", quote(&gone.join(" "))),
        (gone, added) => format!(" from {} to {}", quote(&gone.join(" ")), quote(&added.join(" "))),
    }
}

/// The first words of a text, in quotation marks.
fn quote(text: &str) -> String {
    const MOST: usize = 8;
    let words: Vec<&str> = text.split_whitespace().collect();
    let some = words.iter().take(MOST).copied().collect::<Vec<_>>().join(" ");
    format!("“{some}{}”", if words.len() > MOST { " …" } else { "" })
}

/// Where a change stands. `is` is what the entry says in words.
fn place(subject: &Subject<'_>, change: &Difference, is: Option<&str>, then: &Then<'_>) -> Place {
    let Difference { key, index, part, was, is: now } = change;
    let document = &subject.document;
    if key == TEXT {
        let from = subject.body;
        return locate::change(subject, from, is.unwrap_or_default(), was, now).unwrap_or_else(|| subject.top());
    }
    if key == ITEMS || key == ENTRIES {
        let line = |index: usize| match key.as_str() {
            ITEMS => document.content.items().get(index).map(|item| item.line),
            _ => document.content.entries().get(index).map(|entry| entry.span.line),
        };
        let Some(line) = index.and_then(line) else { return subject.top() };
        let heading = subject.line(line);
        // In digests, nobody knows where in the item it is.
        let text = (part == "text" && matches!(then, Then::Revision(_)))
            .then(|| locate::change(subject, subject.offset(line), is.unwrap_or_default(), was, now));
        return text.flatten().unwrap_or(heading);
    }
    let key = match key.as_str() {
        "summary" if !has_key(subject, "summary") => "description",
        key => key,
    };
    let index = index.map(|index| index.to_string());
    let is_list = !matches!(key, "title" | "short_title" | "summary" | "description" | "date" | "dateline" | "image");
    let mut path = vec![key];
    path.extend(index.as_deref().filter(|_| is_list));
    path.extend(Some("name").filter(|_| key == "sources"));
    path.extend(Some(part.as_str()).filter(|part| !part.is_empty()));
    if has_key(subject, key) { document.place(&path) } else { subject.top() }
}

fn has_key(subject: &Subject<'_>, key: &str) -> bool {
    subject.document.front.lines().any(|line| line.trim_start_matches(['"', '\'']).starts_with(key))
}

/// A published entry of live coverage whose file is gone, and of which its story, at `path`, says nothing.
pub(super) fn entry_gone(path: &str, former: &Former, then: &Then<'_>, found: &mut Findings) {
    let title = former.said.field("title").and_then(|title| title.entries.first()).map_or("", |title| title.part(""));
    let text = former.said.field(TEXT).and_then(|text| text.entries.first()).map_or("", |text| text.part(""));
    let was = if title.is_empty() { text } else { title }.to_owned();
    let change = Difference { key: ENTRIES.to_owned(), index: None, part: String::new(), was, is: String::new() };
    let (what, way) = told(&change, then);
    let message = format!("{what} {way}: nothing says so");
    let help = format!("put the file back, or say in the `updates` of `{path}` what became of the entry");
    found.push(rules::SILENT_CHANGE, Place::file(&former.said.path), message, &help);
}

/// Published corrections that are gone.
pub(super) fn corrections_removed(subject: &Subject<'_>, was: &Statement, is: &Statement, found: &mut Findings) {
    let zone = &subject.site.config.zone;
    for note in &was.notes {
        let stands = is.notes.iter().any(|is| is.at == note.at || !note.text.is_empty() && is.text == note.text);
        if stands {
            continue;
        }
        let kind = note.kind.noun();
        let at = jiff::Timestamp::from_second(note.at).map_or_else(|_| String::new(), |at| Moment::at(at).short(zone));
        let message = format!("the {kind} of {at} was published and is gone");
        let has_log = !updates(subject).is_empty();
        let place = if has_log { subject.document.place(&["updates"]) } else { subject.top() };
        let help = "put it back: a correction stays for as long as the story does";
        found.push(rules::CORRECTION_REMOVED, place, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_changed_are_named() {
        assert_eq!(what("a third of all", "a fifth of all"), " from “third” to “fifth”");
        assert_eq!(what("one two", "one new two"), ", by “new”");
        assert_eq!(what("one old two", "one two"), ": “old” is gone");
        assert_eq!(quote("1 2 3 4 5 6 7 8 9"), "“1 2 3 4 5 6 7 8 …”");
    }
}
