//! Rules that compare published stories with an earlier state: of a revision, or of the last deployment.
//!
//! In: the site, and what its stories said then. Out: findings about what readers had and have no more, without a word.
//! A revision is compared in words; a deployment left only digests of them, so that its findings name the field alone.

mod changes;
mod former;
mod gone;
mod locate;

use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;

use self::former::{Former, Then};
use super::findings::Findings;
use super::git::Revision;
use super::subject::Subject;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::content::folders::folder_of_story;
use crate::content::statement::Statement;
use crate::pipeline::Prepared;
use crate::site::Site;
use crate::site::stories::is_withdrawn;

pub use former::Deployed;

/// Stories as they were, by what has become of them.
pub(super) struct History<'a> {
    then: Option<Then<'a>>,
    /// By the present path of the file.
    stories: HashMap<String, Former>,
    /// Those whose file is gone, in order of their paths.
    gone: Vec<Former>,
    /// Entries of live coverage whose file is gone.
    gone_entries: Vec<Former>,
}

impl<'a> History<'a> {
    /// The earlier state: that of the revision if there is one, or else of the deployment.
    pub(super) fn read(
        site: &Site,
        root: &Path,
        revision: Option<&Revision>,
        deployed: Option<&'a Deployed>,
    ) -> Result<Self, Box<Diagnostic>> {
        let mut history = Self { then: None, stories: HashMap::new(), gone: Vec::new(), gone_entries: Vec::new() };
        if let Some(revision) = revision {
            history.then = Some(Then::Revision(revision.at));
            let renamed = revision.changed.iter().filter_map(|(new, old)| Some((old.as_ref()?, new)));
            let (old, new): (Vec<String>, Vec<String>) =
                renamed.filter(|(old, _)| former::is_story(old)).map(|(old, new)| (old.clone(), new.clone())).unzip();
            let contents = revision.contents(root, &old)?;
            let read = old.par_iter().zip(new).filter_map(|(old, new)| {
                Some((Former::read(site, old, contents.get(old)?.clone(), revision.at)?, new))
            });
            history.place(site, root, read.collect());
        } else if let Some(Deployed { target, stories }) = deployed {
            history.then = Some(Then::Deployed(target));
            let read = stories.iter().map(|story| (Former::deployed(story), story.path.clone()));
            history.place(site, root, read.collect());
        }
        Ok(history)
    }

    /// Finds what has become of each story: the file at its path, or else the story at its address.
    fn place(&mut self, site: &Site, root: &Path, stories: Vec<(Former, String)>) {
        let by_route: HashMap<&str, &str> = site
            .shown()
            .filter_map(|document| Some((document.route.as_ref()?.as_str(), document.path.as_str())))
            .collect();
        for (former, path) in stories {
            let is_there = disk::exists(&disk::join(root, &path));
            if folder_of_story(&former.said.path).is_some() {
                if is_there { drop(self.stories.insert(path, former)) } else { self.gone_entries.push(former) }
            } else if is_there {
                self.stories.insert(path, former);
            } else if let Some(path) = by_route.get(former.said.route.as_str()) {
                self.stories.entry((*path).to_owned()).or_insert(former);
            } else {
                self.gone.push(former);
            }
        }
    }

    /// Compares a file with what it was.
    pub(super) fn compare(&self, subject: &Subject<'_>, prepared: &Prepared, found: &mut Findings) {
        let (Some(former), Some(then)) = (self.stories.get(subject.path()), &self.then) else { return };
        if !self.was_public_with_its_story(subject.path(), subject.site) {
            return;
        }
        if let Then::Revision(at) = then
            && former.is_draft
        {
            gone::backdated(subject, *at, found);
        }
        let Some(words) = Statement::of(&subject.document, &subject.site.config.zone).filter(|_| former.is_public)
        else {
            return;
        };
        let is = if former.is_digest { words.digested() } else { words.clone() };
        let is_moved = gone::moved(subject, former, prepared, found);
        if is.updated <= former.said.updated && is.fields != former.said.fields {
            changes::silent(subject, former.said.differences(&is), &words, then, is_moved, found);
        }
        changes::corrections_removed(subject, &former.said, &is, found);
    }

    /// Reports stories whose files are gone.
    pub(super) fn report_gone(&self, prepared: &Prepared, found: &mut Findings) {
        for former in self.gone.iter().filter(|former| former.is_public) {
            gone::removed(former, prepared, found);
        }
        let Some(then) = &self.then else { return };
        for former in self.gone_entries.iter().filter(|former| former.is_public) {
            for site in prepared.sites() {
                let story = site.article_at(&story_of(&former.said.path, site));
                // Its story says what became of it, or is withheld or gone itself.
                let Some(story) = story.filter(|_| self.was_public_with_its_story(&former.said.path, site)) else {
                    continue;
                };
                let document = site.document(story.doc);
                let said = self.stories.get(&document.path).map(|story| story.said.updated);
                let is = Statement::of(document, &site.config.zone).map(|is| is.updated);
                if said.is_none() || is <= said {
                    changes::entry_gone(&document.path, former, then, found);
                }
            }
        }
    }

    /// Whether the story of an entry was public, as far as the earlier state tells, and is not withdrawn by now; true for any
    /// other file.
    fn was_public_with_its_story(&self, path: &str, site: &Site) -> bool {
        if folder_of_story(path).is_none() {
            return true;
        }
        let story = story_of(path, site);
        let is_withdrawn = site.article_at(&story).is_some_and(|article| is_withdrawn(&article.head));
        !is_withdrawn && self.stories.get(&story).is_none_or(|story| story.is_public)
    }
}

/// The path of the story that an entry of live coverage belongs to.
fn story_of(path: &str, site: &Site) -> String {
    let tag = site.config.language_of_name(path).map_or_else(String::new, |(tag, _)| format!(".{tag}"));
    format!("{}/index{tag}.md", folder_of_story(path).unwrap_or_default())
}
