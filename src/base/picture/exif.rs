//! Exif: the orientation, which alone of all it says is kept.

use exif::{Exif, In, Reader, Tag};

/// The first of the values of `Orientation` that exchange width and height (CIPA DC-008, section 4.6.4).
pub(super) const FIRST_TURNED: u8 = 5;

/// The orientation, from 2 to 8; `None` for a picture that is shown as it lies. `tiff` starts with the byte order.
pub(super) fn orientation(tiff: &[u8]) -> Option<u8> {
    let mut reader = Reader::new();
    // Other entries may be damaged.
    reader.continue_on_error(true);
    let read: Exif = reader.read_raw(tiff.to_vec()).or_else(|error| error.distill_partial_result(|_| {})).ok()?;
    let value = read.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(value).ok().filter(|value| (2..=8).contains(value))
}

/// Exif data with an orientation and nothing else (TIFF 6.0, section 2).
pub(super) fn only(orientation: u8) -> Vec<u8> {
    // Big endian; the first directory is at byte 8 and has one entry: tag 0x0112, one SHORT.
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([orientation, 0, 0]);
    tiff.extend([0; 4]);
    tiff
}
