//! Cache of rendered components that many pages share.

use tera::Value;

use crate::base::digest::Digest;
use crate::base::hash::FastMap;
use crate::base::sync::Mutex;

/// The cache is sharded, so that threads rarely wait for each other's lock: as a rule fewer of them render at once.
const SHARDS: usize = 32;

/// The fragments rendered so far, by component and arguments.
pub(in crate::render) struct Fragments([Mutex<FastMap<Digest, Fragment>>; SHARDS]);

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
    fn shard(&self, key: Digest) -> &Mutex<FastMap<Digest, Fragment>> {
        &self.0[key.shard(SHARDS)]
    }

    /// A fragment that was rendered before.
    pub(super) fn get(&self, key: Digest) -> Option<Fragment> {
        self.shard(key).lock().get(&key).cloned()
    }

    /// Keeps a fragment.
    pub(super) fn put(&self, key: Digest, fragment: Fragment) {
        self.shard(key).lock().insert(key, fragment);
    }
}
