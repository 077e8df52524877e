//! The content of a rendered output, as the output folder takes it.

use crate::content::asset::AssetBytes;
use crate::publish;
use crate::render::Rendered;

pub(super) fn content(rendered: &Rendered) -> publish::Content<'_> {
    match rendered {
        Rendered::Bytes(bytes) => publish::Content::Bytes(bytes),
        Rendered::File(AssetBytes::Builtin(bytes), _) | Rendered::Rendition(AssetBytes::Builtin(bytes), ..) => {
            publish::Content::Bytes(bytes)
        }
        Rendered::File(AssetBytes::File(file), digest) | Rendered::Rendition(AssetBytes::File(file), digest, _) => {
            publish::Content::File(file, *digest)
        }
    }
}
