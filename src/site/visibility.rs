//! What is withheld: drafts, embargoed, future-dated and expired documents. Decided here, once, before anything else
//! can see a document.

use serde::Serialize;

use super::DocId;
use crate::base::date::Moment;
use crate::content::document::{Content, Document};

/// Whether documents that would be withheld are shown all the same, for a preview.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Show drafts.
    pub drafts: bool,
    /// Show embargoed and future-dated documents.
    pub future: bool,
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
pub(super) enum Showing {
    /// It is not.
    Withheld,
    /// It is; in a preview, perhaps only there.
    Shown(Option<Preview>),
}

impl Showing {
    /// Whether it is not shown.
    pub(super) fn is_withheld(self) -> bool {
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

/// The outcome for all documents.
pub(super) struct Visibility {
    /// For each document, whether it is shown.
    pub(super) shown: Vec<Showing>,
    pub(super) withheld: Vec<Withheld>,
    pub(super) next_change: Option<Moment>,
}

/// The dates that decide about one document.
struct Terms {
    draft: bool,
    date: Option<Moment>,
    embargo: Option<Moment>,
    expires: Option<Moment>,
}

pub(super) fn sort_out(documents: &[Document], as_of: Moment, scope: Scope) -> Visibility {
    let mut visibility =
        Visibility { shown: Vec::with_capacity(documents.len()), withheld: Vec::new(), next_change: None };
    for (index, document) in documents.iter().enumerate() {
        let terms = terms(document);
        if !terms.draft {
            // It appears when both its date and its embargo have passed, and goes when it expires.
            let appears = [terms.date, terms.embargo].into_iter().flatten().max_by_key(|at| at.instant());
            let changes = [appears, terms.expires].into_iter().flatten();
            let next = changes.filter(|at| at.instant() > as_of.instant()).min_by_key(|at| at.instant());
            visibility.next_change = [visibility.next_change, next].into_iter().flatten().min_by_key(|at| at.instant());
        }
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
    visibility
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

fn title(document: &Document) -> &str {
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
    fn tomorrows_story_waits() {
        let held = decide(&terms(false, None, None), at("2023-10-16T23:59:59Z"), Scope::default());
        assert_eq!(held, Err((WithheldReason::Scheduled, Some(at("2023-10-17")))));
    }
}
