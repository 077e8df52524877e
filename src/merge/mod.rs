//! One topic becomes part of another, in the content files themselves.
//!
//! In: a site's folder, its configuration, and the names of two topics. Out: a [`Merging`]: which files are edited,
//! made or removed, and [`write()`] which does so. Files are edited by the byte ranges of names and read again before
//! they are written: what cannot be edited so is reported and left. Deliberately not here: a site, and printing.

mod front;
mod headings;
mod names;
mod story;
mod swap;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use self::names::{Side, TopicNames};
use self::story::{Head, Impossible, StoryEdit};
use self::swap::Swap;
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::text;
use crate::config::Config;
use crate::content::folders::CONTENT;

/// What there is to do so that two topics are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merging {
    /// The topic that goes, as it is called.
    pub from: String,
    /// The topic that stays, as it is called.
    pub into: String,
    /// What to do, in this order: whenever it is broken off, every name still means a topic.
    pub changes: Vec<SourceEdit>,
}

/// A change of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEdit {
    /// Path relative to the site's root, with `/`.
    pub path: String,
    /// What happens to it.
    pub edit: FileEdit,
    file: PathBuf,
}

/// What happens to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileEdit {
    /// It says something else under these keys; `headings` are those of items.
    Edit {
        /// The keys.
        keys: Vec<&'static str>,
        /// The whole file, edited.
        text: String,
    },
    /// It is made.
    Make {
        /// The whole file.
        text: String,
    },
    /// It is removed.
    Remove,
}

/// Finds all that must change so that `from` is `into`. None: nothing can be done, for the reasons in the report.
/// Nothing is written.
pub fn plan(root: &Path, config: &Config, from: &str, into: &str) -> (Option<Merging>, Report) {
    let (names, mut report) = TopicNames::read(root, config);
    if report.has_errors() {
        report
            .push(Diagnostic::note(codes::NOT_MERGED, "nothing was merged: files that cannot be read may name topics"));
        return (None, report);
    }
    match sides(&names, from, into) {
        Ok((gone, stays)) => (Some(Merger { root, config, names: &names, gone, stays }.merge(&mut report)), report),
        Err(problem) => {
            report.push(*problem);
            (None, report)
        }
    }
}

/// Does what was planned, and says how many of the changes are done: what cannot be written ends it, and is reported.
pub fn write(merging: &Merging) -> (usize, Report) {
    let mut report = Report::default();
    for (done, SourceEdit { file, edit, .. }) in merging.changes.iter().enumerate() {
        let written = match edit {
            // A link stays a link.
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
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("`dateline list topics` lists them"),
        }));
    }
    // What both files claim is the other's already.
    gone.folded.retain(|name| !stays.folded.contains(name));
    Ok((gone, stays))
}

/// Two topics on their way to one.
struct Merger<'a> {
    root: &'a Path,
    config: &'a Config,
    names: &'a TopicNames,
    gone: Side,
    stays: Side,
}

