//! Writes headings and alerts.

use std::fmt::Write as _;

use pulldown_cmark::{BlockQuoteKind, CowStr};

use super::writer::Writer;
use crate::base::text;
use crate::content::markdown::body::Heading;

impl Writer<'_> {
    pub(super) fn heading(
        &mut self,
        level: u8,
        id: Option<&CowStr<'_>>,
        classes: &[CowStr<'_>],
        index: usize,
        end: usize,
    ) -> usize {
        let past = self.past(index, end);
        let inner = index + 1..past - 1;
        let known = self.body.names.len();
        let title = self.plain(inner.clone());
        // The heading contains them as links, which have their own positions.
        self.body.names[known..].iter_mut().for_each(|name| name.span = None);
        let level = self.level(level);
        let id = self.claim_id(id.map(AsRef::as_ref), &title.without_names(), index);
        write!(self.body.html, "<h{level} id=\"").expect("writing to a string does not fail");
        self.attribute(&id);
        if !classes.is_empty() {
            self.push("\" class=\"");
            self.attribute(&classes.join(" "));
        }
        self.push("\">");
        self.run(inner);
        self.push(" <a class=\"anchor\" href=\"#");
        self.attribute(&id);
        if title.has_names() {
            self.push("\" aria-label=\"Link to this section");
        } else {
            self.push("\" aria-label=\"Link to “");
            self.attribute(&title.without_names());
            self.push("”");
        }
        writeln!(self.body.html, "\">#</a></h{level}>").expect("writing to a string does not fail");
        if level <= 3 {
            self.body.headings.push(Heading { level, id: id.clone(), title });
        }
        self.body.anchors.push(id);
        past
    }

    /// The level of a heading on the page: one below the nearest heading before it that is written higher. No level is skipped
    /// (WCAG 2.2, technique G141), and headings of one level under the same heading stay at one level.
    fn level(&mut self, written: u8) -> u8 {
        while self.open_levels.last().is_some_and(|above| *above >= written) {
            self.open_levels.pop();
        }
        self.open_levels.push(written);
        (self.outer_level + self.open_levels.len() as u8).clamp(2, 6)
    }

    /// The id of a heading, explicit or made from its text; unique on the page.
    fn claim_id(&mut self, given: Option<&str>, title: &str, index: usize) -> String {
        let prefix = if self.source.prefix.is_empty() || !self.source.shared {
            String::new()
        } else {
            format!("{}-", self.source.prefix)
        };
        let base = match given {
            Some(id) => text::composed(id).into_owned(),
            None => match text::slugify(title) {
                slug if slug.is_empty() => format!("{prefix}section"),
                slug => format!("{prefix}{slug}"),
            },
        };
        if self.ids.take(&base) {
            return base;
        }
        if given.is_some()
            && let Some((_, range)) = self.events.get(index)
        {
            self.repeated(&base, range, "give one of the headings another `{#id}`");
        }
        self.ids.take_near(&base)
    }

    pub(super) fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", "Note"),
            BlockQuoteKind::Tip => ("tip", "Tip"),
            BlockQuoteKind::Important => ("important", "Important"),
            BlockQuoteKind::Warning => ("warning", "Warning"),
            BlockQuoteKind::Caution => ("caution", "Caution"),
        };
        writeln!(
            self.body.html,
            "<div class=\"alert alert-{class}\" role=\"note\"><p class=\"alert-title\">{title}</p>"
        )
        .expect("writing to a string does not fail");
    }
}

/// HTML without the self-links of headings, whose `#` only makes sense on their own page.
pub(super) fn without_anchors(html: &str) -> String {
    const START: &str = " <a class=\"anchor\" href=\"#";
    const REST: &str = "#</a>";
    let mut without = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(START) {
        without.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        if let Some(after) = rest[end..].strip_prefix(REST).filter(|after| after.starts_with("</h")) {
            rest = after;
        } else {
            without.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    without + rest
}
