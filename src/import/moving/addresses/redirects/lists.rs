//! The former feeds and lists of each program, and what replaces them.

use std::collections::BTreeMap;

use super::subjects::{Subjects, TOPICS, lists_of};
use crate::base::codes;
use crate::base::report::Place;
use crate::import::moving::addresses::hugo_paths::{self, List};
use crate::import::moving::addresses::names::{Jekyll, Zola, jekyll};
use crate::import::moving::front_matter::Head;
use crate::import::moving::migration_log::MigrationLog;
use crate::import::moving::source::folder::Folder;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{MovedStory, Program, joined};
use crate::import::moving::source::values::{Keys, get, text_of, texts, truth};

/// The address of the feed of the whole site.
pub(super) const FEED: &str = "/feed.xml";
/// The address of the archive of all stories.
const ARCHIVE: &str = "/archive/";

/// Former addresses and their targets.
pub(super) type Wanted = Vec<(String, String)>;

/// The subjects of the stories of each language; the main language is none.
type ByLanguage = BTreeMap<Option<String>, Subjects>;

fn by_language(program: Program, settings: &Settings, stories: &[(MovedStory, Head)]) -> ByLanguage {
    let languages: std::collections::BTreeSet<Option<String>> =
        stories.iter().map(|(story, _)| story.language.clone()).chain([None]).collect();
    languages
        .into_iter()
        .map(|language| {
            let own = stories.iter().filter(|(story, _)| story.language == language);
            let subjects = Subjects::of(program, settings, own);
            (language, subjects)
        })
        .collect()
}

/// Reports that a taxonomy of people has no pages here.
fn no_people(subjects: &Subjects, taxonomy: &str, log: &mut MigrationLog) {
    if lists_of(taxonomy).is_none() && subjects.has(taxonomy) {
        let what = format!(
            "the pages of `/{taxonomy}/` have no counterpart: people have pages once `content/people/` has a file for each"
        );
        log.add(codes::IMPORT_GUESS, what, Place::file("."));
    }
}

pub(super) fn hugo(settings: &Settings, stories: &[(MovedStory, Head)], wanted: &mut Wanted, log: &mut MigrationLog) {
    let taxonomies: Vec<String> = match settings.map("taxonomies") {
        Some(map) => map.keys().filter_map(|name| text_of(map, name)).collect(),
        None => vec!["tags".to_owned(), "categories".to_owned()],
    };
    for (language, subjects) in by_language(Program::Hugo, settings, stories) {
        let folder = hugo_paths::language_folder(settings, language.as_deref());
        let mut both = |list: String, to: &str, feed: String| {
            wanted.push((hugo_paths::feed(settings, &list), feed));
            wanted.push((list, to.to_owned()));
        };
        both(joined(&[&folder]), "/", FEED.to_owned());
        for taxonomy in &taxonomies {
            no_people(&subjects, taxonomy, log);
            let terms = subjects.terms(taxonomy);
            // The list of topics is always there, and so was that of Hugo, without a term as well.
            let is_there = |list: &&str| *list == TOPICS || !terms.is_empty();
            let Some(all) = lists_of(taxonomy).filter(is_there) else { continue };
            both(hugo_paths::list(settings, List::Taxonomy, (&folder, taxonomy, taxonomy)), all, FEED.to_owned());
            for (term, page) in terms {
                let former = hugo_paths::list(settings, List::Term, (&folder, taxonomy, term));
                both(former, &page, format!("{page}feed.xml"));
            }
        }
        for section in &subjects.sections {
            let former = hugo_paths::list(settings, List::Section, (&folder, section, section));
            both(former, ARCHIVE, FEED.to_owned());
        }
    }
    if settings.map("languages").is_some() {
        wanted.push((joined(&[&hugo_paths::main_language(settings)]), "/".to_owned()));
    }
}

