//! Resolves links by former address or by source file to their new targets.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::anchors::Anchors;
use super::call_target::CallTarget;
use super::heading_ids::Scheme;
use super::template_calls::PageCall;
use crate::base::text::slugify;
use crate::base::web;
use crate::content::markdown::decode;
use crate::import::moving::addresses::placement::{Placement, exact, normal};
use crate::import::moving::front_matter::Head;
use crate::import::moving::programs::hugo::References;
use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::story::{MovedStory, Program, SourceSite, folder_and_name, page_stem};
use crate::plan::own_routes;

/// The new target of a link.
#[derive(Debug, PartialEq)]
pub(in crate::import::moving) enum LinkTarget {
    /// The destination stays the same.
    Same,
    /// A new destination.
    To(String),
    /// No file of the import. The path of a source file is replaced by the address that the file had, so that the link
    /// check reports a missing page rather than a source path.
    Lost(Option<String>),
}

/// A link as it is written in the source.
#[derive(Clone, Copy)]
pub(in crate::import::moving) struct WrittenLink<'l> {
    pub(in crate::import::moving) destination: &'l str,
    /// Whether a path with a leading slash is known to be relative to the site rather than to its host.
    pub(in crate::import::moving) is_rooted: bool,
}

/// The index of everything that a link can lead to.
pub(in crate::import::moving) struct LinkMap<'a> {
    settings: &'a Settings,
    stories: &'a [(MovedStory, Head)],
    placements: &'a [Placement],
    by_file: BTreeMap<&'a str, usize>,
    by_address: BTreeMap<String, usize>,
    /// The new path of each file that is not a story, by its source path.
    targets: BTreeMap<&'a str, String>,
    /// The source path of each such file, by its former address.
    files: BTreeMap<String, &'a str>,
    /// The paths of these files, sorted; a call names one by its index.
    file_names: Vec<&'a str>,
    /// The first former address of each, by its path.
    former_files: HashMap<&'a str, String>,
    /// Stories by the name of their file, without folders and extension.
    by_stem: HashMap<&'a str, Vec<usize>>,
    /// The slugs of all topics and sections.
    topics: BTreeSet<String>,
    /// The targets of former feeds and lists, and of pages that Dateline generates, by address.
    lists: BTreeMap<String, String>,
    references: References<'a>,
    anchors: Vec<Anchors>,
}

impl<'a> LinkMap<'a> {
    pub(in crate::import::moving) fn new(
        settings: &'a Settings,
        stories: &'a [(MovedStory, Head)],
        placements: &'a [Placement],
        site: &'a SourceSite,
        redirects: &BTreeMap<String, String>,
        scheme: &Scheme,
        target_path: impl Fn(&str, &str) -> String,
    ) -> Self {
        let mut by_address = BTreeMap::new();
        for (index, (_, placement)) in stories.iter().zip(placements).enumerate() {
            for alias in &placement.aliases {
                by_address.insert(normal(alias), index);
            }
        }
        // The address of a page takes precedence over aliases of other pages.
        let drafts_first = [true, false].into_iter().flat_map(|is_draft| {
            stories.iter().enumerate().rev().filter(move |(_, (story, _))| story.is_draft == is_draft)
        });
        for (index, (story, _)) in drafts_first {
            by_address.insert(normal(&story.address), index);
        }
        for (index, (story, _)) in stories.iter().enumerate().rev() {
            by_address.insert(exact(&story.address), index);
        }
        let all = || site.files.iter().chain(&site.on_demand);
        let bundles: BTreeMap<&str, &str> = stories
            .iter()
            .filter_map(|(story, _)| {
                // Beside a page that is a file, its folder has the same name.
                let address = story.address.strip_suffix(".html").unwrap_or(&story.address);
                Some((story.bundle.as_deref()?, address.trim_end_matches('/')))
            })
            .collect();
        // Files in a page bundle were published below the address of its page.
        let beside = all().filter_map(|(path, _)| {
            let (folder, address) = path
                .match_indices('/')
                .rev()
                .find_map(|(at, _)| bundles.get(&path[..at]).map(|address| (&path[..at], *address)))?;
            Some((format!("{address}{}", decode(&path[folder.len()..])), path.as_str()))
        });
        let names = stories.iter().flat_map(|(_, head)| {
            let one = head.ours.get("section").and_then(|value| value.as_str());
            let many = head.ours.get("topics").and_then(|value| value.as_array()).into_iter().flatten();
            one.into_iter().chain(many.filter_map(|value| value.as_str()))
        });
        let targets: BTreeMap<&str, String> =
            all().map(|(path, address)| (path.as_str(), target_path(path, address))).collect();
        let files: BTreeMap<String, &str> =
            all().map(|(path, address)| (decode(address), path.as_str())).chain(beside).collect();
        let by_file: BTreeMap<&str, usize> =
            stories.iter().enumerate().map(|(index, (story, _))| (story.file.as_str(), index)).collect();
        let mut by_stem: HashMap<&str, Vec<usize>> = HashMap::new();
        for (path, index) in &by_file {
            by_stem.entry(page_stem(path)).or_default().push(*index);
        }
        Self {
            file_names: targets.keys().copied().collect(),
            // Among several addresses the first in order counts, as it is inserted last.
            former_files: files.iter().rev().map(|(address, path)| (*path, address.clone())).collect(),
            by_stem,
            anchors: stories.iter().map(|(_, head)| Anchors::of(&head.body, scheme)).collect(),
            topics: names.map(slugify).collect(),
            lists: own_routes()
                .filter(|route| route.is_always && route.form != "/404.html")
                .map(|route| (normal(route.form), route.form.to_owned()))
                .chain(redirects.iter().map(|(from, to)| (normal(from), to.clone())))
                .collect(),
            references: References::new(stories),
            targets,
            files,
            by_file,
            settings,
            stories,
            placements,
            by_address,
        }
    }

