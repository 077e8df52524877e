//! The addresses that Hugo gives to pages of a language, to aliases, and to lists of taxonomies and sections.

use serde_json::Value;

use super::filling::{Filling, is_html};
use super::names::Hugo;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{MovedStory, joined};
use crate::import::moving::source::values::{Keys, get, text, text_of, truth};

/// The main language of a site, in lower case.
pub(in crate::import::moving) fn main_language(settings: &Settings) -> String {
    text_of(&settings.keys, "defaultContentLanguage").unwrap_or_else(|| "en".to_owned()).to_lowercase()
}

/// The folder of a language in addresses. The main language, which is none here, has one only where the site says so.
pub(in crate::import::moving) fn language_folder(settings: &Settings, language: Option<&str>) -> String {
    let is_below = get(&settings.keys, "defaultContentLanguageInSubdir").and_then(truth) == Some(true);
    match language {
        Some(language) => language.to_owned(),
        None if is_below => main_language(settings),
        None => String::new(),
    }
}

/// Whether the pages of a section are files, by `uglyURLs`.
pub(in crate::import::moving) fn is_ugly(settings: &Settings, section: &str) -> bool {
    match get(&settings.keys, "uglyURLs") {
        Some(Value::Object(map)) => get(map, section).and_then(truth) == Some(true),
        value => value.and_then(truth) == Some(true),
    }
}

/// Returns the address of an alias of a page: below the folder of its language, or below that of the page if it is
/// relative.
pub(super) fn alias(written: &str, story: &MovedStory, settings: &Settings) -> String {
    let language = language_folder(settings, story.language.as_deref());
    let beside = story.address.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in if written.starts_with('/') { &language } else { beside }.split('/').chain(written.split('/')) {
        match part {
            "" | "." => {}
            // Above the root there is nothing.
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    let section = story.logical_path.as_deref().and_then(|path| path.trim_start_matches('/').split_once('/'));
    let is_file = is_html(&path);
    if !is_file && !path.is_empty() && is_ugly(settings, section.map_or("", |(section, _)| section)) {
        return format!("/{path}.html");
    }
    let end = if written.ends_with('/') && !is_file && !path.is_empty() { "/" } else { "" };
    format!("/{path}{end}")
}

/// The lists of a site whose addresses the settings can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// The list of a section.
    Section,
    /// The list of all terms of a taxonomy.
    Taxonomy,
    /// The page of a term.
    Term,
}

/// Returns the address of a list below the folder of a language. `name` is that of the section or taxonomy, `title`
/// that of the page itself.
pub(super) fn list(settings: &Settings, list: List, (language, name, title): (&str, &str, &str)) -> String {
    let names = Hugo::of(settings);
    let kind = match list {
        List::Section => "section",
        List::Taxonomy => "taxonomy",
        List::Term => "term",
    };
    let all = settings.map("permalinks");
    let of_kind = all.and_then(|all| get(all, kind)).and_then(Value::as_object);
    // A pattern for no kind is for pages and terms.
    let of_all = all.filter(|_| list == List::Term);
    let pattern = [of_kind, of_all].into_iter().flatten().find_map(|map: &Keys| get(map, name).and_then(text));
    let slug = names.token(title);
    let filling = Filling {
        sections: vec![names.path(name)],
        texts: ["slug", "title", "slugorfilename", "slugorcontentbasename", "filename", "contentbasename"]
            .into_iter()
            .map(|token| (token, slug.clone()))
            .chain([("section", names.path(name))])
            .collect(),
        ..Filling::default()
    };
    let filled = pattern.and_then(|pattern| filling.fill(&pattern)).map(|filled| filled.address);
    let own = if list == List::Term { names.path(title) } else { String::new() };
    let path = filled.unwrap_or_else(|| joined(&[&names.path(name), &own]));
    let address = joined(&[language, &names.part(&path)]);
    if list == List::Term && is_ugly(settings, name) {
        format!("{}.html", address.trim_end_matches('/'))
    } else {
        address
    }
}

/// Returns the address of the feed of a list.
pub(super) fn feed(settings: &Settings, list: &str) -> String {
    let rss = settings.map("outputFormats").and_then(|all| get(all, "rss")).and_then(Value::as_object);
    let name = rss.and_then(|rss| text_of(rss, "baseName")).unwrap_or_else(|| "index".to_owned());
    format!("{}/{name}.xml", list.strip_suffix(".html").unwrap_or(list).trim_end_matches('/'))
}
