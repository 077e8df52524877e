//! The context of a match: an address reveals a story only as an address of this site, and a name only as a whole name.

use std::ops::Range;

use crate::config::BaseUrl;
use crate::content::markdown::decode;

/// The maximum length, in bytes, of the part of an address that precedes a match.
const REACH: usize = 512;

/// The base URL of the site, in the parts that matches are compared with.
#[derive(Clone, Debug)]
pub(super) struct Own {
    /// The origin in lower case, such as `https://example.org`.
    origin: String,
    /// The host in lower case, with a port if there is one, such as `example.org`.
    host: String,
    /// The path of the base URL: empty, or such as `/briefing`.
    path: String,
}

impl Own {
    pub(super) fn new(base: &BaseUrl) -> Self {
        let host = base.origin().split_once("://").map_or("", |(_, host)| host);
        Self {
            origin: base.origin().to_ascii_lowercase(),
            host: host.to_ascii_lowercase(),
            path: base.path().to_owned(),
        }
    }

    pub(super) fn text(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }

    /// Checks the part of an address before a matched path, and returns its directories, if any. Returns none when the
    /// address is on another host.
    fn below<'a>(&self, before: &'a str) -> Option<&'a str> {
        let lower = before.to_ascii_lowercase();
        let schemes = ["https://", "http://", "//", ""];
        let (scheme, after) = schemes.iter().find_map(|scheme| Some((*scheme, lower.strip_prefix(scheme)?)))?;
        if let Some(rest) = after.strip_prefix(&self.host).filter(|_| !self.host.is_empty()) {
            // A host may be written with the trailing dot of the DNS root, and with the default port of its scheme (RFC
            // 3986, section 6.2.3).
            let rest =
                rest.strip_prefix('.').filter(|rest| rest.is_empty() || rest.starts_with(['/', ':'])).unwrap_or(rest);
            let port = if scheme == "http://" { ":80" } else { ":443" };
            let rest = rest.strip_prefix(port).unwrap_or(rest);
            if rest.is_empty() || rest.starts_with('/') {
                return Some(&before[before.len() - rest.len()..]);
            }
            return None;
        }
        let first = before.split('/').next().unwrap_or("");
        let is_host = before.contains("://")
            || before.starts_with("//")
            || before.contains('@')
            || (first.contains('.') && !first.trim_matches('.').is_empty() && before.contains('/'));
        (!is_host).then_some(before)
    }
}

/// Whether a match is a complete address of this site. The address of a file below it counts, too.
pub(super) fn is_address(bytes: &[u8], found: Range<usize>, own: &Own) -> bool {
    if is_longer(bytes, found.end) || is_dotted(bytes, found.end) || is_closing_tag(bytes, found.start) {
        return false;
    }
    let before = before(bytes, found.start);
    // A relative link counts: it leads to the same page.
    own.below(&before).is_some_and(|folders| folders.trim_matches(['.', '/']).is_empty() || folders == own.path)
}

/// Whether a match is a complete name, and not an anchor, a file name or a host name.
pub(super) fn is_name(bytes: &[u8], found: Range<usize>, own: &Own) -> bool {
    let is_part = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'%' | b'.' | b'#' | b'@') || byte >= 0x80
    };
    if found.start > 0 && is_part(bytes[found.start - 1]) && !is_encoded_slash(bytes, found.start) {
        return false;
    }
    if is_longer(bytes, found.end) || is_dotted(bytes, found.end) || bytes.get(found.end) == Some(&b'@') {
        return false;
    }
    !is_anchor(bytes, found.start) && own.below(&before(bytes, found.start)).is_some()
}

/// Whether a byte is inside the path of a URL on another host.
pub(super) fn is_elsewhere(bytes: &[u8], at: usize, own: &Own) -> bool {
    own.below(&before(bytes, at)).is_none()
}

fn is_encoded_slash(bytes: &[u8], at: usize) -> bool {
    bytes[..at].ends_with(b"%2F") || bytes[..at].ends_with(b"%2f")
}

/// Whether the name continues at a byte offset, so that the match is only a prefix of it.
fn is_longer(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at.min(bytes.len())..];
    match rest.first() {
        Some(b'%') => {
            !rest.starts_with(b"%2F") && !rest.starts_with(b"%2f") && rest.get(1).is_some_and(u8::is_ascii_hexdigit)
        }
        Some(byte) => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || *byte >= 0x80 && is_letter(rest),
        None => false,
    }
}

/// Whether a file extension or the rest of a host name follows. Patterns of web servers escape the dot.
fn is_dotted(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at.min(bytes.len())..];
    let dot = [&b"."[..], b"\\.", b"\\x2e"].into_iter().find_map(|dot| rest.strip_prefix(dot));
    dot.is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_alphanumeric))
}

/// The spellings of `<` in the output formats, escaped up to twice.
const OPENINGS: &[&[u8]] =
    &[b"<", b"&lt;", b"&#60;", b"&#x3c;", b"&#x3C;", b"&amp;lt;", b"&amp;#60;", b"\\u003c", b"\\u003C"];

