//! The writer: events → HTML.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use crate::base::report::Report;
use crate::base::text;
use crate::config::HtmlPolicy;
use crate::content::markdown::body::{Body, Name, Slot, SlotKind, Span, Words};
use crate::content::markdown::html::sanitize;
use crate::content::markdown::ids::Ids;
use crate::content::markdown::links::slug::SLUG_MARK;
use crate::content::markdown::links::target::Target;
use crate::content::markdown::read::events::Events;
use crate::content::markdown::read::extract::plain_text::Gatherer;
use crate::content::markdown::read::notes::Mentions;
use crate::content::markdown::source::MarkdownSource;
use crate::content::markdown::twin::build::build;
use crate::content::markdown::twin::trail::{LinkTarget, Trail};

/// Length of the opening that is kept as plain text, in bytes; enough for a description.
const OPENING: usize = 400;

pub(in super::super) fn write(
    source: MarkdownSource<'_>,
    events: &Events<'_>,
    part: Range<usize>,
    outer_level: u8,
    ids: &mut Ids,
) -> (Body, Report) {
    let mut writer = Writer {
        source,
        events,
        body: Body::default(),
        report: Report::default(),
        mentions: Mentions::default(),
        ids,
        raw_ids: HashSet::new(),
        own_links: Vec::new(),
        alignments: Vec::new(),
        cell: 0,
        in_head: false,
        raw: false,
        outer_level,
        open_levels: Vec::new(),
        opening: Gatherer::new(OPENING),
        in_paragraph: false,
        in_notes: false,
        foreign: 0,
        figure_end: None,
        open_blocks: Vec::new(),
        trail: source.twin.then(Trail::default),
    };
    writer.take_raw_ids(part.clone());
    writer.run(part);
    writer.end_blocks();
    writer.footnotes();
    writer.finish()
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each says where in the text the writer is; places within each other are no states"
)]
pub(super) struct Writer<'a> {
    pub(super) source: MarkdownSource<'a>,
    pub(super) events: &'a Events<'a>,
    pub(super) body: Body,
    pub(super) report: Report,
    pub(super) mentions: Mentions,
    pub(super) ids: &'a mut Ids,
    /// Ids reserved for raw HTML and not written yet.
    pub(super) raw_ids: HashSet<String>,
    /// For each open link, how it ends.
    pub(super) own_links: Vec<LinkEnd>,
    pub(super) alignments: Vec<Alignment>,
    pub(super) cell: usize,
    pub(super) in_head: bool,
    pub(super) raw: bool,
    /// Level of the heading on the page under which the text stands.
    pub(super) outer_level: u8,
    /// Written levels of the last heading and of those above it.
    pub(super) open_levels: Vec<u8>,
    /// The opening words.
    pub(super) opening: Gatherer,
    pub(super) in_paragraph: bool,
    /// Whether footnotes are being written, which are not part of the opening.
    pub(super) in_notes: bool,
    /// Open SVG and `MathML` elements in raw HTML.
    pub(super) foreign: usize,
    /// Caption of the current figure, and the range of its picture.
    pub(super) figure_end: Option<(String, Range<usize>)>,
    /// Open blocks, by their numbers in the body.
    pub(super) open_blocks: Vec<usize>,
    /// Records for the Markdown twin.
    pub(super) trail: Option<Trail>,
}

/// The way in which an open link ends.
pub(super) enum LinkEnd {
    Slot,
    Tag,
    Nothing,
}

