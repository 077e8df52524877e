//! Documents together.
//!
//! In: all documents and assets, the configuration, and the instant to publish as of. Out: a [`Site`], never edited
//! afterwards: what is live, in order, with its topics, editions, people, threads and links resolved; and a report.
//! Deliberately not here: pages, templates, formats, and the disk.

mod anchors;
mod assemble;
pub mod briefings;
mod broken;
mod closed;
pub mod corrections;
mod documents;
mod files;
mod finish;
mod heads;
mod held;
mod ids;
mod links;
pub mod lock;
mod model;
mod named;
pub mod names;
pub mod near;
pub mod pairs;
mod parents;
mod pass;
pub mod people;
mod periods;
mod published;
mod registry;
pub mod related;
mod resolver;
pub mod secrets;
mod shown;
mod slugs;
pub mod stories;
pub mod threads;
pub mod topics;
mod translations;
pub mod visibility;
mod whole;
pub mod withdrawals;

pub use assemble::{SiteInputs, assemble};
pub use ids::{ArticleId, AssetId, DocId, EditionId, PageId, PairId, PersonId, StoryId, ThreadId, TopicId};
pub use lock::Lock;
pub use model::{
    Article, BriefingFile, Edition, Pair, PathLink, Person, Site, StandingPage, Story, StorySource, Thread, Topic,
    TopicFile,
};
pub use periods::{Period, PeriodSpan, Periods};
pub use visibility::{Change, Effect, Preview, Scope, Withheld, WithheldReason};
