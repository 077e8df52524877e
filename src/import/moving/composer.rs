//! Composes the files of the new site.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::migration_log::MigrationLog;
use super::new_file::{FileContent, NewFile};
use crate::base::codes;
use crate::base::html;
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::yaml::any;
use crate::config::Config;
use crate::content::folders::STATIC;
use crate::content::markdown;
use crate::import::moving::addresses::placement::{self, Placement};
use crate::import::moving::addresses::redirects;
use crate::import::moving::front_matter::Head;
use crate::import::moving::source::folder::Folder;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{LinePlaces, MovedStory, Program, SourceSite};
use crate::import::moving::source::values::{KeyIndex, Keys, get, text, text_of};
use crate::import::moving::text::call_target::CallTarget;
use crate::import::moving::text::code_spans::Mask;
use crate::import::moving::text::heading_ids::{self, Scheme};
use crate::import::moving::text::link_targets::{LinkMap, LinkTarget, WrittenLink, relative};
use crate::import::moving::text::links;
use crate::import::moving::text::template_calls::{self, Ask};
use crate::plan::own_routes;

/// Files that the other generator made, or that are specific to the old host.
const OLD: &[&str] = &["CNAME", "atom.xml", "index.xml", "style.css", "404/index.html"];
/// Files of hosts that Dateline combines with its own.
const MERGED: &[&str] = &["_redirects", "_headers", ".htaccess"];

/// The source site and the configuration of the new one.
pub(super) struct Composer<'a> {
    pub(super) program: Program,
    pub(super) folder: &'a Folder,
    pub(super) settings: &'a Settings,
    pub(super) site_keys: KeyIndex<'a>,
    pub(super) config: &'a Config,
    pub(super) stories: &'a [(MovedStory, Head)],
    pub(super) site: &'a SourceSite,
}

impl<'a> Composer<'a> {
    /// Returns all files of the new site, and the redirects of its configuration. `before` are paths that must not be
    /// used.
    pub(super) fn compose(
        &self,
        before: &BTreeSet<String>,
        log: &mut MigrationLog,
    ) -> (Vec<NewFile>, BTreeMap<String, String>) {
        let placements = placement::place_all(self.stories, self.config, self.settings, self.program, before, log);
        let bundles: BTreeMap<&str, &Placement> = self
            .stories
            .iter()
            .zip(&placements)
            .filter_map(|((story, _), placement)| Some((story.bundle.as_deref()?, placement)))
            .collect();
        let target_path = |path: &str, address: &str| target_path(path, address, &bundles, before);
        let scheme = Scheme::of(self.program, self.settings);
        let mut redirects =
            redirects::of((self.program, self.folder), (self.settings, self.site), self.stories, &placements, log);
        let link_map =
            LinkMap::new(self.settings, self.stories, &placements, self.site, &redirects.map, &scheme, target_path);
        let originals: HashMap<&str, &Placement> = self
            .stories
            .iter()
            .zip(&placements)
            .filter_map(|((story, head), placement)| head.is_article.then_some((story.file.as_str(), placement)))
            .collect();
        let mut used = BTreeSet::new();
        let mut files = Vec::new();
        for (index, ((_, head), placement)) in self.stories.iter().zip(&placements).enumerate() {
            let text = self.text(index, placement, &originals, (&link_map, &scheme), &mut used, log);
            if head.is_article {
                log.counts.articles += 1;
            } else {
                log.counts.pages += 1;
            }
            files.push(NewFile { path: placement.path.clone(), source: FileContent::Text(text) });
        }
        let needed = self.site.on_demand.iter().filter(|(path, _)| used.contains(path));
        let stories = self.stories.iter().map(|(story, _)| story.file.as_str());
        let mut targets: BTreeMap<String, &str> = files.iter().map(|file| file.path.clone()).zip(stories).collect();
        for (path, address) in self.site.files.iter().chain(needed) {
            let target = target_path(path, address);
            if target.strip_prefix("static/").is_some_and(is_made) {
                log.add(codes::IMPORT_LEFT, "a file that Dateline makes itself", Place::file(path.as_str()));
                continue;
            }
            if let Some(other) = targets.get(&target) {
                let what = format!("`{target}` would be its place, but `{other}` has it; this file stays behind");
                log.add(codes::IMPORT_CLASH, what, Place::file(path.as_str()));
                continue;
            }
            targets.insert(target.clone(), path);
            if used.contains(path)
                && let Some((from, to)) = self.moved_file(path, &target, &placements)
            {
                redirects.add(&from, &to);
            }
            if let Some(file) = self.folder.files.get(path) {
                log.counts.files += 1;
                files.push(NewFile { path: target, source: FileContent::File(file.clone()) });
            }
        }
        (files, redirects.map)
    }

