//! The steps of a deployment, carried out.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{StreamExt, stream};

use super::changes::{Changes, ObjectChange, Step};
use super::claim::{Claim, lost, stopped};
use super::manifest::{KnownObject, Manifest};
use super::objects::Object;
use super::options::DeployOptions;
use super::refusal::Result;
use super::store::Store;
use crate::base::sync::Mutex;

/// How many requests are under way at once.
pub(super) const AT_ONCE: usize = 16;

/// How far a deployment has come: what is there of the keys that it changes, and what is not known of them.
pub(super) struct Progress(Mutex<BTreeMap<String, KnownObject>>);

impl Progress {
    /// Nothing is known of any key that will change.
    pub(super) fn start<'k>(keys: impl Iterator<Item = &'k String>) -> Self {
        let unknown = KnownObject { digest: None, size: None, retired: None };
        Self(Mutex::new(keys.map(|key| (key.clone(), unknown.clone())).collect()))
    }

    fn put(&self, object: &Object, size: u64) {
        let known = KnownObject { digest: Some(object.digest), size: Some(size), retired: None };
        self.0.lock().insert(object.key.clone(), known);
    }

    fn removed(&self, keys: &[&str]) {
        let mut known = self.0.lock();
        for key in keys {
            known.remove(*key);
        }
    }

    /// The manifest of what is there now.
    pub(super) fn manifest(&self, changes: &Changes) -> Manifest {
        let mut entries = changes.after.clone();
        entries.extend(self.0.lock().clone());
        Manifest(entries)
    }
}

/// A claim that is held, and what has been done under it.
#[derive(Clone, Copy)]
pub(super) struct HeldClaim<'a> {
    pub(super) claim: &'a Claim,
    pub(super) progress: &'a Progress,
}

/// Carries the steps out: those of one kind of change and one rank at once, one such group after the other. After an error nothing new
/// is begun, but what is on its way is waited for: the store could carry it out after the next deployment has begun.
pub(super) async fn ship(
    store: &Store,
    objects: &[Object],
    changes: &Changes,
    HeldClaim { claim, progress }: HeldClaim<'_>,
    options: &DeployOptions<'_>,
) -> Result<()> {
    let go_on = || {
        if (options.stop)() {
            return Err(stopped());
        }
        if claim.is_ours() { Ok(()) } else { Err(lost(store)) }
    };
    for group in changes.steps.chunk_by(|one, other| (one.change, one.rank) == (other.change, other.rank)) {
        if group[0].change == ObjectChange::Removed {
            go_on()?;
            let keys: Vec<&str> = group.iter().map(|step| step.key.as_str()).collect();
            store.delete(&keys).await?;
            progress.removed(&keys);
            continue;
        }
        let failed = AtomicBool::new(false);
        let put = |step: &Step| {
            let object = step.object.and_then(|index| objects.get(index));
            let failed = &failed;
            async move {
                if failed.load(Ordering::Relaxed) {
                    return Ok(());
                }
                let put = async {
                    go_on()?;
                    if let Some(object) = object {
                        progress.put(object, store.put(object).await?);
                    }
                    Result::Ok(())
                };
                put.await.inspect_err(|_| failed.store(true, Ordering::Relaxed))
            }
        };
        let ends: Vec<Result<()>> = stream::iter(group.iter().map(put)).buffer_unordered(AT_ONCE).collect().await;
        ends.into_iter().collect::<Result<()>>()?;
    }
    Ok(())
}
