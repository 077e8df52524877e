//! URL schemes: which ones a story may link to, which run code, and what a misspelt one was meant to be.

use crate::base::text::nearest;

/// Schemes that a story may link to.
pub const KNOWN: [&str; 13] =
    ["http", "https", "mailto", "tel", "sms", "ftp", "geo", "magnet", "news", "xmpp", "irc", "gemini", "doi"];
/// Schemes whose addresses run code in browsers, or show content under the site's own origin.
const CODE: [&str; 6] = ["javascript", "vbscript", "livescript", "data", "blob", "filesystem"];

/// The treatment of a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme<'a> {
    /// A story may link to it.
    Known,
    /// It could run code.
    Code,
    /// Neither; with its name.
    Unknown(&'a str),
}

/// The scheme of an address, if it has one (RFC 3986, section 3.1: a letter, then letters, digits, `+`, `-` and `.`,
/// then `:`).
pub fn of(address: &str) -> Option<Scheme<'_>> {
    let scheme = name(address)?;
    let is = |list: &[&str]| list.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    Some(if is(&KNOWN) {
        Scheme::Known
    } else if is(&CODE) {
        Scheme::Code
    } else {
        Scheme::Unknown(scheme)
    })
}

/// The name of an address's scheme, as written.
pub fn name(address: &str) -> Option<&str> {
    let scheme = &address[..address.find(':')?];
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    valid.then_some(scheme)
}

/// The known scheme that a misspelt one was meant to be. A name before `//` is usually a page, not a scheme.
pub fn meant(address: &str) -> Option<&'static str> {
    let scheme = name(address)?;
    let is_web = address[scheme.len()..].starts_with("://");
    let web = if is_web { nearest(scheme, ["https", "http"]) } else { None };
    web.or_else(|| nearest(scheme, KNOWN))
}

/// An address with its misspelt scheme corrected.
pub fn corrected(address: &str) -> Option<String> {
    let Some(Scheme::Unknown(scheme)) = of(address) else { return None };
    Some(format!("{}{}", meant(address)?, &address[scheme.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_scheme_is_no_code() {
        for (address, is, meant) in [
            ("ttps://a.example/", Scheme::Unknown("ttps"), Some("https://a.example/")),
            ("htp://a.example/", Scheme::Unknown("htp"), Some("http://a.example/")),
            ("hhttps://a.example/", Scheme::Unknown("hhttps"), Some("https://a.example/")),
            ("mailt:a@b.example", Scheme::Unknown("mailt"), Some("mailto:a@b.example")),
            ("spotify:track:1", Scheme::Unknown("spotify"), None),
            ("JavaScript:alert(1)", Scheme::Code, None),
            ("data:text/html,x", Scheme::Code, None),
            ("HTTPS://a.example", Scheme::Known, None),
        ] {
            assert_eq!((of(address), corrected(address).as_deref()), (Some(is), meant), "{address}");
        }
        assert_eq!(of("/a:b"), None);
        assert_eq!(of("a b: c"), None);
    }
}
