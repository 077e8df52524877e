//! Fills slots: a compiled text and its fillings → finished HTML.

use std::ops::Range;

use super::{headings, links};
use crate::base::html::{self, Role, Token};
use crate::base::text;
use crate::config::BaseUrl;
use crate::content::markdown::blocks::{marks, shown};
use crate::content::markdown::body::{Body, Filling, Heading, OutlineEntry, SlotKind};
use crate::content::markdown::links::addresses::{raw_address, resolve};

/// The medium for which a text is filled: its page, or a feed or e-mail, which needs absolute links.
#[derive(Clone, Copy, Debug)]
pub enum Audience<'a> {
    /// The page itself.
    Page,
    /// A feed or e-mail.
    Elsewhere {
        /// Address of the site.
        site: &'a BaseUrl,
        /// Absolute address of the story's page.
        page: &'a str,
    },
}

impl Body {
    /// The outline: headings of levels 2 and 3.
    pub fn outline(&self, fillings: &[Filling]) -> Vec<OutlineEntry> {
        let headings = self.headings.iter();
        let entry = |heading: &Heading| OutlineEntry {
            level: heading.level,
            id: heading.id.clone(),
            title: self.text(&heading.title, fillings),
        };
        headings.map(entry).collect()
    }

    /// The texts of the headings, without names of linked stories.
    pub fn headings(&self) -> impl Iterator<Item = String> {
        self.headings.iter().map(|heading| heading.title.without_names())
    }

    /// Ranges of the HTML that are left out with their pictures: figures with nothing else in them, `<img>`, and lists of
    /// candidates. In order.
    fn lost(&self, fillings: &[Filling]) -> Vec<Range<usize>> {
        const FIGURE: [&str; 2] = ["<figure class=\"image\">", "</figure>"];
        let (mut lost, mut tags) = (Vec::new(), Vec::new());
        for (slot, filling) in self.slots.iter().zip(fillings) {
            let at = slot.at as usize;
            match (&slot.kind, filling) {
                (_, Filling::Image { .. } | Filling::Href(_)) => {}
                (SlotKind::Image { .. }, _)
                    if self.html[..at].ends_with(FIGURE[0]) && self.html[at..].starts_with(FIGURE[1]) =>
                {
                    lost.push(at - FIGURE[0].len()..at + FIGURE[1].len());
                }
                (SlotKind::Address { role: Role::Picture, .. }, _) => tags.push(at),
                _ => {}
            }
        }
        if !tags.is_empty() {
            let mut tags = tags.into_iter().peekable();
            for (token, range) in html::tokens(&self.html) {
                let mut found = None;
                while let Some(at) = tags.next_if(|at| *at < range.end) {
                    found = found.or(Some(at));
                }
                if let (Some(at), Token::Open(tag)) = (found, token)
                    && (tag.is("img") || tag.is("source"))
                {
                    let candidates = tag.attributes.iter().find(|of| of.whole.start < at && at < of.whole.end);
                    let whole = candidates.filter(|_| tag.is("img")).map(|of| of.whole.clone());
                    lost.push(whole.unwrap_or(range));
                }
            }
        }
        lost.sort_by_key(|range| range.start);
        lost
    }

    /// The finished HTML.
    pub fn fill(&self, fillings: &[Filling], audience: Audience<'_>) -> String {
        let mut html = String::with_capacity(self.html.len() + self.slots.len() * 64);
        let mut from = 0;
        let mut open = false;
        let mut lost = self.lost(fillings).into_iter().peekable();
        for (slot, filling) in self.slots.iter().zip(fillings) {
            let at = slot.at as usize;
            if at < from {
                continue;
            }
            while let Some(range) = lost.next_if(|range| range.start < at) {
                html.push_str(&self.html[from..range.start]);
                from = range.end;
            }
            if at < from {
                continue;
            }
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
                (SlotKind::Link { title, .. }, Filling::Headline { href, words, lang }) => {
                    open = true;
                    let direction = |lang: &str| format!(" lang=\"{lang}\" dir=\"{}\"", text::direction(lang));
                    let attributes = lang.as_deref().map(direction).unwrap_or_default();
                    links::open_link(&mut html, &absolute(href, audience), title, &attributes);
                    text::escape_html(words, &mut html);
                }
                (SlotKind::Image { alt, .. }, Filling::Image { src, size, renditions }) => {
                    let alt = self.text(alt, fillings);
                    match (renditions, audience) {
                        (Some(renditions), Audience::Page) => links::picture(&mut html, &alt, *size, renditions),
                        (Some(renditions), Audience::Elsewhere { .. }) => {
                            links::image(&mut html, &absolute(&renditions.src, audience), &alt, Some(renditions.size));
                        }
                        (None, _) => links::image(&mut html, &absolute(src, audience), &alt, *size),
                    }
                }
                (SlotKind::Address { attribute, sized, .. }, Filling::Href(address)) => {
                    raw_address(&mut html, &absolute(address, audience), attribute.as_deref(), None, *sized);
                }
                (SlotKind::Address { attribute, sized, .. }, Filling::Image { src, size, .. }) => {
                    raw_address(&mut html, &absolute(src, audience), attribute.as_deref(), *size, *sized);
                }
                // A refresh without an address would load its own page again and again; one to an anchor does nothing.
                (SlotKind::Address { attribute: None, role: Role::Page, .. }, Filling::Withheld) => html.push('#'),
                (SlotKind::Block(number) | SlotKind::BlockEnd(number), _) => {
                    if let Some(block) = self.blocks.get(*number as usize) {
                        let is_start = matches!(slot.kind, SlotKind::Block(_));
                        let figure = match filling {
                            Filling::Figure(figure) => Some(&**figure),
                            _ => None,
                        };
                        match audience {
                            Audience::Page if is_start => shown::open(block, figure, &mut html),
                            Audience::Page => marks::close(&mut html),
                            Audience::Elsewhere { .. } if is_start => {
                                html.push_str(&block.before);
                                let title = block.value("title").unwrap_or_default();
                                html.push_str(&figure.map(|figure| figure.html(title)).unwrap_or_default());
                            }
                            Audience::Elsewhere { .. } => html.push_str(&block.after),
                        }
                    }
                }
                (SlotKind::Close, _) => {
                    html.push_str(if open { "</a>" } else { "" });
                    open = false;
                }
                // The name in brackets is that of the target, and as secret as the target.
                (SlotKind::Link { bare: Some(_), .. }, _) => html.push('…'),
                // A withheld target has no address, a withheld picture is not shown, and the words of a withheld link are words
                // like others: a mark would tell that there is something to come.
                _ => {}
            }
        }
        for range in lost {
            html.push_str(&self.html[from..range.start]);
            from = range.end;
        }
        html.push_str(&self.html[from..]);
        match audience {
            Audience::Page => html,
            Audience::Elsewhere { page, .. } => resolve(&headings::without_anchors(&html), page),
        }
    }
}

fn absolute(href: &str, audience: Audience<'_>) -> String {
    match audience {
        Audience::Elsewhere { site, .. } => site.absolute_link(href),
        Audience::Page => href.to_owned(),
    }
}
