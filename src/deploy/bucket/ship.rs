//! The execution of a plan: uploads and deletions.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{StreamExt, stream};

use super::claim::{Claim, lost};
use crate::base::sync::Mutex;
use crate::content::statement::Statement;
use crate::deploy::changes::{Changes, ObjectChange, Step};
use crate::deploy::manifest::{KnownObject, Manifest};
use crate::deploy::objects::Object;
use crate::deploy::options::DeployOptions;
use crate::deploy::refusal::{Result, stopped};
use crate::deploy::store::Store;

/// The number of concurrent requests.
pub(in crate::deploy) const AT_ONCE: usize = 16;

/// The known state of the keys that a deployment changes; keys with unknown content have no digest.
pub(in crate::deploy) struct Progress(Mutex<BTreeMap<String, KnownObject>>);

impl Progress {
    /// The initial state: the content of every key that will change is unknown.
    pub(in crate::deploy) fn start<'k>(keys: impl Iterator<Item = &'k String>) -> Self {
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

    /// The manifest of the current state, including the objects that the plan leaves alone. `stories` is what readers have.
    pub(in crate::deploy) fn manifest(&self, changes: &Changes, stories: Option<Vec<Statement>>) -> Manifest {
        let mut entries = changes.after.clone();
        entries.extend(self.0.lock().clone());
        Manifest { objects: entries, stories }
    }
}

/// The claim of this deployment and the progress made under it.
#[derive(Clone, Copy)]
pub(in crate::deploy) struct HeldClaim<'a> {
    pub(in crate::deploy) claim: &'a Claim,
    pub(in crate::deploy) progress: &'a Progress,
}

/// Executes the steps group by group, where a group has one kind of change and one rank; uploads within a group run
/// concurrently. Fails with the first error. No upload is started after it, but those in flight are awaited: the store
/// could otherwise execute them after the next deployment has begun.
pub(in crate::deploy) async fn ship(
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
