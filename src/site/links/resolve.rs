//! The resolution and check of all links in shown documents.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::anchors::anchors;
use super::files::{Beside, File, FileUse, HIDDEN, is_hidden, static_file};
use super::held::bare;
use super::resolver::{Anchors, Findings, LinkTargets, Resolver, composed_path, page_path};
use crate::base::codes;
use crate::base::picture::rendition::Rendition;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::base::text::near::Near;
use crate::base::web::address;
use crate::content::document::{Content, Document};
use crate::content::head::CitedSource;
use crate::content::markdown::{Body, Filling, Name, SlotKind, Target, decode};
use crate::site::documents::heads::is_withdrawn;
use crate::site::documents::lookup::relative;
use crate::site::documents::pass::PassInputs;
use crate::site::editions::ShownEdition;
use crate::site::ids::{AssetId, DocId};
use crate::site::model::{BriefingFile, PathLink};
use crate::site::stories::people::ShownPerson;
use crate::site::stories::shown::ShownArticle;

/// The resolved links and files of an article.
#[derive(Default)]
pub(in crate::site) struct ArticleFillings {
    pub(in crate::site) text: Vec<Filling>,
    pub(in crate::site) image: Option<Filling>,
    pub(in crate::site) audio: Option<Box<str>>,
    pub(in crate::site) sources: Vec<CitedSource>,
}

/// The resolved links and files of a person.
pub(in crate::site) struct PersonFillings {
    pub(in crate::site) text: Vec<Filling>,
    pub(in crate::site) image: Option<Filling>,
    pub(in crate::site) links: Vec<CitedSource>,
}

/// The resolved links of an edition.
#[derive(Default)]
pub(in crate::site) struct EditionFillings {
    pub(in crate::site) image: Option<Filling>,
    pub(in crate::site) intro: Vec<Filling>,
    pub(in crate::site) items: Vec<Vec<Filling>>,
}

/// The results of link resolution, each list in the order of the pages in `LinkTargets`.
pub(in crate::site) struct ResolvedLinks {
    pub(in crate::site) articles: Vec<ArticleFillings>,
    pub(in crate::site) pages: Vec<Vec<Filling>>,
    pub(in crate::site) people: Vec<PersonFillings>,
    pub(in crate::site) topics: Vec<Vec<Filling>>,
    pub(in crate::site) editions: Vec<EditionFillings>,
    /// Files published with pages, ordered by route.
    pub(in crate::site) files: Vec<(Route, AssetId)>,
    /// Scaled copies of pictures, ordered by route.
    pub(in crate::site) renditions: Vec<(Route, AssetId, Rendition)>,
    /// Links to paths of this site, to be checked against the plan.
    pub(in crate::site) path_links: Vec<PathLink>,
}

/// Resolves all links of all shown documents, and collects the files to publish with them. Reports broken links and
/// unused files.
///
/// The links of `incomplete` documents, which have no page because of other errors, are only checked.
pub(in crate::site) fn resolve(
    inputs: PassInputs<'_>,
    targets: LinkTargets<'_>,
    incomplete: &[Arc<Document>],
    report: &mut Report,
) -> ResolvedLinks {
    let resolver = Resolver::new(inputs, targets);
    let mut found = Findings::default();
    let articles: Vec<_> = targets.articles.par_iter().map(|article| resolver.article(article)).collect();
    let articles = articles.into_iter().map(|article| found.take(article)).collect();
    let standing =
        targets.standing.iter().map(|page| resolver.text(page.doc, &page.body, &page.route, &mut found)).collect();
    let people = targets.people.iter().map(|person| resolver.person(person, &mut found)).collect();
    let topics = targets
        .topics
        .iter()
        .map(|topic| match &topic.file {
            Some(file) => resolver.text(file.doc, &file.body, &topic.route, &mut found),
            None => Vec::new(),
        })
        .collect();
    let editions = targets.editions.iter().map(|edition| resolver.edition(edition, &mut found)).collect();
    let later = resolver.held_files(&mut found);
    resolver.bundles(&targets.homes(), &mut found);
    found.files.retain(|(_, asset)| !later.contains(asset));
    found.renditions.retain(|(_, asset, _)| !later.contains(asset));
    let mut renditions: Vec<_> = std::mem::take(&mut found.renditions).into_iter().collect();
    // Two files of the same name and bytes have the same renditions.
    renditions.dedup_by(|one, other| one.0 == other.0);
    for document in incomplete {
        found.take(((), resolver.incomplete(document)));
    }
    resolver.unused(&mut found);
    let Findings { files, path_links, report: problems, .. } = found;
    report.extend(problems);
    ResolvedLinks {
        articles,
        pages: standing,
        people,
        topics,
        editions,
        files: files.into_iter().collect(),
        renditions,
        path_links,
    }
}

