//! Finds files that the source site never published. They become drafts, and the report names them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::hugo::CascadeTarget;
use crate::base::codes;
use crate::base::report::Place;
use crate::import::moving::addresses::hugo_paths::main_language;
use crate::import::moving::migration_log::MigrationLog;
use crate::import::moving::source::date;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{MovedStory, Program, folder_and_name, stem_and_extension};
use crate::import::moving::source::values::{Keys, get, text_of, texts, truth};

/// Front matter keys that decide about publication, which a Hugo section can set for all its pages by `cascade`.
const KEYS: &[&str] = &["draft", "headless", "build", "_build", "publishDate", "expiryDate", "unpublishDate"];

/// A map of a `cascade`, and the pages that it is for.
type Rule = (CascadeTarget, Keys);

/// Marks unpublished files as drafts.
pub(in crate::import::moving) fn withhold(
    program: Program,
    stories: &mut [MovedStory],
    settings: &Settings,
    log: &mut MigrationLog,
) {
    match program {
        Program::Hugo => hugo(stories, settings, log),
        Program::Zola => zola(stories, log),
        // In Jekyll, only the front matter decides, and that is already read.
        Program::Jekyll => {}
    }
}

fn hide(story: &mut MovedStory, why: &str, log: &mut MigrationLog) {
    story.is_draft = true;
    let what = format!("a file that readers never saw ({why}) becomes a draft");
    log.add(codes::IMPORT_HIDDEN, what, Place::file(story.file.as_str()));
}

fn hugo(stories: &mut [MovedStory], settings: &Settings, log: &mut MigrationLog) {
    let mut cascades: BTreeMap<String, Vec<Rule>> = BTreeMap::new();
    let of_site = get(&settings.keys, "cascade").map(rules).unwrap_or_default();
    let main = main_language(settings);
    let disabled = disabled_languages(settings);
    let kinds = get(&settings.keys, "disableKinds").and_then(texts).unwrap_or_default();
    let drops_pages = kinds.iter().any(|kind| kind.eq_ignore_ascii_case("page"));
    let mut bundles = BTreeSet::new();
    for story in stories.iter() {
        let (folder, name) = folder_and_name(&story.file);
        if is_section(name)
            && let Some(value) = get(&story.front, "cascade")
        {
            cascades.insert(folder.to_owned(), rules(value));
        }
        bundles.extend(story.bundle.clone());
    }
    for story in stories {
        let mut folder = story.file.as_str();
        let mut inherited: Vec<&Rule> = Vec::new();
        let mut is_resource = false;
        while let Some((above, _)) = folder.rsplit_once('/') {
            folder = above;
            inherited.extend(cascades.get(folder).into_iter().flatten());
            is_resource |= story.bundle.is_none() && bundles.contains(folder);
        }
        inherited.extend(&of_site);
        let own_draft = get(&story.front, "draft").is_some();
        for (target, keys) in inherited {
            if !target.fits(story, settings) {
                continue;
            }
            for key in KEYS {
                if let Some(value) = get(keys, key).filter(|_| get(&story.front, key).is_none()) {
                    story.front.insert((*key).to_owned(), value.clone());
                }
            }
        }
        let is_cascaded = !own_draft && get(&story.front, "draft").and_then(truth) == Some(true);
        let language = story.language.as_deref().unwrap_or(&main);
        let why = match reason(story, settings) {
            _ if is_resource => Some("a file within a leaf bundle"),
            _ if drops_pages => Some("`disableKinds`"),
            _ if disabled.contains(language) => Some("its language is disabled"),
            None if is_cascaded => Some("`draft` of a `cascade`"),
            why => why,
        };
        if let Some(why) = why {
            hide(story, why, log);
        } else if get(&story.front, "draft").and_then(truth) == Some(true) {
            story.is_draft = true;
        }
    }
}

fn is_section(name: &str) -> bool {
    let (stem, _) = stem_and_extension(name);
    stem == "_index" || stem.starts_with("_index.")
}

/// Returns the maps of a `cascade`, which is one map or a list of maps, each with the pages that it is for.
fn rules(value: &Value) -> Vec<Rule> {
    let rule = |value: &Value| value.as_object().map(|keys| (CascadeTarget::of(keys), keys.clone()));
    match value {
        Value::Array(list) => list.iter().filter_map(rule).collect(),
        value => rule(value).into_iter().collect(),
    }
}

/// The languages that the settings disable, in lower case.
fn disabled_languages(settings: &Settings) -> BTreeSet<String> {
    let listed = get(&settings.keys, "disableLanguages").and_then(texts).unwrap_or_default();
    let is_off = |value: &Value| value.as_object().and_then(|map| get(map, "disabled")).and_then(truth) == Some(true);
    let own = settings.map("languages").into_iter().flatten().filter(|(_, value)| is_off(value));
    listed.iter().map(|name| name.to_lowercase()).chain(own.map(|(name, _)| name.to_lowercase())).collect()
}

/// Returns the reason why Hugo does not render a file. Returns none when it does, or when only a date prevents it for
/// which Dateline has a key.
fn reason(story: &MovedStory, settings: &Settings) -> Option<&'static str> {
    let front = &story.front;
    if get(front, "headless").and_then(truth) == Some(true) {
        return Some("`headless`");
    }
    let build = ["build", "_build"].iter().find_map(|key| get(front, key)?.as_object());
    let render = build.and_then(|build| get(build, "render"));
    let is_never = |value: &Value| truth(value) == Some(false) || matches!(value.as_str(), Some("never" | "link"));
    if render.is_some_and(is_never) {
        return Some("`build.render`");
    }
    let read = |key: &str| text_of(front, key).and_then(|text| date::read(&text, &settings.zone));
    let expiry = ["expiryDate", "unpublishDate"].iter().find_map(|key| read(key));
    if let Some(expiry) = expiry {
        let from = ["publishDate", "date"].iter().filter_map(|key| read(key)).max();
        if from.is_some_and(|from| expiry <= from) {
            return Some("`expiryDate` is not later than its date");
        }
        if !story.is_post {
            return Some("`expiryDate`, which pages do not have here");
        }
    }
    (!story.is_post && read("publishDate").is_some()).then_some("`publishDate`, which pages do not have here")
}

fn zola(stories: &mut [MovedStory], log: &mut MigrationLog) {
    let drafts: BTreeSet<String> = stories
        .iter()
        .filter(|story| story.is_draft && is_section(folder_and_name(&story.file).1))
        .map(|story| folder_and_name(&story.file).0.to_owned())
        .collect();
    for story in stories {
        let mut folder = story.file.as_str();
        let mut is_below = false;
        while let Some((above, _)) = folder.rsplit_once('/') {
            folder = above;
            is_below |= drafts.contains(folder);
        }
        if get(&story.front, "render").and_then(truth) == Some(false) {
            hide(story, "`render = false`", log);
        } else if is_below && !story.is_draft {
            hide(story, "its section is a draft", log);
        }
    }
}
