//! The anchors of a text: those that it had, and those that it has here.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::text::slugify;
use crate::content::markdown::decode;

/// The anchors of one text.
#[derive(Default)]
pub(super) struct Anchors {
    /// Ids that the text gives itself.
    given: BTreeSet<String>,
    /// Our ids of headings by their letters and digits: programs differ in all else.
    made: BTreeMap<String, String>,
}

impl Anchors {
    /// Finds them in Markdown.
    pub(super) fn of(body: &str) -> Self {
        let mut anchors = Self::default();
        let mut fence: Option<&str> = None;
        for line in body.lines() {
            let trimmed = line.trim_start();
            let sign = ["```", "~~~"].into_iter().find(|sign| trimmed.starts_with(sign));
            match (fence, sign) {
                (None, Some(sign)) => fence = Some(sign),
                (Some(open), Some(sign)) if open == sign => fence = None,
                (None, None) if trimmed.starts_with('#') => anchors.heading(trimmed.trim_start_matches('#').trim()),
                _ => {}
            }
            for sign in ["id=\"", "name=\"", "id='", "name='"] {
                for (at, _) in line.match_indices(sign) {
                    let rest = &line[at + sign.len()..];
                    anchors.given.extend(rest.find(['"', '\'']).map(|end| rest[..end].to_owned()));
                }
            }
        }
        anchors
    }

    fn heading(&mut self, text: &str) {
        if let Some((_, id)) = text.rsplit_once("{#") {
            self.given.extend(id.split(['}', ' ']).next().map(str::to_owned));
            return;
        }
        let plain = plain(text.trim_end_matches('#').trim());
        let id = slugify(&plain);
        if !id.is_empty() {
            self.made.entry(letters(&plain)).or_insert(id);
        }
    }

    /// What stands here for an anchor, with its `#`; the anchor itself where nothing does.
    pub(super) fn here(&self, anchor: &str) -> String {
        let name = decode(anchor.trim_start_matches('#'));
        match self.made.get(&letters(&name)) {
            Some(id) if !self.given.contains(&name) => format!("#{id}"),
            _ => anchor.to_owned(),
        }
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A heading's text without its marks and the targets of its links.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once(')').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.replace(['*', '`', '[', ']'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_of_other_programs_find_their_heading() {
        let anchors =
            Anchors::of("# What's in 1.28?\n```\n# no\n```\n## A & [B](/x) --- `c`\n## D {#dd}\n<a id=\"Ee\">\n");
        for (anchor, here) in [
            ("#whats-in-1.28", "#whats-in-1-28"),
            ("#what-s-in-1-28", "#whats-in-1-28"),
            ("#a--b-----c", &format!("#{}", slugify("A & B --- c"))),
            ("#dd", "#dd"),
            ("#Ee", "#Ee"),
            ("#no", "#no"),
        ] {
            assert_eq!(anchors.here(anchor), here, "{anchor}");
        }
    }
}
