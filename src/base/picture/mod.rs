//! Pictures as files: what is taken out of them before anyone may have them.
//!
//! A photograph says where it was taken, with which camera and by whom; it may hold a small copy of what was cut off, or a
//! film. Of all this nothing goes out. The pixels and their colour profile stay, byte for byte, and so does the orientation
//! of a JPEG or PNG, without which the picture lies on its side.
//!
//! In: the bytes of a file. Out: its format, orientation and the bytes to publish. With the feature `images` also a picture in other sizes:
//! `rendition` says which, `scale` makes them. An SVG is a document: `svg` takes out of it what is no picture.

mod exif;
mod format;
mod gif;
mod jpeg;
mod png;
pub mod rendition;
#[cfg(feature = "images")]
mod scale;
pub mod svg;
mod svg_rules;
mod webp;

pub use format::Format;

#[cfg(feature = "images")]
pub use scale::scaled;

/// Whether a file of this name may be a picture with metadata.
pub fn is_name(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["jpg", "jpeg", "jpe", "jfif", "png", "apng", "gif", "webp"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// A picture whose parts cannot be told apart: it is damaged, or was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged(pub Format);

/// The bytes of a picture without its metadata; `None` where there is nothing to take out, or the file is no picture.
pub fn without_metadata(bytes: &[u8]) -> Result<Option<Vec<u8>>, Damaged> {
    let Some(format) = Format::of(bytes) else { return Ok(None) };
    let cleaned = match format {
        Format::Jpeg => jpeg::cleaned(bytes),
        Format::Png => png::cleaned(bytes),
        Format::Gif => gif::cleaned(bytes),
        Format::WebP => webp::cleaned(bytes),
    };
    Ok(Some(cleaned.ok_or(Damaged(format))?).filter(|cleaned| cleaned != bytes))
}

/// Whether the picture is shown with its sides exchanged: those of a phone that was held upright.
pub fn is_turned(bytes: &[u8]) -> bool {
    let orientation = match Format::of(bytes) {
        Some(Format::Jpeg) => jpeg::orientation(bytes),
        Some(Format::Png) => png::orientation(bytes),
        Some(Format::Gif | Format::WebP) | None => None,
    };
    orientation.is_some_and(|orientation| orientation >= exif::FIRST_TURNED)
}

/// Without the feature `images` no rendition is planned, and none is made.
#[cfg(not(feature = "images"))]
pub fn scaled(_: &[u8], _: &[rendition::Rendition]) -> Result<Vec<Vec<u8>>, String> {
    Err("this program was built without the feature `images`".to_owned())
}

#[cfg(test)]
mod tests;
