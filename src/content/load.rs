//! Parses and compiles a content file: bytes → [`Document`].

use std::sync::{Arc, OnceLock};

use super::address;
use super::document::{BriefingBody, Content, Document, Item, PlacedStory};
use super::front::{self, Parts};
use super::head::{ArticleHead, StoryKind};
use super::live_text;
use super::markdown::{self, Events, Ids, MarkdownSource, Name, SectionHeading, Target};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text;
use crate::base::yaml::positions::Positions;
use crate::base::yaml::source::LeftOut;
use crate::config::Config;

/// The kind of a content file, from its folder below `content/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// `articles/**`.
    Article,
    /// `articles/**/entries/**`, in the folder of a story.
    Entry,
    /// `briefings/*`.
    Briefing,
    /// `topics/*`.
    Topic,
    /// `people/*`.
    Person,
    /// `pages/**`.
    Page,
}

impl DocumentKind {
    /// The kind of the file at `path`, relative to the content folder. `None` for an unknown folder.
    pub fn of(path: &str) -> Option<Self> {
        Some(match path.split_once('/')?.0 {
            "articles" if path["articles".len() + 1..].contains("/entries/") => Self::Entry,
            "articles" => Self::Article,
            "briefings" => Self::Briefing,
            "topics" => Self::Topic,
            "people" => Self::Person,
            "pages" => Self::Page,
            _ => return None,
        })
    }
}

/// Parses one content file. `path` is relative to the site's root.
pub fn load(path: &str, bytes: Vec<u8>, kind: DocumentKind, config: &Config) -> (Option<Document>, Report) {
    let mut report = Report::default();
    let whole = match front::decode(path, bytes) {
        Ok(text) => text,
        Err(problem) => {
            report.push(problem);
            return (None, report);
        }
    };
    let parts = match front::split(path, &whole) {
        Ok(parts) => parts,
        Err(problem) => {
            report.push(problem);
            return (None, report);
        }
    };
    let content = content(path, &parts, kind, config, &mut report);
    let document = content.map(|(mut content, left_out)| {
        let named = config.language_of_name(path);
        if let Some((lang, _)) = &named {
            content.set_language(lang);
        }
        // The versions of a story, `talks.md` and `talks.ar.md`, have one slug.
        let own = named.as_ref().map_or(path, |(_, path)| path);
        let is_incomplete = content.is_incomplete();
        let (slug, route) = if is_incomplete { (None, None) } else { address::address(own, &content, config) };
        let (path, front) = (path.to_owned(), parts.front.into());
        let positions = Positions::new(left_out);
        Document { path, front, positions, content, slug, route, is_incomplete, digest: OnceLock::new() }
    });
    (document, report)
}

fn content(
    path: &str,
    parts: &Parts<'_>,
    kind: DocumentKind,
    config: &Config,
    report: &mut Report,
) -> Option<(Content, LeftOut)> {
    let prefix =
        text::slugify(path.rsplit('/').find(|part| *part != "index.md").unwrap_or(path).trim_end_matches(".md"));
    let source = MarkdownSource {
        file: path,
        text: parts.body,
        first_line: parts.body_line,
        prefix: &prefix,
        shared: false,
        twin: matches!(kind, DocumentKind::Article | DocumentKind::Entry) && config.markdown_twins,
        config,
    };
    let whole = |report: &mut Report| report.take(markdown::compile(source));
    match kind {
        DocumentKind::Article => {
            let head = report.take(front::article(path, parts, config));
            let is_live = |head: &ArticleHead| head.kind == StoryKind::Live && head.date != front::NO_DATE;
            let body = match &head {
                Some((head, _)) if is_live(head) => report.take(live_text::compile(source, head)),
                _ => whole(report),
            };
            let (head, left_out) = head?;
            Some((Content::live_article(head, body), left_out))
        }
        DocumentKind::Entry => {
            let own = config.language_of_name(path).map_or_else(|| path.to_owned(), |(_, own)| own);
            let Some((front, left_out)) = report.take(front::entry(path, &own, parts, config)) else {
                whole(report);
                return None;
            };
            let (head, entry) = report.take(live_text::entry(source, front));
            Some((Content::Entry(Arc::new(head), Arc::new(entry)), left_out))
        }
        DocumentKind::Topic => {
            let head = report.take(front::topic(path, parts, config));
            let body = whole(report);
            let (head, left_out) = head?;
            Some((Content::Topic(Arc::new(head), Arc::new(body)), left_out))
        }
        DocumentKind::Person => {
            let head = report.take(front::person(path, parts, config));
            let body = whole(report);
            let (head, left_out) = head?;
            Some((Content::Person(Arc::new(head), Arc::new(body)), left_out))
        }
        DocumentKind::Page => {
            let head = report.take(front::page(path, parts, config));
            let body = whole(report);
            let (head, left_out) = head?;
            Some((Content::Page(Arc::new(head), Arc::new(body)), left_out))
        }
        DocumentKind::Briefing => {
            let head = report.take(front::briefing(path, parts, config));
            let body = briefing_body(source, report);
            let (head, left_out) = head?;
            Some((Content::Briefing(Arc::new(head), Arc::new(body)), left_out))
        }
    }
}

