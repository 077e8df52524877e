//! A picture of any format, without its metadata.

#![no_main]

use dateline::base::picture::{is_turned, without_metadata};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(Some(cleaned)) = without_metadata(bytes) else { return };
    assert!(cleaned.len() <= bytes.len() + ADDED, "something was added");
    assert_eq!(without_metadata(&cleaned), Ok(None), "a second time, there was more to take out");
    assert_eq!(is_turned(&cleaned), is_turned(bytes), "it stands otherwise");
});

/// Most bytes that are written where there were none: an orientation in place of Exif data that was shorter, and the end
/// of a GIF.
const ADDED: usize = 64;
