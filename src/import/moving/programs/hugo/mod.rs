//! Reads the source of a Hugo site: classifies its files, and computes the address of each as Hugo does.
//!
//! In: the files of the site and its configuration. Out: a [`SourceSite`] with stories, files and addresses, the same
//! for all programs. Deliberately not here: the conversion of texts (`moving::text`).

mod dates;
mod references;
mod roots;
mod target;

use std::collections::HashSet;

use self::references::logical_path;
use self::roots::below;
use crate::base::codes;
use crate::base::report::Place;
use crate::import::moving::addresses::filling::{Filled, Filling, is_html};
use crate::import::moving::addresses::hugo_paths::{is_ugly, language_folder, main_language};
use crate::import::moving::addresses::names::Hugo;
use crate::import::moving::migration_log::MigrationLog;
use crate::import::moving::source::date;
use crate::import::moving::source::folder::Folder;
use crate::import::moving::source::patterns::Patterns;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{
    MovedStory, SourceSite, folder_and_name, joined, stem_and_extension, stem_and_language,
};
use crate::import::moving::source::values::{Keys, get, text, text_of, texts, truth};

pub(in crate::import::moving) use self::references::References;
pub(super) use self::target::CascadeTarget;

/// Common names of sections with dated articles, for a site whose configuration names none in `mainSections`.
pub(super) const NEWS: &[&str] =
    &["posts", "post", "blog", "news", "articles", "article", "stories", "updates", "releases", "announcements"];
/// Common names of sections with standing pages, whether they are dated or not.
const STANDING: &[&str] = &["docs", "doc", "documentation", "about", "pages", "page", "legal", "help"];

/// The message about a file that the settings of a site exclude.
pub(super) const EXCLUDED: &str = "a file that the site itself excludes";

/// The languages of a site, with the content folder of each that has its own.
struct Languages {
    main: String,
    all: Vec<(String, Option<String>)>,
}

/// Collects all content and all files of a site.
pub(super) fn gather(folder: &Folder, settings: &Settings, log: &mut MigrationLog) -> SourceSite {
    let mut site = SourceSite::default();
    let languages = languages(settings);
    let named: Vec<(&str, &str)> =
        languages.all.iter().filter_map(|(name, root)| Some((name.as_str(), root.as_deref()?))).collect();
    let roots = roots::content(settings, &languages.main, &named);
    let statics = roots::statics(settings);
    let ignored = get(&settings.keys, "ignoreFiles").and_then(texts).unwrap_or_default();
    let ignored = Patterns::expressions("ignoreFiles", &ignored, log);
    for path in folder.files.keys() {
        if let Some(inner) = statics.iter().find_map(|root| root.inner(path)) {
            site.files.push((path.clone(), format!("/{inner}")));
        } else if let Some((root, inner)) = roots.iter().find_map(|root| Some((root, root.inner(path)?)))
            && !Folder::is_hidden(path)
        {
            let inner = inner.as_str();
            // The other program compares whole paths of its disk.
            if folder_and_name(path).1.starts_with('#') || ignored.fits(&format!("/{path}")) {
                log.add(codes::IMPORT_LEFT, EXCLUDED, Place::file(path.as_str()));
                continue;
            }
            match stem_and_extension(inner).1.as_str() {
                "md" | "markdown" | "mdown" | "html" | "htm" => {
                    site.stories.extend(story(folder, settings, path, inner, (&root.language, &languages), log));
                }
                "adoc" | "asciidoc" | "rst" | "org" | "pandoc" | "pdc" => {
                    let what = "a text that is neither Markdown nor HTML stays where it is";
                    log.add(codes::IMPORT_UNREAD, what, Place::file(path.as_str()));
                }
                _ => site.files.push((path.clone(), format!("/{inner}"))),
            }
        } else if roots.iter().chain(&statics).any(|root| below(path, &root.folder).is_some()) {
            // Hugo ignores hidden files, except below `static/`.
            if !Folder::is_hidden(path) {
                log.add(codes::IMPORT_LEFT, EXCLUDED, Place::file(path.as_str()));
            }
        } else if let Some(inner) = path.strip_prefix("assets/") {
            site.on_demand.push((path.clone(), format!("/{inner}")));
        }
    }
    let all: HashSet<String> = site.stories.iter().map(|story| story.file.clone()).collect();
    for story in &mut site.stories {
        story.original = story.original.take().filter(|original| all.contains(original) && *original != story.file);
    }
    site
}

