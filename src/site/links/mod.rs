//! Links between documents, and the files that go with them.
//!
//! In: everything that has a page, and the files beside documents. Out: what goes into the slots of each page, the files
//! that are published, and paths that only the plan can check. Deliberately not here: HTML, and links to other sites.

mod anchors;
mod broken;
mod files;
mod held;
mod named;
pub(super) mod published;
mod resolve;
pub(super) mod resolver;

pub(super) use resolve::{ArticleFillings, EditionFillings, PersonFillings, resolve};