/// Splits a briefing at its `##` headings into an introduction and items. A heading that only names a story, without a text
/// below it, places that story.
fn briefing_body(source: MarkdownSource<'_>, report: &mut Report) -> BriefingBody {
    let events = report.take(Events::parse(source));
    let sections = events.sections();
    let headings: Vec<_> = sections.iter().map(|start| events.heading(*start)).collect();
    for (heading, start) in headings.iter().zip(&sections) {
        report.extend(events.check_item(*start, heading, source.file));
    }
    let mut ids = Ids::of([source.prefix]);
    for span in headings.iter().flat_map(|heading| &heading.notes) {
        let message = "a footnote in the heading of an item has neither mark nor note: the heading is plain text";
        let problem = Diagnostic::warning(codes::FOOTNOTE, message).at(span.place(source.file));
        report.push(problem.help("move the mark into the text below"));
    }
    // Items have lasting addresses, so their ids take precedence over those of headings inside them.
    let mut own: Vec<Option<String>> = Vec::with_capacity(headings.len());
    for (index, heading) in headings.iter().enumerate() {
        let end = sections.get(index + 1).copied().unwrap_or(events.len());
        let is_placed = placed_name(heading).is_some() && heading.end >= end;
        own.push((!is_placed).then(|| item_id(index, heading, source, &mut ids, report)));
    }
    for id in own.iter().flatten() {
        ids.add_notes(id);
    }
    let intro_end = sections.first().copied().unwrap_or(events.len());
    let intro = report.take(markdown::compile_part(source, &events, 0..intro_end, 1, &mut ids));
    let mut items: Vec<Arc<Item>> = Vec::with_capacity(headings.len());
    let mut placed = Vec::new();
    for (index, (heading, id)) in headings.into_iter().zip(own).enumerate() {
        let Some(id) = id else {
            placed.extend(placed_name(&heading).map(|name| PlacedStory {
                name: name.to_owned(),
                before: items.len(),
                span: heading.span,
            }));
            if heading.id.is_some() || !heading.topics.is_empty() {
                let message = "a heading that places a story has no anchor and no topics of its own";
                let problem = Diagnostic::warning(codes::UNKNOWN_KEY, message).at(heading.span.place(source.file));
                report.push(problem.help("remove the braces, or write a text below the heading"));
            }
            continue;
        };
        let end = sections.get(index + 1).copied().unwrap_or(events.len());
        let text = MarkdownSource { prefix: &id, shared: true, ..source };
        let mut body = report.take(markdown::compile_part(text, &events, heading.end..end, 2, &mut ids));
        let title = body.adopt(heading.title, heading.names);
        body.names.extend(heading.links);
        items.push(Arc::new(Item { id, title, topics: heading.topics, line: heading.span.line, body }));
    }
    report.extend(ids.check());
    BriefingBody { intro, items, placed }
}

/// The slug of the story that a heading names and that is all it says; `None` for any other heading.
fn placed_name(heading: &SectionHeading) -> Option<&str> {
    let [Name { target: Target::Slug { slug, anchor }, .. }] = &heading.names[..] else { return None };
    (heading.title.without_names().is_empty() && anchor.is_empty() && heading.links.is_empty()).then_some(slug)
}

/// The id of a briefing's item: given in its heading, or made from it.
fn item_id(
    index: usize,
    heading: &SectionHeading,
    source: MarkdownSource<'_>,
    ids: &mut Ids,
    report: &mut Report,
) -> String {
    let mut id = heading.id.clone().unwrap_or_else(|| text::slugify(&heading.title.without_names()));
    if id.is_empty() {
        id = format!("item-{}", index + 1);
    }
    if ids.take(&id) {
        return id;
    }
    let is_reserved = ids.is_reserved(&id);
    if heading.id.is_some() {
        let (code, message) = if is_reserved {
            (codes::RESERVED_ANCHOR, format!("the page itself has the anchor `{id}`, or may come to have it"))
        } else {
            (codes::DUPLICATE_ANCHOR, format!("the anchor `{id}` occurs twice in this briefing"))
        };
        let problem = Diagnostic::warning(code, message).at(heading.span.place(source.file));
        report.push(problem.help("give one of the items another `{#id}`"));
    }
    ids.take_near(&if is_reserved { id } else { format!("{id}-{}", index + 1) })
}
