//! Events → plain text, for summaries, titles and alternative texts. Links by slug stay unresolved until the site knows
//! what they may show.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::base::html::{self, Tag as HtmlTag, Token};
use crate::config::HtmlPolicy;
use crate::content::markdown::body::{Name, Piece, Words};
use crate::content::markdown::html::elements::{self, is_self_closed};
use crate::content::markdown::links::slug::{SLUG_MARK, slug_range, slug_target};
use crate::content::markdown::read::events::Events;

/// Whether an element is left out with its content: not text, or struck out.
fn is_left_out(tag: &HtmlTag<'_>) -> bool {
    tag.is_unseen() && !is_self_closed(tag, 0) || ["del", "s", "strike"].iter().any(|name| tag.is(name))
}

/// Collects plain text from events, without struck-out text, and with superscripts and subscripts as Unicode
/// characters.
#[derive(Default)]
pub(in crate::content::markdown) struct Gatherer {
    words: Words,
    length: usize,
    /// Bytes after which collecting stops.
    limit: usize,
    /// Open struck-out elements: a count for Markdown, names for raw HTML.
    struck: usize,
    left_out: Vec<String>,
    /// Those raw HTML elements that started between paragraphs and contain whole paragraphs.
    around: Vec<String>,
    /// Open `<q>` elements.
    quotes: usize,
    /// Open superscripts and subscripts, which can nest.
    shifted: Vec<(Shift, String)>,
    /// Whether text was left out immediately before.
    is_gap: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shift {
    Raised,
    Lowered,
}

impl Gatherer {
    pub(in crate::content::markdown) fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    fn is_closed(&self) -> bool {
        self.length >= self.limit || self.struck > 0 || !self.left_out.is_empty() || !self.around.is_empty()
    }