impl Resolver<'_> {
    fn article(&self, article: &ShownArticle) -> (ArticleFillings, Findings) {
        let mut found = Findings::default();
        let ShownArticle { doc, head, body, route, entry_docs, .. } = article;
        let document = self.documents.get(*doc);
        let mut text = self.body(document, route, body, &mut found);
        for (index, entry) in body.entries.iter().enumerate() {
            let file = self.documents.get(entry_docs.get(index).copied().unwrap_or(*doc));
            text.extend(self.body(file, route, &entry.body, &mut found));
        }
        let image = head.image.as_ref().and_then(|image| self.picture(document, route, image, &mut found));
        let audio = head.audio.as_ref().and_then(|audio| {
            let place = || document.place(&["audio"]);
            match self.file(document, route, audio, &FileUse::Sound, place, &mut found) {
                File::At(address, ..) => Some(address.into()),
                File::Missing | File::Withheld => None,
            }
        });
        let sources = self.named(document, route, "sources", &head.sources, &mut found);
        if is_withdrawn(head) {
            // The page of a withdrawn article has only the notice, since the picture may be the reason. Another story
            // that uses the same file publishes it at an address of its own.
            found.files.clear();
            found.renditions.clear();
            return (ArticleFillings { text, ..ArticleFillings::default() }, found);
        }
        (ArticleFillings { text, image, audio, sources }, found)
    }

    /// The files that only entries use which are not shown yet. They wait with them.
    fn held_files(&self, found: &mut Findings) -> HashSet<AssetId> {
        let mut later = Findings::default();
        for (doc, whole) in self.targets.held {
            let (document, Some(route)) = (self.documents.get(*doc), &self.homes[doc.0]) else { continue };
            for entry in &whole.content.entries()[document.content.entries().len()..] {
                self.body(document, route, &entry.body, &mut later);
            }
        }
        let is_withheld = |doc: &DocId| self.shown[doc.0].is_withheld();
        for (doc, story) in self.entries.all().filter(|(doc, _)| is_withheld(doc)) {
            let (document, Some(route)) = (self.documents.get(doc), &self.homes[story.0]) else { continue };
            document.content.bodies().for_each(|body| drop(self.body(document, route, body, &mut later)));
        }
        let shown: HashSet<AssetId> = found.files.iter().map(|(_, asset)| *asset).collect();
        found.used.extend(later.used);
        later.files.into_iter().map(|(_, asset)| asset).filter(|asset| !shown.contains(asset)).collect()
    }

    fn person(&self, person: &ShownPerson, found: &mut Findings) -> PersonFillings {
        let ShownPerson { doc, head, body, route } = person;
        let document = self.documents.get(*doc);
        let image = head.image.as_ref().and_then(|image| self.picture(document, route, image, found));
        let links = self.named(document, route, "links", &head.links, found);
        PersonFillings { text: self.body(document, route, body, found), image, links }
    }

    fn edition(&self, edition: &ShownEdition, found: &mut Findings) -> EditionFillings {
        let Some(BriefingFile { doc, head, body }) = &edition.file else { return EditionFillings::default() };
        let document = self.documents.get(*doc);
        let image = head.image.as_ref().and_then(|image| self.picture(document, &edition.route, image, found));
        let mut text = |body| self.text(*doc, body, &edition.route, found);
        let intro = text(&body.intro);
        EditionFillings { image, intro, items: body.items.iter().map(|item| text(&item.body)).collect() }
    }

    fn text(&self, doc: DocId, body: &Body, route: &Route, found: &mut Findings) -> Vec<Filling> {
        self.body(self.documents.get(doc), route, body, found)
    }

    fn body(&self, document: &Document, route: &Route, body: &Body, found: &mut Findings) -> Vec<Filling> {
        let mut fillings = Vec::with_capacity(body.slots.len() + body.names.len());
        fillings.extend(body.slots.iter().map(|slot| match &slot.kind {
            SlotKind::Block(number) => self.block(document, body, *number, slot.span, found),
            SlotKind::Close | SlotKind::BlockEnd(_) => Filling::Close,
            SlotKind::Address { target, role, .. } => self.address(document, route, (target, *role), slot.span, found),
            SlotKind::Image { src, .. } => self.shown_picture(document, route, src, slot.span, found),
            SlotKind::Link { target, bare, .. } => {
                let place = || slot.span.place(&document.path);
                let filling = self.link(document, route, target, place, found);
                if bare.is_some() { self.with_headline(document, target, filling) } else { filling }
            }
        }));
        for Name { target, span, .. } in &body.names {
            if let Some(span) = span {
                self.link(document, route, target, || span.place(&document.path), found);
            }
            fillings.push(self.name(document, target));
        }
        fillings
    }

    pub(in crate::site) fn link(
        &self,
        document: &Document,
        route: &Route,
        target: &Target,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Filling {
        let base = &self.config.base_url;
        match target {
            Target::Source { path, anchor } => match self.source(document, path) {
                Some(doc) => self.document_link(doc, anchor, place, found),
                None => self.broken(path, &document.path, place, found),
            },
            Target::Slug { slug, anchor } => match self.documents.of_slug(slug) {
                [] => self.broken_slug(slug, place, found),
                [one] => self.document_link(*one, anchor, place, found),
                several => {
                    let problem = self.documents.ambiguous(&format!("[[{slug}]]"), several);
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
                    Some(Beside::Published(address, ..)) => return Filling::Href(address.into()),
                    Some(Beside::Withheld) => return Filling::Withheld,
                    None => {}
                }
                let seen = address::seen_from(route.as_str(), path);
                if let Some(doc) = seen.as_ref().and_then(|path| self.held_at(path)) {
                    return self.document_link(doc, "", place, found);
                }
                if seen.is_some_and(|path| self.documents.may_answer(&decode(address::split(&path).0))) {
                    return Filling::Href(path.as_str().into());
                }
                let help = if is_hidden(path) {
                    HIDDEN.to_owned()
                } else if looks_like_host(path) {
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

    /// The withheld document at this path of the site, unless something public answers there.
    pub(in crate::site) fn held_at(&self, path: &str) -> Option<DocId> {
        let path = decode(address::split(path).0);
        let doc = self.held.at(&path)?;
        let is_it = |route: &Route| bare(route.as_str()) == bare(&path);
        let is_live = self.homes.iter().flatten().any(is_it)
            || self.targets.editions.iter().any(|edition| is_it(&edition.route))
            || self.config.redirects.iter().any(|redirect| is_it(&redirect.from))
            || static_file(self.targets.statics, &path).is_some();
        (!is_live).then_some(doc)
    }

    /// The document at a path relative to `document`.
    pub(in crate::site) fn source(&self, document: &Document, path: &str) -> Option<DocId> {
        relative(&document.path, path).and_then(|full| self.documents.at(&full))
    }

    /// The filling for a story's name in plain text, such as a heading. Problems of the link are reported where it
    /// occurs as a link, or at the place of the name.
    fn name(&self, document: &Document, target: &Target) -> Filling {
        let Target::Slug { slug, .. } = target else { return Filling::Withheld };
        let [doc] = self.documents.of_slug(slug) else { return Filling::Withheld };
        let home = self.homes[doc.0].as_ref();
        let filling = |home: &Route| Filling::Href(home.as_str().into());
        home.map_or(Filling::Withheld, |home| self.with_headline(document, target, filling(home)))
    }

    /// Turns a link in `document` to a story by its slug into one whose text is the headline.
    fn with_headline(&self, document: &Document, target: &Target, filling: Filling) -> Filling {
        let (Target::Slug { slug, .. }, Filling::Href(href)) = (target, &filling) else { return filling };
        let Some(found) = self.documents.of_slug(slug).first().map(|doc| self.documents.get(*doc)) else {
            return filling;
        };
        let words = match &found.content {
            Content::Article(head, _) => Some(head.title.as_str()),
            Content::Page(head, _) => Some(head.title.as_str()),
            Content::Briefing(head, _) => head.title.as_deref(),
            Content::Entry(..) | Content::Topic(..) | Content::Person(..) => None,
        };
        let language = |document: &Document| document.language().unwrap_or(&self.config.main_language).to_owned();
        let lang = Some(language(found)).filter(|lang| *lang != language(document)).map(Into::into);
        let headline = |words: &str| Filling::Headline { href: href.clone(), words: words.into(), lang };
        words.map_or(filling.clone(), headline)
    }

    pub(in crate::site) fn document_link(
        &self,
        doc: DocId,
        anchor: &str,
        place: impl Fn() -> Place,
        found: &mut Findings,
    ) -> Filling {
        let target = self.documents.get(doc);
        // An entry of live coverage is on the page of its story.
        if let (Some((_, entry)), Some(story), false) =
            (target.entry(), self.entries.story_of(doc), self.shown[doc.0].is_withheld())
        {
            return self.document_link(story, if anchor.is_empty() { &entry.id } else { anchor }, place, found);
        }
        let Some(route) = &self.homes[doc.0] else {
            if self.shown[doc.0].is_withheld() {
                found.report.push(
                    Diagnostic::warning(codes::WITHHELD_LINK, format!("`{}` is withheld for now", target.path))
                        .at(place())
                        .help("until it is live, readers see the words without a link, and … in place of a `[[slug]]`"),
                );
            }
            return Filling::Withheld;
        };
        let link = |route: &str| Filling::Href(self.config.link_in(target.language(), route).into());
        if anchor.is_empty() {
            return link(route.as_str());
        }
        let all = || self.anchors_of(doc);
        let own = self.anchors[doc.0].get_or_init(|| Anchors {
            known: all().iter().map(|anchor| text::composed(anchor).into_owned()).collect(),
            near: OnceLock::new(),
        });
        if !own.known.contains(&*text::composed(anchor)) {
            let mut problem =
                Diagnostic::warning(codes::BROKEN_ANCHOR, format!("`{}` has no anchor `{anchor}`", target.path))
                    .at(place())
                    .about(format!("{route}#{anchor}"));
            if let Some(near) = own.near.get_or_init(|| Near::of(all().iter().map(|anchor| &**anchor))).to(anchor) {
                problem = problem.help(text::did_you_mean(format!("#{near}")));
            }
            found.report.push(problem);
        }
        link(&format!("{route}#{anchor}"))
    }
}

impl Resolver<'_> {
    /// The anchors on the page of a document, with those of entries of live coverage in files of their own.
    fn anchors_of(&self, doc: DocId) -> Vec<String> {
        let document = self.documents.get(doc);
        let files = self.entries.of(doc).iter().filter(|file| !self.shown[file.0].is_withheld());
        let files: Vec<&Document> = files.map(|file| &**self.documents.get(*file)).collect();
        let whole = if files.is_empty() { None } else { Some(document.with_entries(&files)) };
        anchors(whole.as_ref().unwrap_or(document)).into_iter().map(Cow::into_owned).collect()
    }
}

/// Whether a relative path looks like a URL without a scheme, such as `www.example.org/x`.
fn looks_like_host(path: &str) -> bool {
    let host = path.split('/').next().unwrap_or("");
    host.contains('.')
        && host.split('.').all(|part| !part.is_empty())
        && (host.starts_with("www.") || path.contains('/'))
}
