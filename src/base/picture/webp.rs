//! WebP: a list of RIFF chunks, of which a few are needed to show the picture (RFC 9649, section 2).
//!
//! The orientation is not among them: Chromium shows a WebP as it lies, so that it would stand upright in some browsers only,
//! in a room of the wrong shape.

use img_parts::Bytes;
use img_parts::riff::RiffContent;
use img_parts::webp::{CHUNK_ALPH, CHUNK_ANIM, CHUNK_ANMF, CHUNK_ICCP, CHUNK_VP8, CHUNK_VP8L, CHUNK_VP8X, WebP};

/// The flag of `VP8X` for a chunk of Exif data.
const HAS_EXIF: u8 = 1 << 3;
/// The flag of `VP8X` for a chunk of XMP data.
const HAS_XMP: u8 = 1 << 2;

/// The flag of `VP8X` for pictures with transparent parts.
const HAS_ALPHA: u8 = 1 << 4;
/// The flag of `VP8X` for moving pictures.
const IS_ANIMATED: u8 = 1 << 1;

/// Whether it may have transparent parts; `None` for a moving picture.
pub(super) fn alpha(bytes: &[u8]) -> Option<bool> {
    let (kind, data) = (bytes.get(12..16)?, bytes.get(20..)?);
    match kind {
        b"VP8X" => {
            let flags = *data.first()?;
            (flags & IS_ANIMATED == 0).then_some(flags & HAS_ALPHA != 0)
        }
        // Behind a signature of one byte, the width and the height take 14 bits each; the next one says it.
        b"VP8L" => Some(data.get(4)? & 1 << 4 != 0),
        _ => Some(false),
    }
}

pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut webp = WebP::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let shown = [CHUNK_VP8X, CHUNK_ICCP, CHUNK_ANIM, CHUNK_ANMF, CHUNK_ALPH, CHUNK_VP8, CHUNK_VP8L];
    webp.chunks_mut().retain(|chunk| shown.contains(&chunk.id()));
    for chunk in webp.chunks_mut() {
        if let (CHUNK_VP8X, RiffContent::Data(data)) = (chunk.id(), chunk.content_mut()) {
            let mut features = data.to_vec();
            let flags = features.first_mut()?;
            *flags &= !(HAS_EXIF | HAS_XMP);
            *data = features.into();
        }
    }
    let has_pixels = [CHUNK_VP8, CHUNK_VP8L, CHUNK_ANMF].into_iter().any(|id| webp.has_chunk(id));
    has_pixels.then(|| webp.encoder().bytes().to_vec())
}
