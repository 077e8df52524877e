//! The compiled form of a text: HTML with slots for links, and plain texts whose linked names are unresolved.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::blocks::{Figure, TextBlock};
use super::links::target::Target;
use crate::base::date::Moment;
use crate::base::html::Role;
use crate::base::report::Place;
use crate::base::text;

/// A heading with unresolved names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Level, 2 or 3.
    pub level: u8,
    /// Anchor.
    pub id: String,
    /// Text.
    pub title: Words,
}

/// A heading in the outline of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutlineEntry {
    /// Level, 2 or 3.
    pub level: u8,
    /// Anchor.
    pub id: String,
    /// Text.
    pub title: String,
}

/// A placeholder in the HTML that is filled when the whole site is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Byte offset in [`Body::html`].
    pub at: u32,
    /// The kind of text to insert.
    pub kind: SlotKind,
    /// Position in the source.
    pub span: Span,
}

/// Kinds of slots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SlotKind {
    /// An opening `<a>`.
    Link {
        /// Target of the link.
        target: Target,
        /// The `title` attribute.
        title: String,
        /// For a link whose text is its target's headline: the name in the source. Readers never see it.
        bare: Option<String>,
    },
    /// The `</a>` of the last open link.
    Close,
    /// An address within this site, in raw HTML.
    Address {
        /// Target of the address.
        target: Target,
        /// The role of the address.
        role: Role,
        /// Name of the attribute when it contains nothing else. The attribute is dropped when the target is withheld.
        attribute: Option<String>,
        /// Whether it is a picture without a size.
        sized: bool,
    },
    /// The start of a block, by its index in [`Body::blocks`].
    Block(u32),
    /// The end of a block.
    BlockEnd(u32),
    /// An `<img>`.
    Image {
        /// Location of the picture.
        src: Target,
        /// Alternative text.
        alt: Words,
    },
}

/// A range on one line of a source file, counted from 1; columns are characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Column after the last character.
    pub end_column: u32,
}

impl Span {
    /// The place in `file`, without the text of its line.
    pub fn place(self, file: &str) -> Place {
        Place::columns(file, self.line, self.column..self.end_column)
    }
}

/// The value for a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Filling {
    /// A link: a path with the base path, or an absolute address.
    Href(Box<str>),
    /// A link whose text is its target's headline.
    Headline {
        /// Path with the base path.
        href: Box<str>,
        /// The headline.
        words: Box<str>,
        /// Its language as a BCP 47 tag, when it is not that of the text.
        lang: Option<Box<str>>,
    },
    /// The target is withheld: the text of the link stays, but the link is dropped.
    Withheld,
    /// The end of the link before it, if that was not dropped.
    Close,
    /// A picture.
    Image {
        /// Address of the picture.
        src: Box<str>,
        /// Width and height in CSS pixels, if known.
        size: Option<(u32, u32)>,
        /// Its scaled copies, if it has some.
        renditions: Option<Arc<Renditions>>,
    },
    /// What a block `table` or `chart` shows.
    Figure(Arc<Figure>),
}

/// The scaled copies of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Renditions {
    /// The copies in WebP, as the attribute `srcset` of HTML; paths with the base path.
    pub srcset: Box<str>,
    /// How wide the theme shows the picture, as the attribute `sizes` of HTML.
    pub sizes: Box<str>,
    /// The copy for programs that know no WebP: a path with the base path.
    pub src: Box<str>,
    /// Width and height of that copy in pixels.
    pub size: (u32, u32),
    /// Of a main picture: its cuts in the proportions 16:9, 4:3 and 1:1, each with its path and its size in pixels.
    pub cuts: Vec<(Box<str>, (u32, u32))>,
}

/// A compiled text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Body {
    /// HTML without the contents of the slots.
    pub html: String,
    /// Slots in order.
    pub slots: Vec<Slot>,
    /// Anchors of headings, in order.
    pub anchors: Vec<String>,
    /// Headings of levels 2 and 3.
    pub headings: Vec<Heading>,
    /// Number of words.
    pub words: u32,
    /// The start of the text, as plain text.
    pub opening: Words,
    /// Stories that plain texts of this body name by slug. Their fillings come after those of the slots.
    pub names: Vec<Name>,
    /// Blocks in the order of their starts.
    pub blocks: Vec<TextBlock>,
    /// The Markdown twin, if the page has one.
    pub markdown: Option<Box<Markdown>>,
    /// Entries of live coverage, oldest first. Everything above is about the text before them, except for the number of
    /// words.
    pub entries: Vec<Arc<Entry>>,
}

/// An entry of live coverage.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Anchor on the page.
    pub id: String,
    /// When it was written.
    pub at: Moment,
    /// Heading as plain text, without the time; it may be empty.
    pub title: Words,
    /// Names of its authors.
    pub by: Vec<String>,
    /// Whether it is among the key events.
    pub is_key: bool,
    /// Position of its heading in the source.
    pub span: Span,
    /// Text after the heading.
    pub body: Body,
}

/// Plain text with unresolved names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words(pub(super) Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Piece {
    Text(String),
    /// Index into [`Body::names`].
    Name(u32),
}

/// A story named by its slug, to be replaced by its headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The story.
    pub target: Target,
    /// The name in the source, which is shown for a page without a headline.
    pub written: String,
    /// Position in the source, when there is no link there: in descriptions and headings of items.
    pub span: Option<Span>,
}

impl Words {
    /// A text without names.
    pub fn of(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    /// Whether it is blank.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()))
    }

