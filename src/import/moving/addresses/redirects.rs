//! Maps former feeds and lists to their successors, for `redirects` in the new configuration.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::{Claims, Owner};
use super::names::{Hugo, Jekyll, Zola, jekyll};
use super::permalink_pattern::is_own;
use super::placement::Placement;
use crate::base::text::{fold, slugify};
use crate::import::moving::front_matter::Head;
use crate::import::moving::source::folder::Folder;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{MovedStory, Program, SourceSite, joined};
use crate::import::moving::source::values::{get, text_of, texts, truth};
use crate::plan::own_routes;

/// The address of the feed of the whole site.
const FEED: &str = "/feed.xml";
/// The address of the archive of all stories.
const ARCHIVE: &str = "/archive/";

/// The topics, people and sections of the public stories of a site.
struct Subjects {
    topics: BTreeSet<String>,
    people: BTreeSet<String>,
    /// The terms that stories name, by front matter key.
    named: BTreeMap<String, BTreeSet<String>>,
    /// The first path segment of each news section.
    sections: BTreeSet<String>,
}

/// Returns the redirects: former addresses and their targets. Addresses that the new site uses are left out.
pub(in crate::import::moving) fn of(
    program: Program,
    folder: &Folder,
    (settings, site): (&Settings, &SourceSite),
    stories: &[(MovedStory, Head)],
    placements: &[Placement],
) -> BTreeMap<String, String> {
    let subjects = Subjects::of(program, settings, stories);
    let mut wanted: Vec<(String, String)> = Vec::new();
    match program {
        Program::Hugo => hugo(settings, &subjects, &mut wanted),
        Program::Jekyll => jekyll_lists(folder, settings, &subjects, &mut wanted),
        Program::Zola => zola(settings, &subjects, &mut wanted),
    }
    let mut claims = Claims::default();
    for route in own_routes().filter(|route| route.is_fixed()) {
        let _taken = claims.claim(route.form, &Owner::Dateline);
    }
    for (_, address) in &site.files {
        let _taken = claims.claim(address, &Owner::Dateline);
    }
    for ((story, _), placement) in stories.iter().zip(placements) {
        let owner = Owner::Moved(story.file.clone());
        for address in std::iter::once(&placement.route).chain(&placement.aliases) {
            // A conflict among the addresses of stories is reported elsewhere and does not matter here.
            let _taken = claims.claim(address, &owner);
        }
    }
    let is_made = |from: &str| own_routes().any(|route| !route.form.starts_with("/{") && route.fits(from));
    let is_free = |from: &str| !is_own(from) && !is_made(from) && from != "/" && !from.contains(['?', '\\']);
    wanted.retain(|(from, to)| from != to && is_free(from) && claims.claim(from, &Owner::Dateline).is_ok());
    // These characters have a special meaning in the keys of `redirects`.
    let signs = [('%', "%25"), ('*', "%2A"), (':', "%3A"), ('#', "%23")];
    let written = |from: &str| signs.iter().fold(from.to_owned(), |text, (sign, escape)| text.replace(*sign, escape));
    wanted.into_iter().map(|(from, to)| (written(&from), to)).collect()
}

impl Subjects {
    fn of(program: Program, settings: &Settings, stories: &[(MovedStory, Head)]) -> Self {
        let mut subjects = Self {
            topics: BTreeSet::new(),
            people: BTreeSet::new(),
            named: BTreeMap::new(),
            sections: BTreeSet::new(),
        };
        let public = stories.iter().filter(|(_, head)| head.is_article && !head.ours.contains_key("draft"));
        for (story, head) in public {
            let names = |key: &str| head.ours.get(key).and_then(texts).unwrap_or_default();
            subjects.topics.extend(names("topics"));
            subjects.people.extend(names("authors"));
            let taxonomies = get(&story.front, "taxonomies").and_then(|value| value.as_object());
            for (key, value) in story.front.iter().chain(taxonomies.into_iter().flatten()) {
                subjects.named.entry(key.to_lowercase()).or_default().extend(texts(value).unwrap_or_default());
            }
            let inner = story.file.strip_prefix("content/").filter(|_| program != Program::Jekyll);
            if let Some((section, _)) = inner.and_then(|inner| inner.split_once('/')) {
                let name = if program == Program::Hugo { Hugo::of(settings).path(section) } else { section.to_owned() };
                subjects.sections.insert(name);
            }
        }
        subjects
    }

    /// Returns the terms of a taxonomy that are topics or people of the new site: the name and the address of the page.
    fn terms(&self, taxonomy: &str) -> Vec<(&str, String)> {
        let none = BTreeSet::new();
        let own = self.named.get(&taxonomy.to_lowercase()).unwrap_or(&none);
        let (names, below) = match taxonomy {
            "authors" | "author" => (&self.people, "people"),
            _ => (&self.topics, "topics"),
        };
        // Spellings of the same name share one topic, whose address is that of the most common one. Such names are left
        // out, because that address is not certain here.
        let mut spelled: BTreeMap<String, usize> = BTreeMap::new();
        for name in names {
            *spelled.entry(fold(name)).or_default() += 1;
        }
        names
            .iter()
            .filter(|name| own.contains(*name))
            .filter(|name| spelled.get(&fold(name)) == Some(&1) && !slugify(name).is_empty())
            .map(|name| (name.as_str(), format!("/{below}/{}/", slugify(name))))
            .collect()
    }
}

