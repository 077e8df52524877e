//! Writing HTML: events → HTML with slots, and slots filled → finished HTML.
//!
//! In: events; later, the fillings of the slots. Out: a [`Body`](super::body::Body); the HTML of a page. Deliberately
//! not here: finding the targets of links.

mod blocks;
pub(super) mod fill;
mod footnotes;
mod headings;
mod links;
mod raw;
mod tasks;
pub(super) mod writer;
