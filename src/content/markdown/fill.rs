//! A compiled text and what the site found for its slots → finished HTML.

use super::addresses::{raw_address, resolve};
use super::body::{Body, Filling, Heading, OutlineEntry, SlotKind};
use super::{headings, links};
use crate::base::text;
use crate::config::BaseUrl;

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
                    raw_address(&mut html, &absolute(address, audience), attribute.as_deref(), None, *sized);
                }
                (SlotKind::Address { attribute, sized, .. }, Filling::Image { src, size }) => {
                    raw_address(&mut html, &absolute(src, audience), attribute.as_deref(), *size, *sized);
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
