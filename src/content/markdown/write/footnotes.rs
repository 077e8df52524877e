//! Writes footnotes, numbered in the order of their first reference, at the end of the text.

use std::fmt::Write as _;

use pulldown_cmark::CowStr;

use super::writer::Writer;
use crate::content::markdown::read::notes::definitions;

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, name: &CowStr<'_>) {
        let (number, mention) = self.mentions.mention(name);
        let prefix = self.note_prefix();
        let repeat = if mention > 1 { format!("-{mention}") } else { String::new() };
        write!(
            self.body.html,
            "<sup class=\"footnote-ref\" id=\"fnref-{prefix}{number}{repeat}\"><a href=\"#fn-{prefix}{number}\">{number}</a></sup>"
        )
        .expect("writing to a string does not fail");
    }

    fn note_prefix(&self) -> String {
        if self.source.prefix.is_empty() { String::new() } else { format!("{}-", self.source.prefix) }
    }

    pub(super) fn footnotes(&mut self) {
        if self.mentions.name(1).is_none() {
            return;
        }
        let definitions = definitions(self.events);
        self.in_notes = true;
        self.push("<div class=\"footnotes\" role=\"doc-endnotes\"><ol>\n");
        let prefix = self.note_prefix();
        let mut number = 1;
        while let Some(name) = self.mentions.name(number) {
            let definition = definitions.get(name).cloned();
            write!(self.body.html, "<li id=\"fn-{prefix}{number}\">").expect("writing to a string does not fail");
            self.run(definition.unwrap_or(0..0));
            if self.body.html.ends_with("</p>\n") {
                self.body.html.truncate(self.body.html.len() - "</p>\n".len());
            } else {
                self.push("<p>");
            }
            for mention in 1..=self.mentions.count(number) {
                let repeat = if mention > 1 { format!("-{mention}") } else { String::new() };
                write!(
                    self.body.html,
                    " <a class=\"footnote-back\" href=\"#fnref-{prefix}{number}{repeat}\" aria-label=\"Back to mention {number}{repeat}\">↩</a>"
                )
                .expect("writing to a string does not fail");
            }
            self.push("</p></li>\n");
            number += 1;
        }
        self.push("</ol></div>\n");
    }
}
