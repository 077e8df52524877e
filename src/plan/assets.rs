//! Files that go out as they are: pictures beside stories, and static files.

use super::context::files::fingerprinted;
use super::{FileKind, Output, OutputKind, SiteContext};
use crate::base::route::Route;
use crate::content::asset::AssetBytes;
use crate::content::folders::JOINED;

/// The scripts of the default theme for pages of live coverage, and with frames. Sites without such pages do not have them,
/// unless a template of their own asks for one.
pub const OPTIONAL: [&str; 2] = [LIVE, EMBED];
const LIVE: &str = "live.js";
const EMBED: &str = "embed.js";

pub(super) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    for (route, id) in context.site.files.iter() {
        outputs.push(Output { route: route.clone(), kind: OutputKind::File(FileKind::Beside(*id)), doc: None });
    }
    for (index, (route, ..)) in context.site.renditions.iter().enumerate() {
        let kind = OutputKind::File(FileKind::Rendition(index));
        outputs.push(Output { route: route.clone(), kind, doc: None });
    }
    let has_live = context.editions().any(|edition| edition.site.articles.iter().any(|one| one.head.live.is_some()));
    let has_frames = context.editions().any(SiteContext::has_frames);
    // Static files are one for all languages of a host.
    let statics = context.statics.iter().enumerate().filter(|_| context.site.config.is_root());
    for (index, asset) in statics {
        let is_asked = match &*asset.path {
            LIVE => has_live,
            EMBED => has_frames,
            _ => true,
        };
        let is_asked = is_asked || context.asked.contains(&&*asset.path);
        let is_unused = !is_asked && matches!(asset.bytes, AssetBytes::Builtin(_));
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
