//! The settings of pictures: as written → checked.

use super::raw::RawImages;
use super::values::{bad, text_of};
use crate::base::yaml::lenient::Many;
use crate::base::yaml::source::Problems;

/// Settings of pictures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// Whether pictures are published in several sizes.
    pub resize: bool,
    /// The widths in pixels, in order.
    pub widths: Vec<u32>,
    /// Quality of lossy encodings, 1 to 100.
    pub quality: u8,
    /// How wide the theme shows the pictures of stories and texts, as the attribute `sizes` of HTML.
    pub sizes: String,
}

/// Those of the default theme: its column of text, or a phone without its margins. A `rem` in `sizes` is not that of the page.
const SIZES: &str = "(min-width: 720px) 650px, 92vw";
/// The bounds of a width in pixels: WebP has no wider pictures.
const NARROWEST: u32 = 16;
const WIDEST: u32 = 16_383;
/// Most widths.
const MOST: usize = 12;

impl Default for Images {
    fn default() -> Self {
        Self {
            resize: cfg!(feature = "images"),
            widths: vec![400, 800, 1200, 1600, 2000],
            quality: 75,
            sizes: SIZES.to_owned(),
        }
    }
}

pub(super) fn images(raw: RawImages, problems: &mut Problems) -> Images {
    let usual = Images::default();
    let RawImages { resize, widths, quality, sizes } = raw;
    let quality = quality.and_then(|quality| {
        let checked = u8::try_from(quality).ok().filter(|quality| (1..=100).contains(quality));
        if checked.is_none() {
            let problem = bad(format!("`quality` cannot be {quality}"));
            problems.value("images/quality", problem.help("write a number from 1 to 100"));
        }
        checked
    });
    Images {
        resize: resize.unwrap_or(true) && usual.resize,
        widths: widths.and_then(|Many(widths)| checked(widths, problems)).unwrap_or(usual.widths),
        quality: quality.unwrap_or(usual.quality),
        sizes: text_of(sizes).unwrap_or(usual.sizes),
    }
}

fn checked(widths: Vec<i64>, problems: &mut Problems) -> Option<Vec<u32>> {
    if widths.is_empty() || widths.len() > MOST {
        let problem = bad(format!("`widths` has {} entries", widths.len()));
        let help = format!("give 1 to {MOST} widths in pixels, such as [400, 800, 1200], or write `resize: false`");
        problems.value("images/widths", problem.help(help));
        return None;
    }
    let mut found = Vec::new();
    for (index, width) in widths.into_iter().enumerate() {
        if let Some(width) = u32::try_from(width).ok().filter(|width| (NARROWEST..=WIDEST).contains(width)) {
            found.push(width);
            continue;
        }
        let problem = bad(format!("no picture can be {width} pixels wide"));
        let help = format!("write a number from {NARROWEST} to {WIDEST}");
        problems.value(format!("images/widths/{index}"), problem.help(help));
    }
    found.sort_unstable();
    found.dedup();
    (!found.is_empty()).then_some(found)
}
