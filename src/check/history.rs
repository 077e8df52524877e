//! Rules that compare published articles with an earlier revision.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::findings::Findings;
use super::git::Revision;
use super::subject::{self, Subject};
use crate::base::date::Moment;
use crate::base::report::Diagnostic;
use crate::base::rules;
use crate::content::front;
use crate::content::head::{ArticleHead, Update, UpdateKind};
use crate::content::markdown::Prose;
use crate::site::documents::appearance;
use crate::site::{Article, Site};

/// An article at the revision.
struct Former {
    head: ArticleHead,
    prose: Prose,
}

/// Compares changed articles with their versions at a revision.
pub(super) fn compare(
    site: &Site,
    root: &Path,
    revision: &Revision,
    subjects: &[Subject<'_>],
    found: &mut Findings,
) -> Result<(), Box<Diagnostic>> {
    let changed: Vec<(&Subject<'_>, &String)> = subjects
        .iter()
        .filter(|subject| subject.article().is_some())
        .filter_map(|subject| Some((subject, revision.changed.get(subject.path())?.as_ref()?)))
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let paths: Vec<String> = changed.iter().map(|(_, path)| (*path).clone()).collect();
    let contents: BTreeMap<String, Vec<u8>> = revision.contents(root, &paths)?;
    for (subject, path) in changed {
        let Some(former) = contents.get(path).and_then(|bytes| Former::read(site, path, bytes.clone())) else {
            continue;
        };
        let Some(head) = subject.article() else { continue };
        if former.head.draft {
            backdated(subject, revision.at, found);
        }
        if !former.was_public(revision.at) {
            continue;
        }
        silent_change(subject, head, &former, found);
        correction_removed(subject, head, &former, found);
    }
    Ok(())
}

impl Former {
    /// Parses the old version; `None` when it could not have been published.
    fn read(site: &Site, path: &str, bytes: Vec<u8>) -> Option<Self> {
        let text = front::decode(path, bytes).ok()?;
        let parts = front::split(path, &text).ok()?;
        let (head, report) = front::article(path, &parts, &site.config);
        let prose = Prose::read(subject::source(path, &parts, site));
        Some(Self { head: head.filter(|_| !report.has_errors())?.0, prose })
    }

    /// Whether the article was public when the revision was made.
    fn was_public(&self, at: Timestamp) -> bool {
        let ArticleHead { draft, date, embargo, expires, .. } = &self.head;
        let first = appearance::later(*date, *embargo);
        !draft && first.instant() <= at && expires.is_none_or(|expires| expires.instant() > at)
    }
}

/// An article that was a draft at the revision, `at`, is public, and is filed under an earlier day.
fn backdated(subject: &Subject<'_>, at: Timestamp, found: &mut Findings) {
    let (site, zone) = (subject.site, &subject.site.config.zone);
    let is_own = |article: &&Arc<Article>| site.document(article.doc).path == subject.path();
    let Some(article) = site.articles.iter().find(is_own).filter(|article| article.preview.is_none()) else { return };
    let recorded = appearance::recorded(site.document(article.doc), &site.config, site.lock.as_deref());
    let (day, then) = (article.published.date(zone), Moment::at(at).date(zone));
    if recorded.is_none() && day < then {
        let message =
            format!("this was a draft on {then}, and is published under {day}: editions of later days lack it");
        let help = "set `date` to when it is published; `dateline publish` does that with a draft";
        found.push(rules::BACKDATED, subject.document.place(&["date"]), message, help);
    }
}

/// A published text has changed without an entry in its change log.
fn silent_change(subject: &Subject<'_>, head: &ArticleHead, former: &Former, found: &mut Findings) {
    let (was, is) = (words(&former.prose.plain), words(&subject.prose.plain));
    let last = |updates: &[Update]| updates.iter().map(|update| update.at.instant()).max();
    if was == is || last(&head.updates) > last(&former.head.updates) {
        return;
    }
    let message = format!("this text was published and has changed{}: nothing says so", what(&was, &is));
    let help = "add an entry to `updates`: a correction when it was wrong, an update when there are new facts, `refile` when only spelling or style was corrected";
    found.push(rules::SILENT_CHANGE, subject.top(), message, help);
}

/// The words of a text; differences in white space, quotation marks and dashes do not count.
fn words(plain: &str) -> Vec<String> {
    let same = |c: char| match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '–' | '—' => '-',
        c => c,
    };
    plain.split_whitespace().map(|word| word.chars().map(same).collect()).collect()
}

/// The first difference, as ` from “a third” to “a fifth”`.
fn what(was: &[String], is: &[String]) -> String {
    const MOST: usize = 8;
    let start = was.iter().zip(is).take_while(|(one, other)| one == other).count();
    let (was, is) = (&was[start..], &is[start..]);
    let end = was.iter().rev().zip(is.iter().rev()).take_while(|(one, other)| one == other).count();
    let quote = |words: &[String]| {
        let some = words.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(" ");
        format!("“{some}{}”", if words.len() > MOST { " …" } else { "" })
    };
    match (&was[..was.len() - end], &is[..is.len() - end]) {
        ([], added) => format!(", by {}", quote(added)),
        (gone, []) => format!(": {} is gone", quote(gone)),
        (gone, added) => format!(" from {} to {}", quote(gone), quote(added)),
    }
}

/// A published correction has been removed.
fn correction_removed(subject: &Subject<'_>, head: &ArticleHead, former: &Former, found: &mut Findings) {
    let zone = &subject.site.config.zone;
    let is_kept = |kind: UpdateKind| matches!(kind, UpdateKind::Correction | UpdateKind::Clarification);
    for update in former.head.updates.iter().filter(|update| is_kept(update.kind)) {
        let stands = |other: &Update| {
            is_kept(other.kind) && (other.at == update.at || other.text.is_some() && other.text == update.text)
        };
        if head.updates.iter().any(stands) {
            continue;
        }
        let kind = update.kind.label().to_lowercase();
        let message = format!("the {kind} of {} was published and is gone", update.at.short(zone));
        let place = if head.updates.is_empty() { subject.top() } else { subject.document.place(&["updates"]) };
        let help = "put it back: a correction stays for as long as the article does";
        found.push(rules::CORRECTION_REMOVED, place, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_changed_are_named() {
        let words = |text: &str| words(text);
        let tell = |was: &str, is: &str| what(&words(was), &words(is));
        assert_eq!(tell("a third of all", "a fifth of all"), " from “third” to “fifth”");
        assert_eq!(tell("one two", "one new two"), ", by “new”");
        assert_eq!(tell("one old two", "one two"), ": “old” is gone");
        assert_eq!(tell("a a", "a a a"), ", by “a”");
        assert_eq!(words("It’s “so” – now\n\nthen"), words("It's \"so\" - now then"));
    }
}