    pub(in crate::content::markdown) fn text(&mut self, text: &str) {
        if self.is_closed() {
            return;
        }
        if let Some((_, shifted)) = self.shifted.last_mut() {
            return shifted.push_str(text);
        }
        let is_gap = std::mem::take(&mut self.is_gap);
        let text = match self.words.0.last_mut() {
            Some(Piece::Text(before)) if before.ends_with(char::is_whitespace) => {
                let text = text.trim_start();
                // The text between the space and this punctuation was left out.
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

    pub(in crate::content::markdown) fn name(&mut self, index: usize) {
        if !self.is_closed() {
            self.end_shifts();
            self.is_gap = false;
            self.length += 24;
            self.words.0.push(Piece::Name(index as u32));
        }
    }

    /// Starts struck-out text.
    pub(in crate::content::markdown) fn strike(&mut self) {
        self.struck += 1;
    }

    /// Ends struck-out text.
    pub(in crate::content::markdown) fn struck(&mut self) {
        self.struck = self.struck.saturating_sub(1);
        self.is_gap = true;
    }

    /// Handles raw HTML, within a paragraph or not.
    pub(in crate::content::markdown) fn raw(&mut self, html: &str, in_paragraph: bool) {
        if in_paragraph {
            self.html(html);
        } else {
            self.block_html(html);
        }
    }

    /// Handles raw HTML between paragraphs. Its text is not part of the opening, but it may enclose paragraphs that are
    /// left out.
    fn block_html(&mut self, html: &str) {
        /// //In Markdown, code, captions and cells are not in paragraphs either.
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

    /// Handles raw HTML of a text that is sanitised. There, as in the text itself, an unknown tag such as `<your name>`
    /// is meant to be read. `foreign` is the number of open SVG and `MathML` elements; the new one is returned.
    fn harmless_html(&mut self, html: &str, mut foreign: usize) -> usize {
        for (token, within) in html::tokens(html) {
            if foreign == 0 && elements::is_unknown(&token) {
                self.text(&html[within]);
            } else {
                foreign = elements::foreign(&token, foreign);
                self.html(&html[within]);
            }
        }
        foreign
    }

    /// Handles raw HTML.
    pub(in crate::content::markdown) fn html(&mut self, html: &str) {
        for (token, _) in html::tokens(html) {
            match token {
                Token::Open(tag) => {
                    let name = tag.name.to_ascii_lowercase();
                    let is_inside = !self.left_out.is_empty() && !html::VOID.contains(&&*name);
                    match name.as_str() {
                        name if is_inside || is_left_out(&tag) => self.left_out.push(name.to_owned()),
                        "sup" if !self.is_closed() => self.shifted.push((Shift::Raised, String::new())),
                        "sub" if !self.is_closed() => self.shifted.push((Shift::Lowered, String::new())),
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

    /// Ends the innermost superscript or subscript. Inside another, its text becomes part of that.
    fn end_shift(&mut self) {
        if let Some((shift, text)) = self.shifted.pop() {
            let before = match (self.shifted.last(), self.words.0.last()) {
                (Some((_, outer)), _) if !outer.is_empty() => outer,
                (_, Some(Piece::Text(before))) => before,
                _ => "",
            };
            let after_word = before.ends_with(char::is_alphanumeric);
            let plain = match shift {
                Shift::Raised => raised(&text, after_word),
                Shift::Lowered => lowered(&text),
            };
            self.text(&plain);
        }
    }

    fn end_shifts(&mut self) {
        while !self.shifted.is_empty() {
            self.end_shift();
        }
    }

    /// Ends a block, and the raw HTML elements that are still open in it.
    pub(in crate::content::markdown) fn end_block(&mut self) {
        self.end_shifts();
        self.left_out.clear();
        self.quotes = 0;
        self.struck = 0;
        self.text(" ");
    }

    pub(in crate::content::markdown) fn finish(mut self) -> Words {
        self.end_shifts();
        if let Some(Piece::Text(last)) = self.words.0.last_mut() {
            last.truncate(last.trim_end().len());
        }
        self.words
    }
}

/// Superscripts after a word or number that are not exponents: endings of ordinals and abbreviations.
const ENDS: &[&str] = &[
    "st", "nd", "rd", "th", "e", "er", "re", "ère", "me", "ème", "mes", "eme", "lle", "lles", "o", "a", "os", "as",
    "bis", "ter", "nde", "tm", "gr", "d", "s", "t",
];

/// Superscript: `⁶` and so on where Unicode has all characters, otherwise `^x`.
pub fn raised(text: &str, after_word: bool) -> String {
    shifted(text, "0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ").unwrap_or_else(|| {
        let is_end = after_word && ENDS.contains(&text.trim().to_lowercase().trim_end_matches('.'));
        if is_end || !after_word || text.trim().is_empty() { text.to_owned() } else { format!("^{}", text.trim()) }
    })
}

/// Subscript: `₂` and so on where Unicode has all characters, otherwise unchanged.
pub fn lowered(text: &str) -> String {
    shifted(text, "0123456789+-=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ").unwrap_or_else(|| text.to_owned())
}

fn shifted(text: &str, from: &str, to: &str) -> Option<String> {
    let text = text.trim().replace('−', "-");
    let found = text.chars().map(|c| to.chars().nth(from.chars().position(|known| known == c)?));
    found.collect::<Option<String>>().filter(|found| !found.is_empty())
}

impl Events<'_> {
    /// Plain text of a range of events. Names in it are added to `names`, with their positions.
    pub(in crate::content::markdown) fn words(&self, part: Range<usize>, names: &mut Vec<Name>) -> Words {
        let mut gatherer = Gatherer::new(usize::MAX);
        let mut foreign = 0;
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
                    HtmlPolicy::Trust => gatherer.html(html),
                    HtmlPolicy::Sanitise => foreign = gatherer.harmless_html(html, foreign),
                },
                Event::SoftBreak | Event::HardBreak => gatherer.text(" "),
                _ => {}
            }
            index += 1;
        }
        gatherer.finish()
    }

    /// Index after the end event that matches the start event at `index`.
    pub(in crate::content::markdown) fn past(&self, index: usize, end: usize) -> usize {
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
