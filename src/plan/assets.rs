//! Files that go out as they are: pictures beside stories, and static files.

use super::context::files::fingerprinted;
use super::{FileKind, Output, OutputKind, SiteContext};
use crate::base::route::Route;
use crate::content::folders::JOINED;

pub(super) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    for (route, id) in context.site.files.iter() {
        outputs.push(Output { route: route.clone(), kind: OutputKind::File(FileKind::Beside(*id)), doc: None });
    }
    for (index, asset) in context.statics.iter().enumerate() {
        if JOINED.contains(&&*asset.path) {
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
