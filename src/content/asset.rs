//! Files that are published unchanged: pictures beside stories, and everything under `static/`.

use std::path::PathBuf;

use crate::base::digest::Digest;
use crate::base::html::{self, Token};
use crate::base::picture;
use crate::base::picture::rendition::Raster;
use crate::base::web::{address, escape};

/// A file that is published unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Path relative to `content` or `static`, with `/`.
    pub path: String,
    /// Source of its bytes.
    pub bytes: AssetBytes,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Size in bytes of what is published, which has no metadata in it.
    pub length: u64,
    /// Width and height in CSS pixels, as the picture is shown, for pictures whose file has them.
    pub size: Option<(u32, u32)>,
    /// What is known of a picture that can be scaled.
    pub raster: Option<Raster>,
    /// The text, for files that are merged with a generated file of the same name.
    pub text: Option<String>,
}

/// Source of an asset's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssetBytes {
    /// A file of the site.
    File(PathBuf),
    /// The default theme, which is built into the program.
    Builtin(&'static [u8]),
}

/// The file path that a link destination means, and its query and fragment. A destination is a URL (RFC 3986):
/// `my%20port.png?v=2` means the file `my port.png`.
pub fn destination(written: &str) -> (String, &str) {
    let (path, rest) = address::split(written);
    (escape::decode(path).unwrap_or_else(|| path.to_owned()), rest)
}

/// The size at which a picture is shown, from its file.
pub fn picture_size(path: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    if path.to_ascii_lowercase().ends_with(".svg") {
        return svg_size(&bytes[..bytes.len().min(HEAD)]);
    }
    let size = imagesize::blob_size(bytes).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    Some(if picture::is_turned(bytes) { (height, width) } else { (width, height) })
}

/// Most bytes of an SVG that are read to find its size.
const HEAD: usize = 64 * 1024;

/// `width` and `height` of the root element, or else the size of its `viewBox` (SVG 2, section 8.2).
fn svg_size(head: &[u8]) -> Option<(u32, u32)> {
    let text = String::from_utf8_lossy(head);
    let tag = html::tokens(&text).find_map(|(token, _)| match token {
        Token::Open(tag) if tag.is("svg") => Some(tag),
        _ => None,
    })?;
    let pixels = |text: &str| text.trim_end_matches("px").trim().parse::<f64>().ok().filter(|size| *size >= 1.0);
    let (width, height) = if let (Some(width), Some(height)) =
        (tag.get("width").and_then(|text| pixels(&text)), tag.get("height").and_then(|text| pixels(&text)))
    {
        (width, height)
    } else {
        let numbers = tag.get("viewBox")?;
        let mut numbers = numbers.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        (pixels(numbers.next()?)?, pixels(numbers.next()?)?)
    };
    #[expect(clippy::cast_sign_loss, reason = "both were checked to be at least one")]
    Some((width.round() as u32, height.round() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_a_url() {
        for (written, path, rest) in [
            ("my%20port.png", "my port.png", ""),
            ("a b.png?v=2#x", "a b.png", "?v=2#x"),
            ("%C3%BC.png#x?y", "ü.png", "#x?y"),
            ("50%25.png", "50%.png", ""),
            ("50% off.png", "50% off.png", ""),
            ("%FF.png", "%FF.png", ""),
        ] {
            assert_eq!(destination(written), (path.to_owned(), rest), "{written}");
        }
    }

    #[test]
    fn an_svg_tells_its_size() {
        assert_eq!(picture_size("a.svg", b"<svg xmlns='x' width=\"300px\" height='150'>"), Some((300, 150)));
        assert_eq!(picture_size("a.SVG", b"<?xml?>\n<svg viewBox=\"0 0 640 480.4\" xmlns='x'>"), Some((640, 480)));
        assert_eq!(picture_size("a.svg", b"<svg width=\"100%\">"), None);
        let odd = b"<!-- <svg width='1' height='1'> -->\n<svg\n\tdata-x='>'\twidth = 20 height=\"10\"/>";
        assert_eq!(picture_size("a.svg", odd), Some((20, 10)));
        assert_eq!(picture_size("a.png", b"nonsense"), None);
    }
}
