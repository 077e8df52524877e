//! Plain text: names, spellings, lengths, languages, lines.
//!
//! In and out: strings and positions in them. Deliberately not here: markup, which is `base::html` and
//! `content::markdown`.

mod characters;
mod language;
mod length;
pub mod lines;
mod mask;
pub mod near;
pub mod near_paths;
mod normalize;
pub mod pattern;
mod spelling;
mod utf_16;
pub mod windows_1252;
pub mod wrap;

pub use characters::{all_characters, escape_html, is_allowed, without_controls};
pub use language::{autonym, direction, is_language, with_direction_mark};
pub use length::{count_words, minutes, plural, truncate};
pub use mask::{blank, cover_between};
pub use normalize::{composed, fold, is_mark, slugify};
pub use spelling::{are_alike, did_you_mean, distance, nearest};
pub use utf_16::Utf16;
