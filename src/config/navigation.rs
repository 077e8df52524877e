//! `navigation`: the links of the masthead and the footer.

use super::choices::NavigationLink;
use super::raw::RawNavigationLink;
use super::values::{bad, check_address};
use crate::base::yaml::lenient::{Many, Text};
use crate::base::yaml::source::Problems;

/// Checks a list of links, whose key is at the path `key`.
pub(super) fn check_navigation(
    key: &str,
    raw: Option<Many<RawNavigationLink>>,
    problems: &mut Problems,
) -> Vec<NavigationLink> {
    let Some(Many(raw)) = raw else { return Vec::new() };
    let mut links = Vec::with_capacity(raw.len());
    for (index, RawNavigationLink { title: Text(title), url: Text(url), place }) in raw.into_iter().enumerate() {
        if title.trim().is_empty() {
            problems.value(format!("{key}/{index}/title"), bad("a link needs a title that readers can see"));
        }
        let path = format!("{key}/{index}/url");
        if let Some(url) = check_address(&path, &url, problems) {
            links.push(NavigationLink { title: title.trim().to_owned(), url, place: place.unwrap_or_default() });
        } else {
            problems.leave_out(format!("{key}/{index}"));
        }
    }
    links
}
