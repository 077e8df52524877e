//! Topics of the site.
//!
//! In: stories whose topics are names, and the registry. Out: topics in the order of their slugs, what belongs to each,
//! pairs of them; and, of a finished site, their names in running texts and names that may be one. Deliberately not here:
//! how a name is spelled.

mod gather;
pub mod names;
pub mod near;
pub(super) mod pairs;
mod parents;

pub use gather::TOGETHER;
pub(super) use gather::{ShownTopic, TopicLists, check_files, gather, lists};
