//! Finds bare addresses in running text, by the rules of the autolinks extension (GFM specification, section 6.9).

use std::ops::Range;

/// Kind of a bare address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::content::markdown::read) enum AutolinkKind {
    /// With a scheme: `https://…`.
    Whole,
    /// Without a scheme: `www.…`, which gets `http://`.
    Www,
    /// An e-mail address without `mailto:`.
    Mail,
}

/// The addresses in `text`, in order. `before` is the character before the text.
pub(in crate::content::markdown::read) fn find(text: &str, before: Option<char>) -> Vec<(Range<usize>, AutolinkKind)> {
    let mut found: Vec<(Range<usize>, AutolinkKind)> = Vec::new();
    let mut last_end = 0;
    for (at, byte) in text.bytes().enumerate() {
        if at < last_end {
            continue;
        }
        let rest = &text.as_bytes()[at..];
        let is_next = |sign: &str| rest.len() > sign.len() && rest[..sign.len()].eq_ignore_ascii_case(sign.as_bytes());
        let previous = || text[..at].chars().next_back().or(before);
        let end = match byte {
            b'h' | b'H' | b'f' | b'F' => {
                let scheme = ["https://", "http://", "ftp://"].into_iter().find(|scheme| is_next(scheme));
                scheme
                    .filter(|_| !previous().is_some_and(|c| c.is_ascii_alphanumeric()))
                    .and_then(|scheme| {
                        let start = at + scheme.len();
                        address_end(text, past_user(text, start)).or_else(|| address_end(text, start))
                    })
                    .map(|end| (at, end, AutolinkKind::Whole))
            }
            b'w' | b'W' if is_next("www.") => {
                let starts = previous().is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(' | '|'));
                address_end(text, at).filter(|end| starts && *end > at + 4).map(|end| (at, end, AutolinkKind::Www))
            }
            b'm' | b'M' | b'x' | b'X' => {
                let scheme = ["mailto:", "xmpp:"].into_iter().find(|scheme| is_next(scheme));
                scheme
                    .filter(|_| !previous().is_some_and(|c| c.is_ascii_alphanumeric()))
                    .and_then(|scheme| {
                        let local = at + scheme.len();
                        let sign = local + text[local..].find(|c: char| !is_local(c))?;
                        let end =
                            (text[sign..].starts_with('@') && sign > local).then(|| mail_end(text, sign + 1))??;
                        Some(if scheme == "xmpp:" { resource_end(text, end) } else { end })
                    })
                    .map(|end| (at, end, AutolinkKind::Whole))
            }
            b'@' => {
                let local = text[last_end..at].rfind(|c: char| !is_local(c));
                let start = local.map_or(last_end, |found| {
                    let found = last_end + found;
                    found + text[found..].chars().next().map_or(1, char::len_utf8)
                });
                let follows_slash = text[..start].ends_with('/');
                mail_end(text, at + 1)
                    .filter(|_| start < at && !follows_slash)
                    .map(|end| (start, end, AutolinkKind::Mail))
            }
            _ => None,
        };
        if let Some((start, end, kind)) = end {
            found.push((start..end, kind));
            last_end = end;
        }
    }
    found
}

/// Whether `find` or `untouchable` may find something: every address has a slash, an `@`, or `www.` at its start.
fn may_hold_addresses(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2(b'/', b'@', bytes).is_some()
        || memchr::memchr_iter(b'.', bytes).any(|at| at > 0 && matches!(bytes[at - 1], b'w' | b'W'))
}

/// Ranges that look like addresses, with or without a scheme, in which punctuation is not changed.
pub(in crate::content::markdown::read) fn untouchable(text: &str) -> Vec<Range<usize>> {
    if !may_hold_addresses(text) {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = find(text, None).into_iter().map(|(range, _)| range).collect();
    for (slash, _) in text.match_indices('/') {
        if found.last().is_some_and(|last| last.end > slash) {
            continue;
        }
        let starts = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
        let start =
            text[..slash].rfind(starts).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let floor = found.last().map_or(0, |last| last.end);
        if start >= floor
            && domain_end(text, start) == Some(slash)
            && let Some(end) = address_end(text, start)
        {
            found.push(start..end);
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// End of the valid domain at `start`: segments of letters, digits, `-` and `_`, separated by at least one dot, without
/// `_` in the last two.
fn domain_end(text: &str, start: usize) -> Option<usize> {
    let (mut stops, mut before_last, mut last) = (0, false, false);
    let mut end = text.len();
    let mut is_empty = true;
    for (at, c) in text[start..].char_indices() {
        match c {
            '_' => last = true,
            '.' if is_empty => return None,
            '.' => {
                (before_last, last) = (last, false);
                stops += 1;
            }
            c if c.is_alphanumeric() || c == '-' => {}
            _ => {
                end = start + at;
                break;
            }
        }
        is_empty = c == '.';
    }
    // A full stop at the end belongs to the sentence.
    let domain = text[start..end].trim_end_matches('.');
    let trailing = text[start..end].len() - domain.len();
    let ok = stops > trailing && !domain.is_empty() && !last && (trailing > 0 || !before_last);
    ok.then_some(end)
}

/// End of the address whose domain starts at `domain`.
fn address_end(text: &str, domain: usize) -> Option<usize> {
    domain_end(text, domain)?;
    let length = text[domain..].find(|c: char| c.is_whitespace() || c == '<').unwrap_or(text.len() - domain);
    let mut kept = &text[domain..domain + length];
    let count = |text: &str, c: char| text.matches(c).count();
    let mut surplus =
        [('(', ')'), ('[', ']')].map(|(open, close)| count(kept, close).saturating_sub(count(kept, open)));
    loop {
        let last = kept.chars().next_back()?;
        let shorter = &kept[..kept.len() - last.len_utf8()];
        let pair = usize::from(last == ']');
        kept = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | '”' | '’' | '»' | '›' | '」' | '』' | '）'
            | '】' | '。' | '，' | '、' | '！' | '？' | '；' | '：' | '…' => shorter,
            ')' | ']' if surplus[pair] > 0 => {
                surplus[pair] -= 1;
                shorter
            }
            ';' => {
                let name = shorter.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
                if name.len() < shorter.len() { name.strip_suffix('&').unwrap_or(shorter) } else { shorter }
            }
            _ => return Some(domain + kept.len()),
        };
    }
}

/// Start of the domain of an address, after a name and password: `https://name:password@…`.
fn past_user(text: &str, start: usize) -> usize {
    let is_after = |c: char| c.is_whitespace() || matches!(c, '<' | '/' | '?' | '#');
    let authority = &text[start..text[start..].find(is_after).map_or(text.len(), |length| start + length)];
    authority.rfind('@').map_or(start, |at| start + at + 1)
}

/// End of an XMPP address that ends at `end` but for its resource: `/` with letters, digits, `.` and `@`.
fn resource_end(text: &str, end: usize) -> usize {
    let Some(rest) = text[end..].strip_prefix('/') else { return end };
    let is_after = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '@'));
    let resource = rest[..rest.find(is_after).unwrap_or(rest.len())].trim_end_matches('.');
    if resource.is_empty() { end } else { end + 1 + resource.len() }
}

fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '_')
}

