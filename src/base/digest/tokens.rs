//! The bytes that stand for the parts of a recording.
//!
//! A recording is a sequence of [`FIELD`], [`SHARED`] and [`DERIVED`] tokens. Numbers are LEB128: seven bits a byte, the
//! lowest first. A text is a number and its bytes: twice the length plus one, or twice the position at which the same
//! text stands in this recording.

/// Ends a sequence or a map.
pub(super) const END: u8 = 0;
/// A name, and a value after it: an input, or a member of a map.
pub(super) const FIELD: u8 = 1;
/// An input that several outputs share: name, label, and the 8 bytes of its digest in [`Objects`](super::recording::Objects).
pub(super) const SHARED: u8 = 2;
/// An input of which only 4 bytes of its digest are recorded.
pub(super) const DERIVED: u8 = 3;
/// A string.
pub(super) const TEXT: u8 = 4;
/// A long string: its beginning as a text, its length, and 4 bytes of its digest.
pub(super) const LONG_TEXT: u8 = 5;
/// A text that is shown without quotation marks.
pub(super) const WORD: u8 = 6;
/// A number that is not negative.
pub(super) const NUMBER: u8 = 7;
/// A negative number, as its complement.
pub(super) const NEGATIVE: u8 = 8;
/// Truth values.
pub(super) const TRUE: u8 = 9;
pub(super) const FALSE: u8 = 10;
/// An absent value.
pub(super) const NONE: u8 = 11;
/// Values up to [`END`].
pub(super) const SEQUENCE: u8 = 12;
/// [`FIELD`]s up to [`END`].
pub(super) const MAP: u8 = 13;
