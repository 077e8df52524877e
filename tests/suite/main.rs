//! Behaviour, feature by feature, through whole small sites. See `site_test.rs` for the harness.

mod site_test;
