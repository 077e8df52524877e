//! WebP: a list of RIFF chunks, of which a few are needed to show the picture (RFC 9649, section 2).

use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::{
    CHUNK_ALPH, CHUNK_ANIM, CHUNK_ANMF, CHUNK_EXIF, CHUNK_ICCP, CHUNK_VP8, CHUNK_VP8L, CHUNK_VP8X, WebP,
};
use img_parts::{Bytes, ImageEXIF};

use super::exif;

/// The flag of `VP8X` for a chunk of Exif data.
const HAS_EXIF: u8 = 1 << 3;
/// The flag of `VP8X` for a chunk of XMP data.
const HAS_XMP: u8 = 1 << 2;

pub(super) fn orientation(bytes: &[u8]) -> Option<u8> {
    exif::orientation(&WebP::from_bytes(Bytes::copy_from_slice(bytes)).ok()?.exif()?)
}

pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut webp = WebP::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let orientation = webp.exif().and_then(|tiff| exif::orientation(&tiff));
    let shown = [CHUNK_VP8X, CHUNK_ICCP, CHUNK_ANIM, CHUNK_ANMF, CHUNK_ALPH, CHUNK_VP8, CHUNK_VP8L];
    webp.chunks_mut().retain(|chunk| shown.contains(&chunk.id()));
    if let Some(orientation) = orientation {
        webp.chunks_mut().push(RiffChunk::new(CHUNK_EXIF, RiffContent::Data(exif::only(orientation).into())));
    }
    for chunk in webp.chunks_mut() {
        if let (CHUNK_VP8X, RiffContent::Data(data)) = (chunk.id(), chunk.content_mut()) {
            let mut features = data.to_vec();
            let flags = features.first_mut()?;
            *flags &= !(HAS_EXIF | HAS_XMP);
            *flags |= if orientation.is_some() { HAS_EXIF } else { 0 };
            *data = features.into();
        }
    }
    let has_pixels = [CHUNK_VP8, CHUNK_VP8L, CHUNK_ANMF].into_iter().any(|id| webp.has_chunk(id));
    has_pixels.then(|| webp.encoder().bytes().to_vec())
}
