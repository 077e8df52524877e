//! Reads a source site: its files, its configuration, and the values and dates in them.
//!
//! In: a folder. Out: a [`folder::Folder`], [`settings::Settings`], and the types that each generator's reader fills:
//! [`story::MovedStory`] and [`story::SourceSite`]. Deliberately not here: the rules of a single generator.

pub(super) mod date;
pub(super) mod folder;
pub(super) mod patterns;
pub(super) mod settings;
pub(super) mod story;
pub(super) mod values;
