//! A file's bytes → a [`Document`].

use std::sync::OnceLock;

use super::address;
use super::document::{BriefingBody, Content, Document, Item};
use super::front::{self, Parts};
use super::markdown::{self, Events, Source};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text;
use crate::config::Config;

/// The kind of content that a path below `content/` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `articles/**`.
    Article,
    /// `briefings/*`.
    Briefing,
    /// `topics/*`.
    Topic,
    /// `people/*`.
    Person,
    /// `pages/**`.
    Page,
}

impl Kind {
    /// The kind of the file at `path`, relative to the content folder. None: Dateline does not know the folder.
    pub fn of(path: &str) -> Option<Self> {
        Some(match path.split_once('/')?.0 {
            "articles" => Self::Article,
            "briefings" => Self::Briefing,
            "topics" => Self::Topic,
            "people" => Self::Person,
            "pages" => Self::Page,
            _ => return None,
        })
    }
}

/// Reads one content file. `path` is relative to the site's root.
pub fn load(path: &str, bytes: Vec<u8>, kind: Kind, config: &Config) -> (Option<Document>, Report) {
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
    let document = content.map(|content| {
        let (slug, route) = address::address(path, &content, config);
        Document { path: path.to_owned(), front: parts.front.into(), content, slug, route, digest: OnceLock::new() }
    });
    (document, report)
}

fn content(path: &str, parts: &Parts<'_>, kind: Kind, config: &Config, report: &mut Report) -> Option<Content> {
    let prefix =
        text::slugify(path.rsplit('/').find(|part| *part != "index.md").unwrap_or(path).trim_end_matches(".md"));
    let source =
        Source { file: path, text: parts.body, first_line: parts.body_line, prefix: &prefix, shared: false, config };
    let whole = |report: &mut Report| report.take(markdown::compile(source));
    match kind {
        Kind::Article => {
            let head = report.take(front::article(path, parts, config));
            let body = whole(report);
            Some(Content::Article(Box::new(head?), body))
        }
        Kind::Topic => {
            let head = report.take(front::topic(path, parts, config));
            let body = whole(report);
            Some(Content::Topic(Box::new(head?), body))
        }
        Kind::Person => {
            let head = report.take(front::person(path, parts, config));
            let body = whole(report);
            Some(Content::Person(Box::new(head?), body))
        }
        Kind::Page => {
            let head = report.take(front::page(path, parts, config));
            let body = whole(report);
            Some(Content::Page(Box::new(head?), body))
        }
        Kind::Briefing => {
            let head = report.take(front::briefing(path, parts, config));
            let body = briefing_body(source, report);
            Some(Content::Briefing(Box::new(head?), body))
        }
    }
}

/// Splits a briefing's text at its `##` headings into an introduction and items.
fn briefing_body(source: Source<'_>, report: &mut Report) -> BriefingBody {
    let events = report.take(Events::parse(source));
    let sections = events.sections();
    let intro_end = sections.first().copied().unwrap_or(events.len());
    let intro = report.take(markdown::compile_part(source, &events, 0..intro_end, 1));
    let mut items: Vec<Item> = Vec::new();
    for (index, start) in sections.iter().enumerate() {
        let end = sections.get(index + 1).copied().unwrap_or(events.len());
        let heading = events.heading(*start);
        let mut id = heading.id.clone().unwrap_or_else(|| text::slugify(&heading.title.without_names()));
        if id.is_empty() {
            id = format!("item-{}", index + 1);
        }
        if items.iter().any(|item| item.id == id) {
            if heading.id.is_some() {
                report.push(
                    Diagnostic::warning(
                        codes::DUPLICATE_ANCHOR,
                        format!("the anchor `{id}` stands twice in this briefing"),
                    )
                    .at(heading.span.place(source.file))
                    .help("give one of the items another `{#id}`"),
                );
            }
            id = format!("{id}-{}", index + 1);
        }
        let mut body = report.take(markdown::compile_part(
            Source { prefix: &id, shared: true, ..source },
            &events,
            heading.end..end,
            2,
        ));
        let title = body.adopt(heading.title, heading.names);
        items.push(Item { id, title, topics: heading.topics, line: heading.span.line, body });
    }
    BriefingBody { intro, items }
}
