//! The Markdown twin of a text: its own source, with its links rewritten to what their page shows.
//!
//! In: events, and which pieces of them the finished HTML shows. Out: [`Markdown`](super::body::Markdown) with open
//! slots, and the twin when they are filled. Deliberately not here: the head of the twin, which is `render::machines`.

mod blocks;
pub(super) mod build;
pub(super) mod escape;
mod fill;
mod html;
mod links;
pub(super) mod trail;
