//! Raw HTML in a text: which elements are allowed, and sanitising.
//!
//! In: compiled HTML with slots. Out: sanitised HTML with the slots kept. Deliberately not here: tokenising HTML, which
//! is `base::html`.

pub(super) mod elements;
pub(super) mod lost;
pub(super) mod sanitize;
pub(super) mod twin_mark;
