//! URLs and media types.
//!
//! In: addresses and file names. Out: addresses resolved, percent-encoded and classified by scheme (RFC 3986), and
//! media types (RFC 9110). Deliberately not here: the routes of the site itself, which are `base::route`.

pub mod address;
pub mod escape;
pub mod media;
pub mod scheme;
