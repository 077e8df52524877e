//! Which pieces of a text its finished HTML shows. The writer marks each of them in the HTML; whatever mark is still there
//! as text, or on a tag, after the sanitiser has run, belongs to what readers see. The page itself decides, so that the
//! twin cannot tell more than the page.

use std::collections::{HashMap, HashSet};

use super::super::body::{Body, Slot, Words};
use super::super::sanitise;
use super::super::twin_mark::{Piece, TwinMark};
use crate::base::html::{self, Token};
use crate::config::HtmlPolicy;

/// Elements whose content browsers do not show.
const HIDDEN: &[&str] = &["script", "style", "template"];

/// Where a link or a picture leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Lead {
    /// The site fills it in: the number of the slot.
    Slot(usize),
    /// To an anchor of its own page.
    Anchor,
    /// To where the text says.
    Kept,
    /// Nowhere: the page has no such link.
    Gone,
}

/// What the writer remembers.
#[derive(Default)]
pub(in super::super) struct Trail {
    /// The event that is being written.
    pub(in super::super) event: usize,
    /// All pieces, in the order of the HTML.
    marks: Vec<TwinMark>,
    /// Where links and pictures lead, by their events.
    pub(in super::super) leads: HashMap<usize, Lead>,
    /// The alternative texts of pictures, by their events.
    pub(in super::super) alts: HashMap<usize, Words>,
}

impl Trail {
    /// Marks a piece of the event that is being written, which begins `ahead` bytes behind the end of the HTML so far.
    pub(in super::super) fn mark(&mut self, body: &Body, ahead: usize, token: usize, is_tag: bool) {
        let at = (body.html.len() + ahead) as u32;
        self.marks.push(TwinMark { at, slots: body.slots.len(), piece: (self.event, token), is_tag });
    }

    /// The pieces of a text without tags: all that was written is shown.
    pub(in super::super) fn all(&self) -> Shown {
        Shown { texts: self.marks.iter().map(|mark| mark.piece).collect(), tags: HashMap::new() }
    }

    /// The pieces that a text with tags shows under a policy.
    pub(in super::super) fn shown(&self, html: &str, slots: &[Slot], policy: HtmlPolicy) -> Shown {
        let marked = sanitise::marked(html, slots, &self.marks, policy);
        let mut shown = Shown::default();
        let mut hidden: Vec<&str> = Vec::new();
        for (token, range) in html::tokens(&marked) {
            match token {
                Token::Open(tag) => {
                    if HIDDEN.iter().any(|name| tag.is(name)) {
                        hidden.push(tag.name);
                    } else if let Some(piece) = tag.get(sanitise::MARK).and_then(|mark| self.pieces(&mark).next())
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

    /// The pieces whose marks stand in a text.
    fn pieces<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Piece> + 't {
        text.split('\u{1}').skip(1).filter_map(|rest| {
            let number: usize = rest.split_once('\u{2}')?.0.parse().ok()?;
            Some(self.marks.get(number)?.piece)
        })
    }
}

/// The pieces that readers see.
#[derive(Default)]
pub(in super::super) struct Shown {
    /// Those that are text, or a block or picture.
    pub(in super::super) texts: HashSet<Piece>,
    /// Start tags of raw HTML, as the page has them: with marks in the place of open addresses.
    pub(in super::super) tags: HashMap<Piece, String>,
}
