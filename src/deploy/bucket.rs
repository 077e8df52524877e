//! A deployment into a bucket, from the first look to the last request. See the module's page for the protocol.

use std::collections::BTreeSet;

use object_store::UpdateVersion;
use tokio::sync::Notify;

use super::changes::{Changes, Listing, changes, check_deletions};
use super::claim::{CLAIM, Claim, ClaimOutcome, Standing, busy, lost};
use super::done::Done;
use super::manifest::Manifest;
use super::objects::{Object, Published};
use super::options::DeployOptions;
use super::rebuild::rebuild;
use super::refusal::Result;
use super::ship::{HeldClaim, Progress, ship};
use super::store::Store;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text::plural;
use crate::config::{Bucket, Limit};

/// The manifest's key.
const MANIFEST: &str = ".dateline/manifest";
/// What the keys of our own objects start with.
const OWN: &str = ".dateline/";

/// What stands in a bucket.
struct BucketState {
    manifest: Manifest,
    version: Option<UpdateVersion>,
    listing: Listing,
    claim: Option<Standing>,
    /// Whether the manifest was made anew from the objects.
    rebuilt: bool,
}

pub(super) fn deploy(
    bucket: &Bucket,
    site: &Published,
    limit: Option<Limit>,
    options: &DeployOptions<'_>,
) -> Result<(Done, Report)> {
    let store = Store::open(bucket, options)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Diagnostic::error(codes::IO, format!("cannot start threads: {error}")))?;
    let mut report = Report::default();
    let changes = runtime.block_on(run(&store, site, limit, options, &mut report))?;
    // Whoever had to look twice has said the same twice.
    report.sort();
    Ok((Done { changes, traffic: Some(store.traffic()), release: None }, report))
}

async fn run(
    store: &Store,
    site: &Published,
    limit: Option<Limit>,
    options: &DeployOptions<'_>,
    report: &mut Report,
) -> Result<Changes> {
    // The version of a claim whose holder is known to be dead.
    let mut dead: Option<UpdateVersion> = None;
    loop {
        let found = read_state(store, report).await?;
        let mut over = None;
        if let Some(claim) = &found.claim {
            if options.dry_run {
                let message = format!("a deployment is running since {}, or was interrupted", claim.since);
                report.push(Diagnostic::note(codes::DEPLOY_BUSY, message));
            } else if dead.as_ref() == Some(&claim.version) {
                over = dead.clone();
            } else {
                match claim.watch(store, options.patience, options.stop).await? {
                    ClaimOutcome::Alive => return Err(busy(store, &claim.since)),
                    // It may have put more after it was listed and before it died.
                    ClaimOutcome::Dead => dead = Some(claim.version.clone()),
                    ClaimOutcome::Gone => {}
                }
                continue;
            }
        }
        let none = BTreeSet::new();
        let pending = found.claim.as_ref().map_or(&none, |claim| &claim.keys);
        let mut changes = changes(&site.objects, &found.manifest, &found.listing, pending, options.now.as_second());
        changes.record |= found.rebuilt;
        check_deletions(&changes, found.listing.len(), limit)?;
        (options.show)(&changes, site);
        if options.dry_run || (changes.is_empty() && found.claim.is_none()) {
            return Ok(changes);
        }
        let steps = changes.steps.iter().map(|step| &step.key);
        let keys: BTreeSet<String> = steps.chain(pending).cloned().collect();
        let Some(claim) = Claim::take(store, keys, over, options.patience).await? else {
            return Err(busy(store, "just now"));
        };
        if !claim.is_exclusive(store).await? {
            let message = format!("`{}` knows no conditional writes", store.address());
            let help = "two deployments at once are not told apart there: see to it that there is only one";
            report.push(Diagnostic::warning(codes::DEPLOY_UNGUARDED, message).help(help));
        }
        match store.version(MANIFEST).await {
            Ok(version) if version == found.version => {}
            // Someone else deployed between our look and our claim.
            Ok(_) => {
                claim.release(store).await?;
                continue;
            }
            Err(problem) => {
                // Nothing was put yet. What a dead holder announced must stay announced.
                if pending.is_empty() {
                    let _ = claim.release(store).await;
                }
                return Err(problem);
            }
        }
        return carry_out(store, &site.objects, changes, claim, found, options).await;
    }
}

/// Ships, and writes down what is there, whether or not all of it could be shipped.
async fn carry_out(
    store: &Store,
    objects: &[Object],
    changes: Changes,
    claim: Claim,
    found: BucketState,
    options: &DeployOptions<'_>,
) -> Result<Changes> {
    let progress = Progress::start(changes.steps.iter().map(|step| &step.key));
    let ended = Notify::new();
    // Neither is dropped while a request of it is on its way: the store may carry that out later than what comes next.
    let (shipped, beaten) = tokio::join!(
        async {
            let shipped =
                ship(store, objects, &changes, HeldClaim { claim: &claim, progress: &progress }, options).await;
            ended.notify_one();
            shipped
        },
        claim.beat(store, &ended),
    );
    let shipped = beaten.and(shipped);
    if let Err(problem) = &shipped
        && problem.code == codes::DEPLOY_BUSY
    {
        // Someone else took over: what is there is theirs to say.
        return shipped.map(|()| changes);
    }
    let recorded = store.put_if(MANIFEST, &progress.manifest(&changes).encode(), found.version).await;
    match (shipped, recorded) {
        (Ok(()), Ok(Some(_))) => {
            claim.release(store).await?;
            Ok(changes)
        }
        (Ok(()), Ok(None)) => Err(lost(store)),
        (Ok(()), Err(problem)) => Err(problem),
        (Err(problem), recorded) => {
            // What is there is written down, so the next deployment need not wait for us; else it takes over the claim.
            if matches!(recorded, Ok(Some(_))) {
                let _ = claim.release(store).await;
            }
            Err(problem)
        }
    }
}

/// Reads what stands in a bucket. A manifest that is lost is made anew, and reported.
async fn read_state(store: &Store, report: &mut Report) -> Result<BucketState> {
    let stored = store.get(MANIFEST).await?;
    let mut listing = store.list().await?;
    let claim = if listing.contains_key(CLAIM) { Standing::find(store).await? } else { None };
    listing.retain(|key, _| !key.starts_with(OWN));
    let version = stored.as_ref().map(|(_, version)| version.clone());
    let (manifest, rebuilt) = match stored.and_then(|(bytes, _)| Manifest::decode(&bytes)) {
        Some(manifest) => (manifest, false),
        None if listing.is_empty() => (Manifest::default(), true),
        None => {
            let manifest = rebuild(store, &listing).await?;
            let message = format!(
                "`{}` has no list of what was deployed: of {}, {} known to be Dateline's",
                store.address(),
                plural(listing.len(), "object", "objects"),
                if manifest.0.len() == 1 { "1 is".to_owned() } else { format!("{} are", manifest.0.len()) }
            );
            report.push(Diagnostic::note(codes::MANIFEST_LOST, message));
            (manifest, true)
        }
    };
    Ok(BucketState { manifest, version, listing, claim, rebuilt })
}
