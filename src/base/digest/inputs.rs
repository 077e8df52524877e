//! The manifest of an output: its named inputs, told by one piece of code to two listeners. A [`Digester`] makes of them the
//! key that decides whether the output is stale; a [`Listing`](super::listing::Listing) makes of them lines that say which
//! input it was.

use serde::Serialize;

use super::value::{Digest, Digester};

/// Receives the named inputs of an output, in their order.
pub trait Inputs {
    /// A value. A listing names each of its fields.
    fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T);

    /// A value that many outputs share, and whose digest is known. `label` tells it from others of the same name, where its own
    /// field `url` or `address` does not.
    fn shared<T: Serialize + ?Sized>(&mut self, name: &str, label: &str, digest: Digest, value: &T);

    /// A value that mostly repeats what other inputs name: a listing has its digest only.
    fn derived<T: Serialize + ?Sized>(&mut self, name: &str, value: &T);
}

impl Inputs for Digester {
    fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.part(name.as_bytes());
        Self::value(self, value);
    }

    fn shared<T: Serialize + ?Sized>(&mut self, name: &str, _: &str, digest: Digest, _: &T) {
        self.part(name.as_bytes()).digest(digest);
    }

    fn derived<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        Inputs::value(self, name, value);
    }
}
