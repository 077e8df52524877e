//! Files that go out as they are: pictures beside stories, and static files.

use super::context::files::fingerprinted;
use super::{FileKind, Output, OutputKind, SiteContext};
use crate::base::route::Route;
use crate::content::asset::AssetBytes;
use crate::content::folders::JOINED;

/// The script of the default theme for pages of live coverage. Sites without one do not have it.
const LIVE: &str = "live.js";

pub(super) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    for (route, id) in context.site.files.iter() {
        outputs.push(Output { route: route.clone(), kind: OutputKind::File(FileKind::Beside(*id)), doc: None });
    }
    let has_live = context.editions().any(|edition| edition.site.articles.iter().any(|one| one.head.live.is_some()));
    // Static files are one for all languages.
    let statics = context.statics.iter().enumerate().filter(|_| context.site.config.is_root());
    for (index, asset) in statics {
        let is_unused = asset.path == LIVE && matches!(asset.bytes, AssetBytes::Builtin(_)) && !has_live;
        if JOINED.contains(&&*asset.path) || is_unused {
            continue;
        }
        if let Ok(route) = Route::new(&format!("/{}", asset.path)) {
            outputs.push(Output { route, kind: OutputKind::File(FileKind::Static(index)), doc: None });
        }
        if let Some(name) = fingerprinted(asset) {
            outputs.push(Output {
                route: Route::own(&format!("/{name}")),
                kind: OutputKind::File(FileKind::Static(index)),
                doc: None,
            });
        }
    }
}
