//! What was rendered goes live, all or nothing.
//!
//! In: routes with their bytes, or the files to copy. Out: an output folder that holds exactly those, and whatever else
//! the user keeps there; a [`Summary`] of what changed. Files whose bytes are the same are not touched.
//!
//! Also here: whether an output is stale (`staleness.rs`), since the ledger knows what it was made of. Deliberately not here:
//! what a page is, and where else it is deployed to.
//!
//! Private outputs, such as e-mails, are published like all others, but below `<output>/.dateline/private/`, which is
//! never deployed nor served (see [`Route::private`](crate::base::route::Route::private)).
//!
//! All files of publishing itself are in `<output>/.dateline/`; `layout.rs` has their names, `docs/how-it-works.md` what each is
//! for. See `commit.rs` for what happens when a command is interrupted.

mod clean;
mod commit;
mod compare;
mod content;
mod files;
mod foreign;
mod guard;
mod layout;
pub mod ledger;
mod lock;
mod manifests;
mod options;
mod publication;
mod reason;
mod settled;
mod staging;
mod staleness;
mod summary;
#[cfg(test)]
mod tests;

pub use crate::base::rank::Rank;
pub use clean::{Cleaned, clean};
pub use compare::{compare, standing};
pub use content::{Content, unread};
pub use layout::OWN;
pub use ledger::LedgerEntry;
pub use manifests::History;
pub use options::PublishOptions;
pub use publication::Publication;
pub use reason::Reason;
pub use settled::{Audited, BuildRecord};
pub use summary::Summary;
