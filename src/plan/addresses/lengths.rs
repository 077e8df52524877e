//! Addresses that are too long for a disk.

use std::collections::HashSet;

use super::former;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::text::fold;
use crate::content::document::{Content, Document};
use crate::plan::{FeedSubject, FileKind, List, Output, OutputKind, PageKind, Plan, SiteContext};
use crate::site::{Edition, Site, TopicId};

/// The longest name that disks hold, in bytes: ext4, XFS, APFS and NTFS agree.
pub(super) const NAME: usize = 255;
/// The longest path below the output folder, in bytes: macOS takes 1,024 for the whole path, Linux 4,096.
const PATH: usize = 900;
/// Characters of a long address that messages show.
const SHOWN: usize = 60;

/// Reports each address that no file can have, once for all that stand below it, where whoever gave the name can change it.
pub(in crate::plan) fn check(context: &SiteContext, plan: &Plan, report: &mut Report) {
    let mut seen = HashSet::new();
    for output in &plan.outputs {
        let path = output.route.as_str();
        if path.len() <= NAME {
            continue;
        }
        let long = path.split('/').find(|name| name.len() > NAME);
        let problem = match long {
            Some(name) if seen.insert(name) => {
                format!(
                    "a part of the address `{}` is {} bytes long; names of files end at {NAME}",
                    shown(path),
                    name.len()
                )
            }
            None if path.len() > PATH && seen.insert(path) => {
                format!("the address `{}` is {} bytes long; paths of files end at {PATH}", shown(path), path.len())
            }
            _ => continue,
        };
        let (edition, output) = context.resolve(output);
        let (place, help) = origin(&edition.site, output);
        let problem = Diagnostic::error(codes::LONG_ADDRESS, problem).help(help);
        report.push(match place {
            Some(place) => problem.at(place),
            None => problem,
        });
    }
}

fn shown(path: &str) -> String {
    path.chars().take(SHOWN).chain(['…']).collect()
}

/// The place of the name that makes an address long, and what to do there.
fn origin(site: &Site, output: &Output) -> (Option<Place>, &'static str) {
    match (&output.kind, output.doc) {
        (OutputKind::Redirect(_), Some(doc)) => {
            let document = site.document(doc);
            let index = document.aliases().iter().position(|alias| former::of_alias(alias) == output.route);
            let place = index.map(|index| document.place(&[document.aliases_key(), &index.to_string()]));
            (place, "remove the alias: no host had a page at an address of this length")
        }
        (OutputKind::Redirect(_), None) => {
            let redirect =
                site.config.redirects.iter().find(|redirect| former::of_redirect(&redirect.from) == output.route);
            (
                redirect.map(|redirect| redirect.place.clone()),
                "remove the redirect, or make the other name of the topic shorter",
            )
        }
        (OutputKind::List(List::Topic(id), _) | OutputKind::Feed(_, FeedSubject::Topic(id)), _) => {
            (topic(site, *id), "make the name shorter, or give the topic a file with a short `slug:`")
        }
        (OutputKind::Page(PageKind::Thread(id)) | OutputKind::Feed(_, FeedSubject::Thread(id)), _) => {
            let folded = &site.thread(*id).folded;
            let is_part = |document: &Document| match &document.content {
                Content::Article(head, _) => head.thread.as_ref().is_some_and(|name| fold(name) == *folded),
                _ => false,
            };
            let part = shown_documents(site).find(|document| is_part(document));
            (part.map(|document| document.place(&["thread"])), "make the name of the thread shorter")
        }
        (OutputKind::List(List::Person(id), _) | OutputKind::Feed(_, FeedSubject::Person(id)), _) => {
            (Some(named(site.document(site.person(*id).doc))), "give it a short `slug:`")
        }
        (OutputKind::File(FileKind::Static(index)), _) => {
            (Some(Place::file(format!("static/{}", site.statics[*index].path))), "rename the file, or move it up")
        }
        (OutputKind::File(FileKind::Rendition(index)), _) => {
            let (_, id, _) = &site.renditions[*index];
            (Some(Place::file(format!("content/{}", site.asset(*id).path))), "rename the file, or move it up")
        }
        (OutputKind::File(FileKind::Beside(id)), _) => {
            (Some(Place::file(format!("content/{}", site.asset(*id).path))), "rename the file, or move it up")
        }
        (_, Some(doc)) => (Some(named(site.document(doc))), "give it a short `slug:`, or a file of a shorter name"),
        (_, None) => (None, "make the names in it shorter"),
    }
}

/// The place that gives a document its name in addresses: its key, else its file.
fn named(document: &Document) -> Place {
    let has_slug = match &document.content {
        Content::Article(head, _) => head.slug.is_some(),
        Content::Page(head, _) => head.slug.is_some(),
        Content::Topic(head, _) => head.slug.is_some(),
        Content::Person(head, _) => head.slug.is_some(),
        Content::Briefing(..) | Content::Entry(..) => false,
    };
    if has_slug { document.place(&["slug"]) } else { Place::file(&*document.path) }
}

/// The place that gives a topic its name: its own file, else its first mention.
fn topic(site: &Site, id: TopicId) -> Option<Place> {
    let topic = site.topic(id);
    if let Some(file) = &topic.file {
        let document = site.document(file.doc);
        return Some(if file.head.slug.is_none() { document.place(&["title"]) } else { named(document) });
    }
    let is_meant = |name: &String| fold(name) == topic.folded;
    shown_documents(site).find_map(|document| match &document.content {
        Content::Article(head, _) => match head.topics.iter().position(is_meant) {
            Some(index) => Some(document.place(&["topics", &index.to_string()])),
            None => head.section.as_ref().filter(|name| is_meant(name)).map(|_| document.place(&["section"])),
        },
        Content::Briefing(_, body) => {
            let item = body.items.iter().find(|item| item.topics.iter().any(is_meant))?;
            Some(Place { line: item.line, column: 1, ..Place::file(&*document.path) })
        }
        _ => None,
    })
}

/// The documents that readers see.
fn shown_documents(site: &Site) -> impl Iterator<Item = &Document> {
    let articles = site.articles.iter().map(|article| article.doc);
    let editions = site.editions.iter().filter_map(Edition::doc);
    articles.chain(editions).map(|doc| site.document(doc))
}
