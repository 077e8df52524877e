//! One file at a time.
//!
//! In: the text of a content file and the configuration. Out: a [`document::Document`] (its checked head and its
//! compiled body), and a report. Deliberately not here: anything that needs another file, such as whether a link's
//! target exists.

pub mod address;
pub mod asset;
mod cache;
mod changes;
pub mod dateline;
pub mod document;
pub mod folders;
pub mod front;
pub mod gather;
pub mod head;
pub mod load;
pub mod markdown;
pub mod memory;
pub mod schema;
