//! Writes links and pictures, or slots for them.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::writer::{LinkEnd, Writer};
use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::text;
use crate::base::web::scheme;
use crate::config::HtmlPolicy;
use crate::content::markdown::body::{Name, Piece, Renditions, SlotKind, Words};
use crate::content::markdown::links::slug::{self, NamePiece, slug_range, slug_target};
use crate::content::markdown::links::target::{self, Destination, Target};
use crate::content::markdown::twin::trail::LinkTarget;

impl Writer<'_> {
    pub(super) fn slug_link(&mut self, written: &str, range: &Range<usize>, index: usize, end: usize) -> usize {
        let past = self.past(index, end);
        let (target, label) = slug_target(written);
        let bare = label.is_none().then(|| Name::of(target.clone()).written);
        if bare.is_some() {
            self.opening_name(&target);
        }
        self.link_target(LinkTarget::Slot(self.body.slots.len()));
        self.slot(SlotKind::Link { target, title: String::new(), bare }, &slug_range(range));
        if let Some(label) = label {
            self.text(label);
        }
        self.slot(SlotKind::Close, range);
        past
    }

    pub(super) fn link(&mut self, link_type: LinkType, destination: &str, title: &str, range: &Range<usize>) {
        let trusted = self.source.config.html == HtmlPolicy::Trust;
        if link_type == LinkType::Email {
            let address = format!("mailto:{destination}");
            open_link(&mut self.body.html, &address, title, "");
            return self.own_links.push(LinkEnd::Tag);
        }
        let target = target::classify(destination, &self.source.config.base_url, trusted);
        self.link_target(match &target {
            Destination::Own(_) => LinkTarget::Slot(self.body.slots.len()),
            Destination::Anchor(_) => LinkTarget::Anchor,
            Destination::Unknown(_) if !trusted => LinkTarget::Gone,
            Destination::Outside(_) | Destination::Unknown(_) => LinkTarget::Kept,
            Destination::Unsafe => LinkTarget::Gone,
        });
        let end = match target {
            Destination::Own(target) => {
                self.slot(SlotKind::Link { target, title: title.to_owned(), bare: None }, range);
                LinkEnd::Slot
            }
            Destination::Anchor(id) => {
                open_link(&mut self.body.html, &format!("#{id}"), title, "");
                self.want(id, range);
                LinkEnd::Tag
            }
            Destination::Outside(address) => {
                let is_page = address.starts_with("http") || address.starts_with("//");
                let marks = if is_page { " class=\"external\" rel=\"external noopener\"" } else { "" };
                open_link(&mut self.body.html, &address, title, marks);
                LinkEnd::Tag
            }
            Destination::Unsafe => {
                let help = "the link’s text is kept, the link is left out; link to a page instead";
                self.unsafe_address(destination, help, range);
                LinkEnd::Nothing
            }
            Destination::Unknown(address) => {
                self.unknown_scheme(&address, trusted, range);
                if trusted {
                    open_link(&mut self.body.html, &address, title, "");
                    LinkEnd::Tag
                } else {
                    LinkEnd::Nothing
                }
            }
        };
        self.own_links.push(end);
    }

    /// Reports an unknown scheme. A site that trusts its HTML may use schemes of other programs, so there only misspelt
    /// ones are reported.
    pub(super) fn unknown_scheme(&mut self, address: &str, trusted: bool, range: &Range<usize>) {
        let name = scheme::name(address).unwrap_or_default();
        let meant = scheme::meant(address);
        if trusted && meant.is_none() {
            return;
        }
        let help = match meant {
            Some(meant) => text::did_you_mean(meant),
            None if name.eq_ignore_ascii_case("file") => {
                "put the file beside the story and link to it by its path; the link’s text is kept, the link is left out"
                    .to_owned()
            }
            None => "write an address that starts with `https://`; the link’s text is kept, the link is left out".to_owned(),
        };
        let message = format!("`{name}:` is not a known scheme, in `{}`", text::truncate(address, 60));
        let place = self.events.span(range).place(self.source.file);
        self.report.push(Diagnostic::warning(codes::UNKNOWN_SCHEME, message).at(place).help(help));
    }

    /// Reports an address with a forbidden scheme.
    pub(super) fn unsafe_address(&mut self, address: &str, help: &str, range: &Range<usize>) {
        let message = format!("`{}` could run code in the reader’s browser", text::truncate(address.trim(), 60));
        let place = self.events.span(range).place(self.source.file);
        self.report.push(Diagnostic::warning(codes::UNSAFE_LINK, message).at(place).help(help));
    }

    pub(super) fn image(&mut self, src: &str, title: &str, range: &Range<usize>, index: usize, end: usize) -> usize {
        let past = self.past(index, end);
        let alt = self.plain(index + 1..past - 1);
        let trusted = self.source.config.html == HtmlPolicy::Trust || target::is_picture(src.trim());
        let target = target::classify(src, &self.source.config.base_url, trusted);
        let is_open = |src: &str| alt.has_names() || target::is_picture(src);
        self.link_target(match &target {
            Destination::Own(_) => LinkTarget::Slot(self.body.slots.len()),
            Destination::Outside(src) if is_open(src) => LinkTarget::Slot(self.body.slots.len()),
            Destination::Unknown(_) if !trusted => LinkTarget::Gone,
            Destination::Outside(_) | Destination::Unknown(_) => LinkTarget::Kept,
            Destination::Unsafe | Destination::Anchor(_) => LinkTarget::Gone,
        });
        if self.trail.is_some() && self.own_links.is_empty() {
            self.trace_caption(index, title);
        }
        if let Some(trail) = &mut self.trail {
            trail.alts.insert(index, alt.clone());
        }
        match target {
            Destination::Own(src) => self.slot(SlotKind::Image { src, alt }, range),
            // Its alternative text waits for the site, and the sanitiser knows no `data:` URLs.
            Destination::Outside(src) if is_open(&src) => {
                self.slot(SlotKind::Image { src: Target::Outside(src), alt }, range);
            }
            Destination::Outside(address) => image(&mut self.body.html, &address, &alt.without_names(), None),
            Destination::Unknown(address) => {
                self.unknown_scheme(&address, trusted, range);
                if trusted {
                    image(&mut self.body.html, &address, &alt.without_names(), None);
                }
            }
            Destination::Unsafe => {
                self.unsafe_address(src, "the picture is left out; give the path of a file, or a web address", range);
            }
            Destination::Anchor(_) => {}
        }
        if self.figure_end.is_none() && !title.is_empty() {
            // The space separates the texts where the page is read without styles.
            self.push(" <span class=\"caption\">");
            self.caption(title, range);
            let is_glued = self.events.text()[range.end..].starts_with(char::is_alphanumeric);
            self.push(if is_glued { "</span> " } else { "</span>" });
        }
        past
    }

    /// The caption of a picture, which is not part of the opening. Stories in double brackets are links, as in the text,
    /// except inside a link.
    pub(super) fn caption(&mut self, text: &str, picture: &Range<usize>) {
        for piece in slug::pieces(text) {
            match piece {
                NamePiece::Slug(written) if self.own_links.is_empty() => {
                    let brackets = self.events.source(picture).find(&format!("[[{written}]]"));
                    let range = brackets.map_or(picture.clone(), |at| {
                        let start = picture.start + at;
                        start..start + "[[]]".len() + written.len()
                    });
                    let (target, label) = slug_target(written);
                    let bare = label.is_none().then(|| Name::of(target.clone()).written);
                    self.slot(SlotKind::Link { target, title: String::new(), bare }, &range);
                    self.plain_words(label.unwrap_or_default());
                    self.slot(SlotKind::Close, &range);
                }
                NamePiece::Slug(written) => self.plain_words(&format!("[[{written}]]")),
                NamePiece::Text(text) => self.plain_words(text),
            }
        }
    }

    fn plain_words(&mut self, text: &str) {
        self.body.words += text::count_words(text) as u32;
        escape_html_body_text(&mut self.body.html, text).expect("writing to a string does not fail");
    }

    /// Records the caption of a picture that names stories, for the Markdown twin.
    fn trace_caption(&mut self, index: usize, title: &str) {
        let pieces = slug::pieces(title);
        if pieces.len() < 2 {
            return;
        }
        let mut words = Vec::new();
        for piece in pieces {
            words.push(match piece {
                NamePiece::Text(text) => Piece::Text(text.to_owned()),
                NamePiece::Slug(written) => match slug_target(written) {
                    (_, Some(label)) => Piece::Text(label.to_owned()),
                    (target, None) => {
                        self.body.names.push(Name::of(target));
                        Piece::Name(self.body.names.len() as u32 - 1)
                    }
                },
            });
        }
        if let Some(trail) = &mut self.trail {
            trail.captions.insert(index, Words(words));
        }
    }

    /// The title of a picture that is the only content of its paragraph, and the range of the picture.
    pub(super) fn lone_image(&self, index: usize, end: usize) -> Option<(String, Range<usize>)> {
        let (Event::Start(Tag::Image { title, .. }), range) = self.events.get(index + 1)? else { return None };
        let after = self.past(index + 1, end);
        matches!(self.events.get(after), Some((Event::End(TagEnd::Paragraph), _)))
            .then(|| (title.to_string(), range.clone()))
    }
}

