//! Collects the addresses of other sites that a site links to, and their places in its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::base::disk;
use crate::base::report::Place;
use crate::check::links::written;
use crate::config::Config;
use crate::content::markdown::Body;
use crate::site::Site;

/// The site's folder, and the name of the configuration in it.
pub(in crate::check) struct Sources<'a> {
    pub(in crate::check) root: &'a Path,
    pub(in crate::check) config: &'a str,
}

/// Addresses of other sites without fragments, each with the places that link to it.
pub(super) type Links = BTreeMap<String, BTreeSet<Place>>;

/// Settings whose addresses readers never follow.
const OF_MACHINES: &[&str] = &["base_url", "deploy", "indexnow", "check", "feeds"];

pub(super) fn links(site: &Site, sources: &Sources<'_>, is_wanted: impl Fn(&str) -> bool) -> Links {
    let mut links = Links::new();
    let text = |path: &str| disk::read_to_string(&disk::join(sources.root, path)).unwrap_or_default();
    for document in site.shown().filter(|document| is_wanted(&document.path)) {
        let urls: Vec<String> =
            document.content.bodies().flat_map(Body::outside).chain(in_front(&document.front)).collect();
        let urls: Vec<&String> = urls.iter().filter(|url| is_foreign(url, &site.config)).collect();
        if !urls.is_empty() {
            let text = text(&document.path);
            for url in urls {
                add(&mut links, url, &document.path, &text);
            }
        }
    }
    if is_wanted(sources.config) {
        let config = text(sources.config);
        let urls = written::in_yaml(&config, OF_MACHINES).into_iter().map(|range| &config[range]);
        for url in urls.filter(|url| is_web(url) && is_foreign(url, &site.config)) {
            add(&mut links, url, sources.config, &config);
        }
    }
    links
}

fn in_front(front: &str) -> impl Iterator<Item = String> {
    written::in_yaml(front, &[]).into_iter().map(|range| front[range].to_owned()).filter(|url| is_web(url))
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Whether an address belongs to another site.
fn is_foreign(url: &str, config: &Config) -> bool {
    config.base_url.path_of(url).is_none()
}

/// Adds all places of an address in a text; the whole file when the text spells the address differently.
fn add(links: &mut Links, url: &str, file: &str, text: &str) {
    let asked = url.split('#').next().unwrap_or(url).to_owned();
    let places = links.entry(asked.clone()).or_default();
    // The address must not be the start of a longer one.
    let ends = |at: usize| text[at..].chars().next().is_none_or(|c| !(c.is_alphanumeric() || "/-_%~&=+".contains(c)));
    let found = text.match_indices(&asked).filter(|(at, _)| ends(at + asked.len()));
    let found: Vec<Place> = found.map(|(at, _)| Place::bytes(file, text, at, at + asked.len())).collect();
    if found.is_empty() {
        places.insert(Place::file(file));
    }
    places.extend(found);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_whole_address() {
        let mut links = Links::new();
        let text = "[a](https://a.example/x) and <https://a.example/x/y>\n[b](https://a.example/x#z)\n";
        add(&mut links, "https://a.example/x", "a.md", text);
        add(&mut links, "https://a.example/x#z", "a.md", text);
        add(&mut links, "https://a.example/ü", "a.md", text);
        let place =
            |url: &str| -> Vec<(u32, u32)> { links[url].iter().map(|place| (place.line, place.column)).collect() };
        assert_eq!(place("https://a.example/x"), [(1, 5), (2, 5)]);
        assert_eq!(place("https://a.example/ü"), [(0, 0)]);
    }
}
