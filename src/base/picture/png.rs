//! PNG: a list of chunks, of which a few are needed to show the picture (W3C, third edition, sections 4.8 and 11).

use img_parts::png::{Png, PngChunk};
use img_parts::{Bytes, ImageEXIF};

use super::exif;

const EXIF: [u8; 4] = *b"eXIf";

/// Chunks that say how the pixels look: colours, transparency, density, motion.
const SHOWN: [[u8; 4]; 17] = [
    *b"tRNS", *b"gAMA", *b"cHRM", *b"sRGB", *b"iCCP", *b"cICP", *b"mDCV", *b"cLLI", *b"sBIT", *b"bKGD", *b"pHYs",
    *b"hIST", *b"sPLT", *b"acTL", *b"fcTL", *b"fdAT", *b"gIFg",
];

pub(super) fn orientation(bytes: &[u8]) -> Option<u8> {
    exif::orientation(&Png::from_bytes(Bytes::copy_from_slice(bytes)).ok()?.exif()?)
}

/// Whether it is a moving picture (APNG).
pub(super) fn is_animated(bytes: &[u8]) -> Option<bool> {
    Some(Png::from_bytes(Bytes::copy_from_slice(bytes)).ok()?.chunk_by_type(*b"acTL").is_some())
}

pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut png = Png::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let orientation = png.exif().and_then(|tiff| exif::orientation(&tiff));
    // The fifth bit of the first letter tells chunks apart that no reader may pass over.
    png.chunks_mut().retain(|chunk| chunk.kind()[0].is_ascii_uppercase() || SHOWN.contains(&chunk.kind()));
    if let Some(orientation) = orientation {
        // Behind the header, and so before the pixels.
        let at = png.chunks().len().min(1);
        png.chunks_mut().insert(at, PngChunk::new(EXIF, exif::only(orientation).into()));
    }
    let is_whole = png.chunks().last().is_some_and(|last| last.kind() == *b"IEND");
    is_whole.then(|| png.encoder().bytes().to_vec())
}
