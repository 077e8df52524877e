//! Converts the front matter of other generators.
//!
//! In: a story as it was read. Out: its [`Head`], with unmapped keys under `extra`. Deliberately not here: keys that
//! depend on the placement of the story, such as its slug and its aliases.

mod head;
mod key_mapper;
pub(super) mod subjects;

use std::collections::BTreeMap;

use super::migration_log::MigrationLog;
use super::source::folder::Folder;
use super::source::settings::Settings;
use super::source::story::{MovedStory, Program};
use super::source::{date, values};
use crate::base::date::Moment;

pub(super) use self::head::Head;
use self::head::ReadOptions;

/// Converts the front matter of all stories.
pub(super) fn read_all(
    program: Program,
    folder: &Folder,
    settings: &Settings,
    stories: Vec<MovedStory>,
    log: &mut MigrationLog,
) -> Vec<(MovedStory, Head)> {
    let options = ReadOptions { program, zone: &settings.zone, authors: authors(folder, settings) };
    let dates = stories.iter().filter(|story| story.is_post).filter_map(|story| {
        let written = values::text_of(&story.front, "date").and_then(|text| date::read(&text, &settings.zone));
        written.or_else(|| story.named_date.map(|day| Moment::day(day, &settings.zone)))
    });
    let newest = dates.max();
    stories
        .into_iter()
        .map(|story| {
            let head = head::read(&story, &options, newest, log);
            (story, head)
        })
        .collect()
}

/// Returns the names of authors by the keys that stories use for them.
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
