//! Autolinks and smart punctuation. Neither applies to code, in Markdown or raw HTML; addresses in links are left as
//! they are.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::autolink::{self, AutolinkKind};
use super::punctuation::Context;
use crate::base::html::{self, Token};
use crate::config::HtmlPolicy;
use crate::content::markdown::html::elements::is_self_closed;

type Ranged<'a> = (Event<'a>, Range<usize>);

/// Elements of raw HTML whose text is not prose.
const CODE: &[&str] = &["code", "kbd", "samp", "pre", "tt", "var", "script", "style", "textarea", "svg", "math"];

/// Enclosing constructs of an event.
#[derive(Clone, Copy, Default)]
struct Around {
    /// Open links in Markdown.
    links: usize,
    /// Open code blocks and pictures.
    blocks: usize,
    /// Open links in raw HTML.
    raw_links: usize,
    /// Open code elements in raw HTML.
    raw_code: usize,
}

impl Around {
    /// Whether bare addresses become links here.
    fn takes_links(self) -> bool {
        self.links + self.blocks + self.raw_links + self.raw_code == 0
    }

    /// Updates the counts for raw HTML.
    fn html(&mut self, html: &str) {
        for (token, _) in html::tokens(html) {
            let (name, opens) = match token {
                Token::Open(tag) if is_self_closed(&tag, 0) => continue,
                Token::Open(tag) => (tag.name, true),
                Token::Close(name) => (name, false),
                Token::Text(_) | Token::Comment => continue,
            };
            let count = if name.eq_ignore_ascii_case("a") {
                &mut self.raw_links
            } else if CODE.iter().any(|code| name.eq_ignore_ascii_case(code)) {
                &mut self.raw_code
            } else {
                continue;
            };
            *count = if opens { *count + 1 } else { count.saturating_sub(1) };
        }
    }
}

fn is_block(event: &Event<'_>) -> bool {
    let is_inline = |tag: &TagEnd| {
        matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link
                | TagEnd::Image
                | TagEnd::HtmlBlock
        )
    };
    match event {
        Event::Start(tag) => !is_inline(&tag.to_end()),
        Event::End(tag) => !is_inline(tag),
        _ => false,
    }
}

/// Tracks open constructs from event to event.
struct Walk {
    around: Around,
    /// Counts at the start of each open block: raw HTML that is unclosed in a paragraph ends with it.
    outer: Vec<Around>,
    policy: HtmlPolicy,
}

impl Walk {
    fn new(policy: HtmlPolicy) -> Self {
        Self { around: Around::default(), outer: Vec::new(), policy }
    }

    fn step(&mut self, event: &Event<'_>) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) if self.policy != HtmlPolicy::Escape => self.around.html(html),
            Event::Start(Tag::CodeBlock(_)) => self.around.blocks += 1,
            Event::End(TagEnd::CodeBlock) => self.around.blocks = self.around.blocks.saturating_sub(1),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => self.around.links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => self.around.links = self.around.links.saturating_sub(1),
            event if is_block(event) => {
                if matches!(event, Event::Start(_)) {
                    self.outer.push(self.around);
                } else if let Some(outer) = self.outer.pop() {
                    self.around = outer;
                }
            }
            _ => {}
        }
    }
}

/// The ranges of the texts in which bare addresses become links.
pub(in crate::content::markdown::read) fn linkable(list: &[Ranged<'_>], policy: HtmlPolicy) -> Vec<Range<usize>> {
    let mut walk = Walk::new(policy);
    let mut found = Vec::new();
    for (event, range) in list {
        if matches!(event, Event::Text(_)) && walk.around.takes_links() {
            found.push(range.clone());
        }
        walk.step(event);
    }
    found
}

/// Turns bare addresses into links.
pub(in crate::content::markdown::read) fn link<'a>(
    list: Vec<Ranged<'a>>,
    text: &'a str,
    policy: HtmlPolicy,
) -> Vec<Ranged<'a>> {
    let mut walk = Walk::new(policy);
    let mut out = Vec::with_capacity(list.len());
    let mut run: Vec<Ranged<'a>> = Vec::new();
    for (event, range) in list {
        let around = walk.around;
        let takes = around.takes_links();
        let follows = |last: usize| last == range.start || text.get(last..range.start) == Some("\\");
        let goes_on = run.last().is_none_or(|(_, last)| follows(last.end));
        if matches!(event, Event::Text(_)) && takes && goes_on {
            run.push((event, range));
            continue;
        }
        link_run(&mut run, text, &mut out);
        walk.step(&event);
        if matches!(event, Event::Text(_)) && takes {
            run.push((event, range));
        } else {
            out.push((event, range));
        }
    }
    link_run(&mut run, text, &mut out);
    out
}

