//! Diagnostics: what is wrong, where, and what to do about it.
//!
//! In: problems, in whatever order they are found. Out: a [`Report`] in reading order, each problem with its place,
//! grouped and printed. Deliberately not here: the list of codes, which is `base::codes`.

mod diagnostic;
pub mod groups;
mod place;
pub mod print;

pub use diagnostic::{Diagnostic, Report, Severity};
pub use place::Place;