/// Writes `<a href="…" title="…">` with further attributes verbatim.
pub(super) fn open_link(html: &mut String, href: &str, title: &str, attributes: &str) {
    html.push_str("<a href=\"");
    escape_href(&mut *html, href).expect("writing to a string does not fail");
    html.push('"');
    if !title.is_empty() {
        html.push_str(" title=\"");
        escape_html(&mut *html, title).expect("writing to a string does not fail");
        html.push('"');
    }
    html.push_str(attributes);
    html.push('>');
}

/// Writes a picture that is loaded lazily, in the widths that it has.
pub(super) fn picture(html: &mut String, alt: &str, size: Option<(u32, u32)>, renditions: &Renditions) {
    let Renditions { srcset, sizes, src, .. } = renditions;
    html.push_str("<picture><source type=\"image/webp\" srcset=\"");
    escape_html(&mut *html, srcset).expect("writing to a string does not fail");
    html.push_str("\" sizes=\"auto, ");
    escape_html(&mut *html, sizes).expect("writing to a string does not fail");
    html.push_str("\">");
    image(html, src, alt, size);
    html.push_str("</picture>");
}

/// Writes an `<img>` that is loaded lazily, with its size if known.
pub(super) fn image(html: &mut String, src: &str, alt: &str, size: Option<(u32, u32)>) {
    html.push_str("<img src=\"");
    escape_href(&mut *html, src).expect("writing to a string does not fail");
    html.push_str("\" alt=\"");
    escape_html(&mut *html, alt).expect("writing to a string does not fail");
    html.push('"');
    if let Some((width, height)) = size {
        write!(html, " width=\"{width}\" height=\"{height}\"").expect("writing to a string does not fail");
    }
    html.push_str(" loading=\"lazy\" decoding=\"async\">");
}
