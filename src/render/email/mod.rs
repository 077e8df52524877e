//! Turns the output of the e-mail templates into a message that can be sent.
//!
//! In: a letter as HTML and as text, and the envelope of its message. Out: HTML with its style in the elements, text in
//! short lines, and a MIME message of both. Deliberately not here: what a letter says, which is in `plan::email`.

pub(super) mod lines;
pub(super) mod message;
pub(super) mod styles;
