//! Decodes bytes to text. Wires send UTF-8, but files saved by word processors are often in Windows-1252 or UTF-16.

use crate::base::text::{Utf16, windows_1252, without_controls};

/// Decoded text with its encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::wire) struct Decoded {
    /// The text, with line ends as `\n` and special spaces as plain ones.
    pub(in crate::import::wire) text: String,
    /// The encoding that the bytes were decoded from.
    pub(in crate::import::wire) encoding: Encoding,
}

/// A text encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import::wire) enum Encoding {
    Utf8,
    /// UTF-16, with or without a byte order mark.
    Utf16 {
        marked: bool,
    },
    /// Windows-1252, which is always a guess: it has no mark.
    Windows1252,
}

/// The reason why bytes cannot be decoded, with a way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::wire) struct Refusal {
    pub(in crate::import::wire) message: String,
    pub(in crate::import::wire) help: &'static str,
}

const CONVERT: &str = "save it as UTF-8, or convert it with `iconv -f ENCODING -t UTF-8`";

/// Control characters that wires traditionally put around headers and between stories. They have no meaning for
/// readers.
const WIRE_SIGNS: [char; 7] = ['\u{1}', '\u{2}', '\u{3}', '\u{4}', '\u{16}', '\u{1a}', '\u{1f}'];

/// Decodes bytes as UTF-8, UTF-16 or Windows-1252. Fails for other encodings and for binary data.
pub(in crate::import::wire) fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(refusal("this is UTF-32", CONVERT));
    }
    match Utf16::detect(bytes) {
        Some(form) if form.is_marked => {
            let text = form.decode(bytes).ok_or_else(|| refusal("this UTF-16 is broken", "send the file again"))?;
            return sound(text, Encoding::Utf16 { marked: true });
        }
        form if bytes.contains(&0) => {
            let text = form.and_then(|form| form.decode(bytes));
            let text = text.ok_or_else(|| refusal("this is not text: it holds bytes of zero", NO_TEXT))?;
            return sound(text, Encoding::Utf16 { marked: false });
        }
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return sound(text.trim_start_matches('\u{feff}').to_owned(), Encoding::Utf8);
    }
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let western = |byte: &u8| if byte.is_ascii() { Some(char::from(*byte)) } else { windows_1252::decode(*byte) };
    // In the languages of Windows-1252, most letters are ASCII.
    if high * 5 > bytes.len() {
        return Err(refusal("this is neither UTF-8 nor UTF-16 nor Windows-1252", CONVERT));
    }
    let text: Option<String> = bytes.iter().map(western).collect();
    let text = text.ok_or_else(|| {
        refusal("this is neither UTF-8 nor UTF-16, and holds bytes that mean nothing in Windows-1252", CONVERT)
    })?;
    sound(text, Encoding::Windows1252)
}

const NO_TEXT: &str = "name a plain-text file; save a document of a word processor as text first";

fn refusal(message: &str, help: &'static str) -> Refusal {
    Refusal { message: message.to_owned(), help }
}

/// Normalizes line ends and spaces, and removes a few control characters. Fails when there are so many that this is no
/// text.
fn sound(text: String, encoding: Encoding) -> Result<Decoded, Refusal> {
    let is_control = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}');
    let controls = text.chars().filter(|c| is_control(c) && !WIRE_SIGNS.contains(c)).count();
    if text.contains('\0') || controls > 3 && controls * 50 > text.chars().count() {
        return Err(refusal("this is not text: it is full of control characters", NO_TEXT));
    }
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{85}', '\u{2028}'], "\n");
    let text = text.replace(['\u{c}', '\u{2029}'], "\n\n").replace('\u{feff}', "");
    // A control character between two words becomes a space, so that the words stay apart.
    let text = text.replace(
        |c: char| {
            matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
                || is_control(&c)
        },
        " ",
    );
    Ok(Decoded { text: without_controls(text), encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_of(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn encodings_are_recognized() {
        let text = "KESH, Oct 17 (HW) — “Łódź”, said Ana.\nA second line.";
        let western = b"KESH, Oct 17 (HW) \x97 \x93caf\xe9\x94, said Ana.".to_vec();
        let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (with(b"\xef\xbb\xbf", text.as_bytes().to_vec()), Encoding::Utf8),
            (with(b"\xff\xfe", utf16_of(text, false)), Encoding::Utf16 { marked: true }),
            (with(b"\xfe\xff", utf16_of(text, true)), Encoding::Utf16 { marked: true }),
            (utf16_of(text, false), Encoding::Utf16 { marked: false }),
            (utf16_of(text, true), Encoding::Utf16 { marked: false }),
        ] {
            assert_eq!(decode(&bytes), Ok(Decoded { text: text.to_owned(), encoding }));
        }
        let read = decode(&western).expect("Windows-1252");
        assert_eq!(
            (read.text.as_str(), read.encoding),
            ("KESH, Oct 17 (HW) — “café”, said Ana.", Encoding::Windows1252)
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for (bytes, message) in [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0".as_slice(), "this is not text: it holds bytes of zero"),
            (b"PK\x03\x04\x14\x06\x08\x01\x05\x07\x0e\x0f", "this is not text: it is full of control characters"),
            (b"\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0", "this is neither UTF-8 nor UTF-16 nor Windows-1252"),
            (
                b"KESH, Oct 17 (HW) - A gap \x81 in the text.",
                "this is neither UTF-8 nor UTF-16, and holds bytes that mean nothing in Windows-1252",
            ),
            (b"\xff\xfe\0\0K\0\0\0", "this is UTF-32"),
            (b"\xff\xfeK", "this UTF-16 is broken"),
        ] {
            assert_eq!(decode(bytes).expect_err(message).message, message);
        }
    }

    #[test]
    fn line_ends_spaces_and_signs_of_old_wires_are_plain() {
        let read = decode("\u{1}a\r\nb\rc\u{85}d\u{a0}e\u{2009}f\u{3}".as_bytes()).expect("UTF-8");
        assert_eq!(read.text.trim(), "a\nb\nc\nd e f");
    }
}