    /// Resolves a link in the story at index `from`. Files that are copied on demand are added to `used`.
    pub(in crate::import::moving) fn resolve(
        &self,
        from: usize,
        link: WrittenLink<'_>,
        used: &mut BTreeSet<String>,
    ) -> LinkTarget {
        let destination = link.destination.trim();
        if let Some((_, named, anchor)) = CallTarget::first(destination) {
            return match named {
                CallTarget::Story(index) => LinkTarget::To(self.to_story(from, index, anchor)),
                CallTarget::File(index) => self.to_other(from, self.file_names[index], anchor, used),
            };
        }
        let end = destination.find(['#', '?']).unwrap_or(destination.len());
        let (path, anchor) = destination.split_at(end);
        let settings = self.settings;
        if let Some(file) = path.strip_prefix("@/") {
            let lost = || match file.strip_suffix("_index.md").or_else(|| file.strip_suffix(".md")) {
                // A section without a text was only a list of its pages, which is not imported.
                Some(page) => {
                    LinkTarget::Lost(Some(format!("/{}/{anchor}", page.trim_end_matches('/')).replace("//", "/")))
                }
                None => LinkTarget::Lost(Some(format!("/{file}{anchor}"))),
            };
            return self.to_file(from, &format!("content/{file}"), anchor, used).unwrap_or_else(lost);
        }
        if destination.starts_with('#') {
            let here = self.anchors[from].here(destination);
            return if here == destination { LinkTarget::Same } else { LinkTarget::To(here) };
        }
        if let Some(on_host) = settings.on_host(path) {
            return match settings.below_base(on_host) {
                Some(address) => self.to_address(from, address, anchor, used),
                None => LinkTarget::Same,
            };
        }
        if path.is_empty() || path.starts_with("//") || web::scheme::name(path).is_some() {
            return LinkTarget::Same;
        }
        if path.starts_with('/') {
            return self.to_path(from, path, anchor, link.is_rooted || settings.roots_links(), used);
        }
        // A relative path is resolved as a source file first, and then as an address, as browsers do.
        let story = &self.stories[from].0;
        let (folder, _) = folder_and_name(&story.file);
        let file = resolved(folder, &decode(path));
        if let Some(lead) = file.and_then(|file| self.to_file(from, &file, anchor, used)) {
            return lead;
        }
        let folder = story.address.rsplit_once('/').map_or("", |(folder, _)| folder);
        let on_host = resolved(format!("{}{folder}", settings.base_path()).trim_start_matches('/'), path);
        let Some(on_host) = on_host.map(|path| format!("/{path}")) else {
            return LinkTarget::Lost(source_address(path, anchor));
        };
        match self.to_path(from, &on_host, anchor, false, used) {
            LinkTarget::Lost(instead) => {
                let address = settings.below_base(&on_host).unwrap_or(&on_host);
                LinkTarget::Lost(
                    source_address(address, anchor).or(instead.filter(|_| !settings.base_path().is_empty())),
                )
            }
            lead => lead,
        }
    }

