//! Decodes a content file and splits it into front matter and Markdown.

use crate::base::codes;
use crate::base::report::{Diagnostic, Place};
use crate::base::text::windows_1252;
use crate::base::text::without_controls;
use crate::base::yaml;
use crate::base::yaml::positions::Positions;
use crate::base::yaml::source::Source;

/// A content file, split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'t> {
    /// The YAML between the two `---` lines, which starts on the second line of the file.
    pub front: &'t str,
    /// The Markdown.
    pub body: &'t str,
    /// Line of the file on which the Markdown starts.
    pub body_line: u32,
}

/// Decodes UTF-8, without a byte order mark.
#[expect(clippy::result_large_err, reason = "cold, and a box would burden every caller")]
pub fn decode(path: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    if bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || matches!(bytes.get(..2), Some(b"-\0" | b"\0-"))
    {
        return Err(Diagnostic::error(codes::NOT_UTF8, "this file is UTF-16, not UTF-8")
            .at(Place::file(path))
            .help(convert("UTF-16", path)));
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Ok(without_controls(text))
        }
        Err(error) => Err(not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

fn not_utf8(path: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end);
    let column = String::from_utf8_lossy(&bytes[start..at]).chars().count() as u32 + 1;
    let line = bytes[..start].split(|byte| *byte == b'\n').count() as u32;
    let mut place = Place::line(path, &String::from_utf8_lossy(&bytes[start..end]), 1, column, 1);
    place.line = line;
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let problem = if high * 5 > bytes.len() {
        Diagnostic::error(codes::NOT_UTF8, "this file is in another encoding than UTF-8")
            .help(convert("ENCODING", path))
    } else {
        let byte = bytes[at];
        let message = match windows_1252::decode(byte) {
            Some(c) => format!("this file is not UTF-8: byte 0x{byte:02X} would be `{c}` in Windows-1252"),
            None => format!("this file is not UTF-8: byte 0x{byte:02X} is invalid here"),
        };
        Diagnostic::error(codes::NOT_UTF8, message).help(convert("WINDOWS-1252", path))
    };
    problem.at(place)
}

fn convert(from: &str, path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    let path = if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) };
    format!("save it as UTF-8 in your editor, or convert it with `iconv -f {from} -t UTF-8 {path}`")
}

/// Place of the value at a path such as `["updates", "0", "at"]` in front matter. A missing key has the place where the
/// path ends. Rejected list entries are not counted. The front matter was parsed before, so its errors are reported
/// already.
pub fn place(file: &str, front: &str, positions: &Positions, path: &[&str]) -> Place {
    let source = Source { file, text: front, first_line: 2 };
    positions.place(&source, |tree| tree.find_kept(path.iter().copied())).unwrap_or_else(|| Place::file(file))
}

/// Splits off the front matter. It ends at a line that is exactly `---`.
#[expect(clippy::result_large_err, reason = "cold, and a box would burden every caller")]
pub fn split<'t>(path: &str, text: &'t str) -> Result<Parts<'t>, Diagnostic> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if first.trim_end() != "---" {
        return Err(missing(path, text, first));
    }
    let mut from = 0;
    loop {
        let line = &rest[from..];
        if let Some(after) = line.strip_prefix("---") {
            let end = after.find('\n').unwrap_or(after.len());
            if after[..end].trim().is_empty() {
                let front = &rest[..from];
                if front.len() > yaml::LIMIT {
                    return Err(yaml::too_large(Place::line(path, text, 1, 1, 3)));
                }
                return Ok(Parts {
                    front,
                    body: after.get(end + 1..).unwrap_or(""),
                    body_line: front.matches('\n').count() as u32 + 3,
                });
            }
        }
        match line.find("\n---") {
            Some(at) => from += at + 1,
            None => return Err(open(path, text)),
        }
    }
}

fn missing(path: &str, text: &str, first: &str) -> Diagnostic {
    let help = match first.trim() {
        "" if text.trim_start().starts_with("---") => "delete the empty lines above `---`",
        "+++" => "this is TOML; write YAML between two lines of `---`",
        "{" => "this is JSON; write YAML between two lines of `---`",
        line if line.starts_with("---") => "the first line is `---` and nothing else",
        _ => "start the file with a line of `---`, the keys (`title: …`), and another line of `---`",
    };
    Diagnostic::error(codes::FRONT_MATTER_MISSING, "this file does not start with front matter")
        .at(Place::line(path, text, 1, 1, first.trim_end().chars().count() as u32))
        .help(help)
}

