//! Behaviour, feature by feature, through whole small sites. See `site_test.rs` for the harness and `../README.md` for
//! how to add a test.

mod announcing;
mod articles;
mod briefings;
mod cache;
mod changes;
mod consequences;
mod deploying;
mod diagnostics;
mod email;
mod example;
mod external;
mod feeds;
mod generated;
mod histories;
mod incremental;
mod kill;
mod linked_data;
mod links;
mod lists;
mod lock;
mod machines;
mod markdown;
mod merging;
mod moving;
mod peers;
mod publishing;
mod reproducible;
mod serve;
mod site_test;
mod theming;
mod topics;
mod watching;
mod why;
mod withheld;
