//! What a story says to readers, field by field, so that two versions of it can be compared.
//!
//! In: a document. Out: a [`Statement`], in words or in digests of them, and the [`Difference`]s of two. Deliberately not
//! here: what a difference means, and where it stands in the file.

mod compare;
mod model;
mod read;
mod text;
mod words;

pub use compare::Difference;
pub use model::{ENTRIES, Entry, Field, ITEMS, StatedNote, Statement, TEXT};
pub use words::{difference, word};
