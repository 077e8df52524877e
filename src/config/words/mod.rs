//! The words of the interface in a language: what the theme, feeds and e-mails say themselves.
//!
//! Those of the shipped languages are in `i18n/` here; a file of the same name in `i18n/` beside `dateline.yaml` gives single
//! words another text. In: these files. Out: a [`Catalog`], complete, because what a language lacks is there in English.

mod catalog;
mod read;
mod schema;
mod shipped;
#[cfg(test)]
mod tests;

pub use catalog::{Catalog, fill};
pub use schema::schema;
pub(super) use shipped::{candidates, is_named};
