//! Floor 8: a site or a text from elsewhere → content files of ours.
//!
//! In: a folder of another program's site. Out: what is to be written, and a report. Deliberately not here: printing.

pub mod moving;
