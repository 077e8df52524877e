//! GIF: a list of blocks, of which comments and data of programs are not needed to show the picture (version 89a, sections 17
//! to 27).

/// Extension, image and the end of the file.
const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const TRAILER: u8 = 0x3b;

/// Extensions: text that is shown, times of frames, data of a program.
const PLAIN_TEXT: u8 = 0x01;
const GRAPHIC_CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;

/// Programs whose data says how the picture is shown: how often it is repeated, and its colours.
const SHOWN: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let start = 13 + table(*bytes.get(10)?);
    let mut kept = bytes.get(..start)?.to_vec();
    let mut at = start;
    // Many files end without a trailer, at which all readers stop.
    while let Some(kind) = bytes.get(at).filter(|kind| **kind != TRAILER) {
        let (end, is_shown) = match *kind {
            IMAGE => (sub_blocks(bytes, at + 11 + table(*bytes.get(at + 9)?))?, true),
            EXTENSION => {
                let is_shown = match *bytes.get(at + 1)? {
                    PLAIN_TEXT | GRAPHIC_CONTROL => true,
                    APPLICATION => SHOWN.contains(&bytes.get(at + 3..at + 14)?),
                    _ => false,
                };
                (sub_blocks(bytes, at + 2)?, is_shown)
            }
            _ => return None,
        };
        if is_shown {
            kept.extend(bytes.get(at..end)?);
        }
        at = end;
    }
    kept.push(TRAILER);
    Some(kept)
}

/// The length of the table of colours that a packed field announces.
fn table(packed: u8) -> usize {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

/// The end of the blocks of data that start at a byte.
fn sub_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
