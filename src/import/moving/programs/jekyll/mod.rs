//! Reads the source of a Jekyll site: classifies its files, and computes the address of each as Jekyll does.
//!
//! In: the files of the site and its configuration. Out: a [`SourceSite`] with stories, files and addresses, the same
//! for all programs. Deliberately not here: the conversion of texts (`moving::text`).

mod front;
mod rules;

use jiff::civil::Date;
use serde_json::Value;

use self::front::{defaults, get_in, utc_times};
use self::rules::Rules;
use super::hugo::EXCLUDED;
use crate::base::codes;
use crate::base::report::Place;
use crate::import::moving::addresses::filling::{Filled, Filling};
use crate::import::moving::addresses::names::{Jekyll, jekyll, jekyll_address};
use crate::import::moving::front_matter::subjects::jekyll_categories;
use crate::import::moving::migration_log::MigrationLog;
use crate::import::moving::source::date;
use crate::import::moving::source::folder::{Folder, split};
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{MovedStory, SourceSite, folder_and_name, stem_and_extension};
use crate::import::moving::source::values::{Keys, get, text, text_of, truth};
use crate::import::moving::unicode::lower_of_ruby;

/// Extensions of files that belong to the build of the old site, such as scripts and style sources.
const TOOLS: &[&str] = &[
    "scss", "sass", "less", "css", "js", "mjs", "ts", "map", "rb", "erb", "lock", "gemspec", "toml", "yml", "yaml",
    "sh", "py", "rake", "liquid", "coffee", "bat",
];
/// Names of files that document the repository and are usually not meant for readers.
const ABOUT: &[&str] =
    &["readme", "license", "licence", "contributing", "changelog", "code_of_conduct", "security", "history"];
/// Liquid tags that mark a page as a template, such as a list of posts, rather than a text.
const TEMPLATES: &[&str] = &["{% for ", "{%- for ", "{% if ", "{% paginate", "{% assign ", "{%- assign "];

const NEITHER: &str = "a text that is neither Markdown nor HTML stays where it is";
const TEMPLATE: &str = "a template of the old site";

/// A collection whose documents have pages (`output: true`).
struct Collection {
    name: String,
    permalink: Option<String>,
}

/// Collects all content and all files of a site.
pub(super) fn gather(folder: &Folder, settings: &Settings, log: &mut MigrationLog) -> SourceSite {
    let mut site = SourceSite::default();
    let collections = collections(settings);
    let rules = Rules::of(settings);
    let base = text_of(&settings.keys, "collections_dir").unwrap_or_default();
    for path in folder.files.keys() {
        if rules.excludes(path) {
            log.add(codes::IMPORT_LEFT, EXCLUDED, Place::file(path.as_str()));
            continue;
        }
        let inner = path.strip_prefix(base.as_str()).map_or(path.as_str(), |rest| rest.trim_start_matches('/'));
        let parts: Vec<&str> = inner.split('/').collect();
        let special = parts.iter().enumerate().position(|(at, part)| rules.hides(part, &parts[..=at].join("/")));
        let (_, name) = folder_and_name(path);
        let (stem, extension) = stem_and_extension(name);
        let is_text = matches!(extension.as_str(), "md" | "markdown" | "mkdown" | "mkdn" | "mkd" | "html" | "htm");
        let has_front = folder.has_front_matter(path);
        let kind = special.map(|at| (at, parts[at])).filter(|(at, _)| *at + 1 < parts.len());
        match kind {
            Some((at, "_posts" | "_drafts")) if is_text => {
                site.stories.extend(post(folder, settings, path, &parts[..at], parts[at] == "_drafts", log));
            }
            Some((_, "_posts")) if has_front => log.add(codes::IMPORT_UNREAD, NEITHER, Place::file(path.as_str())),
            Some((at, "_posts")) => site.files.extend(file_of_post(settings, path, &parts[..at])),
            Some((at, name)) if collections.iter().any(|collection| name[1..] == collection.name) => {
                let rest = parts[at + 1..].join("/");
                let collection = collections.iter().find(|collection| name[1..] == collection.name);
                match collection.filter(|_| has_front) {
                    Some(collection) if is_text => {
                        site.stories.extend(member(folder, settings, path, &rest, collection, log));
                    }
                    Some(_) => log.add(codes::IMPORT_LEFT, TEMPLATE, Place::file(path.as_str())),
                    // Jekyll copies files without front matter unchanged.
                    None => site.files.push((path.clone(), format!("/{}/{rest}", &name[1..]))),
                }
            }
            Some(_) => {}
            None if special.is_some() => {}
            None if is_text && has_front => site.stories.extend(page(folder, settings, path, log)),
            None if has_front => log.add(codes::IMPORT_LEFT, TEMPLATE, Place::file(path.as_str())),
            None if rules.is_included(path) => site.files.push((path.clone(), format!("/{path}"))),
            None if parts.len() == 1 && ABOUT.contains(&stem.to_lowercase().as_str())
                || TOOLS.contains(&extension.as_str())
                || extension.is_empty() =>
            {
                site.on_demand.push((path.clone(), format!("/{path}")));
            }
            None => site.files.push((path.clone(), format!("/{path}"))),
        }
    }
    site
}

