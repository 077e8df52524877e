//! The model of a site, assembled from its documents.
//!
//! In: all documents and assets, the configuration, and the instant to publish as of. Out: a [`Site`], which is
//! immutable, with everything published in order, topics, editions, people, threads and resolved links; and a report.
//! Deliberately not here: pages, templates, formats, and the disk.

mod assemble;
pub mod documents;
pub mod editions;
mod finish;
mod front;
mod ids;
mod links;
pub mod lists;
mod model;
mod registry;
mod reworded;
pub mod secrets;
mod statements;
pub mod stories;
pub mod topics;
pub mod urls_lock;
mod whole;

pub use assemble::{SiteInputs, assemble};
pub use documents::visibility::{Change, Effect, Preview, Scope, Withheld, WithheldReason};
pub use ids::{ArticleId, AssetId, DocId, EditionId, PageId, PairId, PersonId, StoryId, ThreadId, TopicId};
pub use lists::{Period, PeriodSpan, Periods};
pub use model::{
    Article, BriefingFile, Edition, EditionEntry, Front, Package, Pair, PathLink, Person, Site, StandingPage, Story,
    StorySource, Thread, Topic, TopicFile,
};
pub use urls_lock::UrlsLock;
pub use whole::Withdrawals;