fn languages(settings: &Settings) -> Languages {
    let all = settings.map("languages").map_or_else(Vec::new, |map| {
        let root = |value: &serde_json::Value| value.as_object().and_then(|map| text_of(map, "contentDir"));
        map.iter().map(|(name, value)| (name.to_lowercase(), root(value))).collect()
    });
    Languages { main: main_language(settings), all }
}

fn story(
    folder: &Folder,
    settings: &Settings,
    path: &str,
    inner: &str,
    (root_language, languages): (&String, &Languages),
    log: &mut MigrationLog,
) -> Option<MovedStory> {
    let parts = folder.parts(path, log)?;
    let (dirs, name) = folder_and_name(inner);
    let (stem, extension) = stem_and_extension(name);
    let (stem, tag) =
        stem_and_language(stem, |tag| languages.all.iter().any(|(name, _)| name.eq_ignore_ascii_case(tag)));
    let language = tag.map_or_else(|| root_language.clone(), str::to_lowercase);
    let mut story = MovedStory::of(path, parts, &extension);
    let is_bundle = stem == "index" && !dirs.is_empty();
    let own = if is_bundle { folder_and_name(dirs).1 } else { stem };
    let named = date::of_name(own);
    // A file that has only a date of change is no news story.
    let dated = ["date", "publishDate", "pubdate", "published"].iter().any(|key| text_of(&story.front, key).is_some());
    let is_named = dates::settle(settings, &mut story.front, named.map(|(date, _)| date));
    let front = &story.front;
    let section = dirs.split('/').next().unwrap_or_default();
    let is_root = section.is_empty() || (is_bundle && !dirs.contains('/'));
    let drafted = get(front, "draft").and_then(truth).unwrap_or(false);
    let is_post = stem != "_index" && !is_root && is_news(settings, section, dated || named.is_some());
    let other = language != languages.main;
    let mut story = MovedStory {
        is_post,
        is_draft: drafted,
        named_date: named.map(|(date, _)| date),
        logical_path: Some(logical_path(dirs, stem)),
        original: other.then(|| original(path, stem, &language, root_language, languages)).flatten(),
        bundle: is_bundle.then(|| folder_and_name(path).0.to_owned()),
        language: other.then(|| language.clone()),
        ..story
    };
    let prefix = language_folder(settings, story.language.as_deref());
    let depth = section_depth(folder, &story);
    (story.address, story.pattern) = address(settings, &story, (dirs, depth), (stem, is_named), &prefix);
    Some(story)
}

fn original(path: &str, stem: &str, language: &str, root_language: &str, languages: &Languages) -> Option<String> {
    if language == root_language {
        // With a content folder per language, translations have the same path in each.
        let root = |of: &str| languages.all.iter().find(|(name, _)| name == of).and_then(|(_, root)| root.clone());
        let (own, main) = (root(language)?, root(&languages.main)?);
        return path.strip_prefix(own.trim_matches('/')).map(|rest| format!("{}{rest}", main.trim_matches('/')));
    }
    let (dirs, _) = folder_and_name(path);
    Some(format!("{dirs}/{stem}.md"))
}

fn is_news(settings: &Settings, section: &str, dated: bool) -> bool {
    let params = settings.map("params");
    let main = params.and_then(|params| get(params, "mainSections")).or_else(|| get(&settings.keys, "mainSections"));
    let named = main.and_then(texts).unwrap_or_default();
    let section = section.to_lowercase();
    let is_main = named.iter().any(|name| name.eq_ignore_ascii_case(&section)) || NEWS.contains(&section.as_str());
    is_main || (dated && !STANDING.contains(&section.as_str()))
}

