//! The model of statements.

use serde::{Deserialize, Serialize};

use crate::base::route::Route;
use crate::content::head::UpdateKind;

/// What an article or a briefing says to readers. Two of them can be compared when both are in words, or both in digests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Path of the file, relative to the site's root.
    pub path: String,
    /// Address of the page; `/` for an entry of live coverage in a file of its own, which is on the page of its story.
    pub route: Route,
    /// Time of the newest entry of the change log, in seconds since 1970.
    pub updated: Option<i64>,
    /// When it expires, in seconds since 1970.
    pub expires: Option<i64>,
    /// Corrections and clarifications.
    pub notes: Vec<StatedNote>,
    /// What the front matter and the text say. A field that says nothing is there and empty; one that is not there is
    /// unknown.
    pub fields: Vec<Field>,
}

/// A correction or clarification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedNote {
    /// Its time, in seconds since 1970.
    pub at: i64,
    /// Its kind.
    pub kind: UpdateKind,
    /// What it says.
    pub text: String,
}

/// A field of a statement, such as `key_points`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The key in the front matter; [`TEXT`], [`ITEMS`] and [`ENTRIES`] for what is below.
    pub key: String,
    /// Its values; at most one unless it is a list.
    pub entries: Vec<Entry>,
}

/// A value of a field: its parts, such as `label` and `value` of a fact. A simple value has one part without a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry(pub Vec<(String, String)>);

/// Key of the text, of which each block is an entry.
pub const TEXT: &str = "text";
/// Key of the items of a briefing, with the parts `id`, `title` and `text`.
pub const ITEMS: &str = "items";
/// Key of the entries of live coverage, with the parts `id`, `time`, `title`, `authors` and `text`.
pub const ENTRIES: &str = "entries";
/// Key, in digests, of the text as one: a paragraph that is cut in two is no change.
pub(super) const WHOLE: &str = "whole";

impl Statement {
    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

impl Entry {
    /// A part; empty when there is none.
    pub fn part(&self, name: &str) -> &str {
        self.0.iter().find(|(part, _)| part == name).map_or("", |(_, said)| said)
    }
}
