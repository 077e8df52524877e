//! Links between documents, resolved and checked; and the files that shown documents carry with them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::stories::{article_head, article_slug};
use super::visibility::Showing;
use super::{DocId, Site};
use std::sync::Arc;

use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::content::document::{Content, Document};
use crate::content::markdown::{Body, Filling, SlotKind, Target, decode};

/// A link to a path of this site, which only the plan can check.
#[derive(Clone, Debug)]
pub struct PathLink {
    /// The path as written, without the base path; may have a query and an anchor.
    pub path: String,
    /// Where it stands.
    pub place: Place,
}

/// Finds the document that `name` means in a file at `from`: a path relative to that file, or a slug.
pub(super) fn find_document(site: &Site, from: &str, name: &str) -> Option<DocId> {
    if name.to_ascii_lowercase().ends_with(".md") {
        let path = relative(from, name)?;
        return site.documents.binary_search_by(|document| document.path.as_str().cmp(&path)).ok().map(DocId);
    }
    let matches = |document: &Arc<Document>| matches!(&document.content, Content::Article(head, _) if article_slug(&document.path, head) == name);
    site.documents.iter().position(matches).map(DocId)
}

/// `../16/a.md` as seen from `content/articles/17/b.md`. A leading `/` means the content folder.
pub(super) fn relative(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => vec!["content"],
        None => from.split('/').collect::<Vec<_>>().split_last()?.1.to_vec(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A shown document: its page, and what its links need.
pub(super) struct Home {
    pub(super) doc: DocId,
    /// The route of its page.
    pub(super) route: Route,
}

pub(super) struct Resolver<'a> {
    pub(super) site: &'a Site,
    pub(super) shown: &'a [Showing],
    /// The page of each shown document.
    pub(super) homes: HashMap<DocId, Route>,
    pub(super) by_slug: HashMap<String, Vec<DocId>>,
    /// The routes that withheld documents will have.
    pub(super) waiting: HashMap<Route, DocId>,
    pub(super) assets: HashMap<&'a str, usize>,
    pub(super) files: BTreeMap<Route, usize>,
    pub(super) used: HashSet<usize>,
    pub(super) path_links: Vec<PathLink>,
    pub(super) report: Report,
}

/// Fills all slots of all shown documents, and lists the files that go with them.
pub(super) fn resolve(site: &mut Site, shown: &[Showing], report: &mut Report) {
    let homes = homes(site);
    let mut resolver = Resolver {
        site,
        shown,
        homes: homes.iter().map(|home| (home.doc, home.route.clone())).collect(),
        by_slug: by_slug(site),
        waiting: waiting(site, shown),
        assets: site.assets.iter().enumerate().map(|(index, asset)| (asset.path.as_str(), index)).collect(),
        files: BTreeMap::new(),
        used: HashSet::new(),
        path_links: Vec::new(),
        report: Report::default(),
    };
    let mut articles = Vec::with_capacity(site.articles.len());
    for article in &site.articles {
        let document = site.document(article.doc);
        let head = article_head(document);
        let Content::Article(_, body) = &document.content else { continue };
        let fillings = resolver.body(document, &article.route, body);
        let image = head
            .image
            .as_ref()
            .map(|image| resolver.image(document, &article.route, &image.src, document.place(&["image"])));
        let audio =
            head.audio.as_ref().map(|audio| resolver.file_or_address(document, &article.route, audio, &["audio"]));
        articles.push((fillings, image, audio));
    }
    let pages: Vec<_> = site.pages.iter().map(|page| resolver.body_of(page.doc, &page.route)).collect();
    let people: Vec<_> = site
        .people
        .iter()
        .map(|person| {
            let document = site.document(person.doc);
            let image = match &document.content {
                Content::Person(head, _) => head
                    .image
                    .as_ref()
                    .map(|image| resolver.image(document, &person.route, &image.src, document.place(&["image"]))),
                _ => None,
            };
            (resolver.body_of(person.doc, &person.route), image)
        })
        .collect();
    let topics: Vec<_> = site
        .topics
        .iter()
        .map(|topic| topic.doc.map(|doc| resolver.body_of(doc, &topic.route())).unwrap_or_default())
        .collect();
    let editions: Vec<_> = site
        .editions
        .iter()
        .map(|edition| match edition.doc.map(|doc| (site.document(doc), &site.document(doc).content)) {
            Some((document, Content::Briefing(_, body))) => {
                let items = body.items.iter().map(|item| resolver.body(document, &edition.route, &item.body)).collect();
                (resolver.body(document, &edition.route, &body.intro), items)
            }
            _ => (Vec::new(), Vec::new()),
        })
        .collect();
    resolver.bundles(&homes);
    resolver.unused();
    let Resolver { files, path_links, report: found, .. } = resolver;
    report.extend(found);
    site.files = files.into_iter().collect();
    site.path_links = path_links;
    for (article, (fillings, image, audio)) in site.articles.iter_mut().zip(articles) {
        (article.fillings, article.image, article.audio) = (fillings, image, audio);
    }
    site.pages.iter_mut().zip(pages).for_each(|(page, fillings)| page.fillings = fillings);
    site.people
        .iter_mut()
        .zip(people)
        .for_each(|(person, (fillings, image))| (person.fillings, person.image) = (fillings, image));
    site.topics.iter_mut().zip(topics).for_each(|(topic, fillings)| topic.fillings = fillings);
    site.editions
        .iter_mut()
        .zip(editions)
        .for_each(|(edition, (intro, items))| (edition.intro_fillings, edition.item_fillings) = (intro, items));
}

fn homes(site: &Site) -> Vec<Home> {
    let articles = site.articles.iter().map(|article| Home { doc: article.doc, route: article.route.clone() });
    let pages = site.pages.iter().map(|page| Home { doc: page.doc, route: page.route.clone() });
    let people = site.people.iter().map(|person| Home { doc: person.doc, route: person.route.clone() });
    let topics = site.topics.iter().filter_map(|topic| Some(Home { doc: topic.doc?, route: topic.route() }));
    let editions =
        site.editions.iter().filter_map(|edition| Some(Home { doc: edition.doc?, route: edition.route.clone() }));
    articles.chain(pages).chain(people).chain(topics).chain(editions).collect()
}

fn waiting(site: &Site, shown: &[Showing]) -> HashMap<Route, DocId> {
    let withheld = site.documents.iter().enumerate().filter(|(index, _)| shown[*index].is_withheld());
    withheld
        .filter_map(|(index, document)| {
            let route = match &document.content {
                Content::Article(head, _) => {
                    let slug = article_slug(&document.path, head);
                    site.config.permalink.route(head.date.date(&site.config.zone), &slug)
                }
                Content::Briefing(head, _) => super::briefings::route(site, document, head),
                Content::Page(head, _) => super::stories::page_route(&document.path, head),
                Content::Topic(..) | Content::Person(..) => return None,
            };
            Some((route, DocId(index)))
        })
        .collect()
}

fn by_slug(site: &Site) -> HashMap<String, Vec<DocId>> {
    let mut found: HashMap<String, Vec<DocId>> = HashMap::new();
    for (index, document) in site.documents.iter().enumerate() {
        let slug = match &document.content {
            Content::Article(head, _) => article_slug(&document.path, head),
            Content::Page(head, _) => {
                head.slug.clone().unwrap_or_else(|| super::stories::slug_from_path(&document.path))
            }
            Content::Briefing(..) => document.path.rsplit('/').next().unwrap_or("").trim_end_matches(".md").to_owned(),
            Content::Topic(..) | Content::Person(..) => continue,
        };
        found.entry(slug).or_default().push(DocId(index));
    }
    found
}

impl<'a> Resolver<'a> {
    fn body_of(&mut self, doc: DocId, route: &Route) -> Vec<Filling> {
        let site = self.site;
        let document = site.document(doc);
        match &document.content {
            Content::Article(_, body) | Content::Topic(_, body) | Content::Person(_, body) | Content::Page(_, body) => {
                self.body(document, route, body)
            }
            Content::Briefing(..) => Vec::new(),
        }
    }

    fn body(&mut self, document: &'a Document, route: &Route, body: &Body) -> Vec<Filling> {
        body.slots
            .iter()
            .map(|slot| match &slot.kind {
                SlotKind::Close => Filling::Close,
                SlotKind::Root { path } => {
                    self.path_links.push(PathLink { path: path.clone(), place: Place::file(&document.path) });
                    Filling::Href(self.site.config.base_url.path().into())
                }
                SlotKind::Image { src, .. } => self.image(document, route, src, slot.span.place(&document.path)),
                SlotKind::Link { target, bare, .. } => {
                    let filling = self.link(document, route, target, slot.span.place(&document.path));
                    if bare.is_some() { self.with_headline(target, filling) } else { filling }
                }
            })
            .collect()
    }

    fn link(&mut self, document: &'a Document, route: &Route, target: &Target, place: Place) -> Filling {
        let base = &self.site.config.base_url;
        match target {
            Target::Source { path, anchor } => {
                let full = relative(&document.path, path);
                let found = full
                    .as_ref()
                    .and_then(|full| self.site.documents.binary_search_by(|d| d.path.as_str().cmp(full)).ok());
                match found {
                    Some(at) => self.document_link(DocId(at), anchor, place),
                    None => self.broken(path, &document.path, place),
                }
            }
            Target::Slug { slug, anchor } => match self.by_slug.get(slug).map(Vec::as_slice) {
                Some([one]) => self.document_link(*one, anchor, place),
                Some(several) if !several.is_empty() => {
                    let paths: Vec<&str> = several.iter().map(|doc| self.site.document(*doc).path.as_str()).collect();
                    self.report.push(
                        Diagnostic::error(codes::AMBIGUOUS_LINK, format!("`[[{slug}]]` fits {} files", paths.len()))
                            .at(place)
                            .help(format!("link to the one you mean by its path: {}", paths.join(", "))),
                    );
                    Filling::Withheld
                }
                _ => self.broken_slug(slug, place),
            },
            Target::Path(path) => {
                let written = decode(path.split(['?', '#']).next().unwrap_or(path));
                let route = Route::new(&written).or_else(|_| Route::new("/"));
                if let Some(doc) = route.ok().and_then(|route| self.waiting.get(&route)).copied()
                    && !self.homes.values().any(|home| home.as_str() == written)
                {
                    return self.document_link(doc, "", place);
                }
                self.path_links.push(PathLink { path: path.clone(), place });
                Filling::Href(base.link(path).into())
            }
            Target::Relative(path) => {
                let (file, rest) = path.find(['#', '?']).map_or((path.as_str(), ""), |at| path.split_at(at));
                if let Some(filling) = self.asset(document, route, file) {
                    return Filling::Href(format!("{filling}{rest}").into());
                }
                let help = if looks_like_host(path) {
                    format!("if it is an address, write `https://{path}`")
                } else {
                    "link to a story by the path of its `.md` file, or to a page by a path that starts with `/`"
                        .to_owned()
                };
                self.report.push(
                    Diagnostic::warning(codes::DEAD_PATH, format!("`{path}` leads nowhere")).at(place).help(help),
                );
                Filling::Href(path.as_str().into())
            }
        }
    }

    /// Lets a link to a story read as its headline.
    fn with_headline(&self, target: &Target, filling: Filling) -> Filling {
        let (Target::Slug { slug, .. }, Filling::Href(href)) = (target, &filling) else { return filling };
        let found = self.by_slug.get(slug).and_then(|found| found.first()).map(|doc| &self.site.document(*doc).content);
        let words = match found {
            Some(Content::Article(head, _)) => Some(head.title.as_str()),
            Some(Content::Page(head, _)) => Some(head.title.as_str()),
            Some(Content::Briefing(head, _)) => head.title.as_deref(),
            _ => None,
        };
        words.map_or(filling.clone(), |words| Filling::Headline { href: href.clone(), words: words.into() })
    }

    fn document_link(&mut self, doc: DocId, anchor: &str, place: Place) -> Filling {
        let target = &self.site.documents[doc.0];
        let Some(route) = self.homes.get(&doc) else {
            if self.shown[doc.0].is_withheld() {
                self.report.push(
                    Diagnostic::warning(codes::WITHHELD_LINK, format!("`{}` is withheld for now", target.path))
                        .at(place)
                        .help("the words stay as plain text until it is live"),
                );
            }
            return Filling::Withheld;
        };
        let base = &self.site.config.base_url;
        if anchor.is_empty() {
            return Filling::Href(base.link(route.as_str()).into());
        }
        let anchors = anchors(target);
        if !anchors.contains(&anchor) {
            let mut problem =
                Diagnostic::warning(codes::BROKEN_ANCHOR, format!("`{}` has no anchor `{anchor}`", target.path))
                    .at(place);
            if let Some(near) = text::nearest(anchor, anchors) {
                problem = problem.help(format!("did you mean `#{near}`?"));
            }
            self.report.push(problem);
        }
        Filling::Href(base.link(&format!("{route}#{anchor}")).into())
    }

    fn broken(&mut self, path: &str, from: &str, place: Place) -> Filling {
        if self.site.is_unread(from, path) {
            return Filling::Withheld;
        }
        let wanted = relative(from, path).unwrap_or_default();
        let name = wanted.rsplit('/').next().unwrap_or("");
        let same_name = self.shown_paths().find(|path| path.rsplit('/').next() == Some(name));
        let known = same_name.or_else(|| text::nearest(&wanted, self.shown_paths()));
        let help = known.map_or_else(
            || "give the path of a `.md` file, relative to this one".to_owned(),
            |known| format!("did you mean `{known}`?"),
        );
        self.report.push(
            Diagnostic::error(codes::BROKEN_LINK, format!("`{path}` is no file of this site")).at(place).help(help),
        );
        Filling::Withheld
    }

    /// The paths of all documents that are shown.
    fn shown_paths(&self) -> impl Iterator<Item = &'a str> {
        let documents = self.site.documents.iter().zip(self.shown);
        documents.filter(|(_, showing)| !showing.is_withheld()).map(|(document, _)| document.path.as_str())
    }

    fn broken_slug(&mut self, slug: &str, place: Place) -> Filling {
        if self.site.is_unread("", slug) {
            return Filling::Withheld;
        }
        let mut slugs: Vec<&str> = self
            .by_slug
            .iter()
            .filter(|(_, docs)| docs.iter().any(|doc| !self.shown[doc.0].is_withheld()))
            .map(|(slug, _)| slug.as_str())
            .collect();
        slugs.sort_unstable();
        let help = match text::nearest(slug, slugs) {
            Some(near) => format!("did you mean `[[{near}]]`?"),
            None => "give the slug of a story, or write `\\[` if brackets are meant".to_owned(),
        };
        self.report.push(
            Diagnostic::error(codes::BROKEN_LINK, format!("no story has the slug `{slug}`")).at(place).help(help),
        );
        Filling::Withheld
    }
}

fn anchors(document: &Document) -> Vec<&str> {
    match &document.content {
        Content::Article(_, body) | Content::Topic(_, body) | Content::Person(_, body) | Content::Page(_, body) => {
            body.anchors.iter().map(String::as_str).collect()
        }
        Content::Briefing(_, body) => {
            let items = body
                .items
                .iter()
                .flat_map(|item| std::iter::once(item.id.as_str()).chain(item.body.anchors.iter().map(String::as_str)));
            body.intro.anchors.iter().map(String::as_str).chain(items).collect()
        }
    }
}

/// `www.example.org/x`, which Markdown takes for a path.
fn looks_like_host(path: &str) -> bool {
    let host = path.split('/').next().unwrap_or("");
    host.contains('.')
        && host.split('.').all(|part| !part.is_empty())
        && (host.starts_with("www.") || path.contains('/'))
}