    /// The text without names, from which addresses are made: those must not change with a headline, and must not
    /// reveal what is withheld.
    pub fn without_names(&self) -> String {
        let texts = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Name(_) => "",
        });
        texts.collect::<String>().trim().to_owned()
    }

    /// The text before the first name.
    pub(in crate::content) fn start(&self) -> &str {
        match self.0.first() {
            Some(Piece::Text(text)) => text,
            _ => "",
        }
    }

    /// Drops bytes of the [`start`](Self::start).
    pub(in crate::content) fn drop_start(&mut self, length: usize) {
        if let Some(Piece::Text(text)) = self.0.first_mut() {
            text.drain(..length);
        }
    }

    /// Whether it contains names.
    pub(super) fn has_names(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Name(_)))
    }
}

impl Body {
    /// The text for readers: a name becomes the headline of its story, or an ellipsis while that is withheld.
    pub fn text(&self, words: &Words, fillings: &[Filling]) -> String {
        let mut plain = String::new();
        for piece in &words.0 {
            match piece {
                Piece::Text(text) => plain.push_str(text),
                Piece::Name(index) => plain.push_str(match fillings.get(self.slots.len() + *index as usize) {
                    Some(Filling::Headline { words, .. }) => words,
                    Some(Filling::Href(_)) => self.names.get(*index as usize).map_or("…", |name| &name.written),
                    _ => "…",
                }),
            }
        }
        plain.trim().to_owned()
    }

    /// The start of the text, truncated to `limit` characters; `None` for a text without paragraphs.
    pub fn excerpt(&self, fillings: &[Filling], limit: usize) -> Option<String> {
        Some(text::truncate(&self.text(&self.opening, fillings), limit)).filter(|excerpt| !excerpt.is_empty())
    }

    /// The number of fillings for its slots and names.
    pub fn filling_count(&self) -> usize {
        self.slots.len() + self.names.len()
    }

    /// The entries of live coverage with their fillings, which come after those of the text before them.
    pub fn filled_entries<'b>(
        &'b self,
        fillings: &'b [Filling],
    ) -> impl DoubleEndedIterator<Item = (&'b Entry, &'b [Filling])> {
        let mut from = self.filling_count();
        let parts: Vec<_> = self
            .entries
            .iter()
            .map(|entry| {
                let end = from + entry.body.filling_count();
                let own = fillings.get(from..end).unwrap_or_default();
                from = end;
                (&**entry, own)
            })
            .collect();
        parts.into_iter()
    }

    /// Takes over the names of words that were read separately, and adjusts the words to this body.
    pub(in crate::content) fn adopt(&mut self, words: Words, names: Vec<Name>) -> Words {
        let offset = self.names.len() as u32;
        self.names.extend(names);
        let moved = words.0.into_iter().map(|piece| match piece {
            Piece::Name(index) => Piece::Name(index + offset),
            text @ Piece::Text(_) => text,
        });
        Words(moved.collect())
    }
}

impl Entry {
    /// The heading with its links resolved; `None` when there is only a time.
    pub fn title(&self, fillings: &[Filling]) -> Option<String> {
        Some(self.body.text(&self.title, fillings)).filter(|title| !title.is_empty())
    }

    /// The heading or, without one, the beginning of the text.
    pub fn headline(&self, fillings: &[Filling]) -> String {
        self.title(fillings).or_else(|| self.body.excerpt(fillings, 100)).unwrap_or_default()
    }
}

impl Name {
    /// The name of `target`.
    pub(super) fn of(target: Target) -> Self {
        let written = match &target {
            Target::Slug { slug, .. } => slug.clone(),
            Target::Source { path, .. } | Target::Path(path) | Target::Relative(path) | Target::Outside(path) => {
                path.clone()
            }
        };
        Self { target, written, span: None }
    }
}

/// A Markdown twin in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Markdown {
    pub(super) parts: Vec<MarkdownPart>,
    /// Whether it starts with an ordinary paragraph.
    pub(super) is_paragraph: bool,
}

/// A part of a twin. Slot numbers are those of the body; a slot without an address is withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum MarkdownPart {
    /// Literal text.
    Text(String),
    /// Text for a slot with an address.
    If(u32, String),
    /// Text for a slot without an address.
    Else(u32, String),
    /// Destination of a link, as written if `address` is the one in the slot.
    Destination { slot: u32, written: String, address: String },
    /// A link that shows its address.
    Autolink { slot: u32, written: String, text: String, address: String },
    /// A link whose text is its target's headline, or as written.
    Headline { slot: u32, written: String },
    /// Plain text, possibly depending on a slot with an address.
    Words { slot: Option<u32>, words: Words },
    /// The caption of a picture, as the title of the picture or as words.
    Caption(Words),
    /// An address in a tag, and the name of its attribute when that contains nothing else.
    Address { slot: u32, attribute: Option<String> },
    /// The table of the figure in a slot.
    Figure(u32),
    /// The address of the page.
    Page,
    /// The scheme of the site, with its colon.
    Scheme,
}

impl Markdown {
    /// Adds a part, and merges adjacent literal texts.
    pub(super) fn push(&mut self, part: MarkdownPart) {
        match (self.parts.last_mut(), part) {
            (_, MarkdownPart::Text(text)) if text.is_empty() => {}
            (Some(MarkdownPart::Text(before)), MarkdownPart::Text(text)) => before.push_str(&text),
            (_, part) => self.parts.push(part),
        }
    }
}