/// Returns the address of a static file in `_posts`. If its name has a date, Jekyll copies it to the address that a post
/// of that name would have.
fn file_of_post(settings: &Settings, path: &str, above: &[&str]) -> Option<(String, String)> {
    let (_, name) = folder_and_name(path);
    let (stem, extension) = stem_and_extension(name);
    let (date, rest) = date::of_post(stem)?;
    let mut front = Keys::new();
    front.insert("categories".to_owned(), above.to_vec().into());
    let template = posts_template(settings);
    let mut filling = filling(&front, settings, Some(date), (rest, stem), "posts");
    filling.texts.retain(|(token, _)| *token != "output_ext");
    filling.texts.push(("output_ext", format!(".{extension}")));
    let address = jekyll_address(&filling.fill(&template)?.address);
    let is_file = address.ends_with(&format!(".{extension}"));
    Some((path.to_owned(), if is_file { address } else { format!("{}.{extension}", address.trim_end_matches('/')) }))
}

fn collections(settings: &Settings) -> Vec<Collection> {
    let Some(value) = get(&settings.keys, "collections") else { return Vec::new() };
    let plain = |name: &str| Collection { name: name.to_owned(), permalink: None };
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(name, _)| *name != "posts")
            .filter(|(_, value)| get_in(value, "output").and_then(truth).unwrap_or(false))
            .map(|(name, value)| Collection { permalink: get_in(value, "permalink").and_then(text), ..plain(name) })
            .collect(),
        _ => Vec::new(),
    }
}

/// Reads a file, with the defaults that the configuration sets for its kind and path.
fn read(
    folder: &Folder,
    settings: &Settings,
    path: &str,
    kind: &str,
    extension: &str,
    log: &mut MigrationLog,
) -> Option<MovedStory> {
    let text = folder.text(path).map_err(|error| log.unread(path, &error)).ok()?;
    let parts = split(&text).map_err(|error| log.unread(path, &error)).ok()?;
    let mut story = MovedStory::of(path, parts, extension);
    utc_times(&mut story.front, &text);
    defaults(&mut story.front, settings, path, kind);
    story.is_draft = get(&story.front, "published").and_then(truth) == Some(false);
    Some(story)
}

fn post(
    folder: &Folder,
    settings: &Settings,
    path: &str,
    above: &[&str],
    is_draft: bool,
    log: &mut MigrationLog,
) -> Option<MovedStory> {
    let (_, name) = folder_and_name(path);
    let (stem, extension) = stem_and_extension(name);
    let mut story = read(folder, settings, path, if is_draft { "drafts" } else { "posts" }, &extension, log)?;
    let front = &mut story.front;
    let named = date::of_post(stem);
    let posts = settings.map("collections").and_then(|all| get(all, "posts"));
    let is_output = posts.and_then(|posts| get_in(posts, "output")).and_then(truth) != Some(false);
    if !is_output && !is_draft {
        let what = "a file that readers never saw (`output: false` of its collection) becomes a draft";
        log.add(codes::IMPORT_HIDDEN, what, Place::file(path));
    }
    if named.is_none() && !is_draft {
        let what = "a file that readers never saw (a post whose name gives no date) becomes a draft";
        log.add(codes::IMPORT_HIDDEN, what, Place::file(path));
    }
    // The folders above `_posts` are categories.
    if !above.is_empty() && above.iter().all(|part| !part.starts_with('_')) {
        let mut all: Vec<Value> = above.iter().map(|part| Value::from(*part)).collect();
        let own = jekyll_categories(front);
        all.extend(own.into_iter().filter(|name| !above.contains(&name.as_str())).map(Value::from));
        front.shift_remove("category");
        front.insert("categories".to_owned(), Value::Array(all));
    }
    let rest = named.map_or(stem, |(_, rest)| rest);
    let front = &story.front;
    let date = date_of(front, settings).or(named.map(|(date, _)| date));
    let own = text_of(front, "permalink");
    let template = own.clone().unwrap_or_else(|| posts_template(settings));
    let filled = filling(front, settings, date, (rest, stem), "posts").fill(&template);
    let (address, ours) = addressed(filled, || format!("/{rest}/"));
    Some(MovedStory {
        address,
        pattern: own.is_none_or(|own| own.contains(':')).then_some(ours),
        is_post: true,
        is_draft: is_draft || story.is_draft || named.is_none() || !is_output,
        named_date: named.map(|(date, _)| date),
        ..story
    })
}