pub(super) fn jekyll_lists(folder: &Folder, settings: &Settings, stories: &[(MovedStory, Head)], wanted: &mut Wanted) {
    let own = settings.map("feed").and_then(|feed| text_of(feed, "path"));
    wanted.extend(own.map(|path| (format!("/{}", path.trim_start_matches('/')), FEED.to_owned())));
    for name in ["atom.xml", "feed/index.xml", "feed.atom", "index.xml", "rss/index.xml"] {
        if folder.files.contains_key(name) {
            wanted.push((format!("/{name}"), FEED.to_owned()));
        }
    }
    let plugins =
        ["plugins", "gems"].iter().find_map(|key| get(&settings.keys, key).and_then(texts)).unwrap_or_default();
    if !plugins.iter().any(|plugin| plugin == "jekyll-archives") {
        return;
    }
    let subjects = Subjects::of(Program::Jekyll, settings, stories.iter());
    let archives = settings.map("jekyll-archives");
    let permalinks = archives.and_then(|map| get(map, "permalinks")).and_then(|value| value.as_object());
    for (kind, key, default) in [("tag", "tags", "/tag/:name/"), ("category", "categories", "/category/:name/")] {
        let pattern = permalinks.and_then(|map| text_of(map, kind)).unwrap_or_else(|| default.to_owned());
        for (term, page) in subjects.terms(key) {
            wanted.push((pattern.replace(":name", &jekyll(term, Jekyll::Default)), page));
        }
    }
}

pub(super) fn zola(settings: &Settings, stories: &[(MovedStory, Head)], wanted: &mut Wanted, log: &mut MigrationLog) {
    let slugs = Zola::of(settings, "taxonomies");
    for (language, subjects) in by_language(Program::Zola, settings, stories) {
        let folder = language.as_deref().unwrap_or_default();
        let of_language =
            settings.map("languages").and_then(|all| get(all, folder)).and_then(|value| value.as_object());
        let own: &Keys = if language.is_none() { &settings.keys } else { of_language.unwrap_or(&settings.keys) };
        let feeds = zola_feeds(own);
        let has_feed =
            ["generate_feed", "generate_feeds"].iter().any(|name| get(own, name).and_then(truth) == Some(true));
        if language.is_some() {
            wanted.push((joined(&[folder]), "/".to_owned()));
        }
        let file = |above: &str, feed: &str| format!("{above}{feed}");
        if has_feed {
            wanted.extend(feeds.iter().map(|feed| (file(&joined(&[folder]), feed), FEED.to_owned())));
        }
        let rules = get(own, "taxonomies").and_then(|value| value.as_array()).cloned().unwrap_or_default();
        for rule in rules.iter().filter_map(|rule| rule.as_object()) {
            let Some(name) = text_of(rule, "name") else { continue };
            no_people(&subjects, &name, log);
            let terms = subjects.terms(&name);
            let Some(all) = lists_of(&name).filter(|_| !terms.is_empty()) else { continue };
            let root = text_of(&settings.keys, "taxonomy_root").unwrap_or_default();
            let list = joined(&[folder, &root, &slugs.path(&name)]);
            wanted.push((list.clone(), all.to_owned()));
            let has_feed = get(rule, "feed").and_then(truth) == Some(true);
            for (term, page) in terms {
                let former = joined(&[&list, &slugs.path(term)]);
                for feed in feeds.iter().filter(|_| has_feed) {
                    wanted.push((file(&former, feed), format!("{page}feed.xml")));
                }
                wanted.push((former, page));
            }
        }
        for section in &subjects.sections {
            wanted.push((joined(&[folder, section]), ARCHIVE.to_owned()));
        }
    }
}

/// The names of the feeds of a site of Zola, or of one of its languages.
pub(in crate::import::moving) fn zola_feeds(keys: &Keys) -> Vec<String> {
    let names = get(keys, "feed_filenames").and_then(texts);
    let names = names.or_else(|| Some(vec![text_of(keys, "feed_filename")?]));
    names.unwrap_or_else(|| vec!["atom.xml".to_owned()])
}
