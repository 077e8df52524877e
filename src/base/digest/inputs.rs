//! The manifest of an output's inputs, written once for two readers: a [`Digester`] hashes it into the key that decides
//! whether the output is stale, and a [`Recording`](super::recording::Recording) keeps what shows people which input
//! changed.

use serde::Serialize;

use super::value::{Digest, Digester};

/// Receives the named inputs of an output, in order.
pub trait Inputs {
    /// Adds a value. A recording names each of its fields.
    fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T);

    /// Adds a value that many outputs share, with its known digest. `label` distinguishes it from others under the same
    /// name when it has no field `url` or `address`.
    fn shared<T: Serialize + ?Sized>(&mut self, name: &str, label: &str, digest: Digest, value: &T);

    /// Adds a value that mostly repeats other inputs, of which a recording has only the digest.
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
