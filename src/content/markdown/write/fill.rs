//! Fills slots: a compiled text and its fillings → finished HTML.

use super::{headings, links};
use crate::base::html::Role;
use crate::base::text;
use crate::config::BaseUrl;
use crate::content::markdown::body::{Body, Filling, Heading, OutlineEntry, SlotKind};
use crate::content::markdown::links::addresses::{raw_address, resolve};

/// For whom a text is filled: readers of its page, or of a feed or e-mail, which needs absolute links.
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
                // A refresh without an address would load its own page again and again; one to an anchor does nothing.
                (SlotKind::Address { attribute: None, role: Role::Page, .. }, Filling::Withheld) => html.push('#'),
                // A withheld target has no address, and a withheld picture is not shown.
                (SlotKind::Address { .. } | SlotKind::Image { .. }, _) => {}
                (SlotKind::Close, _) => {
                    html.push_str(if open { "</a>" } else { "</span>" });
                    open = false;
                }
                // The name in brackets is that of the target, and as secret as the target.
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
