//! The prose of a text for editorial checks: every block with its position in the source.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::destinations::defined;
use super::prose_blocks::{Address, Block, BlockKind, Image, Link};
use crate::base::html::{self, Token};
use crate::content::markdown::read::events::Events;
use crate::content::markdown::source::MarkdownSource;

/// Replaces what is not prose in the text of a block: code, pictures, footnote references, addresses.
const GAP: char = '\u{fffc}';

/// The prose of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Blocks in order, except code blocks and raw HTML.
    pub blocks: Vec<Block>,
    /// Links.
    pub links: Vec<Link>,
    /// All addresses of links and pictures, including those in raw HTML.
    pub addresses: Vec<Address>,
    /// Pictures, including those in raw HTML.
    pub images: Vec<Image>,
    /// Everything that readers see, including code and raw HTML, one line per block.
    pub plain: String,
}

impl Prose {
    /// Reads a text.
    pub fn read(source: MarkdownSource<'_>) -> Self {
        let (events, _) = Events::parse(source);
        let mut reader = Reader { text: source.text, events: Some(&events), ..Reader::default() };
        for index in 0..events.len() {
            if let Some((event, range)) = events.get(index) {
                reader.event(event, range);
            }
        }
        reader.flush();
        reader.prose
    }

    /// The first top-level paragraph.
    pub fn first_paragraph(&self) -> Option<&Block> {
        self.blocks
            .iter()
            .find(|block| block.kind == BlockKind::Paragraph && block.text.contains(char::is_alphanumeric))
    }
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    events: Option<&'a Events<'a>>,
    prose: Prose,
    block: Option<Block>,
    /// Open lists, block quotations, footnotes and tables.
    depth: usize,
    code: bool,
    html: bool,
    /// Open raw HTML elements whose content is not visible text.
    unseen: Vec<String>,
    /// Open links: start of their text, and whether it is not prose.
    links: Vec<(usize, Link, bool)>,
    image: Option<Image>,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) if self.code => self.plain(text),
            Event::Text(text) => self.words(text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.gap(text, range),
            Event::Html(html) => self.plain_html(html),
            Event::InlineHtml(html) => {
                self.plain_html(html);
                self.images_in(range);
                self.addresses_in(range);
                self.gap("", range);
            }
            Event::SoftBreak => self.words(" ", range),
            Event::HardBreak => self.words("\n", range),
            Event::FootnoteReference(_) => self.gap("", range),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph if self.depth == 0 => self.open(BlockKind::Paragraph),
            Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.open(BlockKind::Inner);
            }
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(*level as u8)),
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Table(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList => {
                self.flush();
                self.depth += 1;
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = true;
                self.images_in(range);
                self.addresses_in(range);
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.address(*link_type, dest_url, range);
                let at = self.here().text.len();
                let link = Link { words: String::new(), target: dest_url.to_string(), range: range.clone() };
                self.links.push((at, link, matches!(link_type, LinkType::Autolink | LinkType::Email)));
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                self.address(*link_type, dest_url, range);
                self.gap("", range);
                let block = self.prose.blocks.len();
                self.image =
                    Some(Image { alt: Some(String::new()), title: title.to_string(), block, range: range.clone() });
            }
            // Words around struck-out text are not adjacent.
            Tag::Strikethrough => self.gap("", range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Table
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList => {
                self.flush();
                self.depth = self.depth.saturating_sub(1);
            }
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::Heading(_)
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.flush(),
            TagEnd::CodeBlock => {
                self.code = false;
                self.prose.plain.push('\n');
            }
            TagEnd::HtmlBlock => {
                self.html = false;
                self.plain_break("p");
            }
            TagEnd::Link => {
                if let Some((at, mut link, _)) = self.links.pop() {
                    let text = self.block.as_ref().map_or("", |block| block.text.as_str());
                    text.get(at..).unwrap_or("").clone_into(&mut link.words);
                    self.prose.links.push(link);
                }
            }
            TagEnd::Image => {
                if let Some(mut image) = self.image.take() {
                    image.alt = image.alt.filter(|alt| !alt.trim().is_empty());
                    self.prose.images.push(image);
                }
            }
            TagEnd::Strikethrough => self.gap("", &(0..0)),
            _ => {}
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.flush();
        self.block = Some(Block::empty(kind));
    }

    fn here(&mut self) -> &mut Block {
        self.block.get_or_insert_with(|| Block::empty(BlockKind::Inner))
    }

    fn flush(&mut self) {
        if let Some(block) = self.block.take() {
            // Elements that are unclosed in a paragraph end with it.
            self.unseen.clear();
            if !self.prose.plain.is_empty() && !self.prose.plain.ends_with('\n') {
                self.prose.plain.push('\n');
            }
            if !block.text.is_empty() {
                self.prose.blocks.push(block);
            }
        }
    }

    fn words(&mut self, text: &str, range: &Range<usize>) {
        if let Some(Image { alt: Some(alt), .. }) = &mut self.image {
            alt.push_str(text);
        } else if self.html {
            self.plain_html(text);
        } else if self.links.last().is_some_and(|(.., is_address)| *is_address) {
            self.gap(text, range);
        } else {
            self.plain(text);
            self.here().push(text, range);
        }
    }

    /// Adds something visible that is not prose.
    fn gap(&mut self, text: &str, range: &Range<usize>) {
        if let Some(Image { alt: Some(alt), .. }) = &mut self.image {
            return alt.push_str(text);
        }
        self.plain(text);
        self.here().push(GAP.encode_utf8(&mut [0; 4]), range);
    }

    fn plain(&mut self, text: &str) {
        if self.unseen.is_empty() {
            self.prose.plain.push_str(text);
        }
    }

    /// Visible text of a piece of HTML, with block elements on separate lines.
    fn plain_html(&mut self, html: &str) {
        for (token, _) in html::tokens(html) {
            match token {
                Token::Open(tag) if !html::VOID.iter().any(|name| tag.is(name)) => {
                    if !self.unseen.is_empty() || tag.is_unseen() {
                        self.unseen.push(tag.name.to_ascii_lowercase());
                    }
                    self.plain_break(tag.name);
                }
                Token::Open(tag) => self.plain_break(tag.name),
                Token::Close(name) => {
                    let open = self.unseen.iter().rposition(|open| open.eq_ignore_ascii_case(name));
                    self.unseen.truncate(open.unwrap_or(self.unseen.len()));
                    self.plain_break(name);
                }
                Token::Text(text) => {
                    let text = html::decode(text);
                    let is_line_start = self.prose.plain.is_empty() || self.prose.plain.ends_with('\n');
                    self.plain(if is_line_start { text.trim_start() } else { &text });
                }
                Token::Comment => {}
            }
        }
    }

    fn plain_break(&mut self, element: &str) {
        let is_break = html::is_block(element) || element.eq_ignore_ascii_case("br");
        if is_break && !self.prose.plain.is_empty() && !self.prose.plain.ends_with('\n') {
            self.prose.plain.push('\n');
        }
    }

    /// Adds the address of a link or picture at `range`.
    fn address(&mut self, link_type: LinkType, address: &str, range: &Range<usize>) {
        let source = self.text.get(range.clone()).unwrap_or("");
        let exact = if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            let definition = self.events.and_then(|events| events.definition(range.start));
            definition.and_then(|definition| defined(self.text, definition)).map(|found| {
                let is_pointed = self.text[found.clone()].starts_with('<');
                found.start + usize::from(is_pointed)..found.end - usize::from(is_pointed)
            })
        } else {
            source.rfind(address).map(|at| range.start + at..range.start + at + address.len())
        };
        let (range, is_exact) = (exact.clone().unwrap_or_else(|| range.clone()), exact.is_some());
        self.prose.addresses.push(Address { text: address.to_owned(), range, is_exact, is_raw: false });
    }

    /// Adds addresses in raw HTML.
    fn addresses_in(&mut self, range: &Range<usize>) {
        for (token, _) in html::tokens(self.text.get(range.clone()).unwrap_or("")) {
            let Token::Open(tag) = token else { continue };
            for attribute in tag.attributes {
                if ["href", "src", "poster"].iter().any(|name| attribute.name.eq_ignore_ascii_case(name)) {
                    let text = html::decode(attribute.value).trim().to_owned();
                    let range = range.start + attribute.range.start..range.start + attribute.range.end;
                    self.prose.addresses.push(Address { text, range, is_exact: true, is_raw: true });
                }
            }
        }
    }

    /// Adds pictures in raw HTML.
    fn images_in(&mut self, range: &Range<usize>) {
        let html = self.text.get(range.clone()).unwrap_or("");
        for (token, within) in html::tokens(html) {
            let Token::Open(tag) = token else { continue };
            if tag.is("img") {
                let alt = tag.get("alt").map(Cow::into_owned);
                let block = self.prose.blocks.len();
                let range = range.start + within.start..range.start + within.end;
                self.prose.images.push(Image { alt, title: String::new(), block, range });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{BaseUrl, Config};

    fn read(text: &str) -> Prose {
        let config = Config::minimal("T", BaseUrl::new("https://a.example", ""));
        Prose::read(MarkdownSource {
            file: "a.md",
            text,
            first_line: 1,
            prefix: "",
            shared: false,
            twin: false,
            config: &config,
        })
    }

    #[test]
    fn words_know_their_bytes() {
        let text =
            "# Über\n\nIt’s *two* & “three”\n& &amp; four `code` <b>x</b> ![alt](p.png \"C\")\n\n- [here](x.md)\n";
        let copy = read(text);
        let [heading, paragraph, item] = &copy.blocks[..] else { panic!("{:?}", copy.blocks) };
        assert_eq!((heading.kind, heading.text.as_str()), (BlockKind::Heading(1), "Über"));
        assert_eq!(paragraph.text, "It’s two & “three” & & four \u{fffc} \u{fffc}x\u{fffc} \u{fffc}");
        for word in ["It’s", "two", "three", "four", "x"] {
            let at = paragraph.text.find(word).expect(word);
            assert_eq!(&text[paragraph.source(&(at..at + word.len()))], word);
        }
        assert_eq!((item.kind, item.text.as_str()), (BlockKind::Inner, "here"));
        assert_eq!((copy.links[0].words.as_str(), copy.links[0].target.as_str()), ("here", "x.md"));
        assert_eq!((copy.images[0].alt.as_deref(), copy.images[0].title.as_str()), (Some("alt"), "C"));
        assert_eq!(&text[copy.images[0].range.clone()], "![alt](p.png \"C\")");
        assert_eq!(copy.plain, "Über\nIt’s two & “three” & & four code x \nhere\n");
    }

    #[test]
    fn pictures_in_html_are_seen() {
        let copy =
            read("<figure>\n<img src=\"a.png\"><IMG src=b alt='B'>\n<figcaption>Photo: X</figcaption>\n</figure>\n");
        let alts: Vec<Option<&str>> = copy.images.iter().map(|image| image.alt.as_deref()).collect();
        assert_eq!(alts, [None, Some("B")]);
        assert_eq!(copy.plain, "Photo: X\n");
        let copy = read(
            "Say <figcaption>a</figcaption>b <audio>x <b>y</b></audio>c &amp; d<br>e <i hidden>z</i>\n\n<p>f</p><p>g</p><object>h</object>\n",
        );
        assert_eq!(copy.plain, "Say \na\nb c & d\ne \nf\ng\n");
        let copy = read("<img alt=\"a > b\" src=x><!-- <img src=y> --> [r]\n\n[R]: <https://a.example/x> 'T'\n");
        assert_eq!(copy.images.iter().map(|image| image.alt.as_deref()).collect::<Vec<_>>(), [Some("a > b")]);
    }
}
