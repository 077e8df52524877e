//! Merging one topic into another in the content files themselves.
//!
//! In: a site's folder, its configuration, its `urls.lock`, and the names of two topics. Out: a [`Merging`], which lists the files to
//! edit, create or delete, and [`write()`], which applies it. Edits replace the byte ranges of names, and the new text
//! must parse to the old content with just these names changed; a file that cannot be edited in this way is reported
//! and left alone. Deliberately not here: the assembled site, and printing.

mod former;
mod front;
mod headings;
mod names;
mod story;
mod swap;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use self::names::{Side, TopicNames};
use self::story::{Adopted, Head, Impossible, StoryEdit};
use self::swap::Swap;
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::text;
use crate::config::Config;
use crate::content::folders::CONTENT;
use crate::site::UrlsLock;

/// The plan of a merge: the two topics and the edits that make them one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merging {
    /// The title of the topic that goes away.
    pub from: String,
    /// The title of the topic that stays.
    pub into: String,
    /// The edits in the order in which to apply them: users of the name first, then the file that adopts the aliases,
    /// the deletion last. If writing stops in between, every name in the content still denotes a topic.
    pub changes: Vec<SourceEdit>,
}

/// An edit of one source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEdit {
    /// Path relative to the site's root, with `/`.
    pub path: String,
    /// The kind of edit, with the new text.
    pub edit: FileEdit,
    file: PathBuf,
}

/// The kinds of edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileEdit {
    /// The file is rewritten in place.
    Edit {
        /// The front matter keys whose values change; `headings` stands for the `topics=` of item headings.
        keys: Vec<&'static str>,
        /// The whole new text of the file.
        text: String,
    },
    /// The file is created; it is an error if it exists by the time of writing.
    Make {
        /// The whole text of the file.
        text: String,
    },
    /// The file is deleted.
    Remove,
}

/// Plans the merge of topic `from` into topic `into` without writing anything. Returns `None` when nothing can be done,
/// because content files have errors, `from` is unknown, or both names denote one topic already; the report has the
/// reasons. With a plan, the report lists the files that must be edited by hand.
pub fn plan(root: &Path, config: &Config, from: &str, into: &str) -> (Option<Merging>, Report) {
    let (names, mut report) = TopicNames::read(root, config);
    if report.has_errors() {
        report
            .push(Diagnostic::note(codes::NOT_MERGED, "nothing was merged: files that cannot be read may name topics"));
        return (None, report);
    }
    match sides(&names, from, into) {
        Ok((gone, stays)) => {
            let lock = report.take(former::lock(root, config));
            let merger = Merger { root, config, names: &names, lock, gone, stays };
            (Some(merger.merge(&mut report)), report)
        }
        Err(problem) => {
            report.push(*problem);
            (None, report)
        }
    }
}

/// Applies the plan and returns the number of edits that were written. The first write error ends it and is in the
/// report.
pub fn write(merging: &Merging) -> (usize, Report) {
    let mut report = Report::default();
    for (done, SourceEdit { file, edit, .. }) in merging.changes.iter().enumerate() {
        let written = match edit {
            // `disk::write` replaces a file by a rename, so a symbolic link is resolved first to keep it a link.
            FileEdit::Edit { text, .. } => disk::resolve(file).and_then(|file| disk::write(&file, text.as_bytes())),
            FileEdit::Make { text } => file.parent().map_or(Ok(()), disk::create_dir_all).and_then(|()| {
                disk::create(file, text.as_bytes())?;
                Ok(())
            }),
            FileEdit::Remove => disk::remove_file(file),
        };
        if let Err(error) = written {
            report.push(error.into());
            return (done, report);
        }
    }
    (merging.changes.len(), report)
}

fn sides(names: &TopicNames, from: &str, into: &str) -> Result<(Side, Side), Box<Diagnostic>> {
    let (mut gone, stays) = (names.side(from), names.side(into));
    if gone.topic == stays.topic && !gone.folded.is_disjoint(&stays.folded) {
        let problem = Diagnostic::error(codes::USAGE, format!("`{from}` and `{into}` are one topic already"));
        return Err(Box::new(problem.help("`dateline list topics` lists them")));
    }
    if gone.topic.is_none() && !gone.is_used {
        let problem = Diagnostic::error(codes::USAGE, format!("no topic is called `{from}`"));
        return Err(Box::new(match names.nearest(from) {
            Some(near) => problem.help(text::did_you_mean(near)),
            None => problem.help("`dateline list topics` lists them"),
        }));
    }
    // A name that both files claim belongs to the topic that stays.
    gone.folded.retain(|name| !stays.folded.contains(name));
    Ok((gone, stays))
}

