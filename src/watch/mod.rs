//! When to look again.
//!
//! In: a site's folder. Out: for each batch of saves, where to look. Deliberately not here: what to do about it.
//!
//! What the system tells of changes only says "look again": a [`Rescan`](crate::base::disk::Rescan) names what may have changed,
//! and whoever gets it compares them with what was seen before. So an event too many does no harm, and when events are
//! lost, which systems say, all is looked at. So it is where links are among the sources: what they lead to can have many names.

mod events;
mod keep;
mod wait;

pub use keep::{Cause, keep};
pub use wait::{How, POLL, Stopper, Wake, Watch};
