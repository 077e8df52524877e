//! A manifest that is lost or cannot be read, made anew: every object says itself what it is.

use futures_util::{StreamExt, TryStreamExt, stream};

use super::changes::Listing;
use super::manifest::{KnownObject, Manifest};
use super::refusal::Result;
use super::ship::AT_ONCE;
use super::store::Store;

/// Asks every object of a bucket what it is. Those that Dateline did not put are not in the manifest.
pub(super) async fn rebuild(store: &Store, listing: &Listing) -> Result<Manifest> {
    let ask = |(key, size): (&String, &u64)| {
        let (key, size) = (key.clone(), *size);
        async move {
            let digest = store.digest(&key).await?;
            Result::Ok(
                digest.map(|digest| (key, KnownObject { digest: Some(digest), size: Some(size), retired: None })),
            )
        }
    };
    let answers = stream::iter(listing.iter().map(ask)).buffer_unordered(AT_ONCE);
    let known = answers.try_filter_map(|known| async move { Ok(known) }).try_collect().await?;
    Ok(Manifest(known))
}
