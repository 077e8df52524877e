//! The types of an output and of the plan, and the table of families.
//!
//! In: nothing but numbers of things in a site. Out: [`Output`], the [`Plan`] that holds them all, and the table of
//! families. Deliberately not here: which outputs a site has, and what they show.

pub mod family;
pub(super) mod feed_dates;
pub(super) mod feed_files;
mod index;
mod language;
mod output;
mod own_routes;

pub(super) use output::{BRIEFINGS, CORRECTIONS, PEOPLE};

pub use self::own_routes::OwnRoute;
pub use family::own_routes;
pub use feed_files::{feed_type, is_feed};
pub use index::Plan;
pub use output::{
    EmailForm, Emptied, FeedSubject, FileKind, Former, HostFile, Leaf, List, Output, OutputKind, PageKind, Sitemap,
    TextFile, TextKind,
};
