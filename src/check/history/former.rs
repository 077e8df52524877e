//! The state with which stories are compared, and a story as it was.

use jiff::Timestamp;

use crate::base::date::Moment;
use crate::content::document::Content;
use crate::content::folders::CONTENT;
use crate::content::load::{self, DocumentKind};
use crate::content::statement::Statement;
use crate::site::Site;
use crate::site::documents::appearance;

/// What the public stories said when they were last deployed.
#[derive(Clone, Debug)]
pub struct Deployed {
    /// Name of the target.
    pub target: String,
    /// The stories, in digests.
    pub stories: Vec<Statement>,
}

/// The state with which stories are compared.
pub(super) enum Then<'a> {
    /// When the revision was made.
    Revision(Timestamp),
    /// Name of the target that was deployed to.
    Deployed(&'a str),
}

/// A story as it was.
pub(super) struct Former {
    /// What it said.
    pub(super) said: Statement,
    /// Whether `said` is in digests.
    pub(super) is_digest: bool,
    /// Whether it was a draft.
    pub(super) is_draft: bool,
    /// Whether readers had it.
    pub(super) is_public: bool,
}

/// The kind of the story at a path; `None` for any other file.
fn kind(path: &str) -> Option<DocumentKind> {
    let inner = path.strip_prefix(CONTENT)?.strip_prefix('/')?;
    let is_text = std::path::Path::new(path).extension().is_some_and(|extension| extension == "md");
    DocumentKind::of(inner).filter(|kind| is_text && is_read(*kind))
}

/// Whether files of a kind say something that has a change log.
fn is_read(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Article | DocumentKind::Entry | DocumentKind::Briefing)
}

/// Whether a path is that of an article, an entry of live coverage or a briefing.
pub(super) fn is_story(path: &str) -> bool {
    kind(path).is_some()
}

impl Former {
    /// Reads a file of the revision `at`. `None` when it could not have been published.
    pub(super) fn read(site: &Site, path: &str, bytes: Vec<u8>, at: Timestamp) -> Option<Self> {
        let (document, report) = load::load(path, bytes, kind(path)?, &site.config);
        let document = document.filter(|document| !document.is_incomplete && !report.has_errors())?;
        let (draft, date, embargo, expires) = match &document.content {
            Content::Article(head, _) => (head.draft, head.date, head.embargo, head.expires),
            Content::Briefing(head, _) => (head.draft, head.date, head.embargo, head.expires),
            Content::Entry(head, _) => (head.draft, head.date, head.embargo, None),
            Content::Topic(..) | Content::Person(..) | Content::Page(..) => return None,
        };
        // Entries of live coverage that were yet to come were not public either.
        let document = document.until(Moment::at(at)).unwrap_or(document);
        let first = appearance::later(date, embargo);
        Some(Self {
            said: Statement::of(&document, &site.config.zone)?,
            is_digest: false,
            is_draft: draft && document.article().is_some(),
            is_public: !draft && first.instant() <= at && expires.is_none_or(|expires| expires.instant() > at),
        })
    }

    /// A story of the last deployment, which put only public ones.
    pub(super) fn deployed(story: &Statement) -> Self {
        Self { said: story.clone(), is_digest: true, is_draft: false, is_public: true }
    }
}
