//! Links between documents, resolved and checked; and the files that shown documents carry with them.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::anchors::anchors;
use super::files::{Beside, File, static_file};
use super::heads::is_withdrawn;
use super::held::{Held, bare};
use super::ids::DocId;
use super::lookup::{ambiguous, relative};
use super::model::{Article, PathLink, Site};
use super::resolver::{Anchors, Findings, Home, Resolver, composed_path, page_path};
use super::visibility::Showing;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::base::text::near::Near;
use crate::base::web::address;
use crate::content::document::{Content, Document};
use crate::content::head::CitedSource;
use crate::content::markdown::{Body, Filling, Name, SlotKind, Target, decode};

/// What goes into an article: its slots, its picture, its sound file, its sources.
type Filled = (Vec<Filling>, Option<Filling>, Option<Box<str>>, Vec<CitedSource>);

/// Fills all slots of all shown documents, and lists the files that go with them.
pub(super) fn resolve(site: &mut Site, shown: &[Showing], report: &mut Report) {
    let all = homes(site);
    let mut homes = vec![None; site.documents.len()];
    for home in &all {
        homes[home.doc.0] = Some(home.route.clone());
    }
    let anchors = site.documents.iter().map(|_| OnceLock::new()).collect();
    let assets = site.assets.iter().enumerate().map(|(index, asset)| (asset.path.as_str(), index)).collect();
    let resolver = Resolver {
        site,
        shown,
        homes,
        anchors,
        held: Held::of(site, shown),
        assets,
        meant: OnceLock::new(),
        meant_slugs: OnceLock::new(),
    };
    let mut found = Findings::default();
    let articles: Vec<_> = site.articles.par_iter().map(|article| resolver.article(article)).collect();
    let articles: Vec<_> = articles.into_iter().map(|article| found.take(article)).collect();
    let pages: Vec<_> = site.pages.iter().map(|page| resolver.body_of(page.doc, &page.route, &mut found)).collect();
    let people: Vec<_> = site
        .people
        .iter()
        .map(|person| {
            let document = site.document(person.doc);
            let mut picture = |image| resolver.picture(document, &person.route, image, &mut found);
            let image = person.head.image.as_ref().and_then(&mut picture);
            let links = resolver.named(document, &person.route, "links", &person.head.links, &mut found);
            (resolver.body_of(person.doc, &person.route, &mut found), image, links)
        })
        .collect();
    let topics: Vec<_> = site
        .topics
        .iter()
        .map(|topic| topic.doc().map(|doc| resolver.body_of(doc, &topic.route(), &mut found)).unwrap_or_default())
        .collect();
    let editions: Vec<_> = site
        .editions
        .iter()
        .map(|edition| {
            let Some(document) = edition.doc().map(|doc| site.document(doc)) else { return (Vec::new(), Vec::new()) };
            let bodies = document.content.bodies();
            let mut filled = bodies.map(|body| resolver.body(document, &edition.route, body, &mut found));
            (filled.next().unwrap_or_default(), filled.collect())
        })
        .collect();
    resolver.bundles(&all, &mut found);
    resolver.unused(&mut found);
    let Findings { files, path_links, report: problems, used: _ } = found;
    report.extend(problems);
    site.files = files.into_iter().collect();
    site.path_links = path_links;
    for (article, (fillings, image, audio, sources)) in site.articles.iter_mut().zip(articles) {
        (article.fillings, article.image, article.audio) = (fillings.into(), image, audio);
        article.sources = sources;
    }
    site.pages.iter_mut().zip(pages).for_each(|(page, fillings)| page.fillings = fillings);
    site.people
        .iter_mut()
        .zip(people)
        .for_each(|(person, found)| (person.fillings, person.image, person.links) = found);
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
    let topics = site.topics.iter().filter_map(|topic| Some(Home { doc: topic.doc()?, route: topic.route() }));
    let editions =
        site.editions.iter().filter_map(|edition| Some(Home { doc: edition.doc()?, route: edition.route.clone() }));
    articles.chain(pages).chain(people).chain(topics).chain(editions).collect()
}

