//! Fragments of pages, kept for all pages that show them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tera::Value;

use crate::base::digest::Digest;

/// Fewer threads than this render at once, as good as always, so that none waits.
const SHARDS: usize = 32;

/// The fragments rendered so far, by component and arguments.
pub(super) struct Fragments([Mutex<HashMap<String, Fragment>>; SHARDS]);

impl Default for Fragments {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Mutex::default()))
    }
}

/// A rendered component, and what it asked.
#[derive(Clone)]
pub(super) struct Fragment {
    pub(super) html: Value,
    pub(super) asked: Vec<(String, Digest)>,
}

impl Fragments {
    fn shard(&self, key: &str) -> &Mutex<HashMap<String, Fragment>> {
        let sum =
            key.bytes().rev().take(16).fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
        &self.0[sum % SHARDS]
    }

    /// A fragment that was rendered before.
    pub(super) fn get(&self, key: &str) -> Option<Fragment> {
        self.shard(key).lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps a fragment.
    pub(super) fn put(&self, key: String, fragment: Fragment) {
        self.shard(&key).lock().unwrap_or_else(PoisonError::into_inner).insert(key, fragment);
    }
}
