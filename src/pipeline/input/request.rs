//! The request that every command passes to the pipeline.

use std::path::PathBuf;

use super::now::Now;
use crate::site::Scope;

/// The input of the pipeline: the location of a site, and how to view it.
#[derive(Clone, Debug)]
pub struct Request {
    /// The site's root directory, which holds its configuration.
    pub root: PathBuf,
    /// The path of the configuration file.
    pub config: PathBuf,
    /// An override of `base_url` in the configuration.
    pub base_url: Option<String>,
    /// An override of the origin of `base_url`, such as `http://127.0.0.1:4747`; its path stays.
    pub origin: Option<String>,
    /// The instant to publish as of: RFC 3339 or any date format of the front matter; the clock's when absent.
    pub now: Now,
    /// Whether drafts and future stories are included.
    pub scope: Scope,
}