    /// Resolves a path on the host. A path below the site's base path belongs to the site. Any other may be meant that
    /// way, too, or lead to another site on the host.
    fn to_path(
        &self,
        from: usize,
        path: &str,
        anchor: &str,
        is_rooted: bool,
        used: &mut BTreeSet<String>,
    ) -> LinkTarget {
        let has_base = !self.settings.base_path().is_empty();
        let below = self.settings.below_base(path);
        match (self.to_address(from, below.unwrap_or(path), anchor, used), below) {
            // In the new site, paths are relative to the site rather than to the host.
            (LinkTarget::Lost(None), Some(address)) if has_base => LinkTarget::Lost(Some(format!("{address}{anchor}"))),
            (LinkTarget::Lost(None), None) if !is_rooted => match self.settings.origin() {
                Some(origin) => LinkTarget::To(format!("{origin}{path}{anchor}")),
                None => LinkTarget::Lost(None),
            },
            (lead, _) => lead,
        }
    }

    fn to_address(&self, from: usize, address: &str, anchor: &str, used: &mut BTreeSet<String>) -> LinkTarget {
        if let Some(file) = self.files.get(&decode(address)) {
            return self.to_other(from, file, anchor, used);
        }
        let form = normal(address);
        if let Some(index) = self.by_address.get(&exact(address)).or_else(|| self.by_address.get(&form)) {
            return LinkTarget::To(self.to_story(from, *index, anchor));
        }
        // A source file by its path, such as `/posts/a.md`.
        let file = decode(address.trim_start_matches('/'));
        for file in [format!("content/{file}"), file] {
            if let Some(lead) = self.to_file(from, &file, anchor, used) {
                return lead;
            }
        }
        let parts: Vec<&str> = form.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            ["tags" | "tag" | "categories" | "category" | "topics", name] if self.topics.contains(&slugify(name)) => {
                LinkTarget::To(format!("/topics/{}/", slugify(name)))
            }
            ["tags" | "categories" | "topics"] => LinkTarget::To("/topics/".to_owned()),
            _ => match self.lists.get(&form) {
                Some(page) => LinkTarget::To(format!("{page}{anchor}")),
                None => LinkTarget::Lost(None),
            },
        }
    }

    /// Resolves a source file; none when there is no such file.
    fn to_file(&self, from: usize, file: &str, anchor: &str, used: &mut BTreeSet<String>) -> Option<LinkTarget> {
        if let Some(index) = self.by_file.get(file) {
            return Some(LinkTarget::To(self.to_story(from, *index, anchor)));
        }
        self.targets.get_key_value(file).map(|(file, _)| self.to_other(from, file, anchor, used))
    }

    fn to_other(&self, from: usize, file: &str, anchor: &str, used: &mut BTreeSet<String>) -> LinkTarget {
        used.insert(file.to_owned());
        let target = &self.targets[file];
        LinkTarget::To(match target.strip_prefix("static/") {
            Some(path) => format!("/{path}{anchor}"),
            None => format!("{}{anchor}", relative(&self.placements[from].path, target)),
        })
    }

    fn to_story(&self, from: usize, index: usize, anchor: &str) -> String {
        // A query string has no meaning in a path of a source file.
        let anchor = anchor.find('#').map_or_else(String::new, |at| self.anchors[index].here(&anchor[at..]));
        if index == from && !anchor.is_empty() {
            return anchor;
        }
        format!("{}{anchor}", relative(&self.placements[from].path, &self.placements[index].path))
    }

    /// Returns the former address, on its host, of the target of a call.
    pub(in crate::import::moving) fn former(&self, named: CallTarget) -> String {
        let address = match named {
            CallTarget::Story(index) => self.stories[index].0.address.as_str(),
            CallTarget::File(index) => self.former_files.get(self.file_names[index]).map_or("", String::as_str),
        };
        format!("{}{address}", self.settings.base_path())
    }

    /// Resolves a reference to a page: a path with or without extension, or a name, in the given language. Returns its
    /// marker with the fragment.
    pub(in crate::import::moving) fn page(&self, from: usize, program: Program, call: PageCall<'_>) -> Option<String> {
        let PageCall { name, language } = call;
        let (name, anchor) = name.find('#').map_or((name, ""), |at| name.split_at(at));
        if name.is_empty() {
            return Some(format!("{}{anchor}", CallTarget::Story(from).mark()));
        }
        let story = &self.stories[from].0;
        let referenced = || (program == Program::Hugo).then(|| self.references.find(story, language, name)).flatten();
        let named = referenced().map(CallTarget::Story).or_else(|| self.by_name(story, program, name))?;
        Some(format!("{}{anchor}", named.mark()))
    }

    fn by_name(&self, from: &MovedStory, program: Program, name: &str) -> Option<CallTarget> {
        let (folder, _) = folder_and_name(&from.file);
        let bare = name.trim_matches('/');
        let mut places = vec![format!("content/{bare}"), bare.to_owned()];
        if program == Program::Jekyll {
            // `link` takes paths from the root; `post_url` takes posts by directory and name.
            let (above, post) = folder_and_name(bare);
            places = [bare, &format!("_posts/{bare}"), format!("{above}/_posts/{post}").trim_start_matches('/')]
                .map(str::to_owned)
                .to_vec();
        } else if !name.starts_with('/') {
            places.splice(0..0, resolved(folder, name));
        }
        for place in &places {
            for ending in ["", ".md", ".html", ".markdown", "/index.md", "/_index.md"] {
                if let Some(index) = self.by_file.get(format!("{place}{ending}").as_str()) {
                    return Some(CallTarget::Story(*index));
                }
            }
        }
        if let Ok(index) = self.file_names.binary_search(&bare) {
            return Some(CallTarget::File(index));
        }
        // A bare name counts if only one file has it.
        let wanted = folder_and_name(bare.strip_suffix(".md").unwrap_or(bare)).1;
        match self.by_stem.get(wanted).map(Vec::as_slice) {
            Some([index]) => Some(CallTarget::Story(*index)),
            _ => None,
        }
    }
}

