//! Events → plain text for summaries, titles and alternative texts. Links by slug stay open until the site knows what they
//! may show: a headline, or nothing.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::body::{Name, Piece, Words};
use super::events::Events;
use super::slug::{SLUG_MARK, slug_range, slug_target};
use crate::base::html::{self, Tag as HtmlTag, Token};
use crate::config::HtmlPolicy;

/// Whether an element goes with all that is in it: what is no text, or struck out.
fn is_left_out(tag: &HtmlTag<'_>) -> bool {
    tag.is_unseen() || ["del", "s", "strike"].iter().any(|name| tag.is(name))
}

/// Collects plain text from events: without what is struck out, and with raised and lowered figures in Unicode.
#[derive(Default)]
pub(super) struct Gatherer {
    words: Words,
    length: usize,
    /// Bytes after which nothing more is taken.
    limit: usize,
    /// Elements that are open and whose text is left out: how many in Markdown, and which in raw HTML.
    struck: usize,
    left_out: Vec<String>,
    /// Those of raw HTML that began between paragraphs, and hold whole ones.
    around: Vec<String>,
    /// How many `<q>` are open.
    quotes: usize,
    /// Raised or lowered text that is not closed yet.
    shifted: Option<(Shift, String)>,
    /// Whether something was left out right before.
    is_gap: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shift {
    Raised,
    Lowered,
}

impl Gatherer {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    fn is_closed(&self) -> bool {
        self.length >= self.limit || self.struck > 0 || !self.left_out.is_empty() || !self.around.is_empty()
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.is_closed() {
            return;
        }
        if let Some((_, shifted)) = &mut self.shifted {
            return shifted.push_str(text);
        }
        let is_gap = std::mem::take(&mut self.is_gap);
        let text = match self.words.0.last_mut() {
            Some(Piece::Text(before)) if before.ends_with(char::is_whitespace) => {
                let text = text.trim_start();
                // What stood between the space and this mark was left out.
                if is_gap && text.starts_with(['.', ',', ';', ':', '!', '?', ')']) {
                    before.truncate(before.trim_end().len());
                }
                text
            }
            None => text.trim_start(),
            _ => text,
        };
        self.length += text.len();
        match self.words.0.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ if text.is_empty() => {}
            _ => self.words.0.push(Piece::Text(text.to_owned())),
        }
        self.is_gap = is_gap && text.is_empty();
    }

    pub(super) fn name(&mut self, index: usize) {
        if !self.is_closed() {
            self.end_shift();
            self.is_gap = false;
            self.length += 24;
            self.words.0.push(Piece::Name(index as u32));
        }
    }

    /// Struck text begins.
    pub(super) fn strike(&mut self) {
        self.struck += 1;
    }

    /// Struck text ends.
    pub(super) fn struck(&mut self) {
        self.struck = self.struck.saturating_sub(1);
        self.is_gap = true;
    }

    /// Raw HTML, in a paragraph or not.
    pub(super) fn raw(&mut self, html: &str, in_paragraph: bool) {
        if in_paragraph {
            self.html(html);
        } else {
            self.block_html(html);
        }
    }

    /// Raw HTML between paragraphs, whose words are none of the opening: but it may hold paragraphs that are to be left out.
    fn block_html(&mut self, html: &str) {
        /// Code, captions and cells, which Markdown has in no paragraph.
        const BLOCKS: &[&str] = &["pre", "figure", "figcaption", "table"];
        for (token, _) in html::tokens(html) {
            match token {
                Token::Open(tag) => {
                    let is_inside = !self.around.is_empty() && !html::VOID.iter().any(|name| tag.is(name));
                    if is_inside || is_left_out(&tag) || BLOCKS.iter().any(|name| tag.is(name)) {
                        self.around.push(tag.name.to_ascii_lowercase());
                    }
                }
                Token::Close(name) => self.close_around(name),
                Token::Text(_) | Token::Comment => {}
            }
        }
    }

