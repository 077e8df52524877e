//! Attributes of HTML that contain addresses, and the addresses in their values (WHATWG HTML, index of attributes,
//! including obsolete ones).

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Attribute, Tag, Token, decode, tokens};
use crate::base::text::escape_html;

/// The purpose of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// A link to a page.
    Page,
    /// A file that the page loads.
    File,
    /// A picture that the page shows.
    Picture,
    /// A server program that receives a request.
    Endpoint,
}

/// An address in a start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address<'h> {
    /// Index of its attribute.
    pub attribute: usize,
    /// The address, with character references unresolved.
    pub value: &'h str,
    /// Range in the HTML.
    pub range: Range<usize>,
    /// Purpose.
    pub role: Role,
    /// Whether the attribute can contain more than this address: others, or other text.
    pub is_listed: bool,
    /// Its descriptor in a `srcset`: `2x`, `640w`.
    pub descriptor: &'h str,
}

/// Syntax of an attribute's value.
#[derive(Clone, Copy)]
enum Form {
    One,
    /// Addresses separated by spaces.
    Several,
    /// A `srcset`: candidates with descriptors, separated by commas.
    Candidates,
    /// Declarations of a style, with addresses in `url(…)`.
    Style,
    /// The seconds and the address of a refresh.
    Refresh,
}

/// Form and purpose of an attribute that contains addresses. That of `base` is no link, and nothing needs to answer it.
fn held(tag: &Tag<'_>, attribute: &str) -> Option<(Form, Role)> {
    let is = |names: &[&str]| names.iter().any(|name| tag.is(name));
    Some(match attribute.to_ascii_lowercase().as_str() {
        "href" if is(&["base"]) => (Form::One, Role::Endpoint),
        "href" if is(&["a", "area"]) => (Form::One, Role::Page),
        "src" if is(&["img", "input"]) => (Form::One, Role::Picture),
        "data" if !is(&["object"]) => return None,
        "href" | "xlink:href" | "src" | "data" => (Form::One, Role::File),
        "srcset" | "imagesrcset" => (Form::Candidates, Role::Picture),
        "poster" | "background" => (Form::One, Role::Picture),
        "cite" | "longdesc" => (Form::One, Role::Page),
        "action" if !is(&["form"]) => return None,
        "action" | "formaction" => (Form::One, Role::Endpoint),
        "style" => (Form::Style, Role::Picture),
        "content" if is(&["meta"]) && is_refresh(tag) => (Form::Refresh, Role::Page),
        "ping" => (Form::Several, Role::Endpoint),
        _ => return None,
    })
}

fn is_refresh(tag: &Tag<'_>) -> bool {
    tag.get("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh"))
}

impl<'h> Tag<'h> {
    /// The addresses in the attributes, in order. Empty ones count only as links.
    pub fn addresses(&self) -> Vec<Address<'h>> {
        let mut found = Vec::new();
        for (index, attribute) in self.attributes.iter().enumerate() {
            let Some((form, role)) = held(self, attribute.name) else { continue };
            let Attribute { value, range, .. } = attribute;
            let mut add = |part: Range<usize>, is_listed, descriptor: Range<usize>| {
                found.push(Address {
                    attribute: index,
                    value: &value[part.clone()],
                    range: range.start + part.start..range.start + part.end,
                    role,
                    is_listed,
                    descriptor: value[descriptor].trim(),
                });
            };
            match form {
                Form::One => {
                    let start = value.len() - value.trim_start().len();
                    let end = value.trim_end().len();
                    // An empty reference means the page itself (RFC 3986, section 4.4); in other attributes it is
                    // invalid.
                    let is_page = role == Role::Page && attribute.name.eq_ignore_ascii_case("href");
                    if start < end {
                        add(start..end, false, 0..0);
                    } else if is_page && attribute.whole.end > range.end {
                        add(0..0, false, 0..0);
                    }
                }
                Form::Style => styled(value).into_iter().for_each(|part| add(part, true, 0..0)),
                Form::Refresh => refreshed(value).into_iter().for_each(|part| add(part, true, 0..0)),
                Form::Several => words(value).for_each(|part| add(part, true, 0..0)),
                Form::Candidates => {
                    for (part, descriptor) in candidates(value) {
                        add(part, true, descriptor);
                    }
                }
            }
        }
        found
    }
}

fn words(value: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    value.split(|c: char| c.is_ascii_whitespace()).filter_map(move |word| {
        let start = next;
        next += word.len() + 1;
        (!word.is_empty()).then_some(start..start + word.len())
    })
}

/// Quotation marks within the value of an attribute, which may be character references.
const QUOTES: &[&str] = &["\"", "'", "&quot;", "&#39;", "&#34;", "&apos;", "&#x27;"];

/// The address of a refresh, such as `5; url=/x/` (WHATWG HTML, section 4.2.5.3), without its quotation marks. A refresh
/// without an address reloads the page.
fn refreshed(value: &str) -> Option<Range<usize>> {
    let written = value.trim_start();
    let unit = written.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let rest = unit.trim_start();
    let rest = rest.strip_prefix([';', ',']).or_else(|| (rest.len() < unit.len()).then_some(rest))?.trim_start();
    let named = rest.get(..3).filter(|name| name.eq_ignore_ascii_case("url")).and_then(|_| {
        let value = rest[3..].trim_start().strip_prefix('=')?;
        Some(value.trim_start())
    });
    let inside = named.unwrap_or(rest);
    let quote = QUOTES.iter().find(|quote| inside.starts_with(**quote));
    let start = value.len() - inside.len() + quote.map_or(0, |quote| quote.len());
    let end = quote.and_then(|quote| value[start..].find(quote)).map_or(value.len(), |length| start + length);
    let end = start + value[start..end].trim_end().len();
    (unit.len() < written.len() && start < end).then_some(start..end)
}

