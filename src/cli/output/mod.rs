//! The output of commands: problems, tables, summaries, progress.
//!
//! In: reports and values of the library. Out: text on standard output and standard error. Deliberately not here: the
//! format of one diagnostic, which is `base::report::print`.

pub(super) mod print;
pub(super) mod problems;
pub(super) mod summary;
pub(super) mod table;
