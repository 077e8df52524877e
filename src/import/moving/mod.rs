//! Converts a site of Hugo, Jekyll or Zola.
//!
//! In: the folder of the site, and the site it is imported into. Out: a [`Moving`] with every file to be created, the
//! counts, and a report that names what an editor should check; and [`write()`], which creates the files. Deliberately
//! not here: running the other generator, its templates and themes, and changing any existing file.

mod addresses;
mod composer;
mod configuration;
mod coverage;
mod front_matter;
mod migration_log;
mod new_file;
mod programs;
mod source;
mod text;
mod unicode;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use self::addresses::permalink_pattern;
use self::composer::Composer;
use self::configuration::CONFIG;
use self::migration_log::MigrationLog;
use self::programs::{sections, visibility};
use self::source::folder::Folder;
use self::source::settings::Settings;
use self::source::values::KeyIndex;
use crate::base::codes;
use crate::base::disk;
use crate::base::report::{Diagnostic, Place, Report};
use crate::config::Config;

pub use self::migration_log::Counts;
pub use self::new_file::{FileContent, NewFile, write};
pub use self::source::story::Program;

/// The maximum number of attempts to find free paths. More would mean that renaming does not converge.
const ROUNDS: usize = 50;

/// The plan of an import.
#[derive(Debug)]
pub struct Moving {
    /// The new files, in the order of their creation.
    pub files: Vec<NewFile>,
    /// The number of files that exist already with the same content.
    pub present: usize,
    /// The counts of the import.
    pub counts: Counts,
    /// The permalink pattern of the site's configuration; for a new site, the one that keeps most addresses.
    pub permalink: String,
}

/// Plans the import of the site of `program` in `folder` into the site at `root`, and writes nothing. `existing` is the
/// configuration of that site; without one, a new site is created. Returns none when there is no source site, or when
/// no valid configuration can be generated.
pub fn plan(program: Program, folder: &Path, root: &Path, existing: Option<&Config>) -> (Option<Moving>, Report) {
    let (old, mut report) = Folder::read(folder);
    let mut log = MigrationLog::default();
    let Some(settings) = Settings::read(program, &old, &mut log) else {
        report.push(no_site(program, folder));
        return (None, report);
    };
    let mut site = programs::gather(program, &old, &settings, &mut log);
    site.stories.retain(|story| {
        let is_ours = addresses::placement::normal(&story.address) == "/404";
        if is_ours {
            log.add(codes::IMPORT_LEFT, "a page that Dateline makes itself", Place::file(story.file.as_str()));
        }
        !is_ours
    });
    visibility::withhold(program, &mut site.stories, &settings, &mut log);
    text::carry(program, &mut site.stories, &settings, &old, &mut log);
    sections::list(&mut site.stories, settings.base_path(), &mut log);
    let stories = front_matter::read_all(program, &old, &settings, std::mem::take(&mut site.stories), &mut log);
    let vote = permalink_pattern::pattern(&stories, &settings);
    let (config, text) = match existing {
        Some(config) => (config.clone(), None),
        None => match configuration::of(&settings, vote.as_ref().map(|(pattern, _)| pattern.as_str()), &mut log) {
            (Some((config, text)), _) => (config, Some(text)),
            (None, problems) => {
                report.extend(problems);
                return (None, report);
            }
        },
    };
    if let Some((pattern, count)) =
        vote.filter(|(pattern, _)| existing.is_some() && pattern != config.permalink.pattern())
    {
        let what = format!("with `permalink: {pattern}` in `{CONFIG}`, {count} former addresses would need no alias");
        log.add(codes::IMPORT_GUESS, what, Place::file("."));
    }
    let composer = Composer {
        program,
        folder: &old,
        settings: &settings,
        site_keys: KeyIndex::new(&settings.keys),
        config: &config,
        stories: &stories,
        site: &site,
    };
    let mut before = BTreeSet::new();
    let mut rounds = 0;
    let (made, more) = loop {
        let mut round = MigrationLog::default();
        let (mut files, redirects) = composer.compose(&before, &mut round);
        match &text {
            Some(text) => {
                let text = configuration::with_redirects(text, &redirects);
                files.push(NewFile { path: CONFIG.to_owned(), source: FileContent::Text(text) });
            }
            None if !redirects.is_empty() => {
                let some: Vec<String> = redirects.iter().take(3).map(|(from, to)| format!("`{from}: {to}`")).collect();
                let what =
                    format!("`redirects` in `{CONFIG}` would lead former feeds and lists on: {} …", some.join(", "));
                round.add(codes::IMPORT_GUESS, what, Place::file("."));
            }
            None => {}
        }
        let clashes = new_file::others(root, &files);
        rounds += 1;
        if clashes.is_empty() || rounds > ROUNDS {
            break (files, round);
        }
        before.extend(clashes);
    };
    log.merge(more);
    let sources: BTreeMap<&Path, &str> = old.files.iter().map(|(path, file)| (file.as_path(), path.as_str())).collect();
    let copied = made.iter().filter_map(|file| match &file.source {
        FileContent::File(source) => sources.get(source.as_path()).copied(),
        FileContent::Text(_) => None,
    });
    let along = stories.iter().map(|(story, _)| story.file.as_str()).chain(copied).collect();
    coverage::name_the_rest(program, &old, &along, &mut log);
    let all = made.len();
    let new: Vec<NewFile> = made.into_iter().filter(|file| !disk::exists(&disk::join(root, &file.path))).collect();
    let (counts, found) = log.finish();
    report.extend(found);
    (
        Some(Moving { present: all - new.len(), files: new, counts, permalink: config.permalink.pattern().to_owned() }),
        report,
    )
}

fn no_site(program: Program, folder: &Path) -> Diagnostic {
    let name = match program {
        Program::Hugo => "hugo.toml",
        Program::Jekyll => "_config.yml",
        Program::Zola => "config.toml",
    };
    Diagnostic::error(codes::USAGE, format!("there is no `{name}` in `{}`", folder.display()))
        .help("name the folder of the site that moves: the one with its configuration")
}
