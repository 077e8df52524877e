//! Pictures as files: what is taken out of them before anyone may have them.
//!
//! A photograph says where it was taken, with which camera and by whom; it may hold a small copy of what was cut off, or a
//! film. Of all this nothing goes out. The pixels and their colour profile stay, byte for byte, and so does the orientation
//! of a JPEG or PNG, without which the picture lies on its side.
//!
//! In: the bytes of a file. Out: its format, orientation and the bytes to publish. Deliberately not here: decoding.

mod exif;
mod gif;
mod jpeg;
mod png;
mod webp;

/// A format of pictures that metadata can be taken out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JPEG (ITU-T T.81), in the form of JFIF or Exif.
    Jpeg,
    /// PNG, moving ones included (W3C, third edition).
    Png,
    /// GIF, versions 87a and 89a.
    Gif,
    /// WebP (RFC 9649).
    WebP,
}

impl Format {
    /// The format of a file, by its first bytes: the ending of a name may be wrong.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ => None,
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
        })
    }
}

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

#[cfg(test)]
mod tests;
