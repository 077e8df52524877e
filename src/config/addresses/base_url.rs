//! `base_url`: the address of the site.

use crate::base::route::Route;

/// `base_url`, split into origin and path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// `origin` is without a trailing `/`, such as `https://example.org`; `path` is empty or like `/briefing`.
    pub fn new(origin: impl Into<String>, path: impl Into<String>) -> Self {
        Self { origin: origin.into(), path: path.into() }
    }

    /// Parses `https://example.org/briefing/`, with or without the trailing `/`; the error is a message.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (scheme, rest) = text.split_once("://").ok_or("it must start with `https://` or `http://`")?;
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "http" | "https") {
            return Err(format!("it must start with `https://` or `http://`, not `{scheme}://`"));
        }
        if rest.contains(['?', '#']) {
            return Err("it must not carry a query or an anchor".to_owned());
        }
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if host.contains('@') {
            return Err("it must not carry a user name".to_owned());
        }
        let name = match host.rsplit_once(':') {
            Some((name, port)) if !host.ends_with(']') => {
                port.parse::<u16>().map_err(|_| format!("`{port}` is not a port"))?;
                name
            }
            _ => host,
        };
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        let is_host = match address {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => name.chars().all(fits) && !name.split('.').any(str::is_empty),
        };
        if !is_host {
            return Err(format!("`{name}` is not a host name"));
        }
        let path = path.strip_suffix('/').unwrap_or(path);
        if !path.is_empty() {
            Route::new(path).map_err(|reason| format!("in its path, {reason}"))?;
        }
        if path.contains(char::is_whitespace) {
            return Err("it must not contain spaces".to_owned());
        }
        Ok(Self::new(format!("{scheme}://{}", host.to_lowercase()), path))
    }

    /// The base path that all links start with: empty, or like `/briefing`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The origin: `https://example.org`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Origin and path without a trailing `/`: `https://example.org/briefing`.
    pub fn whole(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }

    /// The part below the site's root of an address of this site, absolute or scheme-relative: `/about/?a#b`. `None`
    /// for an address of another site.
    pub fn path_of(&self, address: &str) -> Option<String> {
        let (own_scheme, own_host) = self.origin.split_once("://")?;
        let (scheme, rest) = match address.strip_prefix("//") {
            Some(rest) => (own_scheme, rest),
            None => address.split_once("://")?,
        };
        let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if !is_web || bare(scheme, host) != bare(own_scheme, own_host) {
            return None;
        }
        let below = path.strip_prefix(&*self.path)?;
        let root = if below.starts_with('/') { "" } else { "/" };
        (below.is_empty() || below.starts_with(['/', '?', '#'])).then(|| format!("{root}{below}"))
    }

    /// A root-relative link, for any page of the site: `/briefing/topics/icc/`.
    pub fn link(&self, route: &str) -> String {
        format!("{}{route}", self.path)
    }

    /// An absolute link: `https://example.org/briefing/topics/icc/`, with everything percent-encoded that a URL cannot
    /// contain (RFC 3986, section 2).
    pub fn absolute(&self, route: &str) -> String {
        encoded(format!("{}{}{route}", self.origin, self.path))
    }

    /// The absolute form of a link that already has the base path if it is within the site.
    pub fn absolute_link(&self, url: &str) -> String {
        if url.starts_with("//") {
            // A scheme-relative link would have nothing to be relative to in an e-mail or a feed (RFC 3986, section
            // 5.2.2).
            let scheme = self.origin.split_once("//").map_or("https:", |(scheme, _)| scheme);
            format!("{scheme}{url}")
        } else if url.starts_with('/') {
            encoded(format!("{}{url}", self.origin))
        } else {
            url.to_owned()
        }
    }
}

/// A host in lower case, without its scheme's default port and without a trailing dot.
pub(in crate::config) fn bare(scheme: &str, host: &str) -> String {
    let host = host.to_lowercase();
    let port = if scheme.eq_ignore_ascii_case("https") { ":443" } else { ":80" };
    // A host may end with the dot of the DNS root (RFC 3986, section 3.2.2).
    let host = host.strip_suffix(port).unwrap_or(&host);
    host.strip_suffix('.').unwrap_or(host).to_owned()
}

/// Percent-encodes everything that an address cannot contain.
pub(in crate::config) fn encoded(whole: String) -> String {
    if whole.bytes().fold(true, |all, byte| all & FITS[usize::from(byte)]) {
        return whole;
    }
    let mut encoded = String::with_capacity(whole.len() + 32);
    for byte in whole.bytes() {
        if FITS[usize::from(byte)] {
            encoded.push(char::from(byte));
        } else {
            encoded.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]);
        }
    }
    encoded
}

/// The bytes that an address may contain.
const FITS: [bool; 256] = {
    let mut fits = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let one = byte as u8;
        fits[byte] = one.is_ascii_graphic() && !matches!(one, b'"' | b'<' | b'>' | b'`' | b'{' | b'|' | b'}');
        byte += 1;
    }
    fits
};

fn hexadecimal(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).map_or('0', |digit| digit.to_ascii_uppercase())
}
