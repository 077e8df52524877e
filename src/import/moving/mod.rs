//! A site of Hugo, Jekyll or Zola → a site of ours.
//!
//! In: its folder, and the site that it moves to. Out: a [`Moving`]: every file to be made, what was counted, and a
//! report that names what an editor should look at; and [`write()`], which makes the files where nothing stands.
//! Deliberately not here: running the other program, its templates and its themes, and changing any file.

mod address_claims;
mod anchors;
mod call_target;
mod code_spans;
mod composer;
mod coverage;
mod date;
mod folder;
mod front_matter;
mod goldmark;
mod heading_ids;
mod hidden_comments;
mod hugo;
mod jekyll;
mod key_mapper;
mod kramdown;
mod link_targets;
mod links;
mod migration_log;
mod names;
mod new_file;
mod permalink;
mod permalink_pattern;
mod placement;
mod redirects;
mod sections;
mod settings;
mod story;
mod subjects;
mod template_calls;
mod texts;
mod unicode;
mod values;
mod visibility;
mod zola;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use self::composer::Composer;
use self::folder::Folder;
use self::front_matter::{Head, ReadOptions};
use self::migration_log::MigrationLog;
use self::settings::Settings;
use self::story::MovedStory;
use crate::base::codes;
use crate::base::date::Moment;
use crate::base::disk;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::yaml::free;
use crate::config::{self, Config, Permalink};

pub use self::migration_log::Counts;
pub use self::new_file::{FileContent, NewFile};
pub use self::story::Program;

/// The configuration that a new site gets.
const CONFIG: &str = "dateline.yaml";
/// More rounds than this would mean that names do not run out.
const ROUNDS: usize = 50;

/// All that is to be made.
#[derive(Debug)]
pub struct Moving {
    /// New files, in the order in which they are made.
    pub files: Vec<NewFile>,
    /// How many files of the same bytes are there already.
    pub present: usize,
    /// What became of the site, in numbers.
    pub counts: Counts,
    /// The pattern of addresses that keeps most of them, and what the site has.
    pub permalink: String,
}