/// Returns the address that a source file at this path probably had.
fn source_address(path: &str, anchor: &str) -> Option<String> {
    let page = path.strip_suffix(".md").or_else(|| path.strip_suffix(".MD"))?;
    let parts: Vec<&str> =
        page.split('/').filter(|part| !matches!(*part, "" | "." | ".." | "index" | "_index")).collect();
    Some(format!("/{}/{anchor}", parts.join("/")))
}

/// Resolves a relative path against a directory; none when it climbs above the root.
fn resolved(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(format!("{}{}", parts.join("/"), if path.ends_with('/') { "/" } else { "" }))
}

/// Returns the relative path from one file to another.
pub(in crate::import::moving) fn relative(from: &str, to: &str) -> String {
    let mut here: Vec<&str> = from.split('/').collect();
    here.pop();
    let there: Vec<&str> = to.split('/').collect();
    let common = here.iter().zip(&there).take_while(|(one, other)| one == other).count();
    let common = common.min(there.len() - 1);
    let up = std::iter::repeat_n("..", here.len() - common);
    up.chain(there[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_files() {
        assert_eq!(relative("content/articles/2015/03/a.md", "content/articles/2015/04/b.md"), "../04/b.md");
        assert_eq!(relative("content/articles/a.md", "content/articles/b.md"), "b.md");
        assert_eq!(
            relative("content/pages/about.md", "content/articles/2015/03/a/index.md"),
            "../articles/2015/03/a/index.md"
        );
        assert_eq!(resolved("a/b", "../c/./d/").as_deref(), Some("a/c/d/"));
        assert_eq!(resolved("", "../c"), None);
    }
}
