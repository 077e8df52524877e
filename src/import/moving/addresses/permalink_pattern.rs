//! Chooses the permalink pattern that keeps most of the former addresses.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::base::text::slugify;
use crate::import::moving::front_matter::Head;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::MovedStory;
use crate::import::moving::source::values::text_of;
use crate::plan::{OwnRoute, own_routes};

/// Returns the pattern that keeps most addresses of articles, and their number; none when there is none. A pattern that
/// only addresses written in the stories themselves have must be that of most articles.
pub(in crate::import::moving) fn pattern(
    stories: &[(MovedStory, Head)],
    settings: &Settings,
) -> Option<(String, usize)> {
    let mut votes: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    let mut all = 0;
    for (story, head) in
        stories.iter().filter(|(story, head)| head.is_article && !story.is_draft && is_main(head, settings))
    {
        let Some(date) = head.date.map(|date| date.date(&settings.zone)) else { continue };
        all += 1;
        let pattern = match &story.pattern {
            Some(pattern) => pattern.clone().filter(|_| slug_in(&story.address).is_some()),
            None => pattern_of(&story.address, date),
        };
        if let Some(pattern) = pattern.filter(|pattern| !is_own(pattern)) {
            let vote = votes.entry(pattern).or_default();
            vote.0 += 1;
            vote.1 |= !is_written(story);
        }
    }
    // Among patterns that keep equally many, the one with the fewest fixed segments wins.
    let own = |pattern: &str| pattern.split('/').filter(|part| !part.is_empty() && !part.contains('{')).count();
    let fitting = votes.into_iter().filter(|(_, (count, is_of_site))| *is_of_site || count * 2 > all);
    let counted = fitting.rev().map(|(pattern, (count, _))| (pattern, count));
    counted.max_by_key(|(pattern, count)| (*count, std::cmp::Reverse(own(pattern))))
}

/// Whether the address of a story is written in the story itself, without placeholders.
fn is_written(story: &MovedStory) -> bool {
    let written = ["url", "permalink", "path"].iter().find_map(|key| text_of(&story.front, key));
    written.is_some_and(|address| !address.contains(':'))
}

/// Whether an address is in a folder of Dateline's own pages.
pub(super) fn is_own(address: &str) -> bool {
    let first = address.trim_start_matches('/').split('/').next().unwrap_or_default();
    own_routes().filter_map(OwnRoute::folder).any(|own| first.eq_ignore_ascii_case(own))
}

/// Whether a story is in the main language of the site.
fn is_main(head: &Head, settings: &Settings) -> bool {
    let language = head.ours.get("lang").and_then(|tag| tag.as_str());
    language.is_none_or(|tag| tag == settings.language.as_deref().unwrap_or("en"))
}

/// Returns whether an address ends in a file name, provided that its last segment is a valid slug; none when it is not.
fn slug_in(address: &str) -> Option<bool> {
    let last = address.trim_end_matches('/').rsplit('/').next()?;
    let stem = last.strip_suffix(".html").filter(|_| !address.ends_with('/'));
    let name = stem.unwrap_or(last);
    (slug_of(name).as_deref() == Some(name)).then_some(stem.is_some())
}

/// Infers the pattern of an address that did not come from a pattern; none when parts of it are specific to the story.
fn pattern_of(address: &str, date: Date) -> Option<String> {
    let is_file = slug_in(address)?;
    let (folders, _) = address.trim_matches('/').rsplit_once('/').unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_written = |format: &str, part: &str| date.strftime(format).to_string().eq_ignore_ascii_case(part);
    let mut pattern = String::from("/");
    let mut next = 0;
    for part in folders.split('/').filter(|part| !part.is_empty()) {
        if !part.bytes().all(plain) {
            return None;
        }
        let names = [("%Y", "{year}"), ("%m", "{month}"), ("%d", "{day}")];
        match names.get(next).filter(|(format, _)| is_written(format, part)) {
            Some((_, name)) => {
                pattern.push_str(name);
                next += 1;
            }
            // A number or a name derived from the date of this story fits no other one.
            None if part.bytes().all(|byte| byte.is_ascii_digit())
                || ["%b", "%B", "%a", "%A", "W%V", "%Y-%m", "%Y-%m-%d"]
                    .iter()
                    .any(|format| is_written(format, part)) =>
            {
                return None;
            }
            None => pattern.push_str(part),
        }
        pattern.push('/');
    }
    pattern.push_str(if is_file { "{slug}.html" } else { "{slug}/" });
    Some(pattern)
}

/// Returns a path segment as a slug: unchanged if it is valid, or else slugified.
pub(super) fn slug_of(part: &str) -> Option<String> {
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.');
    if part.bytes().all(plain) && part.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return Some(part.to_owned());
    }
    Some(slugify(part)).filter(|slug| !slug.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_read_from_an_address() {
        let date = Date::new(2015, 3, 7).expect("a date");
        for (address, pattern) in [
            ("/2015/03/07/a-b.html", Some("/{year}/{month}/{day}/{slug}.html")),
            ("/blog/2015/03/a-b/", Some("/blog/{year}/{month}/{slug}/")),
            ("/posts/a_b", Some("/posts/{slug}/")),
            ("/2014/03/a/", None),
            ("/2015/mar/a/", None),
            ("/2015/3/7/a/", None),
            ("/A/", None),
            ("/", None),
            ("/x%20y/a/", None),
        ] {
            assert_eq!(pattern_of(address, date).as_deref(), pattern, "{address}");
        }
    }
}
