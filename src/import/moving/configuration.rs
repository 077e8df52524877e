//! Generates the configuration of a new site.

use std::collections::BTreeMap;

use super::migration_log::MigrationLog;
use super::source::settings::Settings;
use super::source::values::Keys;
use crate::base::codes;
use crate::base::report::{Place, Report};
use crate::base::yaml::any;
use crate::config::{self, Config, Permalink};

/// The file name of the configuration.
pub(super) const CONFIG: &str = "dateline.yaml";

/// Generates the configuration, and parses it like any other. Returns none when it is not valid.
pub(super) fn of(
    settings: &Settings,
    permalink: Option<&str>,
    log: &mut MigrationLog,
) -> (Option<(Config, String)>, Report) {
    let mut guess = |what: &str| log.add(codes::IMPORT_GUESS, what, Place::file("."));
    let mut keys = Keys::new();
    let title = settings.title.clone().unwrap_or_else(|| {
        guess("the site has no title: `title` in `dateline.yaml` is made up");
        "Untitled".to_owned()
    });
    keys.insert("title".to_owned(), title.into());
    let base_url = settings.base_url.clone().unwrap_or_else(|| {
        guess("the site has no whole address: `base_url` in `dateline.yaml` is made up");
        format!("https://example.org{}", settings.base_path())
    });
    keys.insert("base_url".to_owned(), base_url.into());
    keys.extend(settings.description.clone().map(|text| ("description".to_owned(), text.into())));
    keys.insert("timezone".to_owned(), settings.zone.name().into());
    keys.insert("language".to_owned(), settings.language.clone().unwrap_or_else(|| "en".to_owned()).into());
    if let Some(pattern) = permalink.filter(|pattern| *pattern != Permalink::DEFAULT) {
        keys.insert("permalink".to_owned(), pattern.into());
    }
    let (mut config, mut report) = (None, Report::default());
    let mut text = String::new();
    // Another generator's permalink pattern may be invalid here, so the second attempt leaves it out.
    for _ in 0..2 {
        text = any::emit(&keys);
        (config, report) = config::read(CONFIG, &text);
        if config.is_some() && !report.has_errors() {
            break;
        }
        keys.shift_remove("permalink");
    }
    (config.map(|config| (config, text)), report)
}

/// Appends redirects to a configuration, unless it would become invalid.
pub(super) fn with_redirects(text: &str, redirects: &BTreeMap<String, String>) -> String {
    if redirects.is_empty() {
        return text.to_owned();
    }
    let map: Keys = redirects.iter().map(|(from, to)| (from.clone(), to.clone().into())).collect();
    let keys = Keys::from_iter([("redirects".to_owned(), map.into())]);
    let whole = format!("{text}{}", any::emit(&keys));
    let (config, report) = config::read(CONFIG, &whole);
    if config.is_some() && !report.has_errors() { whole } else { text.to_owned() }
}
