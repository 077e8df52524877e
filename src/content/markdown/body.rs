//! A compiled text: HTML with slots, and plain texts in which names are open.

use serde::{Deserialize, Serialize};

use super::target::Target;
use crate::base::html::Role;
use crate::base::report::Place;
use crate::base::text;

/// A heading of a text, whose names are still open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 2 or 3.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text.
    pub title: Words,
}

/// A heading in the outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutlineEntry {
    /// 2 or 3.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text.
    pub title: String,
}

/// A place in the HTML that the site fills in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Byte offset in [`Body::html`].
    pub at: u32,
    /// What goes there.
    pub kind: SlotKind,
    /// Where it stands in the source.
    pub span: Span,
}

/// The kinds of slots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SlotKind {
    /// An opening `<a>`.
    Link {
        /// Where it leads.
        target: Target,
        /// The title attribute.
        title: String,
        /// For a link that reads as its target's headline: the name by which the text means it. Readers never see it.
        bare: Option<String>,
    },
    /// The `</a>` that closes the last open link.
    Close,
    /// An address within this site in a tag of raw HTML.
    Address {
        /// Where it leads.
        target: Target,
        /// What it is for.
        role: Role,
        /// The name of the attribute that holds this address alone. It goes with the link when the target is withheld.
        attribute: Option<String>,
        /// Whether it is a picture whose size the tag leaves open.
        sized: bool,
    },
    /// An `<img>`.
    Image {
        /// Where it is.
        src: Target,
        /// What it shows.
        alt: Words,
    },
}

/// A range on one line of a source file; lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The line.
    pub line: u32,
    /// The first column.
    pub column: u32,
    /// The column after the last character.
    pub end_column: u32,
}

impl Span {
    /// The place in `file`; its line's text is filled in when it is shown.
    pub fn place(self, file: &str) -> Place {
        Place::columns(file, self.line, self.column..self.end_column)
    }
}

/// The content of a slot, which the site finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Filling {
    /// A link: path with the base path, or an address.
    Href(Box<str>),
    /// A link that reads as its target's headline.
    Headline {
        /// The path with the base path.
        href: Box<str>,
        /// The headline.
        words: Box<str>,
    },
    /// The target is withheld: the link's text stays, the link goes.
    Withheld,
    /// Closes whatever the link before it opened.
    Close,
    /// A picture.
    Image {
        /// Its address.
        src: Box<str>,
        /// Width and height in CSS pixels, where the file says so.
        size: Option<(u32, u32)>,
    },
}

/// A compiled text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Body {
    /// HTML without what goes into the slots.
    pub html: String,
    /// Places to fill in, in the order of the text.
    pub slots: Vec<Slot>,
    /// The ids of headings, in order; what links may point at.
    pub anchors: Vec<String>,
    /// Headings of the two upper levels.
    pub headings: Vec<Heading>,
    /// Words of text.
    pub words: u32,
    /// The opening words as plain text, at most a few lines.
    pub opening: Words,
    /// Stories that plain text of this body means by their slugs; their fillings come after those of the slots.
    pub names: Vec<Name>,
    /// The text as Markdown, where its page gets a Markdown twin.
    pub markdown: Option<Box<Markdown>>,
}

/// Plain text with open names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words(pub(super) Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Piece {
    Text(String),
    /// An index into [`Body::names`].
    Name(u32),
}

/// A story that a text means by its slug alone, and that reads as its headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// What it means.
    pub target: Target,
    /// As the text has it. Readers see it only of a page without a headline.
    pub written: String,
    /// Where it stands, when no link does: in a description, in the heading of an item.
    pub span: Option<Span>,
}

impl Words {
    /// Words without names.
    pub fn of(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()))
    }

    /// The text without the names, from which addresses are made: they must outlive changes of what is shown, and tell
    /// nothing of what is withheld.
    pub fn without_names(&self) -> String {
        let texts = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Name(_) => "",
        });
        texts.collect::<String>().trim().to_owned()
    }

    /// Whether it has names.
    pub(super) fn has_names(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Name(_)))
    }
}

impl Body {
    /// Words of this text as readers may see them: a name reads as the headline of its story, or as an ellipsis while
    /// that is withheld.
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

    /// The opening words, cut to at most `limit` characters; none of a text that has no paragraph.
    pub fn excerpt(&self, fillings: &[Filling], limit: usize) -> Option<String> {
        Some(text::cut(&self.text(&self.opening, fillings), limit)).filter(|excerpt| !excerpt.is_empty())
    }

    /// Adds the names of words that were gathered apart from this text, and makes the words its own.
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

impl Name {
    /// The name by which a text means `target`.
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

/// A text's own Markdown, in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Markdown {
    pub(super) parts: Vec<MarkdownPart>,
    /// Whether it begins with an ordinary paragraph.
    pub(super) is_paragraph: bool,
}

/// A piece. Slots are those of the text; one that has no address is withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum MarkdownPart {
    /// It stands there as it is.
    Text(String),
    /// It stands there if the slot has an address.
    If(u32, String),
    /// It stands there if the slot has none.
    Else(u32, String),
    /// The destination of a link: as written if the address that this means is the slot's own.
    Destination { slot: u32, written: String, address: String },
    /// A whole link that shows its address.
    Autolink { slot: u32, written: String, text: String, address: String },
    /// A whole link that reads as its target's headline, or else as it is written.
    Headline { slot: u32, written: String },
    /// Plain text; with a slot, if that has an address.
    Words { slot: Option<u32>, words: Words },
    /// An address in a tag, with the attribute that holds it alone.
    Address { slot: u32, attribute: Option<String> },
    /// The address of the page.
    Page,
    /// The scheme of the site's addresses, with its colon.
    Scheme,
}

impl Markdown {
    /// Adds a piece; neighbouring texts are one.
    pub(super) fn push(&mut self, part: MarkdownPart) {
        match (self.parts.last_mut(), part) {
            (_, MarkdownPart::Text(text)) if text.is_empty() => {}
            (Some(MarkdownPart::Text(before)), MarkdownPart::Text(text)) => before.push_str(&text),
            (_, part) => self.parts.push(part),
        }
    }
}