/// End of the domain of an e-mail address that starts at `start`.
fn mail_end(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let length =
        rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))).unwrap_or(rest.len());
    if rest[length..].starts_with('@') {
        return None;
    }
    let domain = rest[..length].trim_end_matches('.');
    let is_valid =
        domain.contains('.') && !domain.starts_with('.') && !domain.ends_with(['-', '_']) && !domain.contains("..");
    is_valid.then_some(start + domain.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_github_ends_them() {
        for (text, expected) in [
            ("www.commonmark.org", &["www.commonmark.org"][..]),
            ("Visit www.commonmark.org/help for more information.", &["www.commonmark.org/help"]),
            ("Visit www.commonmark.org.", &["www.commonmark.org"]),
            ("Visit www.commonmark.org/a.b.", &["www.commonmark.org/a.b"]),
            ("www.google.com/search?q=Markup+(business)", &["www.google.com/search?q=Markup+(business)"]),
            ("www.google.com/search?q=Markup+(business)))", &["www.google.com/search?q=Markup+(business)"]),
            ("(www.google.com/search?q=Markup+(business))", &["www.google.com/search?q=Markup+(business)"]),
            ("(www.google.com/search?q=Markup+(business)", &["www.google.com/search?q=Markup+(business)"]),
            ("www.google.com/search?q=(business))+ok", &["www.google.com/search?q=(business))+ok"]),
            ("www.google.com/search?q=commonmark&hl=en", &["www.google.com/search?q=commonmark&hl=en"]),
            ("www.google.com/search?q=commonmark&hl;", &["www.google.com/search?q=commonmark"]),
            ("www.commonmark.org/he<lp", &["www.commonmark.org/he"]),
            ("http://commonmark.org", &["http://commonmark.org"]),
            (
                "(Visit https://encrypted.google.com/search?q=Markup+(business))",
                &["https://encrypted.google.com/search?q=Markup+(business)"],
            ),
            ("Anonymous FTP is available at ftp://foo.bar.baz.", &["ftp://foo.bar.baz"]),
            ("foo@bar.baz", &["foo@bar.baz"]),
            ("hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.", &["hello+xyz@mail.example"]),
            ("a.b-c_d@a.b", &["a.b-c_d@a.b"]),
            ("a.b-c_d@a.b.", &["a.b-c_d@a.b"]),
            ("a.b-c_d@a.b-", &[]),
            ("a.b-c_d@a.b_", &[]),
            ("mailto:foo@bar.baz", &["mailto:foo@bar.baz"]),
            ("xmpp:foo@bar.baz.", &["xmpp:foo@bar.baz"]),
            ("xmpp:foo@bar.baz/txt@bin.com.", &["xmpp:foo@bar.baz/txt@bin.com"]),
            ("xmpp:foo@bar.baz/txt/bin xmpp:foo@bar.baz/", &["xmpp:foo@bar.baz/txt", "xmpp:foo@bar.baz"]),
            ("mailto:foo@bar.baz/txt", &["mailto:foo@bar.baz"]),
            ("https://u:p@x.example/ and https://u@localhost", &["https://u:p@x.example/"]),
            ("https://a_b.example/ https://a.b_c.example http://localhost xhttp://a.example www.", &[]),
            ("https://a_b.c.example/", &["https://a_b.c.example/"]),
            (
                "“https://a.example/x” and https://b.example/a--b.pdf, https://c.example/?",
                &["https://a.example/x", "https://b.example/a--b.pdf", "https://c.example/"],
            ),
            ("https://medium.example/@you/x and @you and you@", &["https://medium.example/@you/x"]),
            ("请看https://a.example/路径。", &["https://a.example/路径"]),
        ] {
            let found: Vec<&str> = find(text, None).into_iter().map(|(range, _)| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn ranges_are_whole_and_in_order(text in "[a-c@:/.é—”)( <&;_-]{0,20}(https://|www\\.|mailto:)[a-c@:/.é—”)( <&;_-]{0,30}") {
            for ranges in [find(&text, None).into_iter().map(|(range, _)| range).collect(), untouchable(&text)] {
                let mut end = 0;
                for range in ranges {
                    proptest::prop_assert!(range.start >= end && text.get(range.clone()).is_some());
                    end = range.end;
                }
            }
        }
    }
}
