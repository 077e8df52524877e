//! The key `live` of an article's front matter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::date::Moment;

/// How the entries of live coverage are shown, and when it begins and ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveHead {
    /// The order of the entries on the page.
    pub order: LiveOrder,
    /// When coverage begins, if that is not when the story was published.
    pub starts: Option<Moment>,
    /// When coverage ends, or is expected to.
    pub ends: Option<Moment>,
    /// When the last entry was written. It is taken from the text, since an entry is a change of the story.
    pub last: Option<Moment>,
}

/// The order of entries on the page of live coverage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LiveOrder {
    /// The newest entry comes first.
    #[default]
    Newest,
    /// The oldest entry comes first.
    Oldest,
}

impl LiveOrder {
    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}
