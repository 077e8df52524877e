//! A site of Hugo: which file is what, and where readers found it.

use super::date;
use super::folder::{Folder, split};
use super::permalink::{Filling, hugo_part};
use super::settings::Settings;
use super::story::{Haul, Story, folder_and_name, joined, stem_and_extension};
use super::tally::Tally;
use super::values::{Keys, get, text, text_of, texts, truth};
use crate::base::codes;
use crate::base::report::Place;

/// Sections of dated news by custom, where the configuration names none.
pub(super) const NEWS: &[&str] =
    &["posts", "post", "blog", "news", "articles", "article", "stories", "updates", "releases", "announcements"];
/// Sections of standing pages by custom, dated or not.
const STANDING: &[&str] = &["docs", "doc", "documentation", "about", "pages", "page", "legal", "help"];

/// The languages of a site, and the folder of each.
struct Languages {
    main: String,
    main_below: bool,
    all: Vec<(String, Option<String>)>,
}

/// Finds all content and all files of a site.
pub(super) fn gather(folder: &Folder, settings: &Settings, tally: &mut Tally) -> Haul {
    let mut haul = Haul::default();
    let content = text_of(&settings.keys, "contentDir").unwrap_or_else(|| "content".to_owned());
    let content = content.trim_matches('/').to_owned();
    let languages = languages(settings);
    let mut roots = mounts(settings, &languages.main);
    if roots.is_empty() {
        roots.push((content, String::new(), languages.main.clone()));
    }
    for (language, root) in &languages.all {
        if let Some(root) = root {
            roots.retain(|(_, _, of)| of != language);
            roots.push((root.trim_matches('/').to_owned(), String::new(), language.clone()));
        }
    }
    roots.sort_by_key(|(root, ..)| std::cmp::Reverse(root.len()));
    for path in folder.files.keys() {
        if let Some((root, prefix, language)) =
            roots.iter().find(|(root, ..)| path.strip_prefix(root.as_str()).is_some_and(|rest| rest.starts_with('/')))
        {
            let inner = format!("{prefix}{}", &path[root.len() + 1..]);
            let inner = inner.as_str();
            match stem_and_extension(inner).1.as_str() {
                "md" | "markdown" | "mdown" | "html" | "htm" => {
                    haul.stories.extend(story(folder, settings, path, inner, (language, &languages), tally));
                }
                "adoc" | "asciidoc" | "rst" | "org" | "pandoc" | "pdc" => {
                    let what = "a text that is neither Markdown nor HTML stays where it is";
                    tally.add(codes::IMPORT_UNREAD, what, Place::file(path.as_str()));
                }
                _ => haul.files.push((path.clone(), format!("/{inner}"))),
            }
        } else if let Some(inner) = path.strip_prefix("static/") {
            haul.files.push((path.clone(), format!("/{inner}")));
        } else if let Some(inner) = path.strip_prefix("assets/") {
            haul.on_demand.push((path.clone(), format!("/{inner}")));
        }
    }
    let all: Vec<String> = haul.stories.iter().map(|story| story.file.clone()).collect();
    for story in &mut haul.stories {
        story.original = story.original.take().filter(|original| all.contains(original) && *original != story.file);
    }
    haul
}

/// Folders that stand for the content folder or one below it: their path, that below, and their language.
fn mounts(settings: &Settings, main: &str) -> Vec<(String, String, String)> {
    let all = settings.map("module").and_then(|module| get(module, "mounts")).and_then(|value| value.as_array());
    let mounts = all.into_iter().flatten().filter_map(|value| value.as_object());
    mounts
        .filter_map(|mount| {
            let (source, target) = (text_of(mount, "source")?, text_of(mount, "target")?);
            let below = target.trim_matches('/').strip_prefix("content")?.trim_matches('/').to_owned();
            let prefix = if below.is_empty() { below } else { format!("{below}/") };
            let language = text_of(mount, "lang").unwrap_or_else(|| main.to_owned());
            Some((source.trim_matches('/').to_owned(), prefix, language.to_lowercase()))
        })
        .collect()
}

fn languages(settings: &Settings) -> Languages {
    let main = text_of(&settings.keys, "defaultContentLanguage").unwrap_or_else(|| "en".to_owned());
    let all = settings.map("languages").map_or_else(Vec::new, |map| {
        let root = |value: &serde_json::Value| value.as_object().and_then(|map| text_of(map, "contentDir"));
        map.iter().map(|(name, value)| (name.to_lowercase(), root(value))).collect()
    });
    let main_below = get(&settings.keys, "defaultContentLanguageInSubdir").and_then(truth).unwrap_or(false);
    Languages { main: main.to_lowercase(), main_below, all }
}

