//! The commands about the program itself, which need no site: shell completions, manual pages, JSON Schemas.
//!
//! In: parsed arguments, and the definition of the command line. Out: texts for shells, `man` and editors. Deliberately
//! not here: the schemas themselves, which belong to the readers of the files.

pub(super) mod completions;
pub(super) mod manual;
pub(super) mod schema;