/// Moves a run of contiguous texts to `out`, with their addresses as links.
fn link_run<'a>(run: &mut Vec<Ranged<'a>>, text: &'a str, out: &mut Vec<Ranged<'a>>) {
    let (Some(start), Some(end)) = (run.first().map(|(_, range)| range.start), run.last().map(|(_, range)| range.end))
    else {
        return;
    };
    let source = text.get(start..end).unwrap_or("");
    let may = source.contains("//") || source.contains('@') || source.contains("ww.") || source.contains("WW.");
    let found = if may { autolink::find(source, text[..start].chars().next_back()) } else { Vec::new() };
    let mut found = found.into_iter().map(|(range, kind)| (range.start + start..range.end + start, kind)).peekable();
    // The link being assembled: range, kind, and address so far.
    let mut open: Option<(Range<usize>, AutolinkKind, String)> = None;
    for (event, range) in run.drain(..) {
        let Event::Text(words) = event else { continue };
        let is_plain = text.get(range.clone()) == Some(&*words);
        let mut at = range.start;
        while at < range.end {
            if let Some((link, kind, address)) = &mut open {
                let end = range.end.min(link.end);
                address.push_str(if is_plain { &text[at..end] } else { &words });
                at = if is_plain { end } else { range.end };
                if at >= link.end {
                    close(link.clone(), *kind, std::mem::take(address), out);
                    open = None;
                }
            } else if let Some((link, kind)) = found.next_if(|(link, _)| link.start <= at) {
                open = Some((link, kind, String::new()));
            } else {
                let end = found.peek().map_or(range.end, |(link, _)| range.end.min(link.start));
                if !is_plain || at == range.start && end == range.end {
                    out.push((Event::Text(words.clone()), range.clone()));
                    break;
                }
                out.push((Event::Text(CowStr::Borrowed(&text[at..end])), at..end));
                at = end;
            }
        }
        if range.is_empty() {
            out.push((Event::Text(words), range));
        }
    }
    if let Some((link, kind, address)) = open {
        close(link, kind, address, out);
    }
}

fn close(range: Range<usize>, kind: AutolinkKind, address: String, out: &mut Vec<Ranged<'_>>) {
    let (link_type, destination) = match kind {
        AutolinkKind::Whole => (LinkType::Autolink, address.clone()),
        AutolinkKind::Www => (LinkType::Autolink, format!("http://{address}")),
        AutolinkKind::Mail => (LinkType::Email, address.clone()),
    };
    let tag = Tag::Link { link_type, dest_url: destination.into(), title: "".into(), id: "".into() };
    out.push((Event::Start(tag), range.clone()));
    out.push((Event::Text(address.into()), range.clone()));
    out.push((Event::End(TagEnd::Link), range));
}

/// Applies smart punctuation.
pub(in crate::content::markdown::read) fn punctuate<'a>(
    list: Vec<Ranged<'a>>,
    text: &'a str,
    policy: HtmlPolicy,
) -> Vec<Ranged<'a>> {
    let mut walk = Walk::new(policy);
    let mut context = Context::default();
    let mut out: Vec<Ranged<'a>> = Vec::with_capacity(list.len());
    // Whether the text of the open link is its address.
    let mut is_address = false;
    let firsts = firsts(&list);
    for (index, (event, range)) in list.into_iter().enumerate() {
        let around = walk.around;
        walk.step(&event);
        match &event {
            Event::Text(words) if around.blocks + around.raw_code == 0 && !is_address => {
                // Escaped marks and character references, such as `&quot;`, are meant literally.
                let is_plain = text.get(range.clone()) == Some(&**words);
                let literal = if !is_plain {
                    words.len()
                } else if text[..range.start].ends_with('\\') {
                    words.chars().next().map_or(0, char::len_utf8)
                } else {
                    0
                };
                let next = firsts.get(index + 1).copied().flatten();
                let mut at = range.start;
                for change in context.set(words, literal, next) {
                    let (from, to) = (range.start + change.range.start, range.start + change.range.end);
                    if from > at {
                        out.push((Event::Text(CowStr::Borrowed(&text[at..from])), at..from));
                    }
                    out.push((Event::Text(change.text.into()), from..to));
                    at = to;
                }
                if at == range.start {
                    out.push((event, range));
                } else if at < range.end {
                    out.push((Event::Text(CowStr::Borrowed(&text[at..range.end])), at..range.end));
                }
                continue;
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(last) = words.chars().next_back() {
                    context.pass(last);
                }
            }
            Event::SoftBreak | Event::HardBreak => context.pass('\n'),
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => is_address = true,
            Event::End(TagEnd::Link) => is_address = false,
            event if is_block(event) => context = Context::default(),
            _ => {}
        }
        out.push((event, range));
    }
    out
}

/// For each event, the next visible character within its block.
fn firsts(list: &[Ranged<'_>]) -> Vec<Option<char>> {
    let mut firsts = vec![None; list.len()];
    let mut next = None;
    for (index, (event, _)) in list.iter().enumerate().rev() {
        match event {
            Event::Text(words) | Event::Code(words) => next = words.chars().next().or(next),
            Event::SoftBreak | Event::HardBreak => next = Some('\n'),
            event if is_block(event) => next = None,
            _ => {}
        }
        firsts[index] = next;
    }
    firsts
}
