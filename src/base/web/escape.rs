//! Percent-encoding of paths (RFC 3986, section 2.1).

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stays as it is in a path that is handed to servers. Signs that some server gives a meaning of its own are
/// encoded, although a path may hold them: `$` is a variable of nginx and Apache, `*` and `:` a pattern of Netlify and
/// Cloudflare, `{` a placeholder of Caddy, `;` the end of a directive and `|` a separator.
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

/// The same for what follows the path, and for addresses that are encoded already: what may stand there stays, and so do
/// escapes.
const REST: &AsciiSet = &PATH.remove(b'?').remove(b'#').remove(b'%').remove(b':').remove(b'[').remove(b']');

/// A path as browsers send it (URL Standard, path percent-encode set), but for what hosts take for a pattern: `*`, and a
/// `:` before a letter.
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

/// Decodes `%20` and the like. None when the bytes are no UTF-8. A `%` that starts no escape stays.
pub fn decode(text: &str) -> Option<String> {
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

/// A path, as it stands in a rule of any server, and means this path and nothing else.
pub fn path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// A path, as it stands in a rule of a host that compares it with what browsers send.
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

/// An address that may have escapes, a query and an anchor already.
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