/// Reads the site of `program` in `folder`, and finds all that must be made in the site at `root`. `existing` is the
/// configuration of that site; without one a new site is made. None: nothing can be done. Nothing is written.
pub fn plan(program: Program, folder: &Path, root: &Path, existing: Option<&Config>) -> (Option<Moving>, Report) {
    let (old, mut report) = Folder::read(folder);
    let mut tally = MigrationLog::default();
    let Some(settings) = Settings::read(program, &old, &mut tally) else {
        report.push(no_site(program, folder));
        return (None, report);
    };
    let mut haul = match program {
        Program::Hugo => hugo::gather(&old, &settings, &mut tally),
        Program::Jekyll => jekyll::gather(&old, &settings, &mut tally),
        Program::Zola => zola::gather(&old, &settings, &mut tally),
    };
    for story in &mut haul.stories {
        if story.address.ends_with("/index.html") {
            story.address.truncate(story.address.len() - "index.html".len());
        }
    }
    haul.stories.retain(|story| {
        let is_ours = placement::normal(&story.address) == "/404";
        if is_ours {
            tally.add(codes::IMPORT_LEFT, "a page that Dateline makes itself", Place::file(story.file.as_str()));
        }
        !is_ours
    });
    visibility::withhold(program, &mut haul.stories, &settings, &mut tally);
    texts::carry(program, &mut haul.stories, &settings, shows_comments(&old), &mut tally);
    sections::list(&mut haul.stories, settings.base_path(), &mut tally);
    let stories = heads(program, &old, &settings, std::mem::take(&mut haul.stories), &mut tally);
    let vote = permalink_pattern::pattern(&stories, &settings);
    let (config, text) = match existing {
        Some(config) => (config.clone(), None),
        None => match configuration(&settings, vote.as_ref().map(|(pattern, _)| pattern.as_str()), &mut tally) {
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
        tally.add(codes::IMPORT_GUESS, what, Place::file("."));
    }
    let composer =
        Composer { program, folder: &old, settings: &settings, config: &config, stories: &stories, haul: &haul };
    let mut before = BTreeSet::new();
    let mut rounds = 0;
    let (made, more) = loop {
        let mut round = MigrationLog::default();
        let (mut files, redirects) = composer.compose(&before, &mut round);
        match &text {
            Some(text) => {
                let text = with_redirects(text, &redirects);
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
        let clashes = others(root, &files);
        rounds += 1;
        if clashes.is_empty() || rounds > ROUNDS {
            break (files, round);
        }
        before.extend(clashes);
    };
    tally.merge(more);
    let sources: BTreeMap<&Path, &str> = old.files.iter().map(|(path, file)| (file.as_path(), path.as_str())).collect();
    let copied = made.iter().filter_map(|file| match &file.source {
        FileContent::File(source) => sources.get(source.as_path()).copied(),
        FileContent::Text(_) => None,
    });
    let along = stories.iter().map(|(story, _)| story.file.as_str()).chain(copied).collect();
    coverage::name_the_rest(program, &old, &along, &mut tally);
    let all = made.len();
    let new: Vec<NewFile> = made.into_iter().filter(|file| !disk::exists(&disk::join(root, &file.path))).collect();
    let (counts, found) = tally.finish();
    report.extend(found);
    (
        Some(Moving { present: all - new.len(), files: new, counts, permalink: config.permalink.pattern().to_owned() }),
        report,
    )
}

/// Whether the site of Hugo has a shortcode `comment` of its own that shows what is in it.
fn shows_comments(folder: &Folder) -> bool {
    let own = folder.files.keys().filter(|path| path.ends_with("shortcodes/comment.html"));
    own.map(|path| folder.text(path)).any(|text| text.is_ok_and(|text| text.contains(".Inner")))
}

/// A configuration with redirects, as long as it can be read with them.
fn with_redirects(text: &str, redirects: &BTreeMap<String, String>) -> String {
    if redirects.is_empty() {
        return text.to_owned();
    }
    let map: values::Keys = redirects.iter().map(|(from, to)| (from.clone(), to.clone().into())).collect();
    let keys = values::Keys::from_iter([("redirects".to_owned(), map.into())]);
    let whole = format!("{text}{}", free::written(&keys));
    let (config, report) = config::read(CONFIG, &whole);
    if config.is_some() && !report.has_errors() { whole } else { text.to_owned() }
}

/// Makes all files, or none when something stands where one is to be made. Says how many were made.
pub fn write(moving: &Moving, root: &Path) -> (usize, Report) {
    let mut report = Report::default();
    for NewFile { path, .. } in &moving.files {
        if disk::exists(&disk::join(root, path)) {
            let problem = Diagnostic::error(codes::EXISTS, format!("`{path}` is there already"));
            report.push(problem.help("name another folder with `--output`, or move that file away"));
        }
    }
    if report.has_errors() {
        return (0, report);
    }
    for (done, NewFile { path, source }) in moving.files.iter().enumerate() {
        let target = disk::join(root, path);
        let made = target.parent().map_or(Ok(()), disk::create_dir_all).and_then(|()| match source {
            FileContent::Text(text) => disk::create(&target, text.as_bytes()).map(drop),
            FileContent::File(file) => disk::copy(file, &target).map(drop),
        });
        if let Err(error) = made {
            report.push(error.into());
            return (done, report);
        }
    }
    (moving.files.len(), report)
}

/// Paths at which the site has a file of other bytes.
fn others(root: &Path, files: &[NewFile]) -> Vec<String> {
    let differs = |file: &&NewFile| {
        let target = disk::join(root, &file.path);
        disk::exists(&target)
            && match &file.source {
                FileContent::Text(text) => disk::read(&target).map_or(true, |bytes| bytes != text.as_bytes()),
                FileContent::File(source) => match (disk::digest(&target), disk::digest(source)) {
                    (Ok(one), Ok(other)) => one != other,
                    _ => true,
                },
            }
    };
    files.iter().filter(differs).map(|file| file.path.clone()).collect()
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

fn heads(
    program: Program,
    folder: &Folder,
    settings: &Settings,
    stories: Vec<MovedStory>,
    tally: &mut MigrationLog,
) -> Vec<(MovedStory, Head)> {
    let sense = ReadOptions { program, zone: &settings.zone, authors: authors(folder, settings) };
    let dates = stories.iter().filter(|story| story.is_post).filter_map(|story| {
        let written = values::text_of(&story.front, "date").and_then(|text| date::read(&text, &settings.zone));
        written.or_else(|| story.named_date.map(|day| Moment::day(day, &settings.zone)))
    });
    let newest = dates.max();
    stories
        .into_iter()
        .map(|story| {
            let head = front_matter::read(&story, &sense, newest, tally);
            (story, head)
        })
        .collect()
}

/// The names of authors that stories name by a key.
fn authors(folder: &Folder, settings: &Settings) -> BTreeMap<String, String> {
    let names =
        ["_data/authors.yml", "_data/authors.yaml", "_data/authors.json", "data/authors.yaml", "data/authors.toml"];
    let read = |name: &&str| folder.text(name).and_then(|text| values::of_file(name, &text)).ok();
    let found = names.iter().find_map(read).or_else(|| settings.map("authors").cloned()).unwrap_or_default();
    let name = |value: &serde_json::Value| match value {
        serde_json::Value::Object(map) => {
            ["name", "full_name", "display_name"].iter().find_map(|key| values::text_of(map, key))
        }
        value => values::text(value),
    };
    found.iter().filter_map(|(key, value)| Some((key.clone(), name(value)?))).collect()
}

/// The configuration of a new site, read back as any is read.
fn configuration(
    settings: &Settings,
    permalink: Option<&str>,
    tally: &mut MigrationLog,
) -> (Option<(Config, String)>, Report) {
    let mut guess = |what: &str| tally.add(codes::IMPORT_GUESS, what, Place::file("."));
    let mut keys = values::Keys::new();
    let title = settings.title.clone().unwrap_or_else(|| {
        guess("the site has no title: `title` in `dateline.yaml` is made up");
        "Untitled".to_owned()
    });
    keys.insert("title".to_owned(), title.into());
    let base_url = settings.base_url.clone().unwrap_or_else(|| {
        guess("the site has no whole address: `base_url` in `dateline.yaml` is made up");
        format!("https://example.org{}", settings.base_path())
    });
    keys.insert("base_url".to_owned(), base_url.into());
    keys.extend(settings.description.clone().map(|text| ("description".to_owned(), text.into())));
    keys.insert("timezone".to_owned(), settings.zone.name().into());
    keys.insert("language".to_owned(), settings.language.clone().unwrap_or_else(|| "en".to_owned()).into());
    if let Some(pattern) = permalink.filter(|pattern| *pattern != Permalink::DEFAULT) {
        keys.insert("permalink".to_owned(), pattern.into());
    }
    let (mut config, mut report) = (None, Report::default());
    let mut text = String::new();
    // A pattern of another program may hold what none of ours may.
    for _ in 0..2 {
        text = free::written(&keys);
        (config, report) = config::read(CONFIG, &text);
        if config.is_some() && !report.has_errors() {
            break;
        }
        keys.shift_remove("permalink");
    }
    (config.map(|config| (config, text)), report)
}
