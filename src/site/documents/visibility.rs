//! What is withheld: drafts, embargoed, future-dated and expired documents. Decided here, once, before anything else
//! can see a document.

use std::sync::Arc;

use serde::Serialize;

use crate::base::date::Moment;
use crate::content::document::{Content, Document};
use crate::site::ids::DocId;

/// Whether documents that would be withheld are shown all the same, for a preview.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// Show drafts.
    pub drafts: bool,
    /// Show embargoed and future-dated documents.
    pub future: bool,
}

impl Scope {
    /// Whether anything is shown that readers would not see.
    pub fn is_preview(self) -> bool {
        self.drafts || self.future
    }
}

/// Why a document that is shown would be withheld from readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preview {
    /// It is a draft.
    Draft,
    /// It is dated in the future.
    Scheduled,
    /// Its embargo has not passed.
    Embargoed,
}

/// Whether a document is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::site) enum Showing {
    /// It is not.
    Withheld,
    /// It is; in a preview, perhaps only there.
    Shown(Option<Preview>),
}

impl Showing {
    /// Whether it is not shown.
    pub(in crate::site) fn is_withheld(self) -> bool {
        self == Self::Withheld
    }
}

/// Why a document is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WithheldReason {
    /// It is a draft.
    Draft,
    /// It is dated in the future.
    Scheduled,
    /// Its embargo has not passed.
    Embargoed,
    /// It has expired.
    Expired,
}

impl WithheldReason {
    /// The word for it in lists.
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
    /// Which.
    pub doc: DocId,
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Why.
    pub reason: WithheldReason,
    /// When it will be shown by itself.
    pub until: Option<Moment>,
}

/// Something that the site will do by itself when its time comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Moment,
    /// What.
    pub effect: Effect,
    /// The path of the document.
    pub path: String,
    /// The document's title.
    pub title: String,
}

/// What time does to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Readers see it from then on.
    Appears,
    /// Readers no longer see it.
    Expires,
}

impl Effect {
    /// The word for it in lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Appears => "appears",
            Self::Expires => "expires",
        }
    }
}

/// The outcome for all documents.
pub(in crate::site) struct Visibility {
    /// For each document, whether it is shown.
    pub(in crate::site) shown: Vec<Showing>,
    pub(in crate::site) withheld: Vec<Withheld>,
    /// In order of time.
    pub(in crate::site) upcoming: Vec<Change>,
}

/// The dates that decide about one document.
struct Terms {
    draft: bool,
    date: Option<Moment>,
    embargo: Option<Moment>,
    expires: Option<Moment>,
}

pub(in crate::site) fn sort_out(documents: &[Arc<Document>], as_of: Moment, scope: Scope) -> Visibility {
    let mut visibility =
        Visibility { shown: Vec::with_capacity(documents.len()), withheld: Vec::new(), upcoming: Vec::new() };
    for (index, document) in documents.iter().enumerate() {
        let terms = terms(document);
        visibility.upcoming.extend(changes(&terms, as_of).map(|(at, effect)| Change {
            at,
            effect,
            path: document.path.clone(),
            title: title(document).to_owned(),
        }));
        match decide(&terms, as_of, scope) {
            Ok(preview) => visibility.shown.push(Showing::Shown(preview)),
            Err((reason, until)) => {
                visibility.shown.push(Showing::Withheld);
                let title = title(document).to_owned();
                visibility.withheld.push(Withheld {
                    doc: DocId(index),
                    path: document.path.clone(),
                    title,
                    reason,
                    until,
                });
            }
        }
    }
    visibility.upcoming.sort_by(|a, b| (a.at.instant(), &a.path, a.effect).cmp(&(b.at.instant(), &b.path, b.effect)));
    visibility
}

/// When a document will appear and expire by itself, whatever scope it is shown in now.
fn changes(terms: &Terms, as_of: Moment) -> impl Iterator<Item = (Moment, Effect)> {
    let now = as_of.instant();
    let opens = [terms.date, terms.embargo].into_iter().flatten().max_by_key(|at| at.instant());
    let never = terms.draft || opens.zip(terms.expires).is_some_and(|(opens, ends)| ends.instant() <= opens.instant());
    let changes = [opens.map(|at| (at, Effect::Appears)), terms.expires.map(|at| (at, Effect::Expires))];
    changes.into_iter().flatten().filter(move |(at, _)| !never && at.instant() > now)
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
            Terms { draft: head.draft, date: Some(head.date), embargo: head.embargo, expires: None }
        }
        Content::Page(head, _) => Terms { draft: head.draft, date: None, embargo: None, expires: None },
        Content::Topic(..) | Content::Person(..) => Terms { draft: false, date: None, embargo: None, expires: None },
    }
}

pub(in crate::site) fn title(document: &Document) -> &str {
    match &document.content {
        Content::Article(head, _) => &head.title,
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
