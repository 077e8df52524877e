//! Handles sections without a text, which the other generator filled with a list of their pages.

use std::collections::HashMap;

use crate::base::codes;
use crate::base::report::Place;
use crate::import::moving::migration_log::MigrationLog;
use crate::import::moving::source::story::{MovedStory, folder_and_name, stem_and_extension};
use crate::import::moving::source::values::text_of;

/// Gives each such section a list of its pages, so that its address stays valid. News sections are dropped, because the
/// new site generates its own lists of news.
pub(in crate::import::moving) fn list(stories: &mut Vec<MovedStory>, base_path: &str, log: &mut MigrationLog) {
    let is_bare = |story: &MovedStory| {
        let (_, name) = folder_and_name(&story.file);
        stem_and_extension(name).0.starts_with("_index") && story.body.trim().is_empty()
    };
    let mut below: HashMap<&str, Vec<&MovedStory>> = HashMap::new();
    for story in stories.iter() {
        below.entry(section_of(&story.address)).or_default().push(story);
    }
    let bodies: Vec<Option<String>> =
        stories.iter().map(|story| is_bare(story).then(|| body(story, &below, base_path)).flatten()).collect();
    let mut index = 0;
    stories.retain_mut(|story| {
        let body = bodies[index].as_ref();
        index += 1;
        match body {
            Some(body) => {
                let what = "a section's file without a text becomes a list of its pages";
                log.add(codes::IMPORT_GUESS, what, Place::file(story.file.as_str()));
                story.body.clone_from(body);
            }
            None if is_bare(story) => {
                let what = "a section's file without a text: lists make themselves here";
                log.add(codes::IMPORT_LEFT, what, Place::file(story.file.as_str()));
                return false;
            }
            None => {}
        }
        true
    });
}

/// Returns the address above: of `/docs/a/` and `/docs/a.html`, `/docs/`.
fn section_of(address: &str) -> &str {
    let bare = address.trim_end_matches('/');
    &bare[..bare.rfind('/').map_or(0, |at| at + 1)]
}

/// Returns the list as Markdown; none when the section is empty or contains news. `below` are the stories by the address
/// above theirs.
fn body(section: &MovedStory, below: &HashMap<&str, Vec<&MovedStory>>, base_path: &str) -> Option<String> {
    let address = section.address.as_str();
    if address == "/" || !address.ends_with('/') {
        return None;
    }
    let inside = below.get(address)?;
    if inside.is_empty() || inside.iter().any(|story| story.is_post) {
        return None;
    }
    let line = |story: &&MovedStory| {
        let name = || folder_and_name(story.address.trim_end_matches('/')).1.to_owned();
        let title = text_of(&story.front, "title").unwrap_or_else(name).replace(['[', ']', '`'], "");
        format!("- [{title}](<{base_path}{}>)\n", story.address)
    };
    Some(inside.iter().filter(|story| !story.is_draft).map(line).collect())
}
