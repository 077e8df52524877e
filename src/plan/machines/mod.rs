//! Outputs that programs read and no person: sitemaps, text files at fixed addresses, and the Markdown twins of articles.
//!
//! In: the site’s context, and the plan where a file lists outputs. Out: routes, and the text or the entries of each. Deliberately
//! not here: feeds, files for hosts, and XML, which `render` writes.

pub(super) mod markdown;
pub(super) mod sitemaps;
pub(super) mod texts;
