//! Addresses of the web, and types of what stands at them.
//!
//! In: addresses and file names. Out: addresses resolved (RFC 3986), percent-encoded and sorted by scheme, and media
//! types (RFC 9110). Deliberately not here: the routes of the site itself, which are `base::route`.

pub mod address;
pub mod escape;
pub mod media;
pub mod scheme;