/// Returns the address of a page; if it follows a permalink pattern, also the equivalent pattern of Dateline.
#[expect(clippy::option_option, reason = "no pattern of Hugo's, and none of ours for one of Hugo's, are two answers")]
fn address(
    settings: &Settings,
    story: &MovedStory,
    (dirs, depth): (&str, usize),
    (stem, is_named): (&str, bool),
    language: &str,
) -> (String, Option<Option<String>>) {
    let MovedStory { front, .. } = story;
    let names = Hugo::of(settings);
    let (folders, own) = if story.bundle.is_some() { folder_and_name(dirs) } else { (dirs, stem) };
    let parents = names.path(folders);
    let sections: Vec<String> =
        parents.split('/').filter(|part| !part.is_empty()).take(depth).map(str::to_owned).collect();
    let section = sections.first().cloned().unwrap_or_default();
    // Hugo strips the date from a file name only if `frontmatter.date` reads dates from names.
    let name = date::of_name(own).filter(|(_, rest)| !rest.is_empty() && is_named);
    let name = name.map_or(own, |(_, rest)| rest);
    let slug = text_of(front, "slug");
    let title = names.token(&text_of(front, "title").unwrap_or_else(|| own.to_owned()));
    let last = names.token(slug.as_deref().unwrap_or(name));
    let filling = Filling {
        date: dates::written_day(front, settings).or(story.named_date),
        clock: Default::default(),
        texts: vec![
            ("section", section.clone()),
            ("slug", slug.as_deref().map_or_else(|| title.clone(), |slug| names.token(slug))),
            ("title", title),
            ("slugorfilename", last.clone()),
            ("slugorcontentbasename", last),
            ("filename", names.token(name)),
            ("contentbasename", names.token(own)),
        ],
        sections,
    };
    if let Some(url) = text_of(front, "url") {
        let filled = if url.contains(':') { filling.fill(&url).map_or(url, |filled| filled.address) } else { url };
        let prefix = if filled.starts_with('/') { "" } else { language };
        return (rooted(&[prefix, &filled], &filled), None);
    }
    if stem == "_index" || stem == "index" && dirs.is_empty() {
        return (joined(&[language, &names.path(dirs)]), None);
    }
    let ugly = is_ugly(settings, &section);
    let finished = |path: &str| {
        let whole = joined(&[language, path]);
        if ugly { format!("{}.html", whole.trim_end_matches('/')) } else { whole }
    };
    let template = pattern(settings, &section, story);
    let lower = |text: String| if names.keeps_capitals { text } else { text.to_lowercase() };
    if let Some(filled) = template.and_then(|pattern| filling.fill(&pattern)) {
        let filled = Filled { address: lower(filled.address), ours: filled.ours.map(lower) };
        let ours = filled.ours.map(|ours| if ugly { ours.replace("{slug}/", "{slug}.html") } else { ours });
        // Without `uglyURLs`, even a pattern with an extension makes folders, so that ours must not end in one.
        return (finished(&filled.address), Some(ours.filter(|ours| ugly || !is_html(ours))));
    }
    let last = slug.as_deref().map_or_else(|| names.path(name), |slug| names.part(slug));
    (finished(&format!("{parents}/{last}")), None)
}

/// Returns the number of folders that form a story's section: down to the deepest one with an `_index` file, or else
/// only the first.
fn section_depth(folder: &Folder, story: &MovedStory) -> usize {
    // The folder of a leaf bundle is the page itself, not a section.
    let (own, _) = folder_and_name(story.bundle.as_deref().unwrap_or(&story.file));
    // The first part is the content folder.
    let root = own.matches('/').count();
    let mut above = own;
    let mut depth = root;
    while depth > 1 && !["md", "html"].iter().any(|end| folder.files.contains_key(&format!("{above}/_index.{end}"))) {
        above = folder_and_name(above).0;
        depth -= 1;
    }
    depth.max(1)
}

/// Returns the permalink pattern of a section. Hugo accepts a map by section, a map by kind of such maps, and a list of
/// rules.
fn pattern(settings: &Settings, section: &str, story: &MovedStory) -> Option<String> {
    let value = get(&settings.keys, "permalinks")?;
    if let Some(rules) = value.as_array() {
        let fits = |rule: &&Keys| CascadeTarget::of(rule).fits(story, settings);
        return rules.iter().filter_map(|rule| rule.as_object()).find(fits).and_then(|rule| text_of(rule, "pattern"));
    }
    let map = value.as_object()?;
    let of_pages = map.get("page").and_then(|value| value.as_object()).unwrap_or(map);
    get(of_pages, if section.is_empty() { "/" } else { section }).and_then(text)
}

/// Joins path segments, with a final slash unless the address is that of a file.
fn rooted(parts: &[&str], whole: &str) -> String {
    let joined = joined(parts);
    let is_file = !whole.ends_with('/') && whole.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if is_file { joined.trim_end_matches('/').to_owned() } else { joined }
}