    /// The former and the new address of a file in the folder of a public story, if they differ. `target` is its new
    /// path.
    fn moved_file(&self, path: &str, target: &str, placements: &[Placement]) -> Option<(String, String)> {
        let fits = |story: &MovedStory| {
            let bundle = story.bundle.as_deref().filter(|_| !story.is_draft)?;
            path.strip_prefix(bundle)?.strip_prefix('/')
        };
        let found = self.stories.iter().zip(placements);
        let mut found = found.filter_map(|((story, _), placement)| Some((story, placement, fits(story)?)));
        let (story, placement, inner) = found.next()?;
        let folder = placement.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let new = target.strip_prefix(folder)?.trim_start_matches('/');
        let former = story.address.strip_suffix(".html").unwrap_or(&story.address).trim_end_matches('/');
        let (from, to) = (format!("{former}/{inner}"), format!("{}{new}", placement.folder()));
        (from != to).then(|| (from, to.replace('%', "%25").replace(' ', "%20").replace('#', "%23").replace('?', "%3F")))
    }

    fn text(
        &self,
        index: usize,
        placement: &Placement,
        originals: &HashMap<&str, &Placement>,
        (link_map, scheme): (&LinkMap<'_>, &Scheme),
        used: &mut BTreeSet<String>,
        log: &mut MigrationLog,
    ) -> String {
        let (story, head) = &self.stories[index];
        let body = self.body(index, link_map, used, log);
        let headings = if story.is_html { Vec::new() } else { markdown::headings(&body) };
        let body = heading_ids::write(&body, &headings, &scheme.ids(&body, &headings));
        let mut keys = head.ours.clone();
        let mut extra = head.extra.clone();
        keys.extend(placement.slug.clone().map(|slug| ("slug".to_owned(), slug.into())));
        if let Some((src, about)) = &head.image {
            match link_map.resolve(index, WrittenLink { destination: src, is_rooted: true }, used) {
                LinkTarget::Lost(_) => {
                    let what = "a picture that is not there; it is kept under `extra`";
                    log.add(codes::IMPORT_KEY, what, Place::file(story.file.as_str()));
                    extra.insert("image".to_owned(), with_source(src, about));
                }
                LinkTarget::Same => drop(keys.insert("image".to_owned(), with_source(src, about))),
                LinkTarget::To(new) => drop(keys.insert("image".to_owned(), with_source(&new, about))),
            }
        }
        if !placement.aliases.is_empty() {
            // Aliases are percent-decoded when they are read, so `%` and `#` are encoded here.
            let encoded = |alias: &String| alias.replace('%', "%25").replace('#', "%23");
            let aliases: Vec<String> = placement.aliases.iter().map(encoded).collect();
            keys.insert("aliases".to_owned(), aliases.into());
        }
        if !placement.lost.is_empty() {
            extra.insert("former_aliases".to_owned(), placement.lost.clone().into());
        }
        let original = story.original.as_ref().filter(|_| head.is_article && keys.contains_key("lang"));
        if let Some(original) = original.and_then(|file| originals.get(file.as_str())) {
            keys.insert("translation_of".to_owned(), relative(&placement.path, &original.path).into());
        }
        if !extra.is_empty() {
            keys.insert("extra".to_owned(), extra.into());
        }
        let gap = if body.is_empty() || body.starts_with(['\n', '\r']) { "" } else { "\n" };
        format!("---\n{}---\n{gap}{body}", any::emit(&keys))
    }

    fn body(
        &self,
        index: usize,
        link_map: &LinkMap<'_>,
        used: &mut BTreeSet<String>,
        log: &mut MigrationLog,
    ) -> String {
        let (story, head) = &self.stories[index];
        let mut places = LinePlaces::new(story, &head.body, head.body_line - story.body_line);
        let page_keys = KeyIndex::new(&story.front);
        let answer = |ask: Ask<'_>| match ask {
            Ask::Page(call) => link_map.page(index, self.program, call),
            Ask::Value(name) => self.value(&page_keys, name),
        };
        let resolved = template_calls::resolve(self.program, &head.body, &answer);
        log.counts.calls += resolved.solved;
        for line in &resolved.silent {
            let what = "a note that readers never saw (`{% assign %}`) is left out";
            log.add(codes::IMPORT_HIDDEN, what, places.of(*line));
        }
        for (line, name) in &resolved.left {
            log.add(codes::IMPORT_CALL, format!("`{name}` is left as text"), places.of(*line));
        }
        let body = if story.is_html { unindented(&resolved.text) } else { resolved.text };
        let log = RefCell::new(log);
        let body = links::rewrite(&body, &mut |destination, line| match link_map.resolve(
            index,
            WrittenLink { destination, is_rooted: false },
            used,
        ) {
            LinkTarget::Same => None,
            LinkTarget::To(new) if new == destination => None,
            LinkTarget::To(new) => {
                log.borrow_mut().counts.links += 1;
                Some(new)
            }
            LinkTarget::Lost(instead) => {
                let what = "a link leads to something that is not imported";
                log.borrow_mut().add(codes::IMPORT_LINK, what, places.of(line));
                instead
            }
        });
        CallTarget::shown(body, |named| link_map.former(named))
    }

