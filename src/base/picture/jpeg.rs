//! JPEG: a chain of segments, of which a few are needed to show the picture (ITU-T T.81, annex B).

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::{Bytes, ImageEXIF};

use super::exif;

const JFIF: &[u8] = b"JFIF\0";
/// Length of a JFIF header without a thumbnail.
const JFIF_LENGTH: usize = 14;

pub(super) fn orientation(bytes: &[u8]) -> Option<u8> {
    exif::orientation(&Jpeg::from_bytes(Bytes::copy_from_slice(bytes)).ok()?.exif()?)
}

pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let jpeg = Jpeg::from_bytes(Bytes::copy_from_slice(bytes)).ok()?;
    let orientation = jpeg.exif().and_then(|tiff| exif::orientation(&tiff));
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend([markers::P, markers::SOI]);
    let mut segments: Vec<JpegSegment> = jpeg.segments().iter().filter_map(|segment| needed(segment, bytes)).collect();
    if let Some(orientation) = orientation {
        let first = usize::from(segments.first().is_some_and(|segment| segment.marker() == markers::APP0));
        let contents = [b"Exif\0\0", &exif::only(orientation)[..]].concat();
        segments.insert(first, JpegSegment::new_with_contents(markers::APP1, contents.into()));
    }
    let has_scan = segments.iter().any(JpegSegment::has_entropy);
    for segment in segments {
        segment.encoder().write_to(&mut kept).ok()?;
    }
    has_scan.then_some(kept)
}

/// A segment of a file, as far as it is needed to show the picture.
fn needed(segment: &JpegSegment, file: &[u8]) -> Option<JpegSegment> {
    let contents = segment.contents();
    match segment.marker() {
        markers::APP0 => {
            let header = contents.get(..JFIF_LENGTH).filter(|header| header.starts_with(JFIF))?;
            // Width and height of the thumbnail, which may show what was cut off.
            let plain = [&header[..JFIF_LENGTH - 2], &[0, 0]].concat();
            Some(JpegSegment::new_with_contents(markers::APP0, plain.into()))
        }
        markers::APP2 => contents.starts_with(b"ICC_PROFILE\0").then(|| segment.clone()),
        // How the colours were made of red, green and blue.
        markers::APP14 => contents.starts_with(b"Adobe").then(|| segment.clone()),
        markers::APP1..=markers::APP15 | markers::COM => None,
        marker if segment.has_entropy() => {
            // With the header of the first scan goes the rest of the file.
            let rest = &file[file.len().checked_sub(segment.len_with_entropy() - segment.len())?..];
            let scans = Bytes::copy_from_slice(&rest[..end_of_image(rest)]);
            Some(JpegSegment::new_with_entropy(marker, contents.clone(), scans))
        }
        _ => Some(segment.clone()),
    }
}

/// The length of the scans, up to the end of the image: phones put more pictures, with metadata of their own, and films
/// behind it.
fn end_of_image(scans: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = scans.get(at..).and_then(|rest| memchr::memchr(markers::P, rest)) {
        let marker = at + found + 1;
        at = match scans.get(marker) {
            None => break,
            // A fill byte.
            Some(&markers::P) => marker,
            // A byte of data, or a restart.
            Some(0 | markers::RST0..=markers::RST7) => marker + 1,
            Some(&markers::EOI) => return marker + 1,
            Some(_) => match scans.get(marker + 1..marker + 3) {
                Some(length) => marker + 1 + usize::from(u16::from_be_bytes([length[0], length[1]])),
                None => break,
            },
        };
    }
    scans.len()
}
