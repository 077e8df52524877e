//! Raw values that several kinds of front matter share.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::yaml::lenient::{Many, Text};
use crate::content::head::{LiveOrder, UpdateKind};

/// The parts of a dateline.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDateline {
    /// Places in capitals, as readers see them: `BEIJING`.
    pub(super) places: Option<Many<Text>>,
    /// State or country after the places.
    pub(super) region: Option<Text>,
    /// Date: `Oct 17`, or `2023-10-17`.
    pub(super) date: Option<Text>,
    /// News agency.
    pub(super) agency: Option<Text>,
}

/// How live coverage is shown, and when it begins and ends.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLive {
    /// Order of the entries on the page. Default: `newest` first.
    pub(super) order: Option<LiveOrder>,
    /// When coverage begins. Default: the date of the story.
    pub(super) starts: Option<Text>,
    /// When coverage ends, or is expected to.
    pub(super) ends: Option<Text>,
}

/// One entry of the change log.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawUpdate {
    /// Time of the change.
    pub(super) at: Text,
    /// Kind of the change. Default: `update`.
    pub(super) kind: Option<UpdateKind>,
    /// Description of the change, for readers.
    pub(super) text: Option<Text>,
    /// The anchor of what has changed: of an item of a briefing, or of an entry of live coverage. Default: the whole.
    pub(super) item: Option<Text>,
}

/// A figure with its source.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFact {
    /// The quantity that the figure measures.
    pub(super) label: Text,
    /// The figure, with its unit.
    pub(super) value: Text,
    /// Source of the figure.
    pub(super) source: Option<Text>,
}

/// A source of a story.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSource {
    /// Its name.
    pub(super) name: Text,
    /// Its address.
    pub(super) url: Option<Text>,
}

/// A picture.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawImage {
    /// Path relative to the file, route, or address.
    pub(super) src: Text,
    /// Alternative text: what the picture shows, for readers who cannot see it; empty for decoration.
    pub(super) alt: Option<Text>,
    /// Caption under the picture.
    pub(super) caption: Option<Text>,
    /// Credit: who made the picture.
    pub(super) credit: Option<Text>,
    /// The point of the picture that every cut keeps, from its left and its top: `30% 20%`. Default: `50% 50%`.
    pub(super) focus: Option<Text>,
}
