//! Publication: rendered outputs replace those in the output folder in one commit.
//!
//! In: routes with their bytes, or the files to copy. Out: an output folder that holds exactly those, beside the user's
//! own files; a [`Summary`] of what changed. Files with the same bytes are not written.
//!
//! Also here: the decision whether an output is stale (`staleness.rs`), which needs the ledger. Deliberately not here:
//! the contents of pages, and deployment.
//!
//! Private outputs, such as e-mails, are published like all others, but below `<output>/.dateline/private/`, which is
//! never deployed nor served (see [`Route::private`](crate::base::route::Route::private)).
//!
//! All files that publishing needs are in `<output>/.dateline/`; `layout.rs` has their names, `docs/how-it-works.md`
//! their purposes. `transaction/commit.rs` describes recovery after an interruption.

mod clean;
mod compare;
mod guard;
mod layout;
mod lock;
mod options;
mod reason;
mod records;
mod staleness;
mod summary;
#[cfg(test)]
mod tests;
mod transaction;

pub use crate::base::rank::Rank;
pub use clean::{Cleaned, clean};
pub use compare::{compare, standing};
pub use layout::OWN;
pub use options::PublishOptions;
pub use reason::Reason;
pub use records::build_record::{Audited, BuildRecord};
pub use records::ledger::{Ledger, LedgerEntry};
pub use records::manifests::History;
pub use summary::Summary;
pub use transaction::content::{Content, unread};
pub use transaction::publication::Publication;
