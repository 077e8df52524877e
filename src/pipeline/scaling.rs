//! The pictures that are being scaled, so that no two threads decode the same one.

use std::sync::MutexGuard;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::base::digest::Digest;
use crate::base::sync::Mutex;

/// Locks for pictures that are being scaled: enough that threads seldom wait for another picture than their own.
const LOCKS: usize = 64;

/// The pictures that are being scaled.
#[derive(Debug)]
pub(super) struct Scaling {
    /// A lock for all pictures whose digests fall to it: a picture is decoded once for all its renditions, and no output waits
    /// for those of most others.
    locks: [Mutex<()>; LOCKS],
    /// Whether the cache has grown.
    has_made: AtomicBool,
}

impl Default for Scaling {
    fn default() -> Self {
        Self { locks: std::array::from_fn(|_| Mutex::new(())), has_made: AtomicBool::new(false) }
    }
}

impl Scaling {
    /// Waits until no other thread scales the picture of this digest, and keeps others from it.
    pub(super) fn hold(&self, digest: Digest) -> MutexGuard<'_, ()> {
        self.locks[digest.shard(LOCKS)].lock()
    }

    /// Notes that the cache has grown.
    pub(super) fn made(&self) {
        self.has_made.store(true, Ordering::Relaxed);
    }

    /// Whether the cache has grown.
    pub(super) fn has_made(&self) -> bool {
        self.has_made.load(Ordering::Relaxed)
    }
}
