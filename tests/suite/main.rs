//! Behaviour, feature by feature, through whole small sites. See `site_test.rs` for the harness and `../README.md` for
//! how to add a test.

mod articles;
mod briefings;
mod links;
mod lists;
mod markdown;
mod site_test;
mod topics;
mod withheld;
