//! Reports what would be lost silently, such as attributes of headings, and nesting that is too deep for browsers.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::attributes::{BY, KEY, TOPICS, joined};
use super::events::{Events, SectionHeading};
use crate::base::codes;
use crate::base::html::{self, Token};
use crate::base::report::{Diagnostic, Report};
use crate::base::text::near::Near;
use crate::base::text::{did_you_mean, plural};
use crate::config::HtmlPolicy;
use crate::content::markdown::body::Span;
use crate::content::markdown::html::elements::{self, is_self_closed, is_unknown};
use crate::content::markdown::html::lost::{self, LostHtml};

/// Deepest nesting of blocks and elements. Browsers and mail programs give up at a few hundred.
const DEEPEST: usize = 100;

/// Elements with optional end tags, which therefore do not nest.
const ENDLESS: &[&str] = &[
    "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup", "rt", "rp",
    "a",
];

impl Events<'_> {
    /// The byte at which nesting becomes too deep.
    fn too_deep(&self) -> Option<usize> {
        let mut outer: Vec<usize> = Vec::new();
        let mut raw = 0usize;
        let mut foreign = 0usize;
        for index in 0..self.len() {
            let (event, range) = self.get(index)?;
            match event {
                Event::Start(_) => outer.push(raw),
                // Elements that are unclosed in a block end with it.
                Event::End(_) => raw = outer.pop().map_or(raw, |before| raw.min(before)),
                Event::Html(html) | Event::InlineHtml(html) if self.policy() != HtmlPolicy::Escape => {
                    for (token, _) in html::tokens(html) {
                        // Sanitising treats `<your name>` as text: it is no element.
                        if self.policy() == HtmlPolicy::Sanitise && foreign == 0 && is_unknown(&token) {
                            continue;
                        }
                        let nests = |name: &str| {
                            let is = |list: &[&str]| list.iter().any(|other| name.eq_ignore_ascii_case(other));
                            !is(ENDLESS) && !is(html::VOID)
                        };
                        match &token {
                            Token::Open(tag) if nests(tag.name) && !is_self_closed(tag, foreign) => raw += 1,
                            Token::Close(name) if nests(name) => raw = raw.saturating_sub(1),
                            _ => {}
                        }
                        foreign = elements::foreign(&token, foreign);
                    }
                }
                _ => {}
            }
            if outer.len() + raw > DEEPEST {
                return Some(range.start);
            }
        }
        None
    }

    /// Reports excessive nesting, and drops the events of such a text.
    pub(super) fn check_depth(&mut self, file: &str, report: &mut Report) {
        let Some(at) = self.too_deep() else { return };
        report.push(
            Diagnostic::error(codes::TOO_DEEP, format!("more than {DEEPEST} blocks or elements are nested"))
                .at(self.span(&(at..at + 1)).place(file))
                .help("close what is open, or write `\\` before characters that are meant as text"),
        );
        self.clear();
    }

    /// Reports surplus table cells, which Markdown drops.
    pub(super) fn check_tables(&self, file: &str, report: &mut Report) {
        let mut columns = 0;
        for index in 0..self.len() {
            let Some((event, range)) = self.get(index) else { break };
            match event {
                Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
                Event::Start(Tag::TableRow) => {
                    let row = self.source(range).lines().next().unwrap_or("");
                    let cells = cells(row);
                    if cells > columns {
                        let message = format!(
                            "this row has {}, the head {}; the others are left out",
                            plural(cells, "cell", "cells"),
                            columns
                        );
                        report.push(
                            Diagnostic::warning(codes::TABLE_CELLS, message)
                                .at(self.span(range).place(file))
                                .help("add a column to the head, or write `\\|` where a pipe is text, in code too"),
                        );
                    }
                }
                _ => {}
            }
        }
    }

    /// Reports raw HTML that readers will not get: all that sanitising takes away, once per kind and line.
    pub(super) fn check_html(&self, file: &str, report: &mut Report) {
        let policy = self.policy();
        let mut said: BTreeSet<(String, u32)> = BTreeSet::new();
        let mut foreign = 0usize;
        for index in 0..self.len() {
            let Some((Event::Html(html) | Event::InlineHtml(html), range)) = self.get(index) else { continue };
            for (token, within) in html::tokens(html) {
                let inside = foreign > 0;
                foreign = elements::foreign(&token, foreign);
                let Token::Open(tag) = &token else { continue };
                let name = tag.name.to_ascii_lowercase();
                let lost = match policy {
                    HtmlPolicy::Trust if inside || html::is_known(&name) || name.contains('-') => continue,
                    // Browsers show none of them, so once is enough.
                    HtmlPolicy::Trust if said.iter().any(|(known, _)| *known == name) => continue,
                    HtmlPolicy::Trust => vec![LostHtml {
                        message: format!("`<{name}>` is not an element of HTML, and browsers do not show it"),
                        help: "write `&lt;` where a bracket is meant".to_owned(),
                        kind: name,
                    }],
                    HtmlPolicy::Sanitise if inside => continue,
                    HtmlPolicy::Sanitise => lost::of(&name, tag),
                    HtmlPolicy::Escape => continue,
                };
                let span = self.span(&self.inner(html, range, &within));
                for LostHtml { kind, message, help } in lost {
                    if said.insert((kind, span.line)) {
                        report.push(Diagnostic::warning(codes::HTML_LEFT_OUT, message).at(span.place(file)).help(help));
                    }
                }
            }
        }
    }
}

