//! The chain of stages. Each stage is `fn(input) -> (output, Report)`, and only this module connects them.
//!
//! In: a [`Request`] of a command. Out: a site that is [prepared](prepare()), [examined](check()) or [built](build()),
//! with all problems. Deliberately not here: what a stage does.

mod ahead;
mod audit;
mod build;
mod build_cache;
mod build_options;
mod content;
mod examine;
mod finish;
mod input;
mod kept;
mod pictures;
mod prepare;
mod render;
mod retry;
mod scaling;
mod unchanged;
mod urls_lock;

pub use ahead::ahead;
pub use build::{Built, build, build_again, build_configured};
pub use build_cache::BuildCache;
pub use build_options::{BuildOptions, Deny};
pub use examine::{check, examine};
pub use finish::{finish, quoted};
pub use input::configure::{bounds, configure};
pub use input::now::Now;
pub use input::request::{Request, output};
pub use pictures::published;
pub use prepare::{Prepared, assemble, assemble_all, assemble_with, prepare, prepare_again, rescan};
pub use render::{Making, make, render};
pub use retry::retried;
pub use unchanged::Overview;
pub use urls_lock::{Locked, lock, lock_configured, lock_prepared};
