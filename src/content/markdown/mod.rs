//! Markdown → a compiled [`Body`].
//!
//! In: the text after the front matter. Out: HTML whose links within the site are left open, as slots, until the
//! whole site is known; with the anchors, the outline, a word count and the opening words. Deliberately not here:
//! whether a link's target exists, and the template engine: `{{` in a story is text.

mod autolink;
mod controls;
mod copy;
mod elements;
mod events;
mod footnotes;
mod headings;
mod ids;
mod inline;
mod labels;
mod links;
mod outside;
mod punctuation;
mod raw;
mod reading;
mod sanitise;
mod target;
mod tasks;
mod vet;
mod words;
mod writer;
mod written;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::base::html::Role;
use crate::base::report::{Place, Report};
use crate::base::text;
use crate::config::{BaseUrl, Config};

pub use copy::{Address, Block, BlockKind, Copy, Image, Link};
pub use events::{Events, SectionHeading};
pub use ids::Ids;
pub use labels::mark_labels;
pub use reading::{Mark, Reading};
pub use target::{Target, decode};
pub use words::{Name, Words, lowered, raised};
pub use written::{Part, WrittenHeading, headings, parts};

/// A compiled text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Body {
    /// HTML without what goes into the slots.
    pub html: String,
    /// What to fill in, in the order of the text.
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
}

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

/// What goes into a slot.
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

/// What the site found for a slot.
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

/// Who fills in a text: readers of the page itself, or of a feed, who need absolute links.
#[derive(Clone, Copy, Debug)]
pub enum Audience<'a> {
    /// The page itself.
    Page,
    /// A feed or an e-mail: `site` is where the site lives, `page` the absolute address of the story's page.
    Elsewhere {
        /// The site.
        site: &'a BaseUrl,
        /// The story's own page.
        page: &'a str,
    },
}

impl Body {
    /// The outline: headings of the two upper levels.
    pub fn outline(&self, fillings: &[Filling]) -> Vec<OutlineEntry> {
        let headings = self.headings.iter();
        let entry = |heading: &Heading| OutlineEntry {
            level: heading.level,
            id: heading.id.clone(),
            title: self.text(&heading.title, fillings),
        };
        headings.map(entry).collect()
    }

    /// The words of its headings, without names of what is linked.
    pub fn headings(&self) -> impl Iterator<Item = String> {
        self.headings.iter().map(|heading| heading.title.without_names())
    }

    /// The finished HTML.
    pub fn fill(&self, fillings: &[Filling], audience: Audience<'_>) -> String {
        let mut html = String::with_capacity(self.html.len() + self.slots.len() * 64);
        let mut from = 0;
        let mut open = false;
        for (slot, filling) in self.slots.iter().zip(fillings) {
            let at = slot.at as usize;
            html.push_str(&self.html[from..at]);
            from = at;
            match (&slot.kind, filling) {
                (SlotKind::Link { title, bare, .. }, Filling::Href(href)) => {
                    open = true;
                    links::open_link(&mut html, &absolute(href, audience), title, "");
                    if let Some(bare) = bare {
                        text::escape_html(bare, &mut html);
                    }
                }
                (SlotKind::Link { title, .. }, Filling::Headline { href, words }) => {
                    open = true;
                    links::open_link(&mut html, &absolute(href, audience), title, "");
                    text::escape_html(words, &mut html);
                }
                (SlotKind::Image { alt, .. }, Filling::Image { src, size }) => {
                    links::image(&mut html, &absolute(src, audience), &self.text(alt, fillings), *size);
                }
                (SlotKind::Address { attribute, sized, .. }, Filling::Href(address)) => {
                    links::raw_address(&mut html, &absolute(address, audience), attribute.as_deref(), None, *sized);
                }
                (SlotKind::Address { attribute, sized, .. }, Filling::Image { src, size }) => {
                    links::raw_address(&mut html, &absolute(src, audience), attribute.as_deref(), *size, *sized);
                }
                // What is withheld has no address, and its picture is not shown.
                (SlotKind::Address { .. } | SlotKind::Image { .. }, _) => {}
                (SlotKind::Close, _) => {
                    html.push_str(if open { "</a>" } else { "</span>" });
                    open = false;
                }
                // The name in brackets is the target's own, and as secret as the target.
                (SlotKind::Link { bare: Some(_), .. }, _) => html.push_str("<span class=\"withheld-link\">…"),
                _ => html.push_str("<span class=\"withheld-link\">"),
            }
        }
        html.push_str(&self.html[from..]);
        match audience {
            Audience::Page => html,
            Audience::Elsewhere { page, .. } => links::resolve(&headings::without_anchors(&html), page),
        }
    }
}

fn absolute(href: &str, audience: Audience<'_>) -> String {
    match audience {
        Audience::Elsewhere { site, .. } => site.absolute_link(href),
        Audience::Page => href.to_owned(),
    }
}

/// A text to compile, and what its compilation depends on.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// Path of the file, for messages.
    pub file: &'a str,
    /// The text after the front matter.
    pub text: &'a str,
    /// The line of the file on which `text` starts, from 1.
    pub first_line: u32,
    /// Put before the ids of footnotes, so that several texts can share a page.
    pub prefix: &'a str,
    /// Whether the ids of headings get the prefix too: for texts that always share a page.
    pub shared: bool,
    /// The site's settings.
    pub config: &'a Config,
}

/// Compiles a whole text.
pub fn compile(source: Source<'_>) -> (Body, Report) {
    let mut report = Report::default();
    let events = report.take(Events::parse(source));
    let range = 0..events.len();
    let mut ids = Ids::of([source.prefix]);
    let body = report.take(compile_part(source, &events, range, 1, &mut ids));
    report.extend(ids.check());
    (body, report)
}

/// Compiles some events of a text. Headings are moved down so that none is above level `1 + deepest_outer`. `ids` are
/// those of the page so far.
pub fn compile_part(
    source: Source<'_>,
    events: &Events<'_>,
    part: Range<usize>,
    outer_level: u8,
    ids: &mut Ids,
) -> (Body, Report) {
    writer::write(source, events, part, outer_level, ids)
}

#[cfg(test)]
mod tests;