    fn close_around(&mut self, name: &str) {
        if let Some(at) = self.around.iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
            self.around.truncate(at);
        }
    }

    /// Raw HTML.
    pub(super) fn html(&mut self, html: &str) {
        for (token, _) in html::tokens(html) {
            match token {
                Token::Open(tag) => {
                    let name = tag.name.to_ascii_lowercase();
                    let is_inside = !self.left_out.is_empty() && !html::VOID.contains(&&*name);
                    match name.as_str() {
                        name if is_inside || is_left_out(&tag) => self.left_out.push(name.to_owned()),
                        "sup" if !self.is_closed() => self.shifted = Some((Shift::Raised, String::new())),
                        "sub" if !self.is_closed() => self.shifted = Some((Shift::Lowered, String::new())),
                        "br" => self.text(" "),
                        "q" => {
                            self.text(if self.quotes.is_multiple_of(2) { "“" } else { "‘" });
                            self.quotes += 1;
                        }
                        name if html::is_block(name) => self.text(" "),
                        _ => {}
                    }
                }
                Token::Close(name) => {
                    let open = self.left_out.iter().rposition(|open| open.eq_ignore_ascii_case(name));
                    if let Some(at) = open {
                        self.left_out.truncate(at);
                        self.is_gap = true;
                    } else if name.eq_ignore_ascii_case("sup") || name.eq_ignore_ascii_case("sub") {
                        self.end_shift();
                    } else if name.eq_ignore_ascii_case("q") && self.quotes > 0 {
                        self.quotes -= 1;
                        self.text(if self.quotes.is_multiple_of(2) { "”" } else { "’" });
                    } else {
                        self.close_around(name);
                        if html::is_block(name) {
                            self.text(" ");
                        }
                    }
                }
                Token::Text(text) => self.text(&html::decode(text)),
                Token::Comment => {}
            }
        }
    }

    fn end_shift(&mut self) {
        if let Some((shift, text)) = self.shifted.take() {
            let before = self.words.0.last();
            let after_word = matches!(before, Some(Piece::Text(text)) if text.ends_with(char::is_alphanumeric));
            let plain = match shift {
                Shift::Raised => raised(&text, after_word),
                Shift::Lowered => lowered(&text),
            };
            self.text(&plain);
        }
    }

    /// A block ends, and with it the elements of raw HTML that stand in it.
    pub(super) fn end_block(&mut self) {
        self.end_shift();
        self.left_out.clear();
        self.quotes = 0;
        self.struck = 0;
        self.text(" ");
    }

    pub(super) fn finish(mut self) -> Words {
        self.end_shift();
        if let Some(Piece::Text(last)) = self.words.0.last_mut() {
            last.truncate(last.trim_end().len());
        }
        self.words
    }
}

/// What stands raised after a word or a figure and is no power: the ends of ordinals, and of abbreviations.
const ENDS: &[&str] = &[
    "st", "nd", "rd", "th", "e", "er", "re", "ère", "me", "ème", "mes", "eme", "lle", "lles", "o", "a", "os", "as",
    "bis", "ter", "nde", "tm", "gr", "d", "s", "t",
];

/// Raised text: `⁶` and the like, where Unicode has all of it, else `^x`.
pub fn raised(text: &str, after_word: bool) -> String {
    shifted(text, "0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ").unwrap_or_else(|| {
        let is_end = after_word && ENDS.contains(&text.trim().to_lowercase().trim_end_matches('.'));
        if is_end || !after_word || text.trim().is_empty() { text.to_owned() } else { format!("^{}", text.trim()) }
    })
}

/// Lowered text: `₂` and the like, where Unicode has all of it, else as it is.
pub fn lowered(text: &str) -> String {
    shifted(text, "0123456789+-=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ").unwrap_or_else(|| text.to_owned())
}

fn shifted(text: &str, from: &str, to: &str) -> Option<String> {
    let text = text.trim().replace('−', "-");
    let found = text.chars().map(|c| to.chars().nth(from.chars().position(|known| known == c)?));
    found.collect::<Option<String>>().filter(|found| !found.is_empty())
}

impl Events<'_> {
    /// The plain text of some events. Names in it are added to `names`, each with its place.
    pub(super) fn words(&self, part: Range<usize>, names: &mut Vec<Name>) -> Words {
        let mut gatherer = Gatherer::new(usize::MAX);
        let mut index = part.start;
        while index < part.end {
            let Some((event, range)) = self.get(index) else { break };
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    if let Some(written) = dest_url.strip_prefix(SLUG_MARK) {
                        let (target, label) = slug_target(written);
                        if let Some(label) = label {
                            gatherer.text(label);
                        } else {
                            gatherer.name(names.len());
                            names.push(Name { span: Some(self.span(&slug_range(range))), ..Name::of(target) });
                        }
                        index = self.past(index, part.end);
                        continue;
                    }
                }
                Event::Start(Tag::Strikethrough) => gatherer.strike(),
                Event::End(TagEnd::Strikethrough) => gatherer.struck(),
                Event::Text(text) | Event::Code(text) => gatherer.text(text),
                Event::InlineHtml(html) | Event::Html(html) => match self.policy() {
                    HtmlPolicy::Escape => gatherer.text(html),
                    HtmlPolicy::Trust | HtmlPolicy::Sanitise => gatherer.html(html),
                },
                Event::SoftBreak | Event::HardBreak => gatherer.text(" "),
                _ => {}
            }
            index += 1;
        }
        gatherer.finish()
    }

    /// The index after the end that belongs to the start at `index`.
    pub(super) fn past(&self, index: usize, end: usize) -> usize {
        let mut depth = 0usize;
        for at in index..end {
            match self.get(at) {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return at + 1;
            }
        }
        end
    }
}