fn story(
    folder: &Folder,
    settings: &Settings,
    path: &str,
    inner: &str,
    (root_language, languages): (&String, &Languages),
    tally: &mut Tally,
) -> Option<Story> {
    let parts = match folder.text(path).and_then(|text| split(&text)) {
        Ok(parts) => parts,
        Err(error) => {
            tally.unread(path, &error);
            return None;
        }
    };
    let (dirs, name) = folder_and_name(inner);
    let (stem, extension) = stem_and_extension(name);
    // `index.fr.md`
    let (stem, language) = match stem.rsplit_once('.') {
        Some((stem, tag)) if languages.all.iter().any(|(name, _)| name.eq_ignore_ascii_case(tag)) => {
            (stem, tag.to_lowercase())
        }
        _ => (stem, root_language.clone()),
    };
    let front = parts.front.unwrap_or_default();
    let is_bundle = stem == "index" && !dirs.is_empty();
    let named = date::of_name(if is_bundle { folder_and_name(dirs).1 } else { stem });
    let dated = ["date", "publishDate", "pubdate", "published"].iter().any(|key| text_of(&front, key).is_some());
    let section = dirs.split('/').next().unwrap_or_default();
    let is_root = section.is_empty() || (is_bundle && !dirs.contains('/'));
    let drafted = get(&front, "draft").and_then(truth).unwrap_or(false);
    let is_post = stem != "_index" && !is_root && is_news(settings, section, dated || named.is_some());
    let other = language != languages.main;
    let mut story = Story {
        file: path.to_owned(),
        body: parts.body,
        body_line: parts.body_line,
        gone: Vec::new(),
        is_html: extension.starts_with("htm"),
        address: String::new(),
        is_post,
        is_draft: drafted,
        named_date: named.map(|(date, _)| date),
        original: other.then(|| original(path, stem, &language, root_language, languages)).flatten(),
        bundle: is_bundle.then(|| folder_and_name(path).0.to_owned()),
        language: other.then(|| language.clone()),
        front,
    };
    let prefix = if other || languages.main_below { language.as_str() } else { "" };
    story.address = address(settings, &story, dirs, stem, prefix);
    Some(story)
}

fn original(path: &str, stem: &str, language: &str, root_language: &str, languages: &Languages) -> Option<String> {
    if language == root_language {
        // A folder for each language: the same path in the main one's.
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

fn address(settings: &Settings, story: &Story, dirs: &str, stem: &str, language: &str) -> String {
    let Story { front, .. } = story;
    let is_bundle = story.bundle.is_some();
    let (parents, own) = if is_bundle { folder_and_name(dirs) } else { (dirs, stem) };
    let parents = hugo_part(parents);
    let date = date_of(front, settings).or(story.named_date);
    let name =
        date::of_name(own).filter(|(_, rest)| !rest.is_empty() && !has_date(front)).map_or(own, |(_, rest)| rest);
    let slug = text_of(front, "slug");
    let section = parents.split('/').next().unwrap_or_default().to_owned();
    let title = hugo_part(&text_of(front, "title").unwrap_or_else(|| own.to_owned()));
    let last = hugo_part(slug.as_deref().unwrap_or(name));
    let filling = Filling {
        date,
        texts: vec![
            ("sections", parents.clone()),
            ("section", section.clone()),
            ("title", title.clone()),
            ("slug", slug.as_deref().map_or(title, hugo_part)),
            ("slugorfilename", last.clone()),
            ("slugorcontentbasename", last.clone()),
            ("filename", hugo_part(name)),
            ("contentbasename", hugo_part(own)),
        ],
    };
    if let Some(url) = text_of(front, "url") {
        let filled = if url.contains(':') { filling.fill(&url).unwrap_or(url) } else { url };
        let prefix = if filled.starts_with('/') { "" } else { language };
        return rooted(&[prefix, &filled], &filled);
    }
    if stem == "_index" || stem == "index" && dirs.is_empty() {
        return joined(&[language, &hugo_part(dirs)]);
    }
    let permalinks = settings.map("permalinks");
    let of_pages = permalinks.and_then(|map| map.get("page")).and_then(|value| value.as_object()).or(permalinks);
    let pattern = of_pages.and_then(|map| get(map, if section.is_empty() { "/" } else { &section })).and_then(text);
    if let Some(filled) = pattern.and_then(|pattern| filling.fill(&pattern)) {
        return rooted(&[language, &filled], &filled);
    }
    let ugly = get(&settings.keys, "uglyURLs").and_then(truth).unwrap_or(false);
    let whole = joined(&[language, &parents, &last]);
    if ugly && !is_bundle { format!("{}.html", whole.trim_end_matches('/')) } else { whole }
}

/// Parts joined; with a slash at the end unless the address is that of a file.
fn rooted(parts: &[&str], whole: &str) -> String {
    let joined = joined(parts);
    let is_file = !whole.ends_with('/') && whole.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if is_file { joined.trim_end_matches('/').to_owned() } else { joined }
}

fn has_date(front: &Keys) -> bool {
    text_of(front, "date").is_some()
}

fn date_of(front: &Keys, settings: &Settings) -> Option<jiff::civil::Date> {
    let text = ["date", "publishDate", "pubdate", "published"].iter().find_map(|key| text_of(front, key))?;
    date::read(&text, &settings.zone).map(|moment| moment.date(&settings.zone))
}
