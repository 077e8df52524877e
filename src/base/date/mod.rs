//! Dates and times.
//!
//! In: texts as people write them, and instants. Out: instants in the newsroom's time zone, and dates as readers of a
//! language expect them. Deliberately not here: the clock.

mod cities;
mod digits;
mod moment;

pub use cities::zone_of_city;
pub use moment::{DateError, Disambiguation, DisplayDate, FORMS, Moment, Occurrence, Zone, offset};
