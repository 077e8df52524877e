//! Shapes that templates see: cards, references, the head of a page, and what all pages have in common.
//!
//! In: values of the site. Out: types that can be serialised and hashed, made of those alone. Deliberately not here: who
//! makes them, which is the room above, and whole pages.

pub(super) mod article_inputs;
pub(super) mod common;
pub(super) mod dateline;
pub mod meta;
mod publisher;
pub mod shapes;
