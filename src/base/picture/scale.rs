//! Decodes, turns, scales and encodes pictures.
//!
//! The same picture gives the same bytes on every machine: all that is done to pixels is done in whole numbers, and the
//! instructions of a processor change how fast it is done.

use std::io::Cursor;

use fast_image_resize::images::Image;
use fast_image_resize::images::ImageRef;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader, Limits};
use img_parts::ImageICC;
use img_parts::webp::WebP;

use super::format::Format;
use super::rendition::{Encoding, MOST_PIXELS, Rendition};
use super::{jpeg, png};

/// Scales a picture to each of `renditions`. The error says in words why it cannot be decoded.
pub fn scaled(bytes: &[u8], renditions: &[Rendition]) -> Result<Vec<Vec<u8>>, String> {
    let decoded = Decoded::of(bytes)?;
    renditions.iter().map(|rendition| decoded.rendition(*rendition)).collect()
}

/// A picture in memory, upright.
struct Decoded {
    pixels: Vec<u8>,
    size: (u32, u32),
    has_alpha: bool,
    /// The profile of its colours (ICC.1), unless they are those of sRGB or were converted.
    profile: Option<Vec<u8>>,
}

impl Decoded {
    fn of(bytes: &[u8]) -> Result<Self, String> {
        let words = |error: &dyn std::fmt::Display| error.to_string();
        let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| words(&error))?;
        let mut decoder = reader.into_decoder().map_err(|error| words(&error))?;
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(MOST_PIXELS * 16);
        decoder.set_limits(limits).map_err(|error| words(&error))?;
        let is_cmyk = decoder.original_color_type() == ExtendedColorType::Cmyk8;
        // The profile of four inks does not fit the three colours that they become; one of greys does not, either.
        let profile = decoder.icc_profile().ok().flatten().filter(|profile| profile.get(16..20) == Some(b"RGB "));
        let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| words(&error))?;
        let orientation = match Format::of(bytes) {
            Some(Format::Jpeg) => jpeg::orientation(bytes),
            Some(Format::Png) => png::orientation(bytes),
            _ => None,
        };
        if let Some(orientation) = orientation.and_then(Orientation::from_exif) {
            picture.apply_orientation(orientation);
        }
        let has_alpha = picture.color().has_alpha();
        let size = (picture.width(), picture.height());
        let pixels = if has_alpha { picture.into_rgba8().into_raw() } else { picture.into_rgb8().into_raw() };
        Ok(Self { pixels, size, has_alpha, profile: profile.filter(|_| !is_cmyk) })
    }

    fn rendition(&self, rendition: Rendition) -> Result<Vec<u8>, String> {
        let Rendition { width, height, encoding, quality, focus } = rendition;
        let scaled;
        let pixels = if self.size == (width, height) {
            &self.pixels
        } else {
            scaled = self.scale((width, height), focus)?;
            &scaled
        };
        match encoding {
            Encoding::WebP => self.webp(pixels, rendition),
            Encoding::Jpeg => {
                let mut out = Vec::new();
                let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality);
                encoder.set_progressive(true);
                encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
                if let Some(profile) = &self.profile {
                    encoder.add_icc_profile(profile).map_err(|error| error.to_string())?;
                }
                let color = if self.has_alpha { jpeg_encoder::ColorType::Rgba } else { jpeg_encoder::ColorType::Rgb };
                let side = |side: u32| u16::try_from(side).map_err(|error| error.to_string());
                encoder.encode(pixels, side(width)?, side(height)?, color).map_err(|error| error.to_string())?;
                Ok(out)
            }
            Encoding::Png => {
                let mut out = Vec::new();
                let mut encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Default, PngFilter::Adaptive);
                if let Some(profile) = &self.profile {
                    encoder.set_icc_profile(profile.clone()).map_err(|error| error.to_string())?;
                }
                let color = if self.has_alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
                encoder.write_image(pixels, width, height, color).map_err(|error| error.to_string())?;
                Ok(out)
            }
        }
    }

    fn webp(&self, pixels: &[u8], Rendition { width, height, quality, .. }: Rendition) -> Result<Vec<u8>, String> {
        let encoder = if self.has_alpha {
            webp::Encoder::from_rgba(pixels, width, height)
        } else {
            webp::Encoder::from_rgb(pixels, width, height)
        };
        let made = encoder.encode_simple(false, f32::from(quality)).map_err(|error| format!("{error:?}"))?;
        let Some(profile) = &self.profile else { return Ok(made.to_vec()) };
        let mut parts = WebP::from_bytes(made.to_vec().into()).map_err(|error| error.to_string())?;
        parts.set_icc_profile(Some(profile.clone().into()));
        Ok(parts.encoder().bytes().to_vec())
    }

    /// The pixels, scaled with the filter of Lanczos, and cut where they have a focus.
    fn scale(&self, (width, height): (u32, u32), focus: Option<(u8, u8)>) -> Result<Vec<u8>, String> {
        let kind = if self.has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
        let words = |error: &dyn std::fmt::Display| error.to_string();
        let source = ImageRef::new(self.size.0, self.size.1, &self.pixels, kind);
        let source = source.map_err(|error| words(&error))?;
        let mut scaled = Image::new(width, height, kind);
        let mut options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        if let Some(focus) = focus {
            let [left, top, across, down] = cut(self.size, (width, height), focus).map(f64::from);
            options = options.crop(left, top, across, down);
        }
        Resizer::new().resize(&source, &mut scaled, &options).map_err(|error| words(&error))?;
        Ok(scaled.into_vec())
    }
}

/// The greatest part of a picture with the proportions of `wanted`, around a point as far as it can be: its left, top, width and
/// height.
fn cut(size: (u32, u32), wanted: (u32, u32), focus: (u8, u8)) -> [u32; 4] {
    let wide = |one: u32, other: u32| u64::from(one) * u64::from(other);
    let part = |side: u32, one: u32, other: u32| (wide(side, one) / u64::from(other).max(1)).max(1) as u32;
    let (across, down) = if wide(size.0, wanted.1) > wide(size.1, wanted.0) {
        (part(size.1, wanted.0, wanted.1).min(size.0), size.1)
    } else {
        (size.0, part(size.0, wanted.1, wanted.0).min(size.1))
    };
    let start = |side: u32, part: u32, share: u8| {
        let point = (wide(side, u32::from(share)) / 100) as u32;
        point.saturating_sub(part / 2).min(side - part)
    };
    [start(size.0, across, focus.0), start(size.1, down, focus.1), across, down]
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_cut_is_around_its_focus_and_inside_the_picture() {
        assert_eq!(cut((400, 300), (100, 100), (50, 50)), [50, 0, 300, 300]);
        assert_eq!(cut((400, 300), (100, 100), (0, 100)), [0, 0, 300, 300]);
        assert_eq!(cut((400, 300), (100, 100), (100, 0)), [100, 0, 300, 300]);
        assert_eq!(cut((300, 400), (160, 90), (50, 20)), [0, 0, 300, 168]);
        assert_eq!(cut((300, 400), (160, 90), (50, 30)), [0, 36, 300, 168]);
        assert_eq!(cut((1, 1), (160, 90), (50, 30)), [0, 0, 1, 1]);
    }
}
