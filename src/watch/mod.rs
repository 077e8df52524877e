//! When to scan the sources again.
//!
//! In: a site's folder. Out: for each batch of saves, the paths to scan. Deliberately not here: what to do about
//! changes.
//!
//! An event only means "scan again": a [`Rescan`](crate::base::disk::Rescan) names paths that may have changed, and
//! its receiver compares them with the last scan. A superfluous event therefore does no harm. When the operating system
//! reports lost events, or when the sources contain links, whose targets can have many names, everything is scanned.

mod events;
mod keep;
mod wait;

pub use keep::{Cause, keep};
pub use wait::{POLL, Stopper, Wake, Watch, WatchOptions};
