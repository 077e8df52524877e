//! Files of the site that go out as they are, by their names and links.

use super::site_context::SiteContext;
use crate::base::route::Route;
use crate::base::text;
use crate::content::asset::{Asset, destination};

/// Style sheets and scripts also go out under a name that changes with their bytes, so that browsers may keep them for
/// ever: `style.3f9a1c2b.css`.
pub(in crate::plan) fn fingerprinted(asset: &Asset) -> Option<String> {
    let (stem, extension) = asset.path.rsplit_once('.')?;
    matches!(extension, "css" | "js" | "mjs").then(|| format!("{stem}.{}.{extension}", asset.digest.short()))
}

impl SiteContext {
    /// Whether a static file has this address. It takes the place of a built one.
    pub(in crate::plan) fn has_own(&self, route: &Route) -> bool {
        let path = &route.as_str()[1..];
        self.static_at(path).is_some()
    }

    /// How many bytes a file of the site has, by its link.
    pub(in crate::plan) fn length(&self, link: &str) -> Option<u64> {
        let path = link.strip_prefix(self.site.config.base_url.path()).filter(|path| path.starts_with('/'))?;
        let (path, _) = destination(path);
        let files = &self.site.files;
        let beside = files.binary_search_by(|(route, _)| route.as_str().cmp(&path)).ok();
        let beside = beside.map(|at| self.site.asset(files[at].1).length);
        beside.or_else(|| self.static_at(&path[1..]).map(|asset| asset.length))
    }

    /// A static file, by its path below `static/`.
    pub(super) fn static_at(&self, path: &str) -> Option<&Asset> {
        let at = self.statics.binary_search_by(|asset| asset.path.as_str().cmp(&text::composed(path))).ok()?;
        Some(&self.statics[at])
    }

    /// The address of a static file, by the name that changes with its bytes where it has one.
    pub fn asset_url(&self, path: &str) -> Option<String> {
        let path = path.trim_start_matches('/');
        let asset = self.static_at(path)?;
        Some(self.link(&format!("/{}", fingerprinted(asset).unwrap_or_else(|| asset.path.clone()))))
    }
}
