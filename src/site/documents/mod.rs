//! Documents as the site sees them: which are shown, and what a name of one means.
//!
//! In: all documents, and the instant to publish as of. Out: [`Documents`](lookup::Documents), what is withheld and why,
//! and [`PassInputs`](pass::PassInputs), which all passes read. Deliberately not here: how documents belong together.

pub(super) mod heads;
pub(super) mod lookup;
pub(super) mod pass;
pub mod visibility;
