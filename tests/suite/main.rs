//! Behaviour, feature by feature, through whole small sites. See `site_test.rs` for the harness and `../README.md` for
//! how to add a test.

mod articles;
mod briefings;
mod diagnostics;
mod links;
mod lists;
mod markdown;
mod publishing;
mod site_test;
mod theming;
mod topics;
mod withheld;
