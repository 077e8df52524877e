//! Behaviour, feature by feature, through whole small sites. See `site_test.rs` for the harness and `../README.md` for
//! how to add a test.

mod addresses;
mod ahead;
#[cfg(feature = "deploy")]
mod announcing;
mod appearance;
mod articles;
mod blocks;
mod briefings;
mod cache;
#[cfg(feature = "import")]
mod carrying;
mod changes;
mod checking;
#[cfg(feature = "cms")]
mod cms;
mod consequences;
mod data;
#[cfg(feature = "deploy")]
mod days;
mod deploying;
mod desk;
mod diagnostics;
mod drawings;
mod editions;
mod email;
mod entry_files;
mod example;
#[cfg(feature = "deploy")]
mod external;
mod feeds;
mod files;
mod fronts;
mod generated;
mod histories;
mod hosts;
mod ids;
#[cfg(feature = "import")]
mod importing;
mod incremental;
mod inline;
mod kill;
mod language_editions;
mod language_hosts;
mod languages;
mod linked_data;
mod links;
mod lists;
mod live;
mod lock;
mod machines;
mod markdown;
mod mentions;
mod merging;
#[cfg(feature = "import")]
mod moving;
mod moving_addresses;
mod moving_files;
mod moving_hidden;
mod moving_links;
mod moving_marks;
mod names;
mod peers;
mod pictures;
mod publishing;
mod raw_html;
mod releasing;
mod renditions;
mod reproducible;
mod serve;
#[cfg(feature = "deploy")]
mod silent_changes;
mod site_test;
mod theming;
mod topics;
mod twins;
mod watching;
mod why;
mod withheld;
mod words;
mod year;