fn member(
    folder: &Folder,
    settings: &Settings,
    path: &str,
    rest: &str,
    collection: &Collection,
    log: &mut MigrationLog,
) -> Option<MovedStory> {
    let (stem, extension) = stem_and_extension(rest);
    let story = read(folder, settings, path, &collection.name, &extension, log)?;
    let front = &story.front;
    let pattern = text_of(front, "permalink").or_else(|| collection.permalink.clone());
    let pattern = pattern.map_or_else(|| format!("/:collection/:path{}", suffix(settings)), |pattern| style(&pattern));
    let name = folder_and_name(stem).1;
    // Jekyll reads a date from the file name in every collection, not only in posts.
    let named = date::of_post(name);
    let date = date_of(front, settings).or(named.map(|(date, _)| date));
    let rest = named.map_or(name, |(_, rest)| rest);
    let mut filling = filling(front, settings, date, (rest, name), &collection.name);
    filling.texts.push(("path", stem.to_owned()));
    let (address, _) = addressed(filling.fill(&pattern), || format!("/{}/{stem}/", collection.name));
    Some(MovedStory { address, is_post: date.is_some(), named_date: named.map(|(date, _)| date), ..story })
}

fn page(folder: &Folder, settings: &Settings, path: &str, log: &mut MigrationLog) -> Option<MovedStory> {
    let (dirs, name) = folder_and_name(path);
    let (stem, extension) = stem_and_extension(name);
    let story = read(folder, settings, path, "pages", &extension, log)?;
    let lists = extension.starts_with("htm") && TEMPLATES.iter().any(|sign| story.body.contains(sign));
    if lists || story.body.trim().is_empty() {
        log.add(codes::IMPORT_LEFT, "a page that a template makes", Place::file(path));
        return None;
    }
    let pattern = match text_of(&story.front, "permalink") {
        Some(pattern) => pattern,
        None if stem == "index" => format!("/{dirs}/"),
        None => format!("/{dirs}/{stem}{}", suffix(settings)),
    };
    let texts = vec![("path", dirs.to_owned()), ("basename", stem.to_owned()), ("output_ext", ".html".to_owned())];
    let filled = Filling { texts, ..Filling::default() }.fill(&pattern);
    let (address, _) = addressed(filled, || pattern);
    Some(MovedStory { address, ..story })
}

/// Returns the suffix of the addresses of pages and collections, which follows the `permalink` style of posts. With a
/// style that has no extension, Jekyll still writes a file with one.
fn suffix(settings: &Settings) -> &'static str {
    match text_of(&settings.keys, "permalink").as_deref() {
        Some("pretty") => "/",
        Some(pattern) if pattern.ends_with('/') => "/",
        _ => ".html",
    }
}

/// Returns the address, sanitised as Jekyll does it, and the equivalent permalink pattern of Dateline, if there is one.
fn addressed(filled: Option<Filled>, otherwise: impl FnOnce() -> String) -> (String, Option<String>) {
    let (address, ours) = filled.map_or_else(|| (otherwise(), None), |filled| (filled.address, filled.ours));
    (jekyll_address(&address), ours)
}

/// The pattern of the addresses of posts: that of their collection, or else of the site.
fn posts_template(settings: &Settings) -> String {
    let posts = settings.map("collections").and_then(|all| get(all, "posts"));
    let own = posts.and_then(|posts| get_in(posts, "permalink")).and_then(text);
    style(&own.or_else(|| text_of(&settings.keys, "permalink")).unwrap_or_else(|| "date".to_owned()))
}

/// Expands a named permalink style to its pattern.
fn style(name: &str) -> String {
    match name {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        pattern => pattern,
    }
    .to_owned()
}

fn filling(
    front: &Keys,
    settings: &Settings,
    date: Option<Date>,
    (rest, name): (&str, &str),
    collection: &str,
) -> Filling<'static> {
    let categories = jekyll_categories(front);
    let joined = |part: &dyn Fn(&String) -> String| {
        let mut parts: Vec<String> = categories.iter().map(part).collect();
        let mut seen = std::collections::BTreeSet::new();
        parts.retain(|part| seen.insert(part.clone()));
        parts.join("/")
    };
    let title = text_of(front, "slug").unwrap_or_else(|| rest.trim_end_matches('.').to_owned());
    let moment = text_of(front, "date").and_then(|text| date::read(&text, &settings.zone));
    let written = moment.map(|moment| moment.rfc3339(&settings.zone)).unwrap_or_default();
    let clock = |at: usize| written.get(at..at + 2).unwrap_or("00").to_owned();
    Filling {
        date,
        clock: [clock(11), clock(14), clock(17)],
        sections: Vec::new(),
        texts: vec![
            ("slugified_categories", joined(&|name| jekyll(name, Jekyll::Default))),
            ("categories", joined(&|name| lower_of_ruby(name))),
            ("title", jekyll(&title, Jekyll::Pretty)),
            ("slug", jekyll(&title, Jekyll::Default)),
            ("name", jekyll(name, Jekyll::Default)),
            ("basename", rest.to_owned()),
            ("collection", collection.to_owned()),
            ("output_ext", ".html".to_owned()),
        ],
    }
}

fn date_of(front: &Keys, settings: &Settings) -> Option<Date> {
    date::read(&text_of(front, "date")?, &settings.zone).map(|moment| moment.date(&settings.zone))
}
