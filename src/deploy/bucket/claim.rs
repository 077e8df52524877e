//! The claim: a lock on a bucket in the form of an object, which lists the keys that the running deployment is about to
//! change.
//!
//! It is created with a conditional put (on S3, `If-None-Match: *`), so that of two deployments one wins. Its holder
//! rewrites it as a heartbeat. A watcher needs no synchronised clock: a claim whose bytes stay the same for the length
//! of the watcher's patience has no living holder. The watcher then takes it over with a put conditional on that
//! version (on S3, `If-Match`).

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use jiff::Timestamp;
use object_store::UpdateVersion;
use tokio::sync::Notify;

use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::sync::Mutex;
use crate::deploy::manifest::{gunzip, gzip};
use crate::deploy::refusal::{Result, stopped};
use crate::deploy::store::Store;

/// The key of the claim, below the prefix of the target.
pub(in crate::deploy) const CLAIM: &str = ".dateline/claim";

/// The first line: the format and its version.
const HEADER: &str = "dateline claim 1";

/// The upper bound of the heartbeat interval.
const SLOWEST_BEAT: Duration = Duration::from_secs(10);

/// The heartbeat interval for watchers of this patience: a quarter of it, so that single failed beats do no harm.
fn interval(patience: Duration) -> Duration {
    (patience / 4).clamp(Duration::from_millis(50), SLOWEST_BEAT)
}

/// A claim held by this process.
pub(in crate::deploy) struct Claim {
    id: String,
    since: Timestamp,
    keys: BTreeSet<String>,
    patience: Duration,
    held: Mutex<Held>,
}

struct Held {
    version: UpdateVersion,
    beat: u64,
    /// The start of the last successful beat, by the wall clock, which unlike a monotonic one counts the time in which
    /// the machine sleeps.
    at: Timestamp,
    /// Whether a beat found that another deployment took the claim over.
    is_lost: bool,
}

/// A claim found in a bucket.
pub(in crate::deploy) struct Standing {
    pub(in crate::deploy) version: UpdateVersion,
    /// The keys that its holder was about to change; until it ends, their content is unknown.
    pub(in crate::deploy) keys: BTreeSet<String>,
    /// The start of its deployment as its holder wrote it, for messages.
    pub(in crate::deploy) since: String,
    bytes: Vec<u8>,
}

/// Outcome of watching another deployment's claim.
pub(in crate::deploy) enum ClaimOutcome {
    /// The claim did not change for the whole patience.
    Dead,
    /// The claim was deleted.
    Gone,
    /// The claim was rewritten.
    Alive,
}

impl Standing {
    /// Reads the claim of a bucket; `None` when there is none.
    pub(in crate::deploy) async fn find(store: &Store) -> Result<Option<Self>> {
        let Some((bytes, version)) = store.get(CLAIM).await? else { return Ok(None) };
        let text = gunzip(&bytes).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let mut lines = text.lines();
        // An unreadable claim lists no keys, but must be taken over like any other.
        let is_ours = lines.next() == Some(HEADER);
        let mut lines = lines.skip(1).filter(|_| is_ours);
        let since = lines.next().unwrap_or("some time ago").to_owned();
        let keys = lines.skip(1).map(str::to_owned).collect();
        Ok(Some(Self { version, keys, since, bytes }))
    }

    /// Polls the claim until its outcome is known, for `patience` at most. Fails when the process is asked to stop.
    pub(in crate::deploy) async fn watch(
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
    /// Takes the claim, replacing a dead one of version `over`. Returns `None` when another deployment was faster.
    pub(in crate::deploy) async fn take(
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

    /// Whether the store honours the condition of a put, tested by a second put that must fail.
    pub(in crate::deploy) async fn is_exclusive(&self, store: &Store) -> Result<bool> {
        store.knows_conditions(CLAIM, &bytes(&self.id, self.since, 0, &self.keys)).await
    }

    /// Sends heartbeats until `ended` is notified. A beat in flight is always awaited: one that reached the store after
    /// [`Claim::release`] would create the claim anew. Fails when the claim is lost, or could be, since no beat
    /// succeeded for the length of the patience.
    pub(in crate::deploy) async fn beat(&self, store: &Store, ended: &Notify) -> Result<()> {
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
                // A failed beat is no loss yet: until the patience has passed since the last good one, no watcher takes
                // over.
                Err(_) if self.is_ours() => continue,
                Err(problem) => problem,
            };
            self.held().is_lost = true;
            return Err(problem);
        }
    }

    /// Whether no watcher can have taken over yet, by our own clock.
    pub(in crate::deploy) fn is_ours(&self) -> bool {
        let held = self.held();
        !held.is_lost && Timestamp::now().duration_since(held.at).unsigned_abs() < self.patience
    }

    /// Deletes the claim.
    pub(in crate::deploy) async fn release(self, store: &Store) -> Result<()> {
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

/// The error when another deployment holds the claim.
pub(in crate::deploy) fn busy(store: &Store, since: &str) -> Box<Diagnostic> {
    let message = format!("another deployment to `{}` is running, since {since}", store.address());
    Box::new(Diagnostic::error(codes::DEPLOY_BUSY, message).help("wait until it has ended, then deploy again"))
}

/// The error when another deployment took our claim over.
pub(in crate::deploy) fn lost(store: &Store) -> Box<Diagnostic> {
    let message =
        format!("another deployment to `{}` took over, since this one was silent for too long", store.address());
    Box::new(Diagnostic::error(codes::DEPLOY_BUSY, message).help("wait until it has ended, then deploy again"))
}
