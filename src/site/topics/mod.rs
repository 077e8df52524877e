//! Topics of the site.
//!
//! In: stories whose topics are names, and the registry. Out: topics ordered by slug, their lists, and pairs of them;
//! for an assembled site also the mentions of topics in running text, and pairs of similar names. Deliberately not
//! here: the spelling of names.

mod gather;
pub mod names;
pub mod near;
pub(super) mod pairs;
mod parents;

pub use gather::TOGETHER;
pub(super) use gather::{ShownTopic, TopicLists, check_files, gather, lists};
