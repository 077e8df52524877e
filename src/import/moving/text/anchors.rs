//! The anchors of a text, and the ones that an invalid fragment probably means.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::heading_ids::Scheme;
use crate::base::html::{self, Token};
use crate::base::text::slugify;
use crate::content::markdown::{decode, headings};

/// The anchors of one text.
#[derive(Default)]
pub(super) struct Anchors {
    /// All anchors of the text.
    kept: BTreeSet<String>,
    /// The ids of headings by the letters and digits of their titles. Hand-written fragments often differ in everything
    /// else.
    near: BTreeMap<String, String>,
}

impl Anchors {
    /// Collects the anchors of a Markdown text.
    pub(in crate::import::moving) fn of(body: &str, scheme: &Scheme) -> Self {
        let mut anchors = Self::default();
        let headings = headings(body);
        for (heading, id) in headings.iter().zip(scheme.ids(body, &headings)) {
            let id = id.unwrap_or_else(|| slugify(&heading.without(&heading.struck)));
            if !id.is_empty() {
                anchors.near.entry(letters(&heading.title)).or_insert_with(|| id.clone());
                anchors.kept.insert(id);
            }
        }
        for (token, _) in html::tokens(body) {
            let Token::Open(tag) = token else { continue };
            anchors.kept.extend(["id", "name"].iter().filter_map(|name| tag.get(name)).map(Cow::into_owned));
        }
        anchors
    }

    /// Returns the valid form of a fragment, with its `#`; the fragment itself when it has none.
    pub(in crate::import::moving) fn here(&self, anchor: &str) -> String {
        let name = decode(anchor.trim_start_matches('#'));
        if self.kept.contains(&name) {
            return anchor.to_owned();
        }
        self.near.get(&letters(&name)).map_or_else(|| anchor.to_owned(), |id| format!("#{id}"))
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_kept_and_near_ones_find_their_heading() {
        let anchors = Anchors::of(
            "# What's in 1.28?\n```\n# no\n```\n## A & [B](/x) --- `c`\n## D {#dd}\n<a id=\"Ee\"> <i name=Ff>\n",
            &Scheme::GitHub,
        );
        for (anchor, here) in [
            ("#whats-in-128", "#whats-in-128"),
            ("#what-s-in-1.28", "#whats-in-128"),
            ("#a--b--c", "#a--b--c"),
            ("#a-b-c", "#a--b--c"),
            ("#dd", "#dd"),
            ("#Ee", "#Ee"),
            ("#Ff", "#Ff"),
            ("#no", "#no"),
        ] {
            assert_eq!(anchors.here(anchor), here, "{anchor}");
        }
    }
}
