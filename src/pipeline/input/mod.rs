//! The input of the pipeline.
//!
//! In: the request of a command. Out: its configuration, and the instant to publish as of. Deliberately not here: content.

pub(super) mod configure;
pub(super) mod now;
pub(super) mod request;
