//! The generators Hugo, Jekyll and Zola: the role of each file, its former address, and whether it was published.
//!
//! In: a folder and its settings. Out: a [`SourceSite`] of stories and files, each with its former address.
//! Deliberately not here: the meaning of texts and front matter.

pub(super) mod hugo;
pub(super) mod jekyll;
pub(super) mod sections;
pub(super) mod visibility;
mod zola;

use super::migration_log::MigrationLog;
use super::source::folder::Folder;
use super::source::settings::Settings;
use super::source::story::{Program, SourceSite};

/// Collects all content and all other files of a site.
pub(super) fn gather(program: Program, folder: &Folder, settings: &Settings, log: &mut MigrationLog) -> SourceSite {
    let mut site = match program {
        Program::Hugo => hugo::gather(folder, settings, log),
        Program::Jekyll => jekyll::gather(folder, settings, log),
        Program::Zola => zola::gather(folder, settings, log),
    };
    for story in &mut site.stories {
        if story.address.ends_with("/index.html") {
            story.address.truncate(story.address.len() - "index.html".len());
        }
    }
    site
}
