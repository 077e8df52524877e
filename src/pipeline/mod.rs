//! The chain of stages. Each stage is `fn(input) -> (output, Report)`, and only this module connects them.
//!
//! In: a [`Request`] of a command. Out: a site that is [prepared](prepare()), [examined](check()) or [built](build()),
//! with all problems. Deliberately not here: what a stage does.

mod ahead;
mod audit;
mod build;
mod configure;
mod examine;
mod finish;
mod how;
mod lock;
mod memory;
mod now;
mod outrun;
mod prepare;
mod render;
mod request;
mod unchanged;

pub use ahead::ahead;
pub use build::{Built, build, build_again};
pub use configure::{bounds, configure};
pub use examine::{check, examine};
pub use finish::{finish, quoted};
pub use how::{Deny, Publish};
pub use lock::{Locked, lock, lock_prepared};
pub use memory::BuildCache;
pub use now::Now;
pub use outrun::retried;
pub use prepare::{Prepared, assemble, assemble_with, prepare, prepare_again, rescan};
pub use render::{Making, make, render};
pub use request::Request;
pub use unchanged::Overview;
