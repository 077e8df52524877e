//! The visibility of documents: drafts, embargoed, future-dated and expired ones are withheld. It is decided here,
//! once, before any pass sees a document.

use std::sync::Arc;

use serde::Serialize;

use super::entry_files::EntryFiles;
use crate::base::codes;
use crate::base::date::Moment;
use crate::base::report::{Diagnostic, Place, Report};
use crate::config::Config;
use crate::content::document::{Content, Document};
use crate::site::ids::DocId;

/// The withheld documents that a preview includes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether embargoed and future-dated documents are shown.
    pub future: bool,
}

impl Scope {
    /// Whether the scope includes documents that readers would not see.
    pub fn is_preview(self) -> bool {
        self.drafts || self.future
    }
}

/// The reason why a document in a preview is not published yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preview {
    /// The front matter marks it as a draft.
    Draft,
    /// Its date is in the future.
    Scheduled,
    /// Its embargo is not over yet.
    Embargoed,
}

/// The visibility of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::site) enum Showing {
    /// The document is not shown.
    Withheld,
    /// The document is shown; with a reason, only in this preview.
    Shown(Option<Preview>),
    /// The document is shown in the edition of another language, and links lead there.
    Elsewhere,
}

impl Showing {
    /// Whether the document is not shown.
    pub(in crate::site) fn is_withheld(self) -> bool {
        self == Self::Withheld
    }
}

/// The reason why a document is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WithheldReason {
    /// The front matter marks it as a draft.
    Draft,
    /// Its date is in the future.
    Scheduled,
    /// Its embargo is not over yet.
    Embargoed,
    /// Its expiry date has passed.
    Expired,
}

impl WithheldReason {
    /// The adjective for lists, as in `dateline list`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Embargoed => "embargoed",
            Self::Expired => "expired",
        }
    }
}

/// A document that is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Its id.
    pub doc: DocId,
    /// Its path relative to the site's root.
    pub path: String,
    /// Its headline, title or name.
    pub title: String,
    /// The first reason that applies.
    pub reason: WithheldReason,
    /// The instant at which it will be shown without an edit; `None` for a draft and for an expired one.
    pub until: Option<Moment>,
}

/// A future change of a document's visibility by its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The instant of the change.
    pub at: Moment,
    /// The kind of change.
    pub effect: Effect,
    /// The path of the document.
    pub path: String,
    /// The document's title.
    pub title: String,
}

/// The kinds of change that dates cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The document becomes public.
    Appears,
    /// The document ceases to be public.
    Expires,
}

impl Effect {
    /// The verb for lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Appears => "appears",
            Self::Expires => "expires",
        }
    }
}

/// The visibility of all documents.
pub(in crate::site) struct Visibility {
    /// By the index of the document.
    pub(in crate::site) shown: Vec<Showing>,
    pub(in crate::site) withheld: Vec<Withheld>,
    /// Future changes, soonest first.
    pub(in crate::site) upcoming: Vec<Change>,
}

/// The front matter that decides about the visibility of a document.
struct Terms {
    draft: bool,
    date: Option<Moment>,
    embargo: Option<Moment>,
    expires: Option<Moment>,
}

pub(in crate::site) fn sort_out(
    documents: &[Arc<Document>],
    files: &EntryFiles,
    config: &Config,
    as_of: Moment,
    scope: Scope,
) -> Visibility {
    let mut visibility =
        Visibility { shown: Vec::with_capacity(documents.len()), withheld: Vec::new(), upcoming: Vec::new() };
    for (index, document) in documents.iter().enumerate() {
        let terms = terms(document);
        let story = files.story_of(DocId(index)).map(|story| &*documents[story.0]);
        let title = || story.map_or_else(|| title(document).to_owned(), |story| title_of_entry(story, document));
        if document.entry().is_some() {
            visibility.upcoming.extend(story.and_then(|story| change_of_entry(document, story, title, as_of)));
            // An entry is not shown without its story, which is withheld for both.
            if story.is_none_or(|story| decide(&self::terms(story), as_of, scope).is_err()) {
                visibility.shown.push(Showing::Withheld);
                continue;
            }
        } else {
            visibility.upcoming.extend(changes(&terms, as_of).map(|(at, effect)| Change {
                at,
                effect,
                path: document.path.clone(),
                title: title(),
            }));
            visibility.upcoming.extend(entries(document, &terms, as_of));
        }
        match decide(&terms, as_of, scope) {
            Ok(_) if is_elsewhere(document, config) => visibility.shown.push(Showing::Elsewhere),
            Ok(preview) => visibility.shown.push(Showing::Shown(preview)),
            Err((reason, until)) => {
                visibility.shown.push(Showing::Withheld);
                let (doc, path, title) = (DocId(index), document.path.clone(), title());
                visibility.withheld.push(Withheld { doc, path, title, reason, until });
            }
        }
    }
    visibility.upcoming.sort_by(|a, b| (a.at.instant(), &a.path, a.effect).cmp(&(b.at.instant(), &b.path, b.effect)));
    visibility
}

