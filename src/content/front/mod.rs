//! Front matter: bytes → text → raw values → checked values.
//!
//! In: the bytes of a content file. Out: its checked front matter, its Markdown, and every problem at its place.
//! Deliberately not here: whatever depends on other files, such as whether a topic exists or a slug is taken.

mod article;
mod briefing;
mod check;
mod entry;
mod moment;
mod page;
mod parts;
mod raw;
mod synonyms;
mod topic;
mod waive;

pub use self::article::article;
pub use self::briefing::briefing;
pub(super) use self::check::NO_DATE;
pub use self::entry::{EntryFront, entry};
pub use self::page::{page, person};
pub use self::parts::{Parts, decode, place, split};
pub use self::topic::topic;

pub(super) use self::article::RawArticle;
pub(super) use self::briefing::RawBriefing;
pub(super) use self::entry::RawEntry;
pub(super) use self::page::{RawPage, RawPerson};
pub(super) use self::topic::RawTopic;

#[cfg(test)]
mod tests;