/// Adds the redirects of a taxonomy: its page, the pages of its terms, and their feeds.
fn taxonomy(
    subjects: &Subjects,
    (name, plural): (&str, &str),
    feed: &str,
    slug: impl Fn(&str) -> String,
    wanted: &mut Vec<(String, String)>,
) {
    let list = if plural.starts_with("author") || name == "author" { "/people/" } else { "/topics/" };
    let terms = subjects.terms(plural);
    if terms.is_empty() {
        return;
    }
    wanted.push((joined(&[plural]), list.to_owned()));
    if !feed.is_empty() {
        wanted.push((format!("{}{feed}", joined(&[plural])), FEED.to_owned()));
    }
    for (term, page) in terms {
        let former = joined(&[plural, &slug(term)]);
        if !feed.is_empty() {
            wanted.push((format!("{former}{feed}"), format!("{page}feed.xml")));
        }
        wanted.push((former, page));
    }
}

fn sections(subjects: &Subjects, feed: &str, wanted: &mut Vec<(String, String)>) {
    for section in &subjects.sections {
        wanted.push((joined(&[section]), ARCHIVE.to_owned()));
        if !feed.is_empty() {
            wanted.push((format!("{}{feed}", joined(&[section])), FEED.to_owned()));
        }
    }
}

fn hugo(settings: &Settings, subjects: &Subjects, wanted: &mut Vec<(String, String)>) {
    wanted.push(("/index.xml".to_owned(), FEED.to_owned()));
    let names = Hugo::of(settings);
    let taxonomies: Vec<(String, String)> = match settings.map("taxonomies") {
        Some(map) => map.keys().filter_map(|name| Some((name.clone(), text_of(map, name)?))).collect(),
        None => vec![("tag".to_owned(), "tags".to_owned()), ("category".to_owned(), "categories".to_owned())],
    };
    for (name, plural) in taxonomies {
        taxonomy(subjects, (&name, &plural), "index.xml", |term| names.path(term), wanted);
    }
    sections(subjects, "index.xml", wanted);
}

fn jekyll_lists(folder: &Folder, settings: &Settings, subjects: &Subjects, wanted: &mut Vec<(String, String)>) {
    let own = settings.map("feed").and_then(|feed| text_of(feed, "path"));
    wanted.extend(own.map(|path| (format!("/{}", path.trim_start_matches('/')), FEED.to_owned())));
    for name in ["atom.xml", "rss.xml", "feed/index.xml", "feed.atom", "index.xml", "rss/index.xml"] {
        if folder.files.contains_key(name) && name != "rss.xml" {
            wanted.push((format!("/{name}"), FEED.to_owned()));
        }
    }
    let plugins =
        ["plugins", "gems"].iter().find_map(|key| get(&settings.keys, key).and_then(texts)).unwrap_or_default();
    if !plugins.iter().any(|plugin| plugin == "jekyll-archives") {
        return;
    }
    let archives = settings.map("jekyll-archives");
    let permalinks = archives.and_then(|map| get(map, "permalinks")).and_then(|value| value.as_object());
    for (kind, default) in [("tag", "/tag/:name/"), ("category", "/category/:name/")] {
        let pattern = permalinks.and_then(|map| text_of(map, kind)).unwrap_or_else(|| default.to_owned());
        for (term, page) in subjects.terms("tags") {
            wanted.push((pattern.replace(":name", &jekyll(term, Jekyll::Default)), page));
        }
    }
}

fn zola(settings: &Settings, subjects: &Subjects, wanted: &mut Vec<(String, String)>) {
    let is_set = |name: &str| get(&settings.keys, name).and_then(truth).unwrap_or(false);
    let has_feed = is_set("generate_feed") || is_set("generate_feeds");
    let names = get(&settings.keys, "feed_filenames")
        .and_then(texts)
        .or_else(|| Some(vec![text_of(&settings.keys, "feed_filename")?]));
    let feeds = names.unwrap_or_else(|| vec!["atom.xml".to_owned()]);
    if has_feed {
        wanted.extend(feeds.iter().map(|feed| (format!("/{feed}"), FEED.to_owned())));
    }
    let slugs = Zola::of(settings, "taxonomies");
    let taxonomies = get(&settings.keys, "taxonomies").and_then(|value| value.as_array()).cloned().unwrap_or_default();
    for rule in taxonomies.iter().filter_map(|rule| rule.as_object()) {
        let Some(name) = text_of(rule, "name") else { continue };
        let feed = get(rule, "feed").and_then(truth).unwrap_or(false);
        let feed = feeds.first().filter(|_| feed).map_or("", String::as_str);
        taxonomy(subjects, (&name, &name), feed, |term| slugs.path(term), wanted);
    }
    sections(subjects, "", wanted);
}