impl Writer<'_> {
    pub(super) fn run(&mut self, part: Range<usize>) {
        let mut index = part.start;
        while index < part.end {
            index = self.event(index, part.end);
        }
    }

    /// Writes the event at `index`. Returns the index of the next one to write.
    fn event(&mut self, index: usize, end: usize) -> usize {
        let events = self.events;
        let Some((event, range)) = events.get(index) else { return end };
        if let Some(trail) = &mut self.trail {
            trail.event = index;
            // Everything else that readers see is inside one of these.
            let is_inside = matches!(
                event,
                Event::End(_) | Event::SoftBreak | Event::HardBreak | Event::Html(_) | Event::InlineHtml(_)
            );
            let is_block = matches!(event, Event::Start(tag) if !matches!(tag, Tag::Image { .. } | Tag::Link { .. }));
            if !is_inside && !is_block {
                self.mark(0);
            }
        }
        match event {
            Event::Start(tag) => return self.start(tag, range, index, end),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text),
            Event::Code(code) => {
                self.push("<code>");
                self.text(code);
                self.push("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(html, range),
            Event::SoftBreak => {
                self.push("\n");
                self.opening(|opening| opening.text(" "));
            }
            Event::HardBreak => {
                self.push("<br>\n");
                self.opening(|opening| opening.text(" "));
            }
            Event::Rule => match events.fence(range.start) {
                Some(fence) => self.boundary(fence),
                None => self.push("<hr>\n"),
            },
            Event::FootnoteReference(name) => self.footnote_reference(name),
            Event::TaskListMarker(done) => self.task(*done),
            Event::InlineMath(math) | Event::DisplayMath(math) => self.text(math),
        }
        index + 1
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>, index: usize, end: usize) -> usize {
        match tag {
            Tag::Paragraph => {
                if let Some(caption) = self.lone_image(index, end) {
                    self.push("<figure class=\"image\">");
                    self.figure_end = Some(caption);
                } else {
                    self.push("<p>");
                    // A block repeats, or shows what is no text.
                    self.in_paragraph = !self.in_notes && self.open_blocks.is_empty();
                }
            }
            Tag::Heading { level, id, classes, .. } => {
                return self.heading(*level as u8, id.as_ref(), classes, index, end);
            }
            Tag::BlockQuote(None) => self.push("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or(""),
                    CodeBlockKind::Indented => "",
                };
                if let Some(past) = self.rows(language, index, end) {
                    return past;
                }
                if language.is_empty() {
                    self.push("<pre><code>");
                } else {
                    self.push("<pre><code class=\"language-");
                    self.attribute(language);
                    self.push("\">");
                }
            }
            Tag::List(None) => self.push("<ul>\n"),
            Tag::List(Some(1)) => self.push("<ol>\n"),
            Tag::List(Some(start)) => {
                write!(self.body.html, "<ol start=\"{start}\">").expect("writing to a string does not fail");
                self.push("\n");
            }
            Tag::Item => self.push(if self.is_task(index) { "<li class=\"task\">" } else { "<li>" }),
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.push("<div class=\"table-scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => {
                self.push("<del>");
                self.opening(Gatherer::strike);
            }
            Tag::Superscript => self.push("<sup>"),
            Tag::Subscript => self.push("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                if let Some(slug) = dest_url.strip_prefix(SLUG_MARK) {
                    return self.slug_link(slug, range, index, end);
                }
                self.link(*link_type, dest_url, title, range);
            }
            Tag::Image { dest_url, title, .. } => return self.image(dest_url, title, range, index, end),
            // Written at the end of the text that references it.
            Tag::FootnoteDefinition(_) => return self.past(index, end),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
        index + 1
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                if let Some((caption, picture)) = self.figure_end.take() {
                    if !caption.is_empty() {
                        self.push("<figcaption><span class=\"caption\">");
                        self.caption(&caption, &picture);
                        self.push("</span></figcaption>");
                    }
                    self.push("</figure>\n");
                } else {
                    self.push("</p>\n");
                    self.opening(Gatherer::end_block);
                    self.in_paragraph = false;
                }
            }
            TagEnd::BlockQuote(None) => self.push("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.push("</div>\n"),
            TagEnd::CodeBlock => self.push("</code></pre>\n"),
            TagEnd::List(true) => self.push("</ol>\n"),
            TagEnd::List(false) => self.push("</ul>\n"),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::Table => self.push("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.push("</tr></thead>\n<tbody>");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => self.push(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => {
                self.push("</del>");
                self.opening(Gatherer::struck);
            }
            TagEnd::Superscript => self.push("</sup>"),
            TagEnd::Subscript => self.push("</sub>"),
            TagEnd::Link => match self.own_links.pop() {
                Some(LinkEnd::Slot) => self.slot(SlotKind::Close, &(0..0)),
                Some(LinkEnd::Tag) => self.push("</a>"),
                Some(LinkEnd::Nothing) | None => {}
            },
            // Handled completely at their start.
            TagEnd::Heading(_)
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn table_cell(&mut self) {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        self.cell += 1;
        self.push(if self.in_head { "<th scope=\"col\"" } else { "<td" });
        self.push(class);
        self.push(">");
    }

    /// Index after the end event that matches the start event at `index`.
    pub(super) fn past(&self, index: usize, end: usize) -> usize {
        self.events.past(index, end)
    }

    /// Plain text of a range of events.
    pub(super) fn plain(&mut self, part: Range<usize>) -> Words {
        self.events.words(part, &mut self.body.names)
    }

    fn finish(mut self) -> (Body, Report) {
        let policy = self.source.config.html;
        let trail = self.trail.take();
        let shown = trail
            .as_ref()
            .map(|trail| if self.raw { trail.shown(&self.body.html, &self.body.slots, policy) } else { trail.all() });
        let mut moved = None;
        if self.raw && policy == HtmlPolicy::Sanitise {
            let clean = sanitize::sanitize(&self.body.html, std::mem::take(&mut self.body.slots));
            (self.body.html, self.body.slots, moved) = (clean.html, clean.slots, Some(clean.moved));
        }
        if let (Some(trail), Some(shown)) = (trail, shown) {
            let moved = moved.unwrap_or_else(|| (0..self.body.slots.len() as u32).map(Some).collect());
            self.body.markdown = Some(Box::new(build(self.events, &trail, &shown, &moved)));
        }
        self.body.html.truncate(self.body.html.trim_end().len());
        // A block may end with the text.
        let end = self.body.html.len() as u32;
        self.body.slots.iter_mut().rev().take_while(|slot| slot.at > end).for_each(|slot| slot.at = end);
        self.body.html.shrink_to_fit();
        self.body.opening = self.opening.finish();
        (self.body, self.report)
    }

    pub(super) fn text(&mut self, text: &str) {
        self.body.words += text::count_words(text) as u32;
        self.opening(|opening| opening.text(text));
        escape_html_body_text(&mut self.body.html, text).expect("writing to a string does not fail");
    }

    /// Adds to the opening, within a paragraph.
    pub(super) fn opening(&mut self, add: impl FnOnce(&mut Gatherer)) {
        if self.in_paragraph {
            add(&mut self.opening);
        }
    }

    /// Adds a story that the opening names by slug.
    pub(super) fn opening_name(&mut self, target: &Target) {
        if self.in_paragraph {
            self.opening.name(self.body.names.len());
            self.body.names.push(Name::of(target.clone()));
        }
    }

    /// Marks a piece of the current event, for the Markdown twin.
    pub(super) fn mark(&mut self, token: usize) {
        if let Some(trail) = &mut self.trail {
            trail.mark(&self.body, 0, token, false);
        }
    }

    /// Records the target of the current link or picture.
    pub(super) fn link_target(&mut self, target: LinkTarget) {
        if let Some(trail) = &mut self.trail {
            trail.targets.insert(trail.event, target);
        }
    }

    /// Records a link to an anchor on this page.
    pub(super) fn want(&mut self, id: String, range: &Range<usize>) {
        let place = self.events.span(range).place(self.source.file);
        self.ids.want(id, place);
    }

    pub(super) fn slot(&mut self, kind: SlotKind, range: &Range<usize>) {
        let span = if matches!(kind, SlotKind::Close) { Span::default() } else { self.events.span(range) };
        self.body.slots.push(Slot { at: self.body.html.len() as u32, kind, span });
    }

    pub(super) fn push(&mut self, html: &str) {
        self.body.html.push_str(html);
    }

    pub(super) fn attribute(&mut self, value: &str) {
        escape_html(&mut self.body.html, value).expect("writing to a string does not fail");
    }
}
