//! What an editor does to a site: begin a story, take in wire copy, publish drafts. The command line and the desk of
//! the preview server call the same functions, so that the same files and the same messages come of both.
//!
//! In: a request for a site, and a title, copy or paths. Out: files, written, and an [`ActionResult`] with all that is to
//! be said about them. Deliberately not here: printing, and HTTP.

mod new;
mod publish;
mod result;
#[cfg(feature = "import")]
mod wire;

pub use new::{NewKind, new};
pub use publish::publish;
pub use result::ActionResult;
#[cfg(feature = "import")]
pub use wire::{TakenIn, take_in};
