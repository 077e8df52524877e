//! Converts texts and sites from elsewhere into content files.
//!
//! In: wire copy, or the folder of another generator's site; and a site with its topics and its time zone. Out: files,
//! each with a list of the values that were inferred, mapped or left out, and functions that write them without
//! overwriting anything. Deliberately not here: printing.

pub mod moving;
pub mod wire;