/// The inputs of a merge that can be planned, and the two topics.
struct Merger<'a> {
    root: &'a Path,
    config: &'a Config,
    names: &'a TopicNames,
    lock: Option<UrlsLock>,
    gone: Side,
    stays: Side,
}

impl Merger<'_> {
    fn merge(self, report: &mut Report) -> Merging {
        let Self { names, gone, stays, .. } = &self;
        let old = gone.topic.map(|at| &names.stories[at]);
        // A topic's body text was written by a person, and a program cannot decide where in the other file it belongs.
        let has_text = old.is_some_and(|story| matches!(story.head, Head::Topic(_, true)));
        let adopted = if has_text { Adopted::default() } else { self.adopted() };
        let swap = Swap { from: gone.folded.clone(), into: stays.folded.clone(), title: Some(stays.title.clone()) };
        let others = names.stories.iter().enumerate().filter(|(at, _)| ![gone.topic, stays.topic].contains(&Some(*at)));
        let mut changes: Vec<SourceEdit> = others
            .filter_map(|(_, story)| self.edit(story, &swap, &Adopted::default(), report).ok().flatten())
            .collect();
        let edited = match stays.topic.map(|at| &names.stories[at]) {
            // The remaining topic must not name itself in `parents` or `see_also`, so these names are dropped, not
            // replaced.
            Some(new) => self.edit(new, &Swap { title: None, ..swap }, &adopted, report),
            None if !has_text && (old.is_some() || !adopted.is_empty()) => self.made(&adopted, report).map(Some),
            None => Ok(None),
        };
        if let Some(old) = old.filter(|_| has_text) {
            report.push(self.kept(old));
        }
        // The old file is deleted only when the file that adopts its names can be edited; otherwise these names would
        // denote nothing.
        if let Ok(edited) = edited {
            changes.extend(edited);
            if let Some(old) = old.filter(|_| !has_text) {
                report.extend(self.lost(old));
                changes.push(SourceEdit { path: old.path.clone(), edit: FileEdit::Remove, file: old.file.clone() });
            }
        }
        Merging { from: gone.title.clone(), into: stays.title.clone(), changes }
    }

    /// Returns the edit of one file, `None` when it names neither topic. On `Err`, the file cannot be edited and the
    /// report says so.
    fn edit(
        &self,
        story: &StoryEdit,
        swap: &Swap,
        adopted: &Adopted,
        report: &mut Report,
    ) -> Result<Option<SourceEdit>, Impossible> {
        let edited =
            story.edited(swap, adopted, self.config).inspect_err(|_| report.push(self.left(story, adopted)))?;
        Ok(edited.map(|(text, keys)| SourceEdit {
            path: story.path.clone(),
            edit: FileEdit::Edit { keys, text },
            file: story.file.clone(),
        }))
    }

    /// What the remaining topic adopts. Nothing when neither topic has a file, nor the one that goes away an address that
    /// readers know: a name alone needs no alias.
    fn adopted(&self) -> Adopted {
        let Self { names, lock, gone, stays, .. } = self;
        let head = |side: &Side| side.topic.and_then(|at| names.stories[at].topic());
        let former = former::addresses(lock.as_ref(), (gone, head(gone)), (stays, head(stays)));
        if former.is_empty() && gone.topic.is_none() && stays.topic.is_none() {
            return Adopted::default();
        }
        Adopted { aliases: self.aliases(), former }
    }

    /// The names of the topic that goes away which must become aliases: its title and aliases, less those that the
    /// remaining topic has already.
    fn aliases(&self) -> Vec<String> {
        let Self { names, gone, stays, .. } = self;
        let old = gone.topic.and_then(|at| names.stories[at].topic());
        let all = std::iter::once(&gone.title).chain(old.iter().flat_map(|head| &head.aliases));
        let new = stays.topic.and_then(|at| names.stories[at].topic());
        let mut known: BTreeSet<String> =
            new.iter().flat_map(|head| &head.aliases).map(|name| text::fold(name)).collect();
        known.insert(text::fold(&stays.title));
        all.filter(|name| known.insert(text::fold(name))).cloned().collect()
    }

    /// Returns the creation of a file for the remaining topic, which has none, to hold the aliases. On `Err`, a file
    /// for another topic is at that path, or a name cannot be written as YAML.
    fn made(&self, adopted: &Adopted, report: &mut Report) -> Result<SourceEdit, Impossible> {
        let title = &self.stays.title;
        let mut slug = text::slugify(title);
        if slug.is_empty() {
            slug = format!("topic-{}", Digest::of(title.as_bytes()).short());
        }
        let path = format!("{CONTENT}/topics/{slug}.md");
        let file = disk::join(self.root, &path);
        if disk::exists(&file) {
            let problem =
                Diagnostic::error(codes::EXISTS, format!("`{path}` is there already, and is not about `{title}`"));
            report.push(problem.help("rename that file, and merge again"));
            return Err(Impossible);
        }
        let list = |key: &str, names: &[String]| {
            let names = names.iter().filter_map(|name| front::written(name, "", true)).collect::<Vec<_>>().join(", ");
            if names.is_empty() { String::new() } else { format!("{key}: [{names}]\n") }
        };
        let (aliases, former) = (list("aliases", &adopted.aliases), list("redirect_from", &adopted.routes()));
        let title = front::written(title, "", false).ok_or(Impossible)?;
        let text = format!("---\ntitle: {title}\n{aliases}{former}---\n");
        Ok(SourceEdit { path, file, edit: FileEdit::Make { text } })
    }

    /// The error for a file that must be edited by hand.
    fn left(&self, story: &StoryEdit, adopted: &Adopted) -> Diagnostic {
        let (from, into) = (&self.gone.title, &self.stays.title);
        let add = |key: &str, names: &[String]| {
            (!names.is_empty()).then(|| format!("add `{}` to its `{key}`", names.join("`, `")))
        };
        let adds = [add("aliases", &adopted.aliases), add("redirect_from", &adopted.routes())];
        let adds: Vec<String> = adds.into_iter().flatten().collect();
        let help = if adds.is_empty() {
            format!("write `{into}` in place of `{from}` by hand")
        } else {
            format!("{} by hand, and merge again", adds.join(", "))
        };
        Diagnostic::error(codes::NOT_MERGED, "this file is written in a way that no program can edit safely")
            .at(Place::file(story.path.as_str()))
            .help(help)
    }

    /// The warning that the old topic's file stays because it has body text.
    fn kept(&self, old: &StoryEdit) -> Diagnostic {
        let (from, into) = (&self.gone.title, &self.stays.title);
        let target = self
            .stays
            .topic
            .map_or_else(|| format!("a file of `{into}`"), |at| format!("`{}`", self.names.stories[at].path));
        let message = format!("this file has a text, so it stays, and `{from}` is not an alias of `{into}` yet");
        Diagnostic::warning(codes::NOT_MERGED, message)
            .at(Place::file(old.path.as_str()))
            .help(format!("two files cannot claim one name: move the text to {target} by hand, and merge again"))
    }

    /// A warning if the file to be deleted has front matter other than names, such as a summary.
    fn lost(&self, old: &StoryEdit) -> Report {
        let mut report = Report::default();
        let Some(head) = old.topic() else { return report };
        let says = [
            ("parents", !head.parents.is_empty()),
            ("summary", head.summary.is_some()),
            ("slug", head.slug.is_some()),
            ("codes", !head.codes.is_empty()),
            ("see_also", !head.see_also.is_empty()),
            ("extra", head.extra.as_object().is_some_and(|free| !free.is_empty())),
        ];
        let keys: Vec<String> =
            says.into_iter().filter(|(_, is_there)| *is_there).map(|(key, _)| format!("`{key}`")).collect();
        if !keys.is_empty() {
            let into = &self.stays.title;
            let message = format!("`{}` is deleted, and with it its {}", old.path, keys.join(", "));
            let help = format!("copy what also holds for that topic to the file of `{into}`");
            report.push(Diagnostic::warning(codes::NOT_MERGED, message).help(help));
        }
        report
    }
}
