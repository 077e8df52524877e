//! Renditions: which sizes and encodings of a picture are published beside it, by its size alone.

use serde::{Deserialize, Serialize};

use super::format::Format;
use super::{png, webp};

/// Changes with the bytes that are made of the same picture: with another decoder, filter or encoder.
pub const VERSION: u32 = 1;

/// The folder of all renditions of an edition.
pub const FOLDER: &str = "/renditions/";

/// Most pixels of a picture that is decoded: 10,000 by 10,000, which take 400 MB of memory.
pub const MOST_PIXELS: u64 = 100_000_000;

/// Whether a picture of this size is not decoded.
pub fn is_huge((width, height): (u32, u32)) -> bool {
    u64::from(width) * u64::from(height) > MOST_PIXELS
}

/// What is known of a picture that can be decoded and scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raster {
    /// The encoding of the rendition for programs that know no WebP.
    pub fallback: Encoding,
}

/// The encoding of a rendition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// WebP (RFC 9649).
    WebP,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl Encoding {
    /// The ending of a file's name, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// A scaled copy of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Rendition {
    /// Width in pixels, as the picture is shown.
    pub width: u32,
    /// Height in pixels, as the picture is shown.
    pub height: u32,
    /// How it is encoded.
    pub encoding: Encoding,
    /// Quality of lossy encodings, 1 to 100.
    pub quality: u8,
    /// For a cut to other proportions: the point that it keeps, in percent of the picture's width and height.
    pub focus: Option<(u8, u8)>,
}

impl Raster {
    /// What a picture is, by its bytes; `None` for what is left as it is: films, GIFs, and what is no picture.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let has_alpha = match Format::of(bytes)? {
            Format::Jpeg => false,
            Format::Png if png::is_animated(bytes)? => return None,
            // A PNG is mostly a drawing or the picture of a screen, which JPEG blurs.
            Format::Png => true,
            Format::Gif => return None,
            Format::WebP => webp::alpha(bytes)?,
        };
        Some(Self { fallback: if has_alpha { Encoding::Png } else { Encoding::Jpeg } })
    }
}

/// The picture of a rendition, by the path of its address: the name of the file without its ending, and the short digest of its bytes.
/// `None` for what is no rendition.
pub fn picture_of(path: &str) -> Option<(&str, &str)> {
    let (folder, name) = path.rsplit_once('/')?;
    let mut parts = name.rsplitn(4, '.');
    let (ending, digests, width, stem) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_one = (folder == "renditions" || folder.ends_with("/renditions"))
        && matches!(ending, "webp" | "jpg" | "png")
        && width.strip_suffix('w').is_some_and(|width| width.bytes().all(|byte| byte.is_ascii_digit()))
        && digests.len() == 16
        && digests.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_one.then(|| (stem, &digests[..8]))
}

/// The widths in which a picture is published: those of `widths` below its own, and its own where that is not above the
/// widest. In order.
pub fn widths(widths: &[u32], natural: u32) -> Vec<u32> {
    let mut found: Vec<u32> = widths.iter().copied().filter(|width| *width < natural).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    if natural <= widest {
        found.push(natural);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The height of a picture that is scaled to `width`, at least 1.
pub fn height((natural_width, natural_height): (u32, u32), width: u32) -> u32 {
    let (width, height) = (u64::from(width), u64::from(natural_height));
    let natural_width = u64::from(natural_width).max(1);
    u32::try_from((width * height + natural_width / 2) / natural_width).unwrap_or(u32::MAX).max(1)
}

/// The size of the greatest cut of some proportions out of a picture, at most `most` wide; `None` of a picture that is too small
/// for it to be of use.
pub fn cut((width, height): (u32, u32), (across, down): (u32, u32), most: u32) -> Option<(u32, u32)> {
    /// Smallest side of a picture that is cut.
    const SMALLEST: u32 = 300;
    if width.min(height) < SMALLEST {
        return None;
    }
    let widest = u64::from(height) * u64::from(across) / u64::from(down);
    let width = width.min(most).min(u32::try_from(widest).unwrap_or(u32::MAX));
    Some((width, self::height((across, down), width)))
}
