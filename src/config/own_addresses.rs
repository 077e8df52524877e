//! Addresses of this site that settings name: links of the navigation, policies, contacts, and whatever a theme reads
//! from `extra`. They are found in the text, so that no setting is forgotten and each has its place.

use super::Config;
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::web::media;
use crate::base::yaml::scalars::{Scalar, scalars};
use crate::base::yaml::source::Source;

/// Settings whose addresses are no links for readers, or that have rules of their own.
const OTHERS: &[&str] = &[
    "title",
    "description",
    "archive",
    "base_url",
    "timezone",
    "language",
    "permalink",
    "image",
    "robots",
    "hosting",
    "indexnow",
    "deploy",
    "check",
    "gone",
    "redirects",
    "follow_links",
    "elsewhere",
];

/// Keys, at any depth, whose values are prose.
const WORDS: &[&str] = &["title", "name", "from", "reply_to", "address"];

impl Config {
    /// Paths below the site's root, with query and fragment, and where each is named.
    pub fn own_addresses(&self) -> Vec<(String, Place)> {
        let source = Source::whole(self.file(), self.text());
        let positions = &self.source.positions;
        let Some(tree) = positions.tree(source.text) else { return Vec::new() };
        let place = |one: Scalar<'_>| Some((self.own_address(&one)?, positions.place_of(&source, one.range)));
        scalars(tree).into_iter().filter_map(place).collect()
    }

    fn own_address(&self, one: &Scalar<'_>) -> Option<String> {
        let (first, text) = (one.path.first()?.as_str(), one.text.trim());
        let last = one.path.iter().rev().find(|step| step.parse::<usize>().is_err())?.as_str();
        // What other hosts show alone is for their builds.
        let is_elsewhere = match first {
            "languages" if one.path.get(2).is_some_and(|key| OTHERS.contains(&key.as_str()) && key != "image") => true,
            "languages" => self.other_host(one.path.get(1).map(String::as_str)).is_some(),
            "navigation" | "front" => self.host.is_some(),
            _ => false,
        };
        if OTHERS.contains(&first) || is_elsewhere || last == "base_url" || text.contains(char::is_whitespace) {
            return None;
        }
        if text.contains("//") {
            return self.base_url.path_of(text);
        }
        // In `extra`, only the form of a value tells that it is a path.
        let route = text.split(['?', '#']).next().unwrap_or(text);
        let is_meant = if first == "extra" {
            route.ends_with('/') || media::is_known(route)
        } else {
            !WORDS.contains(&last) && last != "logo"
        };
        (is_meant && Route::new(route).is_ok()).then(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use crate::config::read;

    #[test]
    fn own_addresses_are_found_wherever_a_setting_names_them() {
        let text = "title: /T/\nbase_url: https://a.example/sub\nnavigation:\n  - {title: /x/, url: /about/?a#b}\n  - {title: Y, url: \"https://a.example/sub/y/\"}\n  - {title: Z, url: https://b.example/}\npublisher: {name: P, logo: /logo.svg, ethics: /ethics/, profiles: [//a.example/sub/me/]}\nsecurity: {contact: [mailto:a@a.example, https://a.example/sub/report/], expires: 2030-01-01, policy: /policy/}\nredirects: {/old/: /new/}\ngone: [/gone/]\nextra: {home: /map/, deep: [{icon: /i.svg}], format: /%Y, words: /a b/, code: /x}\n";
        let (config, report) = read("dateline.yaml", text);
        assert!(!report.has_errors() || config.is_some(), "{report:?}");
        let found = config.expect("a configuration").own_addresses();
        let found: Vec<_> =
            found.iter().map(|(path, place)| format!("{path} {}:{}", place.line, place.column)).collect();
        assert_eq!(
            found,
            [
                "/about/?a#b 4:23",
                "/y/ 5:21",
                "/ethics/ 7:47",
                "/me/ 7:68",
                "/report/ 8:42",
                "/policy/ 8:103",
                "/map/ 11:15",
                "/i.svg 11:36",
            ]
        );
    }
}
