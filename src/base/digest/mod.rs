//! Digests, and what they are digests of.
//!
//! In: bytes and serialisable values. Out: a 128-bit digest; and the inputs of an output, hashed for the machine,
//! recorded, and listed for people. Deliberately not here: which inputs an output has.

pub mod differences;
pub mod inputs;
pub mod listing;
pub mod msgpack;
mod quoting;
pub mod recording;
mod serializer;
mod tokens;
mod value;

pub use value::{Digest, Digester};
