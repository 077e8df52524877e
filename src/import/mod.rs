//! Other people's texts and sites → content files of ours.
//!
//! In: what others sent, or a folder of another program's site; and a site that knows its topics and its zone. Out: files,
//! each with a list of what was inferred, mapped or left, and functions that write them where nothing stands. Deliberately
//! not here: printing, and overwriting anything.

pub mod moving;
pub mod wire;
