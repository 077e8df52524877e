//! Parts that the front matter of several kinds is made of, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::yaml::loose::{Many, Text};
use crate::content::head::UpdateKind;

/// A dateline in parts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDateline {
    /// Where, in the capitals that readers see: `BEIJING`.
    pub(super) places: Option<Many<Text>>,
    /// State or country after the places.
    pub(super) region: Option<Text>,
    /// The day: `Oct 17`, or `2023-10-17`.
    pub(super) date: Option<Text>,
    /// The agency.
    pub(super) agency: Option<Text>,
}

/// One entry of the change log.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawUpdate {
    /// When.
    pub(super) at: Text,
    /// What kind of change. `update` when absent.
    pub(super) kind: Option<UpdateKind>,
    /// What changed, for readers.
    pub(super) text: Option<Text>,
}

/// A figure with its source.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFact {
    /// What is counted.
    pub(super) label: Text,
    /// The figure, with its unit.
    pub(super) value: Text,
    /// Who says so.
    pub(super) source: Option<Text>,
}

/// Where a story comes from.
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
    /// Path beside the file, route or address.
    pub(super) src: Text,
    /// What it shows, for those who cannot see it; empty for mere decoration.
    pub(super) alt: Option<Text>,
    /// What it shows, under the picture.
    pub(super) caption: Option<Text>,
    /// Who made it.
    pub(super) credit: Option<Text>,
}
