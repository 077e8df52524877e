//! Recovery of a lost or unreadable manifest from the metadata of the objects.

use futures_util::{StreamExt, TryStreamExt, stream};

use super::ship::AT_ONCE;
use crate::deploy::changes::Listing;
use crate::deploy::manifest::{KnownObject, Manifest};
use crate::deploy::refusal::Result;
use crate::deploy::store::Store;

/// Requests the metadata of every object in the listing. Objects without our metadata were put by others and are left
/// out. Fails when a request does.
pub(in crate::deploy) async fn rebuild(store: &Store, listing: &Listing) -> Result<Manifest> {
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
    Ok(Manifest { objects: known, stories: None })
}
