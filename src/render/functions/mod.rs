//! The filters and functions that templates may call, and the session in which a page asks the site.
//!
//! In: arguments of templates. Out: values, and the questions that were asked, each with the digest of its answer.
//! Deliberately not here: what answers them, which is a [`Host`](session::Host).

pub(super) mod filters;
pub(super) mod fragments;
pub(super) mod session;
mod shared;
