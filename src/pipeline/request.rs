//! The request with which every command calls the pipeline.

use std::path::PathBuf;

use super::now::Now;
use crate::site::Scope;

/// What a command asks of the pipeline.
#[derive(Clone, Debug)]
pub struct Request {
    /// The site's root: the folder of its configuration.
    pub root: PathBuf,
    /// The configuration.
    pub config: PathBuf,
    /// Another `base_url` than the configuration's.
    pub base_url: Option<String>,
    /// Another origin than that of `base_url`, such as `http://127.0.0.1:4747`; the path stays.
    pub origin: Option<String>,
    /// The instant to publish as of: RFC 3339 or any form of the front matter; the clock's when absent.
    pub now: Now,
    /// Whether drafts and future stories are shown.
    pub scope: Scope,
}
