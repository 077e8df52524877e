//! Reads the configuration for a command.

use super::request::Request;
use crate::base::codes;
use crate::base::disk::{self, Bounds};
use crate::base::report::Report;
use crate::config::{self, Config};
use crate::content::gather;

/// Reads and validates the configuration, and applies `language`, `base_url` and `origin` of the request. Returns none when it
/// cannot be read.
pub fn configure(request: &Request) -> (Option<Config>, Report) {
    let mut report = Report::default();
    let name = config_name(request);
    let text = report.take(gather::text(&request.config, &name, codes::CONFIG_MISSING));
    let config = text.and_then(|text| report.take(config::read(&name, &text)));
    let config = config.map(|config| {
        let bounds = gather::bounds(&request.root, Some(&config));
        let files = report.take(gather::words(&request.root, &bounds));
        report.take(config::with_words(config, &files))
    });
    let config = match (&request.language, config) {
        (Some(tag), Some(config)) => config.of_host(tag).map_err(|problem| report.push(*problem)).ok(),
        (_, config) => config,
    };
    let config = report.take(config::with_base_url(config, request.base_url.as_deref()));
    (config.map(|config| config.at(request.origin.as_deref())), report.of_usage())
}

/// Returns the name of the configuration in messages: relative to the site's root if it is below it.
pub(in crate::pipeline) fn config_name(request: &Request) -> String {
    let below = request.config.strip_prefix(&request.root).unwrap_or(&request.config);
    disk::slashed(below.strip_prefix(".").unwrap_or(below))
}

/// Returns the folders that symbolic links among the sources may lead into: the site's root, and `follow_links`.
pub fn bounds(request: &Request) -> Bounds {
    gather::bounds(&request.root, configure(request).0.as_ref())
}
