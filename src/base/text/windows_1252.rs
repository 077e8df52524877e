//! Windows-1252, the encoding of copy that was pasted from word processors.

/// The character of a byte above ASCII; `None` for the five unassigned bytes.
pub fn decode(byte: u8) -> Option<char> {
    const LOW: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0xa0..=0xff => Some(char::from(byte)),
        0x80..=0x9f => Some(LOW[usize::from(byte - 0x80)]).filter(|c| *c != '\0'),
        _ => None,
    }
}