fn open(path: &str, text: &str) -> Diagnostic {
    let nearly = text.lines().enumerate().skip(1).find(|(_, line)| {
        let line = line.trim();
        line == "..." || line == "—" || (line.len() >= 2 && line.bytes().all(|byte| byte == b'-'))
    });
    let help = match nearly {
        Some((index, line)) => format!("line {} is `{}`; make it `---`", index + 1, line.trim_end()),
        None => "put a line of `---` after the last key".to_owned(),
    };
    Diagnostic::error(codes::FRONT_MATTER_OPEN, "this front matter has no end")
        .at(Place::line(path, text, 1, 1, 3))
        .help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_at_dashes_alone() {
        for (text, front, body, line) in [
            ("---\ntitle: x\n---\nbody\n", "title: x\n", "body\n", 4),
            ("---\r\ntitle: x\r\n---\r\nbody\r\n", "title: x\r\n", "body\r\n", 4),
            ("---\n---\n", "", "", 3),
            ("---\n---", "", "", 3),
            ("---\na: b\n---  \n\n---\nx", "a: b\n", "\n---\nx", 4),
            ("---\n---x: y\n--- z\n...\n----\n---\nb", "---x: y\n--- z\n...\n----\n", "b", 7),
        ] {
            assert_eq!(split("a.md", text), Ok(Parts { front, body, body_line: line }), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_front_matter_is_said_with_the_way_out() {
        for (text, code, help) in [
            ("", codes::FRONT_MATTER_MISSING, "start the file"),
            ("# Title\n", codes::FRONT_MATTER_MISSING, "start the file"),
            ("\n---\na: b\n---\n", codes::FRONT_MATTER_MISSING, "delete the empty"),
            ("+++\na = 1\n+++\n", codes::FRONT_MATTER_MISSING, "this is TOML"),
            ("----\na: b\n", codes::FRONT_MATTER_MISSING, "the first line is"),
            ("---\ntitle: x\n", codes::FRONT_MATTER_OPEN, "put a line"),
            ("---\ntitle: x\n...\nbody", codes::FRONT_MATTER_OPEN, "line 3 is `...`"),
            ("---\ntitle: x\n ---\nbody", codes::FRONT_MATTER_OPEN, "line 3 is ` ---`"),
        ] {
            let problem = split("a.md", text).expect_err(text);
            assert_eq!(problem.code, code, "{text:?}");
            assert!(problem.help.as_deref().unwrap_or("").starts_with(help), "{text:?}: {:?}", problem.help);
            assert_eq!(problem.place.map(|place| place.line), Some(1));
        }
        let large = format!("---\n{}\n---\n", "x".repeat(yaml::LIMIT + 1));
        assert_eq!(split("a.md", &large).expect_err("too large").code, codes::YAML_LIMIT);
    }

    #[test]
    fn bytes_that_are_not_utf8_are_placed_and_named() {
        assert_eq!(decode("a.md", b"\xef\xbb\xbf---\n".to_vec()), Ok("---\n".to_owned()));
        let problem = decode("a.md", b"---\r\ntitle: \xc3\xa9 caf\xe9 \x93x\r\n".to_vec()).expect_err("not UTF-8");
        assert_eq!(problem.message, "this file is not UTF-8: byte 0xE9 would be `é` in Windows-1252");
        let place = problem.place.expect("a place");
        assert_eq!((place.line, place.column, place.text.as_str()), (2, 13, "title: é caf\u{fffd} \u{fffd}x"));
        for bytes in [b"\xff\xfe-\0".as_slice(), b"-\0-\0"] {
            assert_eq!(decode("a.md", bytes.to_vec()).expect_err("UTF-16").message, "this file is UTF-16, not UTF-8");
        }
        let other = decode("a.md", b"\xcf\xf0\xe8\xe2\xe5\xf2".to_vec()).expect_err("Windows-1251");
        assert_eq!(other.message, "this file is in another encoding than UTF-8");
    }
}
