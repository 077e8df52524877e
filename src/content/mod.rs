//! Parsing content files, one at a time.
//!
//! In: the text of a content file, and the configuration. Out: a [`document::Document`] (checked front matter and
//! compiled text), and a report. Deliberately not here: anything that needs another file, such as whether the target of
//! a link exists.

pub mod address;
pub mod asset;
mod cache_file;
mod changes;
pub mod data;
pub mod dateline;
pub mod document;
pub mod entry_head;
mod entry_time;
pub mod folders;
pub mod front;
pub mod gather;
pub mod head;
mod live_head;
mod live_text;
pub mod load;
pub mod markdown;
pub mod schema;
pub mod source_cache;
pub mod statement;
mod topic_kind;
pub mod unread;
