//! Addresses: those that two outputs claim, former ones, those that are gone, and those that were published before.
//!
//! In: the outputs and the configuration. Out: a plan in which each address has one answer, and a report. Deliberately not
//! here: how an address is formed, which the file of each family says.

mod aliases;
mod below;
mod claim;
pub(super) mod conflicts;
pub(super) mod former;
pub(super) mod gone;
mod leading;
pub(super) mod lengths;
pub(super) mod paths;
pub(super) mod redirects;
pub mod urls_lock;
