//! The encoding Windows-1252, in which copy from word processors comes.

/// The character of a byte beyond ASCII; none of the five that have none.
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
