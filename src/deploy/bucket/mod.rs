//! Deployment to a bucket. The documentation of the parent module has the protocol.
//!
//! In: the objects of a built site, and a bucket. Out: a bucket that holds them, and a [`Done`]. Deliberately not here: the
//! comparison of both, which folders of releases share, and the requests, which are the store's.

#[expect(clippy::disallowed_methods, reason = "it must know for how long it has been silent")]
mod claim;
mod rebuild;
mod ship;

use std::collections::BTreeSet;

use object_store::UpdateVersion;
use tokio::sync::Notify;

use self::claim::{CLAIM, Claim, ClaimOutcome, Standing, busy, lost};
use self::rebuild::rebuild;
use self::ship::{HeldClaim, Progress, ship};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text::plural;
use crate::config::{Bucket, Limit};
use crate::content::statement::Statement;
use crate::deploy::changes::{Changes, Listing, changes, check_deletions};
use crate::deploy::done::Done;
use crate::deploy::manifest::Manifest;
use crate::deploy::objects::{Object, Published};
use crate::deploy::options::DeployOptions;
use crate::deploy::refusal::Result;
use crate::deploy::store::Store;
use crate::deploy::stories::Stories;

/// The key of the manifest, below the prefix of the target.
const MANIFEST: &str = ".dateline/manifest";
/// The key prefix of our own objects, which are not part of the site.
const OWN: &str = ".dateline/";

/// The state of a bucket at the start of a deployment.
struct BucketState {
    manifest: Manifest,
    version: Option<UpdateVersion>,
    listing: Listing,
    claim: Option<Standing>,
    /// Whether the manifest is not the stored one, but was reconstructed or is new, and so must be written.
    rebuilt: bool,
}

pub(in crate::deploy) fn deploy(
    bucket: &Bucket,
    site: &Published,
    limit: Option<Limit>,
    stories: &Stories<'_>,
    options: &DeployOptions<'_>,
) -> Result<(Done, Report)> {
    let store = Store::open(bucket, options)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Diagnostic::error(codes::IO, format!("cannot start threads: {error}")))?;
    let mut report = Report::default();
    let changes = runtime.block_on(run(&store, site, limit, stories, options, &mut report))?;
    // A second round after a takeover repeats the notes of the first; sorting removes duplicates.
    report.sort();
    Ok((Done { changes, traffic: Some(store.traffic()), release: None }, report))
}

async fn run(
    store: &Store,
    site: &Published,
    limit: Option<Limit>,
    stories: &Stories<'_>,
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
                    // The holder may have put objects between our listing and its death, so the state is read again.
                    ClaimOutcome::Dead => dead = Some(claim.version.clone()),
                    ClaimOutcome::Gone => {}
                }
                continue;
            }
        }
        let none = BTreeSet::new();
        let pending = found.claim.as_ref().map_or(&none, |claim| &claim.keys);
        let mut changes = changes(&site.objects, &found.manifest, &found.listing, pending, options.now.as_second());
        let said = stories.of(&found.manifest, !changes.steps.is_empty());
        changes.record |= found.rebuilt || said != found.manifest.stories;
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
            // Another deployment finished between our listing and our claim, so the plan is out of date.
            Ok(_) => {
                claim.release(store).await?;
                continue;
            }
            Err(problem) => {
                // Nothing was put yet. A dead holder's list of unknown keys must not be lost, though.
                if pending.is_empty() {
                    let _ = claim.release(store).await;
                }
                return Err(problem);
            }
        }
        return carry_out(store, &site.objects, changes, claim, found, said, options).await;
    }
}

/// Carries out the plan, and records the resulting state in the manifest even after an error. The claim is released
/// only when the manifest was written.
async fn carry_out(
    store: &Store,
    objects: &[Object],
    changes: Changes,
    claim: Claim,
    found: BucketState,
    said: Option<Vec<Statement>>,
    options: &DeployOptions<'_>,
) -> Result<Changes> {
    let progress = Progress::start(changes.steps.iter().map(|step| &step.key));
    let ended = Notify::new();
    // Both futures run to their end: a request dropped in flight could still reach the store, after later ones.
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
        // Another deployment took over, and the manifest is now its to write.
        return shipped.map(|()| changes);
    }
    // After an error, readers have old and new stories.
    let stories = if shipped.is_ok() { said } else { found.manifest.stories };
    let recorded = store.put_if(MANIFEST, &progress.manifest(&changes, stories).encode(), found.version).await;
    match (shipped, recorded) {
        (Ok(()), Ok(Some(_))) => {
            claim.release(store).await?;
            Ok(changes)
        }
        (Ok(()), Ok(None)) => Err(lost(store)),
        (Ok(()), Err(problem)) => Err(problem),
        (Err(problem), recorded) => {
            // With the manifest written, the next deployment need not wait; otherwise it has to take over our claim.
            if matches!(recorded, Ok(Some(_))) {
                let _ = claim.release(store).await;
            }
            Err(problem)
        }
    }
}

/// Reads manifest, listing and claim. Reconstructs a lost manifest and adds a note to the report.
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
                if manifest.objects.len() == 1 { "1 is".to_owned() } else { format!("{} are", manifest.objects.len()) }
            );
            report.push(Diagnostic::note(codes::MANIFEST_LOST, message));
            (manifest, true)
        }
    };
    Ok(BucketState { manifest, version, listing, claim, rebuilt })
}
