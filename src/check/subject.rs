//! A content file as rules see it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use crate::base::disk;
use crate::base::report::Place;
use crate::base::text::lines::Lines;
use crate::content::document::Document;
use crate::content::folders::CONTENT;
use crate::content::front;
use crate::content::head::ArticleHead;
use crate::content::load::{self, DocumentKind};
use crate::content::markdown::{MarkdownSource, Prose};
use crate::site::{Site, WithheldReason};

/// A content file.
pub(super) struct Subject<'a> {
    pub(super) site: &'a Site,
    pub(super) document: Cow<'a, Document>,
    /// The text of the whole file.
    pub(super) text: String,
    /// Line index, built on demand.
    lines: OnceLock<Lines>,
    /// Byte offset of the Markdown.
    pub(super) body: usize,
    /// The prose of the Markdown.
    pub(super) prose: Prose,
}

/// Files that rules check: public ones, and those that will become public by themselves. Drafts may contain anything.
pub(super) fn all(site: &Site) -> BTreeSet<String> {
    let coming = |reason| matches!(reason, WithheldReason::Scheduled | WithheldReason::Embargoed);
    let coming = site.withheld.iter().filter(|withheld| coming(withheld.reason)).map(|withheld| withheld.path.clone());
    site.shown().map(|document| document.path.clone()).chain(coming).collect()
}

impl<'a> Subject<'a> {
    /// Reads a file again, because the site keeps no text. `None` when it is gone or has changed.
    pub(super) fn read(site: &'a Site, root: &Path, path: &str, known: Option<&'a Document>) -> Option<Self> {
        let bytes = disk::read(&disk::join(root, path)).ok()?;
        let document = if let Some(document) = known {
            Cow::Borrowed(document)
        } else {
            let kind = DocumentKind::of(path.strip_prefix(CONTENT)?.strip_prefix('/')?)?;
            Cow::Owned(load::load(path, bytes.clone(), kind, &site.config).0?)
        };
        let text = front::decode(path, bytes).ok()?;
        let parts = front::split(path, &text).ok()?;
        let body = text.len() - parts.body.len();
        let prose = Prose::read(source(path, &parts, site));
        Some(Self { site, document, text, lines: OnceLock::new(), body, prose })
    }

    /// Drops the prose, which only rules about one file need; that of all files would fill the memory.
    pub(super) fn light(self) -> Self {
        Self { prose: Prose::default(), text: String::new(), lines: OnceLock::new(), ..self }
    }

    /// Path of the file.
    pub(super) fn path(&self) -> &str {
        &self.document.path
    }

    /// Front matter of an article.
    pub(super) fn article(&self) -> Option<&ArticleHead> {
        self.document.article().map(|(head, _)| &**head)
    }

    /// Whether its language is English.
    pub(super) fn is_english(&self) -> bool {
        self.site.language(&self.document).split('-').next() == Some("en")
    }

    /// Place of a range of the Markdown.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        self.place_in_file(self.body + range.start..self.body + range.end)
    }

    /// Place of a range of the whole file.
    pub(super) fn place_in_file(&self, range: Range<usize>) -> Place {
        let lines = self.lines.get_or_init(|| Lines::of(&self.text));
        Place::within(self.path(), &self.text, lines, range)
    }

    /// Byte offset of a line of the file, counted from 1.
    pub(super) fn offset(&self, line: u32) -> usize {
        let before = self.text.split_inclusive('\n').take(line.saturating_sub(1) as usize);
        before.map(str::len).sum()
    }

    /// Place of a line of the file, counted from 1.
    pub(super) fn line(&self, line: u32) -> Place {
        let start = self.offset(line);
        let length = self.text[start..].find('\n').unwrap_or(self.text.len() - start);
        self.place_in_file(start..start + length)
    }

    /// The first line, for what is missing.
    pub(super) fn top(&self) -> Place {
        Place::line(self.path(), &self.text, 1, 1, 3)
    }
}

/// The Markdown of a file.
pub(super) fn source<'a>(path: &'a str, parts: &front::Parts<'a>, site: &'a Site) -> MarkdownSource<'a> {
    MarkdownSource {
        file: path,
        text: parts.body,
        first_line: parts.body_line,
        prefix: "",
        shared: false,
        twin: false,
        config: &site.config,
    }
}