/// Whether a document belongs to the edition of another language. People belong to each that has stories of theirs.
fn is_elsewhere(document: &Document, config: &Config) -> bool {
    document.person().is_none() && !config.has_language(document.language())
}

/// The future changes of a document in a production build, whatever the scope of this one.
fn changes(terms: &Terms, as_of: Moment) -> impl Iterator<Item = (Moment, Effect)> {
    let now = as_of.instant();
    let opens = [terms.date, terms.embargo].into_iter().flatten().max_by_key(|at| at.instant());
    let never = terms.draft || opens.zip(terms.expires).is_some_and(|(opens, ends)| ends.instant() <= opens.instant());
    let changes = [opens.map(|at| (at, Effect::Appears)), terms.expires.map(|at| (at, Effect::Expires))];
    changes.into_iter().flatten().filter(move |(at, _)| !never && at.instant() > now)
}

/// The entries of live coverage that will appear in a document by themselves, after it has appeared itself.
fn entries<'d>(document: &'d Document, terms: &'d Terms, as_of: Moment) -> impl Iterator<Item = Change> + 'd {
    document.content.entries().iter().filter(move |entry| is_ahead(entry.at, terms, as_of)).map(|entry| Change {
        at: entry.at,
        effect: Effect::Appears,
        path: document.path.clone(),
        title: joined_title(document, &entry.title.without_names()),
    })
}

/// Whether an entry of `at` will appear by itself, in a story with these terms.
fn is_ahead(at: Moment, story: &Terms, as_of: Moment) -> bool {
    let opens = [Some(as_of), story.date, story.embargo].into_iter().flatten().max_by_key(|at| at.instant());
    let is_over = story.expires.is_some_and(|ends| ends.instant() <= at.instant());
    !story.draft && !is_over && opens.is_some_and(|opens| at.instant() > opens.instant())
}

/// The appearance of an entry in a file of its own, after that of its story.
fn change_of_entry(document: &Document, story: &Document, title: impl Fn() -> String, as_of: Moment) -> Option<Change> {
    let (head, entry) = document.entry()?;
    let will_appear = !head.draft && is_ahead(entry.at, &terms(story), as_of);
    will_appear.then(|| Change { at: entry.at, effect: Effect::Appears, path: document.path.clone(), title: title() })
}

/// What lists call an entry in a file of its own: the headline of its story, and its heading.
fn title_of_entry(story: &Document, document: &Document) -> String {
    joined_title(story, title(document))
}

fn joined_title(story: &Document, heading: &str) -> String {
    format!("{}: {heading}", title(story)).trim_end_matches([' ', ':']).to_owned()
}

/// Documents of which only what readers may see is left.
pub(in crate::site) struct Held {
    /// All documents, those with entries of a time to come without them.
    pub(in crate::site) documents: Vec<Arc<Document>>,
    /// The documents that lack such entries, in full.
    pub(in crate::site) held: Vec<(DocId, Arc<Document>)>,
}

/// Sets entries of live coverage aside whose time has not come, of documents that are shown.
pub(in crate::site) fn hold_entries(
    mut documents: Vec<Arc<Document>>,
    files: &EntryFiles,
    shown: &[Showing],
    (as_of, scope): (Moment, Scope),
    config: &Config,
    report: &mut Report,
) -> Held {
    let mut held = Vec::new();
    if scope.future {
        return Held { documents, held };
    }
    for (index, document) in documents.iter_mut().enumerate().filter(|(index, _)| !shown[*index].is_withheld()) {
        let Some(until) = document.until(as_of) else { continue };
        for entry in &document.content.entries()[until.content.entries().len()..] {
            report.push(waiting(entry.at, entry.span.place(&document.path), config));
        }
        let whole = std::mem::replace(document, Arc::new(until));
        held.push((DocId(index), whole));
    }
    note_waiting(&documents, files, shown, config, report);
    Held { documents, held }
}

/// Notes the entries in files of their own whose time has not come, of stories that are shown.
fn note_waiting(
    documents: &[Arc<Document>],
    files: &EntryFiles,
    shown: &[Showing],
    config: &Config,
    report: &mut Report,
) {
    let is_held = |(doc, story): &(DocId, DocId)| shown[doc.0].is_withheld() && !shown[story.0].is_withheld();
    for (doc, _) in files.all().filter(is_held) {
        let document = &documents[doc.0];
        let Some((front, entry)) = document.entry().filter(|(front, _)| !front.draft) else { continue };
        let key = if front.embargo == Some(entry.at) { "embargo" } else { "date" };
        report.push(waiting(entry.at, document.place(&[key]), config));
    }
}

/// The note about an entry of a time to come.
fn waiting(at: Moment, place: Place, config: &Config) -> Diagnostic {
    let message = format!("the entry of {} is withheld until then", at.plain(&config.zone));
    let problem = Diagnostic::note(codes::LIVE_ENTRY, message).at(place);
    problem.help("correct its time if readers should see it now")
}