/// The addresses in `url(…)` of a style, without their quotation marks.
fn styled(value: &str) -> Vec<Range<usize>> {
    let lower = value.to_ascii_lowercase();
    let calls = lower.match_indices("url(").map(|(at, call)| at + call.len());
    let address = |from: usize| {
        let inside = value[from..].trim_start();
        let start = value.len() - inside.len();
        let quote = QUOTES.iter().find(|quote| inside.starts_with(**quote));
        let (start, end) = (start + quote.map_or(0, |quote| quote.len()), quote.map_or(")", |quote| quote));
        let length = value[start..].find(end)?;
        Some(start..start + value[start..start + length].trim_end().len())
    };
    calls.filter_map(address).filter(|range| !range.is_empty()).collect()
}

/// Parses a `srcset` (WHATWG HTML, section 4.8.4.2): addresses may contain commas, except at the end, and so may
/// descriptors in parentheses. Each candidate has the range of its descriptor.
fn candidates(value: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let bytes = value.as_bytes();
    let run = |from: usize, goes_on: &dyn Fn(u8) -> bool| {
        bytes[from..].iter().position(|byte| !goes_on(*byte)).map_or(bytes.len(), |length| from + length)
    };
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let start = run(at, &|byte| byte.is_ascii_whitespace() || byte == b',');
        if start == bytes.len() {
            return found;
        }
        let end = run(start, &|byte| !byte.is_ascii_whitespace());
        let address = value[start..end].trim_end_matches(',').len();
        if start + address < end {
            found.push((start..start + address, end..end));
            at = end;
            continue;
        }
        let mut depth = 0usize;
        at = end;
        while at < bytes.len() && (depth > 0 || bytes[at] != b',') {
            match bytes[at] {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
        }
        found.push((start..end, end..at));
    }
}

/// Replaces addresses in HTML by what `change` returns for them, if anything. It receives them with character
/// references resolved.
pub fn with_addresses(html: &str, change: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut from = 0;
    for (token, _) in tokens(html) {
        let Token::Open(tag) = token else { continue };
        for address in tag.addresses() {
            if let Some(changed) = change(&decode(address.value)) {
                out.push_str(&html[from..address.range.start]);
                let mut escaped = String::new();
                escape_html(&changed, &mut escaped);
                out.push_str(&escaped.replace('\'', "&#39;"));
                from = address.range.end;
            }
        }
    }
    out.push_str(&html[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Vec<String> {
        let tags = tokens(html).filter_map(|(token, _)| match token {
            Token::Open(tag) => Some(tag.addresses()),
            _ => None,
        });
        let tell = |address: Address<'_>| {
            assert_eq!(&html[address.range.clone()], address.value);
            format!("{:?} {} {}", address.role, address.value, address.descriptor).trim_end().to_owned()
        };
        tags.flatten().map(tell).collect()
    }

    #[test]
    fn every_attribute_that_holds_an_address_is_known() {
        assert_eq!(
            told(
                "<a href=' /a ' ping='/p /q' cite=''><base href=/base/><IMG SRC=/b data=no longdesc=/l><video poster=/c src=/d>\
                 <q cite=/e><form action=/f><button formaction=/g><object data=/h><body background=/i><use xlink:href='#j'>\
                 <meta http-equiv=Refresh content='3 ; URL = \"/r?a b\" x'><meta http-equiv=refresh content='0,/s '><meta name=x content='0;url=/no'>\
                 <meta http-equiv=refresh content=5><meta http-equiv=refresh content='5; url=&quot;/t&quot;'><p style='a: URL( \"/k\" ), url(/l) x; b: url(&quot;/m(n)&quot;) url() url(/open'>"
            ),
            [
                "Page /a",
                "Endpoint /p",
                "Endpoint /q",
                "Endpoint /base/",
                "Picture /b",
                "Page /l",
                "Picture /c",
                "File /d",
                "Page /e",
                "Endpoint /f",
                "Endpoint /g",
                "File /h",
                "Picture /i",
                "File #j",
                "Page /r?a b",
                "Page /s",
                "Page /t",
                "Picture /k",
                "Picture /l",
                "Picture /m(n)",
            ]
        );
    }

    #[test]
    fn candidates_may_have_commas_in_them() {
        assert_eq!(
            told(
                "<source srcset=' ,/a,b.png 1x,/c.png  2x , /d.png, /e.png,/f.png (a, b) 3x,data:image/png;base64,xx 4x'>"
            ),
            [
                "Picture /a,b.png 1x",
                "Picture /c.png 2x",
                "Picture /d.png",
                "Picture /e.png,/f.png (a, b) 3x",
                "Picture data:image/png;base64,xx 4x",
            ]
        );
    }

    #[test]
    fn addresses_change_in_their_places() {
        let change = |address: &str| (!address.contains(':')).then(|| format!("https://a.example{address}&'"));
        assert_eq!(
            with_addresses("<img alt='/x' srcset='/b&amp;c 1x, https://d.example 2x' src=/e>/f", change),
            "<img alt='/x' srcset='https://a.example/b&amp;c&amp;&#39; 1x, https://d.example 2x' src=https://a.example/e&amp;&#39;>/f"
        );
    }
}
