//! UTF-16, the encoding of texts that some word processors and Windows programs save.

/// A form of UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utf16 {
    /// Whether the more significant byte of each unit stands first.
    pub is_big_endian: bool,
    /// Whether the text begins with a byte order mark.
    pub is_marked: bool,
}

impl Utf16 {
    /// Recognises UTF-16 by its byte order mark or, without one, by the bytes of zero in the units of Latin letters,
    /// spaces and line ends, which stand in the same half of each unit.
    pub fn detect(bytes: &[u8]) -> Option<Self> {
        match bytes.get(..2) {
            Some(b"\xff\xfe") => return Some(Self { is_big_endian: false, is_marked: true }),
            Some(b"\xfe\xff") => return Some(Self { is_big_endian: true, is_marked: true }),
            _ if !bytes.contains(&0) => return None,
            _ => {}
        }
        let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
        let (even, odd) = (zeros(0), zeros(1));
        let is_clear = even.max(odd) * 8 >= bytes.len() && even.min(odd) * 20 <= even.max(odd);
        is_clear.then_some(Self { is_big_endian: even > odd, is_marked: false })
    }

    /// Decodes a whole text, without its mark. `None` if it is invalid or ends within a unit.
    pub fn decode(self, bytes: &[u8]) -> Option<String> {
        let bytes = if self.is_marked { bytes.get(2..)? } else { bytes };
        let text: String = char::decode_utf16(self.units(bytes)).collect::<Result<_, _>>().ok()?;
        bytes.len().is_multiple_of(2).then_some(text)
    }

    /// Decodes any part of a text that begins with a whole unit. Lone surrogates become U+FFFD.
    pub fn decode_lossy(self, bytes: &[u8]) -> String {
        let units = char::decode_utf16(self.units(bytes));
        units.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    }

    fn units(self, bytes: &[u8]) -> impl Iterator<Item = u16> {
        let (pairs, _) = bytes.as_chunks::<2>();
        let unit = move |pair: &[u8; 2]| {
            if self.is_big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) }
        };
        pairs.iter().map(unit)
    }
}
