//! What is read of the site that moves: its files, its configuration, and values and dates in any of its languages.
//!
//! In: a folder. Out: a [`folder::Folder`], [`settings::Settings`], and the types that a program's reader fills:
//! [`story::MovedStory`] and [`story::SourceSite`]. Deliberately not here: what any one program means by its files.

pub(super) mod date;
pub(super) mod folder;
pub(super) mod settings;
pub(super) mod story;
pub(super) mod values;
