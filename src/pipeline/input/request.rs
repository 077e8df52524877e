//! The request that every command passes to the pipeline.

use std::path::{Path, PathBuf};

use super::now::Now;
use crate::base::disk;
use crate::site::Scope;

/// The input of the pipeline: the location of a site, and how to view it.
#[derive(Clone, Debug)]
pub struct Request {
    /// The site's root directory, which holds its configuration.
    pub root: PathBuf,
    /// The path of the configuration file.
    pub config: PathBuf,
    /// The language whose host is meant, as `--language` names it; `None` for the host of the main edition.
    pub language: Option<String>,
    /// An override of `base_url` in the configuration.
    pub base_url: Option<String>,
    /// An override of the origin of `base_url`, such as `http://127.0.0.1:4747`; its path stays.
    pub origin: Option<String>,
    /// The instant to publish as of: RFC 3339 or any date format of the front matter; the clock's when absent.
    pub now: Now,
    /// Whether drafts and future stories are included.
    pub scope: Scope,
}

impl Request {
    /// The default output folder of this host.
    pub fn output(&self) -> PathBuf {
        output(&self.root, self.language.as_deref())
    }
}

/// The default output folder of the host of a language, below the site's root: `public`, or `public-ar`.
pub fn output(root: &Path, language: Option<&str>) -> PathBuf {
    let name = language.map_or_else(|| PUBLIC.to_owned(), |tag| format!("{PUBLIC}-{}", tag.to_ascii_lowercase()));
    // Without a leading `./`.
    if root == Path::new(".") { PathBuf::from(name) } else { disk::join(root, &name) }
}

/// The default output folder of the main host, relative to the site's root.
const PUBLIC: &str = "public";
