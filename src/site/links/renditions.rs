//! The renditions of pictures beside documents: scaled copies, each at an address that changes with the picture and with how
//! it is made. All of an edition are in one folder, so that a host needs one rule to let browsers keep them.

use std::sync::Arc;

use super::resolver::{Findings, Resolver};
use crate::base::digest::Digester;
use crate::base::picture::rendition::{self, Encoding, Rendition};
use crate::base::route::Route;
use crate::base::web::escape;
use crate::content::asset::Asset;
use crate::content::markdown::Renditions;
use crate::site::ids::AssetId;

/// Widest picture for programs that know no WebP, for feeds, e-mails and machines, in pixels.
const FIT: u32 = 1200;

/// The proportions of the cuts of a main picture, which search engines ask for.
const CUTS: [(u32, u32); 3] = [(16, 9), (4, 3), (1, 1)];
/// Pictures narrower than this go out as they are: marks and flags, whose bytes are few.
const SMALL: u32 = 64;

impl Resolver<'_> {
    /// The renditions of the picture that is published at `target` and linked by `address`, which are added to the published
    /// ones; none of what is not scaled.
    pub(super) fn renditions(
        &self,
        (address, target): (&str, &Route),
        index: usize,
        focus: Option<(u8, u8)>,
        found: &mut Findings,
    ) -> Option<Arc<Renditions>> {
        let (images, asset) = (&self.config.images, &self.targets.beside[index]);
        let (raster, natural) = (asset.raster?, asset.size?);
        if !images.resize || natural.0 < SMALL {
            return None;
        }
        let widths = rendition::widths(&images.widths, natural.0);
        let mut add = |(width, height), encoding, focus| {
            let rendition = Rendition { width, height, encoding, quality: images.quality, focus };
            let route = self.config.own_route(&path(target, asset, rendition));
            let address = self.config.base_url.link(&escape::browser(route.as_str()));
            found.renditions.insert((route, AssetId(index), rendition));
            address
        };
        let scaled = |width: u32| (width, rendition::height(natural, width));
        let candidates: Vec<String> =
            widths.iter().map(|width| format!("{} {width}w", add(scaled(*width), Encoding::WebP, None))).collect();
        let fit = widths.iter().copied().filter(|width| *width <= FIT).max().or(widths.first().copied())?;
        // A drawing that is small enough is better than what would be made of it.
        let is_fit = raster.fallback == Encoding::Png && fit == natural.0;
        let src = if is_fit { address.to_owned() } else { add(scaled(fit), raster.fallback, None) };
        let mut cuts = Vec::new();
        for proportions in focus.iter().flat_map(|_| CUTS) {
            let Some(size) = rendition::cut(natural, proportions, FIT) else { continue };
            // The whole picture is no cut, and has that address.
            let is_whole = scaled(size.0) == size;
            cuts.push((add(size, raster.fallback, focus.filter(|_| !is_whole)).into(), size));
        }
        let size = scaled(fit);
        Some(Arc::new(Renditions {
            srcset: candidates.join(", ").into(),
            sizes: images.sizes.as_str().into(),
            src: src.into(),
            size,
            cuts,
        }))
    }
}

/// The path of a rendition within its edition: `/renditions/port.800w.3f9a1c2b8d4e5f60.webp`. Pictures of one name in different folders
/// are told apart by their digests: that of the picture, then that of how the rendition is made.
fn path(target: &Route, asset: &Asset, rendition: Rendition) -> String {
    let digest = Digester::new().value(&(rendition::VERSION, asset.digest, rendition)).finish();
    let name = target.file_name();
    let (stem, _) = name.rsplit_once('.').unwrap_or((name, ""));
    let (picture, made) = (asset.digest.short(), digest.short());
    format!("{}{stem}.{}w.{picture}{made}.{}", rendition::FOLDER, rendition.width, rendition.encoding.ending())
}
