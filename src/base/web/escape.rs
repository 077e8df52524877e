//! Percent-encoding of paths (RFC 3986, section 2.1).

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Characters that stay as they are in a path in a server's configuration. Some characters that a path may contain are
/// encoded because a server gives them a meaning: `$` starts a variable in nginx and Apache, `*` and `:` a pattern of
/// Netlify and Cloudflare, `{` a placeholder of Caddy, `;` ends a directive and `|` separates.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'+')
    .remove(b',')
    .remove(b'=')
    .remove(b'@')
    .remove(b'&');

/// Like [`PATH`], for queries and fragments and for addresses that are already encoded: delimiters and escapes stay.
const REST: &AsciiSet = &PATH.remove(b'?').remove(b'#').remove(b'%').remove(b':').remove(b'[').remove(b']');

/// The path percent-encode set of the URL Standard, plus what hosts read as a pattern: `*`, and `:` before a letter.
const BROWSER: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'\\')
    .add(b'*');

/// Decodes percent-escapes. `None` when the result is not UTF-8. A `%` that starts no escape stays.
pub fn decode(text: &str) -> Option<String> {
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

/// Encodes a path so that it is literal in the rules of every supported server.
pub fn path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Encodes a path for hosts that compare rules with what browsers send.
pub fn browser(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    let mut pieces = path.split(':').peekable();
    while let Some(piece) = pieces.next() {
        encoded.extend(utf8_percent_encode(piece, BROWSER));
        if let Some(next) = pieces.peek() {
            encoded.push_str(if next.starts_with(|c: char| c.is_ascii_alphabetic()) { "%3A" } else { ":" });
        }
    }
    encoded
}

/// Encodes an address that may already have escapes, a query and a fragment.
pub fn address(address: &str) -> String {
    utf8_percent_encode(address, REST).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_and_written() {
        for (text, decoded) in
            [("/a%20b/", Some("/a b/")), ("/100%/", Some("/100%/")), ("/%e9", None), ("/%C3%a9", Some("/é"))]
        {
            assert_eq!(decode(text).as_deref(), decoded, "{text}");
        }
        assert_eq!(path("/a b/$x/*:{é}%/it's+1"), "/a%20b/%24x/%2A%3A%7B%C3%A9%7D%25/it's+1");
        assert_eq!(browser("/a b/$x;[1]/*:{é}%/:y/12:30"), "/a%20b/$x;[1]/%2A:%7B%C3%A9%7D%25/%3Ay/12:30");
        assert_eq!(address("https://a.example/%20?q=$1#{x}"), "https://a.example/%20?q=%241#%7Bx%7D");
    }
}