/// Reports an attribute of an item that means nothing. Lost topics are an error, as a wrong key is.
fn unknown(name: &str, has_topics: bool) -> Diagnostic {
    if let Some(class) = name.strip_prefix('.') {
        return Diagnostic::warning(codes::UNKNOWN_KEY, format!("the class `{class}` is left out: items have none"))
            .help("remove it");
    }
    let problem = Diagnostic::error(codes::UNKNOWN_KEY, format!("unknown attribute `{name}` of an item"));
    if name == TOPICS || Near::of([TOPICS]).to(name).is_some() {
        problem.help(did_you_mean("topics=icc,energy-exports"))
    } else if has_topics {
        // What stands after a space is an attribute of its own.
        problem.help("put topics with a space into quotation marks: `{#id topics=\"icc, energy exports\"}`")
    } else {
        problem.help("an item has an id and topics: `{#id topics=icc,energy-exports}`")
    }
}

/// Reports an attribute of an entry of live coverage that means nothing.
fn unknown_of_entry(name: &str, has_authors: bool) -> Diagnostic {
    let (what, bare) = match name.strip_prefix('.') {
        Some(class) => ("class", class),
        None => ("attribute", name),
    };
    let problem = Diagnostic::error(codes::UNKNOWN_KEY, format!("unknown {what} `{bare}` of an entry"));
    if bare == KEY || what == "class" && Near::of([KEY]).to(bare).is_some() {
        problem.help(did_you_mean(".key"))
    } else if name == BY || Near::of([BY, "author", "authors", "byline"]).to(name).is_some() {
        problem.help(did_you_mean("by=\"Name of the author\""))
    } else if has_authors && what == "attribute" {
        problem.help("put a name with a space into quotation marks: `{by=\"Name of the author\"}`")
    } else {
        problem.help("an entry has an id, the mark of a key event, and authors: `{#id .key by=\"Name of the author\"}`")
    }
}

impl Events<'_> {
    /// Reports attributes of the entry that starts at event `start` that mean nothing.
    pub fn check_entry(&self, start: usize, heading: &SectionHeading, file: &str) -> Report {
        let mut report = Report::default();
        let Some((_, range)) = self.get(start) else { return report };
        for name in &heading.unknown {
            report.push(unknown_of_entry(name, !heading.by.is_empty()).at(self.attribute(range, name).place(file)));
        }
        report
    }

    /// The position of some words in the heading that starts at event `start`.
    pub fn in_heading(&self, start: usize, words: &str) -> Span {
        let Some((_, range)) = self.get(start) else { return Span::default() };
        let found = self.source(range).find(words).map(|at| range.start + at);
        self.span(&found.map_or_else(|| range.clone(), |at| at..at + words.len()))
    }

    /// Reports attributes of the item that starts at event `start` that mean nothing.
    pub fn check_item(&self, start: usize, heading: &SectionHeading, file: &str) -> Report {
        let mut report = Report::default();
        let Some((_, range)) = self.get(start) else { return report };
        for name in &heading.unknown {
            report.push(unknown(name, !heading.topics.is_empty()).at(self.attribute(range, name).place(file)));
        }
        report
    }

    /// Reports attributes of headings that have no place on the page.
    pub(in super::super) fn check_attributes(&self, part: Range<usize>, file: &str) -> Report {
        let mut report = Report::default();
        for index in part {
            let Some((Event::Start(Tag::Heading { attrs, .. }), range)) = self.get(index) else { continue };
            for (name, _) in joined(attrs) {
                let message = format!("the attribute `{name}` of a heading is left out");
                let help = if name == TOPICS {
                    "only items of a briefing have topics, which `##` begins"
                } else {
                    "a heading has an id and classes: `{#id .class}`"
                };
                let problem = Diagnostic::warning(codes::UNKNOWN_KEY, message);
                report.push(problem.at(self.attribute(range, &name).place(file)).help(help));
            }
        }
        report
    }

    /// The position of an attribute or class in the heading with this range.
    fn attribute(&self, range: &Range<usize>, name: &str) -> Span {
        let source = self.source(range);
        let open = source.rfind('{').unwrap_or(0);
        let found = source[open..].find(name).map(|at| range.start + open + at);
        self.span(&found.map_or_else(|| range.clone(), |at| at..at + name.len()))
    }
}

/// Number of cells in a table row; an escaped pipe is text.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = 1;
    let mut escaped = false;
    let mut last = false;
    for c in row.chars() {
        last = c == '|' && !escaped;
        cells += usize::from(last);
        escaped = c == '\\' && !escaped;
    }
    cells - usize::from(last)
}
