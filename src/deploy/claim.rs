//! The claim on a bucket: an object that says that a deployment is running, and which keys it is about to change.
//!
//! It is put on the condition that there is none, so that of two deployments one wins. While its holder works, it puts
//! the claim anew again and again. So nobody needs to compare clocks: a claim that stays the same for as long as the
//! watcher's patience lasts has no living holder. It is taken over on the condition that it is still the same.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use jiff::Timestamp;
use object_store::UpdateVersion;
use tokio::sync::Notify;

use super::manifest::{gunzip, gzip};
use super::refusal::Result;
use super::store::Store;
use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::sync::Mutex;

/// The claim's key.
pub(super) const CLAIM: &str = ".dateline/claim";

/// The first line: the format and its version.
const HEADER: &str = "dateline claim 1";

/// Holders show at least so often that they live.
const SLOWEST_BEAT: Duration = Duration::from_secs(10);

/// How often a holder shows that it lives, for a watcher of this patience.
fn interval(patience: Duration) -> Duration {
    (patience / 4).clamp(Duration::from_millis(50), SLOWEST_BEAT)
}

/// A claim that we hold.
pub(super) struct Claim {
    id: String,
    since: Timestamp,
    keys: BTreeSet<String>,
    patience: Duration,
    held: Mutex<Held>,
}

struct Held {
    version: UpdateVersion,
    beat: u64,
    /// The time of the last beat, by the clock of the day: it goes on while the machine sleeps.
    at: Timestamp,
    /// Whether a beat has found that the claim is no longer ours.
    is_lost: bool,
}

/// A claim as it stands in a bucket.
pub(super) struct Standing {
    pub(super) version: UpdateVersion,
    /// The keys that its holder was about to change.
    pub(super) keys: BTreeSet<String>,
    /// Since when it is held, as its holder said.
    pub(super) since: String,
    bytes: Vec<u8>,
}

/// Outcome of watching another deployment's claim.
pub(super) enum ClaimOutcome {
    /// Its holder is dead.
    Dead,
    /// It is gone.
    Gone,
    /// Its holder lives.
    Alive,
}

impl Standing {
    /// The claim in a bucket, if there is one.
    pub(super) async fn find(store: &Store) -> Result<Option<Self>> {
        let Some((bytes, version)) = store.get(CLAIM).await? else { return Ok(None) };
        let text = gunzip(&bytes).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let mut lines = text.lines();
        // One that cannot be read announces nothing, but must be taken over all the same.
        let is_ours = lines.next() == Some(HEADER);
        let mut lines = lines.skip(1).filter(|_| is_ours);
        let since = lines.next().unwrap_or("some time ago").to_owned();
        let keys = lines.skip(1).map(str::to_owned).collect();
        Ok(Some(Self { version, keys, since, bytes }))
    }

    /// Watches the claim until it is clear what becomes of it.
    pub(super) async fn watch(
        &self,
        store: &Store,
        patience: Duration,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Result<ClaimOutcome> {
        let mut waited = Duration::ZERO;
        let pause = (patience / 10).clamp(Duration::from_millis(50), Duration::from_secs(5));
        while waited < patience {
            tokio::time::sleep(pause).await;
            waited += pause;
            if stop() {
                return Err(stopped());
            }
            match store.get(CLAIM).await? {
                None => return Ok(ClaimOutcome::Gone),
                Some((bytes, _)) if bytes != self.bytes => return Ok(ClaimOutcome::Alive),
                Some(_) => {}
            }
        }
        Ok(ClaimOutcome::Dead)
    }
}

impl Claim {
    /// Takes the claim, over a dead one of this version if there is one. None when someone else was faster.
    pub(super) async fn take(
        store: &Store,
        keys: BTreeSet<String>,
        over: Option<UpdateVersion>,
        patience: Duration,
    ) -> Result<Option<Self>> {
        let id = format!("{:016x}", RandomState::new().build_hasher().finish());
        let (since, beat) = (Timestamp::now(), 0);
        let version = store.put_if(CLAIM, &bytes(&id, since, beat, &keys), over).await?;
        let held = version.map(|version| Mutex::new(Held { version, beat, at: since, is_lost: false }));
        Ok(held.map(|held| Self { id, since, keys, patience, held }))
    }

    /// Whether the store would refuse another such claim.
    pub(super) async fn is_exclusive(&self, store: &Store) -> Result<bool> {
        store.knows_conditions(CLAIM, &bytes(&self.id, self.since, 0, &self.keys)).await
    }

    /// Shows again and again that we live, until `ended` is notified. A beat that is on its way then is waited for: one
    /// that reached the store after [`Claim::release`] would bring the claim back. An error when the claim is lost.
    pub(super) async fn beat(&self, store: &Store, ended: &Notify) -> Result<()> {
        loop {
            tokio::select! {
                () = tokio::time::sleep(interval(self.patience)) => {}
                () = ended.notified() => return Ok(()),
            }
            let (version, beat) = {
                let held = self.held();
                (held.version.clone(), held.beat + 1)
            };
            let started = Timestamp::now();
            let problem = match store.put_if(CLAIM, &bytes(&self.id, self.since, beat, &self.keys), Some(version)).await
            {
                Ok(Some(version)) => {
                    *self.held() = Held { version, beat, at: started, is_lost: false };
                    continue;
                }
                Ok(None) => lost(store),
                // A single failure is no death; the next beat may be heard in time.
                Err(_) if self.is_ours() => continue,
                Err(problem) => problem,
            };
            self.held().is_lost = true;
            return Err(problem);
        }
    }

    /// Whether nobody can have taken the claim from us yet, as far as we know.
    pub(super) fn is_ours(&self) -> bool {
        let held = self.held();
        !held.is_lost && Timestamp::now().duration_since(held.at).unsigned_abs() < self.patience
    }

    /// Gives the claim back.
    pub(super) async fn release(self, store: &Store) -> Result<()> {
        store.delete(&[CLAIM]).await
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock()
    }
}

fn bytes(id: &str, since: Timestamp, beat: u64, keys: &BTreeSet<String>) -> Vec<u8> {
    let mut text = format!("{HEADER}\n{id}\n{since:.0}\n{beat}\n");
    for key in keys {
        text.push_str(key);
        text.push('\n');
    }
    gzip(text.as_bytes())
}

/// Someone else holds the claim.
pub(super) fn busy(store: &Store, since: &str) -> Box<Diagnostic> {
    let message = format!("another deployment to `{}` is running, since {since}", store.address());
    Box::new(Diagnostic::error(codes::DEPLOY_BUSY, message).help("wait until it has ended, then deploy again"))
}

/// Someone else took the claim from us.
pub(super) fn lost(store: &Store) -> Box<Diagnostic> {
    let message =
        format!("another deployment to `{}` took over, since this one was silent for too long", store.address());
    Box::new(Diagnostic::error(codes::DEPLOY_BUSY, message).help("wait until it has ended, then deploy again"))
}

/// We were asked to end.
pub(super) fn stopped() -> Box<Diagnostic> {
    let problem = Diagnostic::error(codes::DEPLOY_STOPPED, "the deployment was interrupted");
    Box::new(problem.help("deploy again: it goes on where this ended"))
}