impl Resolver<'_> {
    fn article(&self, article: &Article) -> (Filled, Findings) {
        let mut found = Findings::default();
        let document = self.site.document(article.doc);
        let head = &article.head;
        let fillings = self.body_of(article.doc, &article.route, &mut found);
        let image = head.image.as_ref().and_then(|image| self.picture(document, &article.route, image, &mut found));
        let audio = head.audio.as_ref().and_then(|audio| {
            let place = || document.place(&["audio"]);
            match self.file(document, &article.route, audio, "sound file", place, &mut found) {
                File::At(address, _) => Some(address.into()),
                File::Missing | File::Withheld => None,
            }
        });
        let sources = self.named(document, &article.route, "sources", &head.sources, &mut found);
        if is_withdrawn(head) {
            // Only the notice stays: a story may be withdrawn because of its picture. Another story that uses the file
            // publishes it at an address of its own.
            found.files.clear();
            return ((fillings, None, None, Vec::new()), found);
        }
        ((fillings, image, audio, sources), found)
    }

    /// Fills the text of a document that has one alone.
    fn body_of(&self, doc: DocId, route: &Route, found: &mut Findings) -> Vec<Filling> {
        let document = self.site.document(doc);
        document.content.bodies().next().map_or_else(Vec::new, |body| self.body(document, route, body, found))
    }

    fn body(&self, document: &Document, route: &Route, body: &Body, found: &mut Findings) -> Vec<Filling> {
        let mut fillings = Vec::with_capacity(body.slots.len() + body.names.len());
        fillings.extend(body.slots.iter().map(|slot| match &slot.kind {
            SlotKind::Close => Filling::Close,
            SlotKind::Address { target, role, .. } => self.address(document, route, (target, *role), slot.span, found),
            SlotKind::Image { src, .. } => self.shown_picture(document, route, src, slot.span, found),
            SlotKind::Link { target, bare, .. } => {
                let place = || slot.span.place(&document.path);
                let filling = self.link(document, route, target, place, found);
                if bare.is_some() { self.with_headline(target, filling) } else { filling }
            }
        }));
        for Name { target, span, .. } in &body.names {
            if let Some(span) = span {
                self.link(document, route, target, || span.place(&document.path), found);
            }
            fillings.push(self.name(target));
        }
        fillings
    }

    pub(super) fn link(
        &self,
        document: &Document,
        route: &Route,
        target: &Target,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Filling {
        let base = &self.site.config.base_url;
        match target {
            Target::Source { path, anchor } => match self.source(document, path) {
                Some(doc) => self.document_link(doc, anchor, place, found),
                None => self.broken(path, &document.path, place, found),
            },
            Target::Slug { slug, anchor } => match self.site.lookup.of_slug(slug) {
                [] => self.broken_slug(slug, place, found),
                [one] => self.document_link(*one, anchor, place, found),
                several => {
                    let problem = ambiguous(&format!("[[{slug}]]"), several, &self.site.documents);
                    found.report.push(problem.at(place()));
                    Filling::Withheld
                }
            },
            Target::Path(path) => {
                if let Some(doc) = self.held_at(path) {
                    return self.document_link(doc, "", place, found);
                }
                let path = composed_path(path);
                found.path_links.push(PathLink { path: path.clone().into_owned(), place: place() });
                Filling::Href(base.link(&path).into())
            }
            Target::Relative(path) => {
                match self.asset(document, route, path, &place, found) {
                    Some(Beside::Published(address, _)) => return Filling::Href(address.into()),
                    Some(Beside::Withheld) => return Filling::Withheld,
                    None => {}
                }
                let seen = address::seen_from(route.as_str(), path);
                if let Some(doc) = seen.and_then(|path| self.held_at(&path)) {
                    return self.document_link(doc, "", place, found);
                }
                let help = if looks_like_host(path) {
                    format!("if it is an address, write `https://{path}`")
                } else {
                    "link to a story by the path of its `.md` file, or to a page by a path that starts with `/`"
                        .to_owned()
                };
                let problem = Diagnostic::warning(codes::DEAD_PATH, format!("`{path}` leads nowhere")).at(place());
                found.report.push(problem.help(help).about(page_path(route, path)));
                Filling::Href(path.as_str().into())
            }
            Target::Outside(address) => Filling::Href(address.as_str().into()),
        }
    }

    /// The withheld document to which a path of this site leads, if nothing public answers there.
    pub(super) fn held_at(&self, path: &str) -> Option<DocId> {
        let path = decode(address::split(path).0);
        let doc = self.held.at(&path)?;
        let is_it = |route: &Route| bare(route.as_str()) == bare(&path);
        let is_live = self.homes.iter().flatten().any(is_it)
            || self.site.editions.iter().any(|edition| is_it(&edition.route))
            || static_file(&self.site.statics, &path).is_some();
        (!is_live).then_some(doc)
    }

    /// The document at a path, as seen from another.
    pub(super) fn source(&self, document: &Document, path: &str) -> Option<DocId> {
        relative(&document.path, path).and_then(|full| self.site.lookup.at(&full))
    }

    /// What plain text shows of a story that it means by its name. What is wrong with the link is said where it stands
    /// as one, or at the name's own place.
    fn name(&self, target: &Target) -> Filling {
        let Target::Slug { slug, .. } = target else { return Filling::Withheld };
        let [doc] = self.site.lookup.of_slug(slug) else { return Filling::Withheld };
        let home = self.homes[doc.0].as_ref();
        home.map_or(Filling::Withheld, |home| self.with_headline(target, Filling::Href(home.as_str().into())))
    }

    /// Lets a link to a story read as its headline.
    fn with_headline(&self, target: &Target, filling: Filling) -> Filling {
        let (Target::Slug { slug, .. }, Filling::Href(href)) = (target, &filling) else { return filling };
        let found = self.site.lookup.of_slug(slug).first().map(|doc| &self.site.document(*doc).content);
        let words = match found {
            Some(Content::Article(head, _)) => Some(head.title.as_str()),
            Some(Content::Page(head, _)) => Some(head.title.as_str()),
            Some(Content::Briefing(head, _)) => head.title.as_deref(),
            _ => None,
        };
        words.map_or(filling.clone(), |words| Filling::Headline { href: href.clone(), words: words.into() })
    }

    pub(super) fn document_link(
        &self,
        doc: DocId,
        anchor: &str,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Filling {
        let target = &self.site.documents[doc.0];
        let Some(route) = &self.homes[doc.0] else {
            if self.shown[doc.0].is_withheld() {
                found.report.push(
                    Diagnostic::warning(codes::WITHHELD_LINK, format!("`{}` is withheld for now", target.path))
                        .at(place())
                        .help("the words stay as plain text until it is live, a name in brackets as an ellipsis"),
                );
            }
            return Filling::Withheld;
        };
        let base = &self.site.config.base_url;
        if anchor.is_empty() {
            return Filling::Href(base.link(route.as_str()).into());
        }
        let own = self.anchors[doc.0].get_or_init(|| Anchors {
            known: anchors(target).into_iter().map(|anchor| text::composed(&anchor).into_owned()).collect(),
            near: OnceLock::new(),
        });
        if !own.known.contains(&*text::composed(anchor)) {
            let mut problem =
                Diagnostic::warning(codes::BROKEN_ANCHOR, format!("`{}` has no anchor `{anchor}`", target.path))
                    .at(place())
                    .about(format!("{route}#{anchor}"));
            let all = || anchors(target);
            if let Some(near) = own.near.get_or_init(|| Near::of(all().iter().map(|anchor| &**anchor))).to(anchor) {
                problem = problem.help(format!("did you mean `#{near}`?"));
            }
            found.report.push(problem);
        }
        Filling::Href(base.link(&format!("{route}#{anchor}")).into())
    }
}

/// `www.example.org/x`, which Markdown takes for a path.
fn looks_like_host(path: &str) -> bool {
    let host = path.split('/').next().unwrap_or("");
    host.contains('.')
        && host.split('.').all(|part| !part.is_empty())
        && (host.starts_with("www.") || path.contains('/'))
}
