//! Lists drawn from a finished site.
//!
//! In: a [`Site`](super::Site). Out: its years, months and days with stories, what was corrected, and what was withdrawn.
//! Deliberately not here: how lists are cut into pages.

pub mod corrections;
mod periods;
pub mod withdrawals;

pub use periods::{Period, PeriodSpan, Periods};
