//! Lists derived from an assembled site.
//!
//! In: a [`Site`](super::Site). Out: the years, months and days that have stories, the corrections, and the
//! withdrawals. Deliberately not here: pagination.

pub mod corrections;
mod periods;
pub mod withdrawals;

pub use periods::{Period, PeriodSpan, Periods};
