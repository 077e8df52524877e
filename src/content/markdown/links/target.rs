//! Classifies link destinations.

use serde::{Deserialize, Serialize};

use crate::base::text;
use crate::base::web::escape;
use crate::base::web::scheme::{self, Scheme};
use crate::config::BaseUrl;

/// The target of a link within the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Another source file, by relative path: `../16/visit.md#talks`.
    Source {
        /// Relative path, percent-decoded.
        path: String,
        /// Anchor, or empty.
        anchor: String,
    },
    /// A story by slug: `[[visit]]`.
    Slug {
        /// The slug.
        slug: String,
        /// Anchor, or empty.
        anchor: String,
    },
    /// A path of this site without the base path, possibly with query and fragment: `/about/`.
    Path(String),
    /// A relative path that is no source file, percent-encoded or not: a picture, a PDF, or a mistake.
    Relative(String),
    /// Another site, or a picture in a `data:` URL.
    Outside(String),
}

impl Target {
    /// The target of an address of the site at `own`; `None` when it is of another site.
    pub fn own(address: &str, own: &BaseUrl) -> Option<Self> {
        match classify(address, own, false) {
            Destination::Own(target) => Some(target),
            _ => None,
        }
    }
}

/// The destination of a link, classified.
pub(in super::super) enum Destination {
    /// Within this site, so it becomes a slot.
    Own(Target),
    /// An anchor in the same text.
    Anchor(String),
    /// Another site.
    Outside(String),
    /// A scheme that could run code.
    Unsafe,
    /// An unknown scheme.
    Unknown(String),
}

/// A picture in a `data:` URL, in which browsers run no scripts.
pub(in super::super) fn is_picture(destination: &str) -> bool {
    destination.get(.."data:image/".len()).is_some_and(|start| start.eq_ignore_ascii_case("data:image/"))
}

pub(in super::super) fn classify(destination: &str, own: &BaseUrl, trusted: bool) -> Destination {
    let destination = destination.trim();
    if let Some(anchor) = destination.strip_prefix('#') {
        return Destination::Anchor(fragment(anchor));
    }
    if let Some(path) = own.path_of(destination) {
        return Destination::Own(Target::Path(path));
    }
    if destination.starts_with("//") {
        return Destination::Outside(destination.to_owned());
    }
    match scheme::of(destination) {
        Some(Scheme::Code) if !trusted => return Destination::Unsafe,
        Some(Scheme::Unknown(_)) => return Destination::Unknown(destination.to_owned()),
        Some(_) => return Destination::Outside(destination.to_owned()),
        None => {}
    }
    if destination.starts_with('/') {
        return Destination::Own(Target::Path(destination.to_owned()));
    }
    let (path, anchor) = destination.split_once('#').unwrap_or((destination, ""));
    if std::path::Path::new(path).extension().is_some_and(|e| e.eq_ignore_ascii_case("md")) {
        return Destination::Own(Target::Source { path: decode(path), anchor: fragment(anchor) });
    }
    Destination::Own(Target::Relative(destination.to_owned()))
}

/// The id that a fragment means, in composed form (NFC): `ü` can be written as one character or as two, and browsers
/// compare characters.
pub(in super::super) fn fragment(text: &str) -> String {
    text::composed(&decode(text)).into_owned()
}

/// Percent-decodes a text, if the result is UTF-8.
pub fn decode(text: &str) -> String {
    escape::decode(text).unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_told_apart() {
        let own = BaseUrl::new("https://news.example", "/briefing");
        let tell = |text: &str| match classify(text, &own, false) {
            Destination::Own(Target::Source { path, anchor }) => format!("source {path} {anchor}"),
            Destination::Own(Target::Path(path)) => format!("path {path}"),
            Destination::Own(Target::Relative(path)) => format!("relative {path}"),
            Destination::Own(Target::Slug { slug, .. }) => format!("slug {slug}"),
            Destination::Own(Target::Outside(url)) => format!("own {url}"),
            Destination::Anchor(id) => format!("anchor {id}"),
            Destination::Outside(url) => format!("outside {url}"),
            Destination::Unsafe => "unsafe".to_owned(),
            Destination::Unknown(url) => format!("unknown {url}"),
        };
        assert_eq!(tell("../16/a%20b.md#talks"), "source ../16/a b.md talks");
        assert_eq!(tell("https://news.example/briefing/about/"), "path /about/");
        assert_eq!(tell("HTTP://News.Example:80/briefing?a#b"), "path /?a#b");
        assert_eq!(tell("https://news.example/briefings/"), "outside https://news.example/briefings/");
        assert_eq!(tell("/about/"), "path /about/");
        assert_eq!(tell("chart.svg"), "relative chart.svg");
        assert_eq!(tell("#talks"), "anchor talks");
        assert_eq!(tell("#zu\u{308}rich"), "anchor z\u{fc}rich");
        assert_eq!(tell("a.md#zu%CC%88rich"), "source a.md z\u{fc}rich");
        assert_eq!(tell("JavaScript:alert(1)"), "unsafe");
        assert_eq!(tell("//cdn.example/x"), "outside //cdn.example/x");
        assert_eq!(tell("data:text/html,x"), "unsafe");
        assert_eq!(tell("ttps://a.example"), "unknown ttps://a.example");
    }
}
