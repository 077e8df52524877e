//! Files that go out as they are: pictures beside stories, and static files.

use super::context::files::fingerprinted;
use super::{Desk, FileKind, Output, OutputKind};
use crate::base::route::Route;
use crate::content::folders::JOINED;

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    for (route, id) in &desk.site.files {
        outputs.push(Output { route: route.clone(), kind: OutputKind::File(FileKind::Beside(*id)), doc: None });
    }
    for (index, asset) in desk.statics.iter().enumerate() {
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
