//! Reads the configuration for a command.

use super::request::Request;
use crate::base::codes;
use crate::base::disk::{self, Bounds};
use crate::base::report::Report;
use crate::config::{self, Config};
use crate::content::gather;

/// Reads the configuration.
pub fn configure(request: &Request) -> (Option<Config>, Report) {
    let mut report = Report::default();
    let name = config_name(request);
    let text = report.take(gather::text(&request.config, &name, codes::CONFIG_MISSING));
    let config = text.and_then(|text| report.take(config::read(&name, &text)));
    let config = report.take(config::with_base_url(config, request.base_url.as_deref()));
    (config.map(|config| config.at(request.origin.as_deref())), report.of_usage())
}

/// The name that the configuration has in messages: its path below the site's root, where it is there.
pub(super) fn config_name(request: &Request) -> String {
    let below = request.config.strip_prefix(&request.root).unwrap_or(&request.config);
    disk::slashed(below.strip_prefix(".").unwrap_or(below))
}

/// How far symbolic links among the sources may lead.
pub fn bounds(request: &Request) -> Bounds {
    gather::bounds(&request.root, configure(request).0.as_ref())
}