    /// Returns the value of a Liquid variable of the site or the page; none when it is unknown or has several lines.
    fn value(&self, page_keys: &KeyIndex<'a>, name: &str) -> Option<String> {
        match name {
            "site.baseurl" => Some(self.settings.base_path().to_owned()),
            "site.url" => Some(self.settings.origin()?.to_owned()),
            _ => {
                let (keys, name) = match name.split_once('.')? {
                    ("site", name) => (&self.site_keys, name),
                    ("page", name) => (page_keys, name),
                    _ => return None,
                };
                let mut parts = name.split('.');
                let mut value = keys.get(parts.next()?)?;
                for part in parts {
                    value = get(value.as_object()?, part)?;
                }
                text(value).filter(|text| !text.contains('\n'))
            }
        }
    }
}

/// Whether Dateline generates this file itself, or it has no use any more.
fn is_made(name: &str) -> bool {
    let is_own = || own_routes().any(|route| route.is_always && Route::own(route.form).file() == name);
    !MERGED.contains(&name) && (OLD.contains(&name) || is_own())
}

/// Returns an image for the front matter: a path, or a map when there is more than a path.
fn with_source(src: &str, about: &Keys) -> Value {
    let mut map = Keys::new();
    map.insert("src".to_owned(), src.into());
    map.insert("alt".to_owned(), text_of(about, "alt").unwrap_or_default().into());
    for name in ["caption", "credit"] {
        map.extend(text_of(about, name).map(|said| (name.to_owned(), said.into())));
    }
    if text_of(about, "alt").is_none() {
        map.shift_remove("alt");
    }
    if map.len() == 1 { src.into() } else { map.into() }
}

/// Returns the path of a copied file: in the folder of its story, or among the static files.
fn target_path(path: &str, address: &str, bundles: &BTreeMap<&str, &Placement>, before: &BTreeSet<String>) -> String {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        folder = above;
        if let Some(placement) = bundles.get(folder) {
            let own = placement.path.rsplit_once('/').map_or("", |(own, _)| own);
            return numbered(&format!("{own}{}", &path[folder.len()..]), before);
        }
    }
    numbered(&format!("{STATIC}{address}"), before)
}

/// Returns the path, with a number appended to its stem if the site has another file there.
fn numbered(path: &str, before: &BTreeSet<String>) -> String {
    let (stem, extension) = match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => (stem, format!(".{extension}")),
        _ => (path, String::new()),
    };
    let names = std::iter::once(path.to_owned()).chain((2..).map(|number| format!("{stem}-{number}{extension}")));
    names.into_iter().find(|name| !before.contains(name)).unwrap_or_default()
}

/// Removes the indentation of HTML, which Markdown would read as code blocks, except within preformatted elements.
fn unindented(body: &str) -> String {
    let mut kept = Mask::over(html::within(body, &["pre", "textarea"]));
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        // A line on which such an element begins is not within it.
        let is_kept = at > 0 && kept.end(at - 1).is_some_and(|end| end > at);
        out.push_str(if is_kept { line } else { line.trim_start_matches([' ', '\t']) });
        at += line.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indents_go_but_for_those_of_preformatted_text() {
        for (html, expected) in [
            ("<div>\n    <p>a</p>\n</div>\n", "<div>\n<p>a</p>\n</div>\n"),
            ("  <PRE class=x>\n    a\n  </PRE>\n    b", "<PRE class=x>\n    a\n  </PRE>\nb"),
            // `<preface>` only begins like the name of a preformatted element.
            ("<preface>\n    a\n</preface>", "<preface>\na\n</preface>"),
            ("<p title=\"<pre>\">\n    a", "<p title=\"<pre>\">\na"),
            ("<!-- <pre> -->\n    a", "<!-- <pre> -->\na"),
            ("<textarea>\n    <pre>\n</textarea>\n    a", "<textarea>\n    <pre>\n</textarea>\na"),
            ("<pre>\n    a", "<pre>\n    a"),
        ] {
            assert_eq!(unindented(html), expected, "{html}");
        }
    }
}
