//! The front page as the desk arranges it: the key `front`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::values::{bad, text_of};
use crate::base::codes;
use crate::base::date::{FORMS, Moment, Zone};
use crate::base::report::Diagnostic;
use crate::base::yaml::lenient::{Many, Text, TextOr};
use crate::base::yaml::source::Problems;

/// The arrangement of the front page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFront {
    /// The story that leads: its slug or path, or a package.
    pub(super) lead: Option<TextOr<RawPackage>>,
    /// The stories beside the lead, each its slug or path, or a package.
    pub(super) packages: Option<Many<TextOr<RawPackage>>>,
    /// Topics, in order, that have a band of their own.
    pub(super) sections: Option<Many<Text>>,
    /// Forms of stories that may lead when none is chosen. Default: all of them.
    pub(super) lead_kinds: Option<Many<Text>>,
}

/// A story with related ones.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPackage {
    /// Slug of the story, or its path below `content/`.
    pub(super) story: Text,
    /// Stories that stand as lines below it.
    pub(super) related: Option<Many<Text>>,
    /// When it leaves this place.
    pub(super) until: Option<Text>,
}

/// The arrangement of the front page. Stories and topics are named; whether there are such ones is found out when the site
/// is assembled.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FrontConfig {
    /// What leads.
    pub lead: Option<PackageConfig>,
    /// What stands beside it, in order.
    pub packages: Vec<PackageConfig>,
    /// Names or slugs of topics that have a band of their own, in order.
    pub sections: Vec<String>,
    /// Forms of stories that may lead when none is chosen; all, if empty.
    pub lead_kinds: Vec<String>,
}

/// A story with related ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageConfig {
    /// Slug, or path below `content/`.
    pub story: String,
    /// The related stories, named likewise.
    pub related: Vec<String>,
    /// The instant at which it leaves this place.
    pub until: Option<Moment>,
}

/// Checks the arrangement, whose key is at the path `key`.
pub(super) fn check(raw: Option<RawFront>, key: &str, zone: &Zone, problems: &mut Problems) -> FrontConfig {
    let Some(RawFront { lead, packages, sections, lead_kinds }) = raw else { return FrontConfig::default() };
    let packages = packages.map_or_else(Vec::new, |Many(packages)| packages).into_iter().enumerate();
    let packages = packages.filter_map(|(index, raw)| package(raw, &format!("{key}/packages/{index}"), zone, problems));
    let packages = packages.collect();
    FrontConfig {
        lead: lead.and_then(|raw| package(raw, &format!("{key}/lead"), zone, problems)),
        packages,
        sections: names(sections),
        lead_kinds: names(lead_kinds),
    }
}

fn package(raw: TextOr<RawPackage>, path: &str, zone: &Zone, problems: &mut Problems) -> Option<PackageConfig> {
    let RawPackage { story, related, until } = match raw {
        TextOr::Text(text) => RawPackage { story: Text(text), related: None, until: None },
        TextOr::Map(package) => package,
    };
    let Some(story) = text_of(Some(story)) else {
        problems.value(path, bad("a story is missing here").help("give its slug, or its path below `content/`"));
        return None;
    };
    let until = text_of(until).and_then(|text| match Moment::parse(&text, zone) {
        Ok(until) => Some(until),
        Err(error) => {
            problems.value(format!("{path}/until"), Diagnostic::error(codes::BAD_DATE, error.to_string()).help(FORMS));
            None
        }
    });
    Some(PackageConfig { story, related: names(related), until })
}

fn names(raw: Option<Many<Text>>) -> Vec<String> {
    raw.map_or_else(Vec::new, |Many(names)| names.into_iter().map(|Text(name)| name.trim().to_owned()).collect())
}
