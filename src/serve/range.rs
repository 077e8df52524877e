//! Range requests (RFC 9110, section 14), which media players need for seeking.

use http_range_header::{EndPosition, StartPosition, parse_range_header};

/// The most bytes sent for a range with an open end. A shorter part than asked for is a valid answer, and players
/// request the next part.
const MOST: u64 = 8 * 1024 * 1024;

/// The part of a file to send.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ByteRange {
    /// The whole file, with status 200.
    Whole,
    /// The first and last byte, both inclusive, with status 206.
    Bytes(u64, u64),
    /// No byte of the range exists; the status is 416.
    None,
}

/// Parses a `Range` header for a file of `size` bytes. An invalid header is ignored, and so is one for several parts:
/// section 14.2 lets a server ignore the header, and no player needs multipart responses.
pub(super) fn part(header: Option<&str>, size: u64) -> ByteRange {
    // Range units are case-insensitive (section 14.1), which the parser does not know.
    let header = header.map(|header| match header.split_at_checked(6) {
        Some((unit, rest)) if unit.eq_ignore_ascii_case("bytes=") => format!("bytes={}", rest.trim()),
        _ => header.to_owned(),
    });
    let Some(Ok(ranges)) = header.as_deref().map(parse_range_header) else { return ByteRange::Whole };
    let mut parts = Vec::new();
    for range in ranges.ranges {
        let (first, last) = match (range.start, range.end) {
            (StartPosition::Index(first), EndPosition::Index(last)) if first > last => return ByteRange::Whole,
            (StartPosition::Index(first), EndPosition::Index(last)) => (first, last),
            (StartPosition::Index(first), EndPosition::LastByte) => (first, first.saturating_add(MOST - 1)),
            (StartPosition::FromLast(length), _) => (size.saturating_sub(length), u64::MAX),
        };
        if first < size {
            parts.push((first, last.min(size - 1)));
        }
    }
    match parts[..] {
        [] => ByteRange::None,
        [(first, last)] => ByteRange::Bytes(first, last),
        _ => ByteRange::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        for (header, expected) in [
            (None, ByteRange::Whole),
            (Some("bytes=0-3"), ByteRange::Bytes(0, 3)),
            (Some("Bytes=0-3"), ByteRange::Bytes(0, 3)),
            (Some("bytes=4-"), ByteRange::Bytes(4, 9)),
            (Some("bytes=-2"), ByteRange::Bytes(8, 9)),
            (Some("bytes=-99999999999"), ByteRange::Bytes(0, 9)),
            (Some("bytes=5-99"), ByteRange::Bytes(5, 9)),
            (Some("bytes=10-"), ByteRange::None),
            (Some("bytes=10-,20-30"), ByteRange::None),
            (Some("bytes=0-1,4-5"), ByteRange::Whole),
            (Some("bytes=0-1,20-30"), ByteRange::Bytes(0, 1)),
            (Some("bytes=5-2"), ByteRange::Whole),
            (Some("bytes=0-1,5-2"), ByteRange::Whole),
            (Some("bytes=x"), ByteRange::Whole),
            (Some("lines=1-2"), ByteRange::Whole),
        ] {
            assert_eq!(part(header, 10), expected, "{header:?}");
        }
        assert_eq!(part(Some("bytes=0-"), 1 << 40), ByteRange::Bytes(0, MOST - 1));
        assert_eq!(part(Some("bytes=-5"), 0), ByteRange::None);
    }
}
