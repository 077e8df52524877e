//! The resolution of links between documents, and of the files published with them.
//!
//! In: everything that has a page, and the files beside documents. Out: the fillings of the slots of each page, the
//! files to publish, and the paths that only the plan can check. Deliberately not here: HTML, and links to other sites.

mod anchors;
mod broken;
mod data;
mod files;
mod held;
mod incomplete;
mod named;
pub(super) mod published;
mod renditions;
mod resolve;
pub(super) mod resolver;

pub(super) use resolve::{ArticleFillings, EditionFillings, PersonFillings, resolve};