fn decide(terms: &Terms, as_of: Moment, scope: Scope) -> Result<Option<Preview>, (WithheldReason, Option<Moment>)> {
    let now = as_of.instant();
    let ahead = |at: Option<Moment>| at.filter(|at| at.instant() > now);
    if terms.expires.is_some_and(|at| at.instant() <= now) {
        return Err((WithheldReason::Expired, None));
    }
    let until = [ahead(terms.embargo), ahead(terms.date)].into_iter().flatten().max_by_key(|at| at.instant());
    if terms.draft {
        return if scope.drafts { Ok(Some(Preview::Draft)) } else { Err((WithheldReason::Draft, None)) };
    }
    let (preview, reason) = if ahead(terms.embargo).is_some() {
        (Preview::Embargoed, WithheldReason::Embargoed)
    } else if ahead(terms.date).is_some() {
        (Preview::Scheduled, WithheldReason::Scheduled)
    } else {
        return Ok(None);
    };
    if scope.future { Ok(Some(preview)) } else { Err((reason, until)) }
}

fn terms(document: &Document) -> Terms {
    match &document.content {
        Content::Article(head, _) => {
            Terms { draft: head.draft, date: Some(head.date), embargo: head.embargo, expires: head.expires }
        }
        Content::Briefing(head, _) => {
            Terms { draft: head.draft, date: Some(head.date), embargo: head.embargo, expires: head.expires }
        }
        Content::Entry(head, _) => {
            Terms { draft: head.draft, date: Some(head.date), embargo: head.embargo, expires: None }
        }
        Content::Page(head, _) => Terms { draft: head.draft, date: None, embargo: None, expires: None },
        Content::Topic(..) | Content::Person(..) => Terms { draft: false, date: None, embargo: None, expires: None },
    }
}

pub(in crate::site) fn title(document: &Document) -> &str {
    match &document.content {
        Content::Article(head, _) => &head.title,
        Content::Entry(_, entry) => entry.heading(),
        Content::Briefing(head, _) => head.title.as_deref().unwrap_or("Briefing"),
        Content::Topic(head, _) => &head.title,
        Content::Person(head, _) => &head.name,
        Content::Page(head, _) => &head.title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::Zone;

    fn at(text: &str) -> Moment {
        Moment::parse(text, &Zone::utc()).expect("a date")
    }

    fn terms(draft: bool, embargo: Option<&str>, expires: Option<&str>) -> Terms {
        Terms { draft, date: Some(at("2023-10-17")), embargo: embargo.map(at), expires: expires.map(at) }
    }

    #[test]
    fn an_embargo_lifts_at_its_very_instant() {
        let held = terms(false, Some("2023-10-19T06:00:00Z"), None);
        let before = decide(&held, at("2023-10-19T05:59:59Z"), Scope::default());
        assert_eq!(before, Err((WithheldReason::Embargoed, Some(at("2023-10-19T06:00:00Z")))));
        assert_eq!(decide(&held, at("2023-10-19T06:00:00Z"), Scope::default()), Ok(None));
    }

    #[test]
    fn a_draft_with_an_embargo_stays_a_draft_and_an_expired_story_is_gone_in_every_scope() {
        let all = Scope { drafts: true, future: true };
        let draft = terms(true, Some("2099-01-01"), None);
        assert_eq!(decide(&draft, at("2023-10-18"), all), Ok(Some(Preview::Draft)));
        assert_eq!(
            decide(&draft, at("2023-10-18"), Scope { drafts: false, future: true }),
            Err((WithheldReason::Draft, None))
        );
        assert_eq!(
            decide(&terms(false, None, Some("2023-10-18")), at("2023-10-18"), all),
            Err((WithheldReason::Expired, None))
        );
    }

    #[test]
    fn a_story_appears_when_both_its_date_and_its_embargo_have_passed_and_expires_once_it_was_there() {
        let changes = |terms: &Terms, now| changes(terms, at(now)).collect::<Vec<_>>();
        let held = terms(false, Some("2023-10-19"), Some("2023-10-20"));
        let (appears, expires) = ((at("2023-10-19"), Effect::Appears), (at("2023-10-20"), Effect::Expires));
        assert_eq!(changes(&held, "2023-10-16"), [appears, expires]);
        assert_eq!(changes(&held, "2023-10-19"), [expires]);
        assert_eq!(changes(&held, "2023-10-20"), []);
        assert_eq!(changes(&terms(true, Some("2023-10-19"), None), "2023-10-16"), []);
        assert_eq!(changes(&terms(false, Some("2023-10-21"), Some("2023-10-20")), "2023-10-16"), []);
    }

    #[test]
    fn tomorrows_story_waits() {
        let held = decide(&terms(false, None, None), at("2023-10-16T23:59:59Z"), Scope::default());
        assert_eq!(held, Err((WithheldReason::Scheduled, Some(at("2023-10-17")))));
    }
}