impl Merger<'_> {
    fn merge(self, report: &mut Report) -> Merging {
        let Self { names, gone, stays, .. } = &self;
        let old = gone.topic.map(|at| &names.stories[at]);
        // Its text is somebody's work, and no program can say where it belongs.
        let has_text = old.is_some_and(|story| matches!(story.head, Head::Topic(_, true)));
        let aliases = if has_text { Vec::new() } else { self.aliases() };
        let swap = Swap { from: gone.folded.clone(), into: stays.folded.clone(), title: Some(stays.title.clone()) };
        let others = names.stories.iter().enumerate().filter(|(at, _)| ![gone.topic, stays.topic].contains(&Some(*at)));
        let mut changes: Vec<SourceEdit> =
            others.filter_map(|(_, story)| self.edit(story, &swap, &[], report).ok().flatten()).collect();
        let adopted = match stays.topic.map(|at| &names.stories[at]) {
            // A topic is neither its own parent nor worth seeing beside itself.
            Some(new) => self.edit(new, &Swap { title: None, ..swap }, &aliases, report),
            None if old.is_some() && !has_text => self.made(&aliases, report).map(Some),
            None => Ok(None),
        };
        if let Some(old) = old.filter(|_| has_text) {
            report.push(self.kept(old));
        }
        // Without the file that takes its names over, the old one must not go.
        if let Ok(adopted) = adopted {
            changes.extend(adopted);
            if let Some(old) = old.filter(|_| !has_text) {
                report.extend(self.lost(old));
                changes.push(SourceEdit { path: old.path.clone(), edit: FileEdit::Remove, file: old.file.clone() });
            }
        }
        Merging { from: gone.title.clone(), into: stays.title.clone(), changes }
    }

    /// What changes in one file. `Err`: it cannot be edited, which is reported.
    fn edit(
        &self,
        story: &StoryEdit,
        swap: &Swap,
        aliases: &[String],
        report: &mut Report,
    ) -> Result<Option<SourceEdit>, Impossible> {
        let edited =
            story.edited(swap, aliases, self.config).inspect_err(|_| report.push(self.left(story, aliases)))?;
        Ok(edited.map(|(text, keys)| SourceEdit {
            path: story.path.clone(),
            edit: FileEdit::Edit { keys, text },
            file: story.file.clone(),
        }))
    }

    /// Names that the file of the topic that stays does not have yet.
    fn aliases(&self) -> Vec<String> {
        let Self { names, gone, stays, .. } = self;
        let old = gone.topic.and_then(|at| names.stories[at].topic());
        if old.is_none() && stays.topic.is_none() {
            return Vec::new();
        }
        let all = std::iter::once(&gone.title).chain(old.iter().flat_map(|head| &head.aliases));
        let new = stays.topic.and_then(|at| names.stories[at].topic());
        let mut known: BTreeSet<String> =
            new.iter().flat_map(|head| &head.aliases).map(|name| text::fold(name)).collect();
        known.insert(text::fold(&stays.title));
        all.filter(|name| known.insert(text::fold(name))).cloned().collect()
    }

    /// The file that takes the names over, where there is none.
    fn made(&self, aliases: &[String], report: &mut Report) -> Result<SourceEdit, Impossible> {
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
        let aliases = aliases.iter().filter_map(|name| front::written(name, "", true)).collect::<Vec<_>>().join(", ");
        let title = front::written(title, "", false).ok_or(Impossible)?;
        Ok(SourceEdit {
            path,
            file,
            edit: FileEdit::Make { text: format!("---\ntitle: {title}\naliases: [{aliases}]\n---\n") },
        })
    }

    /// That a file cannot be edited.
    fn left(&self, story: &StoryEdit, aliases: &[String]) -> Diagnostic {
        let (from, into) = (&self.gone.title, &self.stays.title);
        let help = if aliases.is_empty() {
            format!("write `{into}` in place of `{from}` by hand")
        } else {
            format!("add `{}` to its `aliases` by hand, and merge again", aliases.join("`, `"))
        };
        Diagnostic::error(codes::NOT_MERGED, "this file is written in a way that no program can edit safely")
            .at(Place::file(story.path.as_str()))
            .help(help)
    }

    /// That the file of the topic that goes stays.
    fn kept(&self, old: &StoryEdit) -> Diagnostic {
        let (from, into) = (&self.gone.title, &self.stays.title);
        let target = self
            .stays
            .topic
            .map_or_else(|| format!("a file of `{into}`"), |at| format!("`{}`", self.names.stories[at].path));
        let message = format!("this file has a text, so it stays, and `{from}` is no alias of `{into}` yet");
        Diagnostic::warning(codes::NOT_MERGED, message)
            .at(Place::file(old.path.as_str()))
            .help(format!("two files cannot claim one name: move the text to {target} by hand, and merge again"))
    }

    /// That a file which goes says more than names.
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
            let message = format!("what `{}` says under {} goes with it", old.path, keys.join(", "));
            let help = format!("copy to the file of `{into}` what holds for that topic, too");
            report.push(Diagnostic::warning(codes::NOT_MERGED, message).help(help));
        }
        report
    }
}
