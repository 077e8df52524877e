//! Reads the statement of a document, and makes digests of it.

use super::model::{ENTRIES, Entry, Field, ITEMS, StatedNote, Statement, TEXT, WHOLE};
use super::text::blocks;
use super::words::normal;
use crate::base::date::{Moment, Zone};
use crate::base::digest::Digest;
use crate::base::route::Route;
use crate::content::document::{BriefingBody, Content, Document};
use crate::content::entry_head::EntryHead;
use crate::content::head::{
    ArticleHead, BriefingHead, CitedSource, Dateline, ImageHead, StoryKind, Update, UpdateKind,
};
use crate::content::markdown::{Body, Entry as LiveEntry};

impl Statement {
    /// What a document says, in words. `None` for what has no change log: topics, people, pages.
    pub fn of(document: &Document, zone: &Zone) -> Option<Self> {
        let (updates, expires, fields) = match &document.content {
            Content::Article(head, body) => (
                &head.updates,
                head.expires,
                article(head, zone).into_iter().chain([texts(TEXT, blocks(body))]).chain(entries(head, body)).collect(),
            ),
            Content::Entry(head, own) => (&head.updates, None, entry_of_file(head, own, zone)),
            Content::Briefing(head, body) => (&head.updates, head.expires, briefing(head, body, zone)),
            Content::Topic(..) | Content::Person(..) | Content::Page(..) => return None,
        };
        Some(Self {
            path: document.path.clone(),
            route: match &document.content {
                Content::Entry(..) => Route::own("/"),
                _ => document.route.clone()?,
            },
            updated: updates.iter().map(|update| update.at.instant().as_second()).max(),
            expires: expires.map(|at| at.instant().as_second()),
            notes: updates.iter().filter_map(note).collect(),
            fields,
        })
    }

    /// The same in digests.
    #[must_use]
    pub fn digested(&self) -> Self {
        let entry =
            |Entry(parts): &Entry| Entry(parts.iter().map(|(name, said)| (name.clone(), digest(name, said))).collect());
        let field =
            |Field { key, entries }: &Field| Field { key: key.clone(), entries: entries.iter().map(entry).collect() };
        let whole = self.field(TEXT).map(|text| {
            let blocks: Vec<&str> = text.entries.iter().map(|entry| entry.part("")).collect();
            Field { key: WHOLE.to_owned(), entries: vec![Entry(vec![(String::new(), digest("", &blocks.join(" ")))])] }
        });
        let note = |note: &StatedNote| StatedNote { text: digest("", &note.text), ..note.clone() };
        Self {
            notes: self.notes.iter().map(note).collect(),
            fields: self.fields.iter().map(field).chain(whole).collect(),
            ..self.clone()
        }
    }
}

/// Few bits are enough: a collision only hides one change. An anchor is an address, and needs none.
fn digest(name: &str, said: &str) -> String {
    if said.is_empty() || name == "id" { said.to_owned() } else { Digest::of(said.as_bytes()).short() }
}

fn note(update: &Update) -> Option<StatedNote> {
    let Update { at, kind, text, .. } = update;
    let is_kept = matches!(kind, UpdateKind::Correction | UpdateKind::Clarification);
    let text = text.as_deref().map(normal).unwrap_or_default();
    is_kept.then(|| StatedNote { at: at.instant().as_second(), kind: *kind, text })
}

fn article(head: &ArticleHead, zone: &Zone) -> Vec<Field> {
    let facts = head.facts.iter().map(|fact| {
        entry(&[("label", &fact.label), ("value", &fact.value), ("source", fact.source.as_deref().unwrap_or_default())])
    });
    vec![
        texts("title", [&head.title]),
        texts("short_title", &head.short_title),
        texts("summary", &head.summary),
        texts("date", [date(head.date, zone)]),
        texts("dateline", head.dateline.as_ref().map(Dateline::text)),
        texts("authors", &head.authors),
        texts("editors", &head.editors),
        texts("contributors", &head.contributors),
        texts("key_points", &head.key_points),
        Field { key: "facts".to_owned(), entries: facts.collect() },
        sources(&head.sources),
        image(head.image.as_ref()),
    ]
}

/// The entries of live coverage; `None` for other stories.
fn entries(head: &ArticleHead, body: &Body) -> Option<Field> {
    let entries = body.entries.iter().map(|own| {
        let title = own.title.without_names();
        entry(&[
            ("id", &own.id),
            ("time", &own.at.instant().to_string()),
            ("title", &title),
            ("authors", &own.by.join(", ")),
            ("text", &blocks(&own.body).join(" ")),
        ])
    });
    (head.kind == StoryKind::Live).then(|| Field { key: ENTRIES.to_owned(), entries: entries.collect() })
}

/// An entry of live coverage in a file of its own.
fn entry_of_file(head: &EntryHead, own: &LiveEntry, zone: &Zone) -> Vec<Field> {
    vec![
        texts("title", [own.heading()]),
        texts("date", [date(head.date, zone)]),
        texts("anchor", [&own.id]),
        texts("authors", &own.by),
        texts(TEXT, blocks(&own.body)),
    ]
}

fn briefing(head: &BriefingHead, body: &BriefingBody, zone: &Zone) -> Vec<Field> {
    let items = body.items.iter().map(|item| {
        let title = item.title.without_names();
        entry(&[("id", &item.id), ("title", &title), ("text", &blocks(&item.body).join(" "))])
    });
    vec![
        texts("title", &head.title),
        texts("summary", &head.summary),
        texts("date", [date(head.date, zone)]),
        texts("authors", &head.authors),
        texts("editors", &head.editors),
        image(head.image.as_ref()),
        texts(TEXT, blocks(&body.intro)),
        Field { key: ITEMS.to_owned(), entries: items.collect() },
    ]
}

/// A date in a form that does not depend on the time zone of the site.
fn date(at: Moment, zone: &Zone) -> String {
    if at.is_day_only() { at.date(zone).to_string() } else { at.instant().to_string() }
}

fn sources(sources: &[CitedSource]) -> Field {
    texts("sources", sources.iter().map(|source| &source.name))
}

fn image(image: Option<&ImageHead>) -> Field {
    let entries = image.map(|ImageHead { src: _, alt, caption, credit, focus: _ }| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        entry(&[("alt", alt), ("caption", &text(caption)), ("credit", &text(credit))])
    });
    Field { key: "image".to_owned(), entries: entries.into_iter().collect() }
}

fn texts<T: AsRef<str>>(key: &str, texts: impl IntoIterator<Item = T>) -> Field {
    let entries = texts.into_iter().map(|text| entry(&[("", text.as_ref())]));
    Field { key: key.to_owned(), entries: entries.filter(|entry| !entry.part("").is_empty()).collect() }
}

fn entry(parts: &[(&str, &str)]) -> Entry {
    Entry(parts.iter().map(|(name, said)| ((*name).to_owned(), normal(said))).collect())
}
