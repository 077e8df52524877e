//! Change logs of articles and editions: which entries matter to readers.

use super::head::{ArticleHead, Status, StoryKind, Update, UpdateKind};
use crate::base::date::Moment;

impl Update {
    /// The time of the last significant change, if it is after `date`.
    pub fn last(updates: &[Self], date: Moment) -> Option<Moment> {
        let told = updates.iter().filter(|update| update.kind != UpdateKind::Refile).map(|update| update.at);
        told.filter(|at| at.instant() > date.instant()).max_by_key(|at| at.instant())
    }

    /// The anchor of an entry on its document's page, which is also part of its identity in feeds: kind and instant,
    /// numbered when two entries share both. The index in the log would not do, because an entry that is inserted for
    /// an earlier time shifts it.
    pub fn anchor(log: &[Self], at: usize) -> String {
        let own = &log[at];
        let is_equal = |other: &&Self| other.kind == own.kind && other.at.instant() == own.at.instant();
        let stem = format!("{}-{}", own.kind.word(), own.at.instant().strftime("%Y%m%dT%H%M%SZ"));
        match log[..at].iter().filter(is_equal).count() {
            0 => stem,
            before => format!("{stem}-{}", before + 1),
        }
    }

    /// Whether an id has the form of an entry's anchor.
    pub(super) fn is_anchor(id: &str) -> bool {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_instant = |text: &str| {
            let parts = text.strip_suffix('Z').and_then(|text| text.split_once('T'));
            parts.is_some_and(|(day, time)| is_number(day) && is_number(time) && day.len() >= 8 && time.len() == 6)
        };
        let mut rests = UpdateKind::ALL.iter().filter_map(|kind| id.strip_prefix(kind.word())?.strip_prefix('-'));
        rests.any(|rest| match rest.split_once('-') {
            Some((instant, number)) => is_instant(instant) && is_number(number),
            None => is_instant(rest),
        })
    }

    /// The index of the entry that withdraws the story: the last one, whose text readers see.
    pub fn withdrawal(log: &[Self]) -> Option<usize> {
        log.iter().rposition(|update| update.kind == UpdateKind::Withdrawn)
    }

    /// The anchors of all entries of a log.
    pub fn anchors(log: &[Self]) -> Vec<String> {
        let withdrawal = Self::withdrawal(log);
        let is_shown = |at: &usize| match log[*at].kind {
            UpdateKind::Correction | UpdateKind::Clarification | UpdateKind::EditorsNote => log[*at].text.is_some(),
            UpdateKind::Update => log[*at].text.is_some() && withdrawal.is_none(),
            UpdateKind::Withdrawn => withdrawal == Some(*at),
            UpdateKind::Refile => false,
        };
        (0..log.len()).filter(is_shown).map(|at| Self::anchor(log, at)).collect()
    }

    /// Whether it corrects what readers may have believed.
    pub fn is_correction(&self) -> bool {
        self.text.is_some() && matches!(self.kind, UpdateKind::Correction | UpdateKind::Clarification)
    }
}

impl UpdateKind {
    const ALL: [Self; 6] =
        [Self::Update, Self::Correction, Self::Clarification, Self::Refile, Self::EditorsNote, Self::Withdrawn];

    /// The keyword in front matter and addresses.
    fn word(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Correction => "correction",
            Self::Clarification => "clarification",
            Self::Refile => "refile",
            Self::EditorsNote => "editors-note",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The name of the word that readers see as its label (see [`crate::config::Catalog`]).
    pub fn label(self) -> &'static str {
        match self {
            Self::Update => "change_update",
            Self::Correction => "change_correction",
            Self::Clarification => "change_clarification",
            Self::Refile => "change_refile",
            Self::EditorsNote => "change_editors_note",
            Self::Withdrawn => "change_withdrawn",
        }
    }

    /// What messages for the desk call it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Correction => "correction",
            Self::Clarification => "clarification",
            Self::Refile => "refile",
            Self::EditorsNote => "editor’s note",
            Self::Withdrawn => "withdrawal",
        }
    }
}

impl ArticleHead {
    /// The name of the word that readers see as the label of its form. Live coverage that has ended has none.
    pub fn label(&self) -> Option<&'static str> {
        let has_ended = self.kind == StoryKind::Live && self.status == Some(Status::Final);
        self.kind.label().filter(|_| !has_ended)
    }

    /// The time of the last significant change, if it is after the article was `published`. An entry of live coverage is one.
    pub fn modified(&self, published: Moment) -> Option<Moment> {
        let entry = self.live.and_then(|live| live.last).filter(|at| at.instant() > published.instant());
        Update::last(&self.updates, published).into_iter().chain(entry).max_by_key(|at| at.instant())
    }
}
