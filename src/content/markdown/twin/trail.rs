//! Records which pieces of a text the finished HTML shows. The writer marks every piece in the HTML; marks that remain in text
//! or on a tag after sanitising belong to visible pieces. The page itself decides, so the twin cannot reveal more than
//! the page.

use std::collections::{HashMap, HashSet};

use super::super::body::{Body, Slot, Words};
use crate::base::html::{self, Token};
use crate::config::HtmlPolicy;
use crate::content::markdown::html::sanitize;
use crate::content::markdown::html::twin_mark::{Piece, TwinMark};

/// Elements whose content browsers do not show.
const HIDDEN: &[&str] = &["script", "style", "template"];

/// Target of a link or picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum LinkTarget {
    /// A slot, with its number.
    Slot(usize),
    /// An anchor on the page itself.
    Anchor,
    /// As written.
    Kept,
    /// None, because the page has no such link.
    Gone,
}

/// The record that the writer keeps for the twin.
#[derive(Default)]
pub(in super::super) struct Trail {
    /// Index of the current event.
    pub(in super::super) event: usize,
    /// All pieces, in the order of the HTML.
    marks: Vec<TwinMark>,
    /// Targets of links and pictures, by event.
    pub(in super::super) targets: HashMap<usize, LinkTarget>,
    /// Alternative texts of pictures, by event.
    pub(in super::super) alts: HashMap<usize, Words>,
    /// Captions of pictures that name stories, by event.
    pub(in super::super) captions: HashMap<usize, Words>,
}

impl Trail {
    /// Marks a piece of the current event that starts `ahead` bytes after the end of the HTML so far.
    pub(in super::super) fn mark(&mut self, body: &Body, ahead: usize, token: usize, is_tag: bool) {
        let at = (body.html.len() + ahead) as u32;
        self.marks.push(TwinMark { at, slots: body.slots.len(), piece: (self.event, token), is_tag });
    }

    /// For a text without tags: every piece is visible.
    pub(in super::super) fn all(&self) -> Shown {
        Shown { texts: self.marks.iter().map(|mark| mark.piece).collect(), tags: HashMap::new() }
    }

    /// Visible pieces of a text with tags, under a policy.
    pub(in super::super) fn shown(&self, html: &str, slots: &[Slot], policy: HtmlPolicy) -> Shown {
        let marked = sanitize::marked(html, slots, &self.marks, policy);
        let mut shown = Shown::default();
        let mut hidden: Vec<&str> = Vec::new();
        for (token, range) in html::tokens(&marked) {
            match token {
                Token::Open(tag) => {
                    if HIDDEN.iter().any(|name| tag.is(name)) {
                        hidden.push(tag.name);
                    } else if let Some(piece) = tag.get(sanitize::MARK).and_then(|mark| self.pieces(&mark).next())
                        && hidden.is_empty()
                    {
                        shown.tags.entry(piece).or_insert_with(|| marked[range].to_owned());
                    }
                }
                Token::Close(name) => {
                    hidden.pop_if(|open| open.eq_ignore_ascii_case(name));
                }
                Token::Text(text) if hidden.is_empty() => shown.texts.extend(self.pieces(text)),
                Token::Text(_) | Token::Comment => {}
            }
        }
        shown
    }

    /// The pieces whose marks a text contains.
    fn pieces<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Piece> + 't {
        text.split('\u{1}').skip(1).filter_map(|rest| {
            let number: usize = rest.split_once('\u{2}')?.0.parse().ok()?;
            Some(self.marks.get(number)?.piece)
        })
    }
}

/// Visible pieces.
#[derive(Default)]
pub(in super::super) struct Shown {
    /// Texts, blocks and pictures.
    pub(in super::super) texts: HashSet<Piece>,
    /// Start tags of raw HTML as on the page, with marks for open addresses.
    pub(in super::super) tags: HashMap<Piece, String>,
}
