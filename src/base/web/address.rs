//! Resolving addresses as browsers do (WHATWG URL, through the `url` crate).

use url::{Position, Url};

use super::escape;

/// A reserved host (RFC 2606) that serves as the base when only paths matter.
const NOWHERE: &str = "http://site.invalid";

/// Resolves `address` against the absolute address `page`. `None` when it is not a valid URL.
pub fn join(page: &str, address: &str) -> Option<String> {
    Some(Url::parse(page).ok()?.join(address).ok()?.into())
}

/// Resolves a relative address against a route of the site: the path below the site's root with query and fragment,
/// percent-encoded. `None` when it leads to another site.
pub fn seen_from(route: &str, address: &str) -> Option<String> {
    let page = Url::parse(&format!("{NOWHERE}{}", escape::path(route))).ok()?;
    let joined = page.join(address).ok().filter(|joined| joined.origin() == page.origin())?;
    Some(joined[Position::BeforePath..].to_owned())
}

/// The host of an absolute address as browsers serialise it: lower case, in ASCII.
pub fn host(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}

/// An address of the web in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress {
    /// The address as browsers serialise it.
    pub whole: String,
    /// Scheme, host and port: `https://example.org`. In it are only letters, digits, and `-`, `.`, `:`, `/`.
    pub origin: String,
    /// The host without a `www.`.
    pub host: String,
    /// The segments of the path, percent-encoded, without empty ones.
    pub path: Vec<String>,
    /// The pairs of the query, decoded.
    pub query: Vec<(String, String)>,
}

/// Reads an absolute address with the scheme `https` or `http`. `None` for any other, for one with a name or password, and
/// for a host that has no name in letters, digits, `-` and `.`.
pub fn web(address: &str) -> Option<WebAddress> {
    let url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    let is_plain = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    let host = url.host_str().filter(is_plain).filter(|_| url.username().is_empty() && url.password().is_none())?;
    let path = url.path().split('/').filter(|segment| !segment.is_empty());
    Some(WebAddress {
        origin: url.origin().ascii_serialization(),
        host: host.strip_prefix("www.").unwrap_or(host).to_owned(),
        path: path.map(str::to_owned).collect(),
        query: url.query_pairs().into_owned().collect(),
        whole: url.to_string(),
    })
}

/// Splits an address into its path, and its query and fragment.
pub fn split(address: &str) -> (&str, &str) {
    address.split_at(address.find(['?', '#']).unwrap_or(address.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_the_web_is_read() {
        let address = web(" HTTPS://www.Example.org:8443/a//b?c=d%20e#f ").expect("an address");
        assert_eq!((&*address.origin, &*address.host), ("https://www.example.org:8443", "example.org"));
        assert_eq!((address.path, address.query), (vec!["a".into(), "b".into()], vec![("c".into(), "d e".into())]));
        for address in ["javascript:alert(1)", "/a", "https://a:b@c.example/", "https://a;b.example/", "https://[::1]/"]
        {
            assert_eq!(web(address), None, "{address}");
        }
    }

    #[test]
    fn relative_addresses_are_seen_from_their_page() {
        for (route, address, path) in [
            ("/a/b/", "c", "/a/b/c"),
            ("/a/b/", "../c/", "/a/c/"),
            ("/a/b.html", "c.html?d#e", "/a/c.html?d#e"),
            ("/a/b/", "./", "/a/b/"),
            ("/a/b/", "..", "/a/"),
            ("/", "../../x", "/x"),
            ("/ü ?/", "a b%20c", "/%C3%BC%20%3F/a%20b%20c"),
            ("/a/", "?b", "/a/?b"),
        ] {
            assert_eq!(seen_from(route, address).as_deref(), Some(path), "{route} {address}");
        }
        for address in ["https://a.example/", "//a.example/", "mailto:a@b.example"] {
            assert_eq!(seen_from("/a/", address), None, "{address}");
        }
        assert_eq!(join("https://a.example/b/", "c?d").as_deref(), Some("https://a.example/b/c?d"));
        assert_eq!((host("https://A.example:8/b").as_deref(), host("/b")), (Some("a.example"), None));
        assert_eq!((split("/a?b#c"), split("a")), (("/a", "?b#c"), ("a", "")));
    }
}
