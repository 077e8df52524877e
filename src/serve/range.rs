//! Parts of files, for players that seek (RFC 9110, section 14).

use http_range_header::parse_range_header;

/// An open end is answered with so many bytes at most; players ask on.
const MOST: u64 = 8 * 1024 * 1024;

/// What part of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These bytes, first and last.
    Bytes(u64, u64),
    /// Bytes that it has not.
    None,
}

/// Reads a `Range` header for a file of `size` bytes. One that is not understood, or asks for several parts, may be
/// left out of account.
pub(super) fn part(header: Option<&str>, size: u64) -> Part {
    let Some(Ok(ranges)) = header.map(parse_range_header) else { return Part::Whole };
    let is_open = header.is_some_and(|header| header.trim_end().ends_with('-'));
    match ranges.validate(size).as_deref() {
        Ok([range]) => {
            let (first, last) = (*range.start(), *range.end());
            Part::Bytes(first, if is_open { last.min(first.saturating_add(MOST - 1)) } else { last })
        }
        Ok(_) => Part::Whole,
        Err(_) => Part::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        for (header, expected) in [
            (None, Part::Whole),
            (Some("bytes=0-3"), Part::Bytes(0, 3)),
            (Some("bytes=4-"), Part::Bytes(4, 9)),
            (Some("bytes=-2"), Part::Bytes(8, 9)),
            (Some("bytes=5-99"), Part::Bytes(5, 9)),
            (Some("bytes=10-"), Part::None),
            (Some("bytes=0-1,4-5"), Part::Whole),
            (Some("lines=1-2"), Part::Whole),
        ] {
            assert_eq!(part(header, 10), expected, "{header:?}");
        }
        assert_eq!(part(Some("bytes=0-"), 1 << 40), Part::Bytes(0, MOST - 1));
    }
}