/// Whether the slash at a byte offset is that of a closing tag, such as `</docs>`.
fn is_closing_tag(bytes: &[u8], at: usize) -> bool {
    OPENINGS.iter().any(|opening| bytes[..at].ends_with(opening))
}

fn is_letter(rest: &[u8]) -> bool {
    let piece = &rest[..rest.len().min(4)];
    let text = match std::str::from_utf8(piece) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&piece[..error.valid_up_to()]).unwrap_or(""),
    };
    text.chars().next().is_some_and(char::is_alphanumeric)
}

/// Returns the part of an address that precedes a byte offset, percent-decoded.
fn before(bytes: &[u8], at: usize) -> String {
    let is_outside = |byte: &u8| byte.is_ascii_whitespace() || b"\"'<>()[]{},;=`|\\*!^".contains(byte) || *byte >= 0x80;
    let near = &bytes[at.saturating_sub(REACH)..at];
    let start = near.iter().rposition(is_outside).map_or(0, |at| at + 1);
    decode(&String::from_utf8_lossy(&near[start..]))
}

/// The quotation marks around attribute values, as the output formats escape them, up to twice.
const QUOTES: &[&str] = &["\\\"", "\"", "'", "&quot;", "&apos;", "&#39;", "&#34;", "&amp;quot;", "\\u0022", "\\u0027"];

/// Whether a name is the value of an attribute that refers to an element of the page itself, such as `id` or
/// `aria-controls`.
fn is_anchor(bytes: &[u8], at: usize) -> bool {
    let near = String::from_utf8_lossy(&bytes[at.saturating_sub(REACH)..at]);
    let Some(before) = QUOTES.iter().find_map(|quote| near.strip_suffix(quote)) else { return false };
    let Some(attribute) = before.strip_suffix('=') else { return false };
    let name = attribute.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or("");
    let name = name.to_ascii_lowercase();
    matches!(name.as_str(), "id" | "for" | "name" | "class" | "headers") || name.starts_with("aria-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (bool, bool) {
        let own = Own::new(&BaseUrl::new("https://t.example", "/briefing"));
        let find = |part: &str, is: fn(&[u8], Range<usize>, &Own) -> bool| {
            text.match_indices(part).any(|(at, _)| is(text.as_bytes(), at..at + part.len(), &own))
        };
        (find("/2023/secret-plan", is_address), find("secret-plan", is_name))
    }

    #[test]
    fn own_addresses_tell_and_those_of_others_do_not() {
        for text in [
            "see /2023/secret-plan/",
            "<a href=\"/briefing/2023/secret-plan/\">",
            "<a href='https://t.example/briefing/2023/secret-plan'>",
            "(//T.example/briefing/2023/secret-plan/x.jpg)",
            "t.example/briefing/2023/secret-plan#a",
            "HTTP://T.example/briefing/2023/secret-plan/",
            "https://t.example:443/briefing/2023/secret-plan/",
            "https://t.example./briefing/2023/secret-plan/",
            "../../2023/secret-plan/,",
            "https://u.example/?to=https://t.example/briefing/2023/secret-plan/",
        ] {
            assert_eq!(told(text), (true, true), "{text}");
        }
        for text in [
            "https://u.example/2023/secret-plan/",
            "//u.example/2023/secret-plan/",
            "u.example/2023/secret-plan/",
            "https://t.example.evil.example/briefing/2023/secret-plan/",
            "https://t.example:8080/briefing/2023/secret-plan/",
            "https://archive.example/web/https://t.example/briefing/2023/secret-plan/",
            "/2023/secret-plan-b/",
            "/2023/secret-plan_b/",
            "/2023/secret-plan.html",
            "^/2023/secret-plan\\x2ehtml$",
            "^/2023/secret-plan\\.html$",
            "/2023/secret-planer/",
            "/2023/secret-plan%C3%A4/",
            "/2023/secret-planä/",
        ] {
            assert_eq!(told(text), (false, false), "{text}");
        }
        for text in [
            "</2023/secret-plan>",
            "&lt;/2023/secret-plan&gt;",
            "&amp;lt;/2023/secret-plan >",
            "\\u003c/2023/secret-plan>",
        ] {
            assert!(!told(text).0, "a closing tag: {text}");
        }
        assert_eq!(told("/1999/2023/secret-plan/"), (false, true), "another address with the same name");
        assert_eq!(told("secret-plan@t.example"), (false, false));
        assert_eq!(told("www.secret-plan.example"), (false, false));
        assert_eq!(told("<h2 id=\"secret-plan\">"), (false, false));
        assert_eq!(told("{\"html\":\"<h2 id=\\\"secret-plan\\\">\"}"), (false, false));
        assert_eq!(told("&lt;h2 id=&quot;secret-plan&quot;&gt;"), (false, false));
        assert_eq!(told("<a href=\"#secret-plan\">"), (false, false));
        assert_eq!(told("the-secret-plan"), (false, false));
        assert_eq!(told("See secret-plan now"), (false, true));
        assert_eq!(told("Briefing.secret-plan"), (false, false));
    }
}
