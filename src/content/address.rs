//! The slug and route of a document, as far as its own file determines them.

use super::document::Content;
use super::folders::stem;
use super::head::BriefingHead;
use crate::base::digest::Digest;
use crate::base::route::Route;
use crate::base::text;
use crate::base::web::media;
use crate::config::Config;

/// The slug of a file without a `slug` key: its name, or its folder's for `index.md`, slugified and without a leading
/// date.
pub fn slug_from_path(path: &str) -> String {
    let name = stem(path);
    let undated = match name.split_at_checked(11) {
        Some((date, rest)) if !rest.is_empty() && is_date_prefix(date) => rest,
        _ => name,
    };
    match text::slugify(undated) {
        slug if slug.is_empty() => format!("story-{}", Digest::of(name.as_bytes()).short()),
        slug => slug,
    }
}

fn is_date_prefix(text: &str) -> bool {
    text.bytes()
        .enumerate()
        .all(|(at, byte)| if matches!(at, 4 | 7 | 10) { byte == b'-' } else { byte.is_ascii_digit() })
}

/// The slug that links use for a document, and the route of its page. Topics and people get theirs later, because those
/// depend on all names together.
pub(super) fn address(path: &str, content: &Content, config: &Config) -> (Option<String>, Option<Route>) {
    match content {
        Content::Article(head, _) => {
            let slug = head.slug.clone().unwrap_or_else(|| slug_from_path(path));
            let route = config.permalink.route(head.date.date(&config.zone), &slug);
            (Some(slug), Some(in_language(route, head.lang.as_deref(), config)))
        }
        Content::Page(head, _) => {
            let slug = head.slug.clone().unwrap_or_else(|| slug_from_path(path));
            let route = page_route(path, &slug);
            (Some(slug), Some(in_language(route, head.lang.as_deref(), config)))
        }
        Content::Briefing(head, _) => {
            let stem = path.rsplit('/').next().unwrap_or("").trim_end_matches(".md");
            let slug = head.slug.clone().unwrap_or_else(|| stem.to_owned());
            let route = briefing_route(stem, head, config);
            (Some(slug), Some(in_language(route, head.lang.as_deref(), config)))
        }
        // An entry has an anchor on the page of its story.
        Content::Entry(..) | Content::Topic(..) | Content::Person(..) => (None, None),
    }
}

/// The route below the path of the language's edition, if it has one.
fn in_language(route: Route, lang: Option<&str>, config: &Config) -> Route {
    match config.edition_of(lang) {
        Some(edition) => Route::own(&format!("{}{route}", edition.prefix)),
        None => route,
    }
}

/// The address that an alias means: with or without a slash at its end, a folder is one address.
pub fn of_alias(alias: &Route) -> Route {
    let path = alias.as_str();
    // Hosts show the page of a folder under both names.
    if let Some(folder) = path.strip_suffix("/index.html") {
        return Route::own(&format!("{folder}/"));
    }
    if media::is_page(path) { alias.clone() } else { Route::own(&format!("{}/", path.trim_end_matches('/'))) }
}

/// The route of a standing page: its path below `content/pages/`.
fn page_route(path: &str, slug: &str) -> Route {
    let inner = path.strip_prefix("content/pages/").unwrap_or(path);
    let folders = inner.strip_suffix("/index.md").unwrap_or(inner).rsplit_once('/').map_or("", |(folders, _)| folders);
    let mut route = String::from("/");
    for folder in folders.split('/').filter(|f| !f.is_empty()) {
        route.push_str(&text::slugify(folder));
        route.push('/');
    }
    route.push_str(slug);
    route.push('/');
    Route::own(&route)
}

/// The route of a briefing: its slug, its date, or the file's name when that starts with the date or is a week: `2023-w42`.
fn briefing_route(stem: &str, head: &BriefingHead, config: &Config) -> Route {
    if let Some(slug) = &head.slug {
        return Route::own(&format!("/briefings/{slug}/"));
    }
    let day = head.date.date(&config.zone).to_string();
    let name = if stem.starts_with(&day) || is_week(stem) { text::slugify(stem) } else { day };
    Route::own(&format!("/briefings/{name}/"))
}

/// Whether the name of a file is that of a week.
fn is_week(stem: &str) -> bool {
    let is_digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = stem.split_once("-w").or_else(|| stem.split_once("-W"));
    parts.is_some_and(|(year, week)| is_digits(year, 4) && is_digits(week, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_told_from_a_day() {
        assert!(is_week("2023-w42") && is_week("2023-W07"));
        assert!(!is_week("2023-w7") && !is_week("2023-10-17-w42") && !is_week("review-w42"));
    }

    #[test]
    fn a_slug_comes_from_the_name_without_its_date() {
        for (path, slug) in [
            ("content/articles/2015-03-17-does-18f-pass.md", "does-18f-pass"),
            ("content/articles/2023/10/visit.md", "visit"),
            ("content/articles/map/index.md", "map"),
            ("content/articles/2023-10-17.md", "2023-10-17"),
            ("content/articles/北京.md", "bei-jing"),
        ] {
            assert_eq!(slug_from_path(path), slug, "{path}");
        }
        assert!(slug_from_path("content/articles/🙂.md").len() > 3);
    }
}
