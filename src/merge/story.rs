//! The edit of one content file: which topics it names, and its text with a topic renamed.

use std::path::PathBuf;

use super::front;
use super::headings::{self, ItemHeading};
use super::swap::Swap;
use crate::base::disk::{self, SourceFile};
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::config::Config;
use crate::content::folders::{CONTENT, is_markdown};
use crate::content::front as read;
use crate::content::head::{ArticleHead, BriefingHead, TopicHead};
use crate::content::load::DocumentKind;

/// A content file that can name topics.
pub(super) struct StoryEdit {
    /// Path relative to the site's root.
    pub(super) path: String,
    /// Absolute path.
    pub(super) file: PathBuf,
    /// Front matter, parsed.
    pub(super) head: Head,
    /// Source text.
    text: String,
}

/// The front matter of a file that can name topics.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Head {
    Article(Box<ArticleHead>),
    Briefing(Box<BriefingHead>, Vec<ItemHeading>),
    /// A topic, and whether its file has a body.
    Topic(Box<TopicHead>, bool),
}

/// What the topic that stays adopts from the one that goes away.
#[derive(Clone, Debug, Default)]
pub(super) struct Adopted {
    /// Its names.
    pub(super) aliases: Vec<String>,
    /// The addresses of its page.
    pub(super) former: Vec<Route>,
}

impl Adopted {
    /// The addresses as they are written.
    pub(super) fn routes(&self) -> Vec<String> {
        self.former.iter().map(ToString::to_string).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.aliases.is_empty() && self.former.is_empty()
    }
}

/// The error for a file that cannot be edited in place without a risk of changing more than names.
pub(super) struct Impossible;

impl StoryEdit {
    /// Reads a file; none if its kind cannot name topics. Fails if it cannot be read or its front matter has errors.
    pub(super) fn read(entry: &SourceFile, config: &Config) -> Result<Option<Self>, Report> {
        let kind = match DocumentKind::of(&entry.path) {
            Some(kind @ (DocumentKind::Article | DocumentKind::Briefing | DocumentKind::Topic))
                if is_markdown(&entry.path) =>
            {
                kind
            }
            _ => return Ok(None),
        };
        let path = format!("{CONTENT}/{}", entry.path);
        let bytes = disk::read(&entry.file).map_err(|error| only(error.into()))?;
        let head = head(&path, &bytes, kind, config)?;
        // `head` has verified that this is UTF-8.
        let text = String::from_utf8(bytes).unwrap_or_default();
        Ok(Some(Self { path, file: entry.file.clone(), head, text }))
    }

    /// Returns the front matter of a topic's file; none for other kinds.
    pub(super) fn topic(&self) -> Option<&TopicHead> {
        match &self.head {
            Head::Topic(head, _) => Some(head),
            _ => None,
        }
    }

    /// Returns the text with names replaced and what is adopted added, and the keys that changed; none if nothing changes. The
    /// result is parsed again and compared with the intended front matter; fails if they differ.
    pub(super) fn edited(
        &self,
        swap: &Swap,
        adopted: &Adopted,
        config: &Config,
    ) -> Result<Option<(String, Vec<&'static str>)>, Impossible> {
        let mut head = self.head.clone();
        let mut keys = head.swap(swap);
        if let Head::Topic(topic, _) = &mut head {
            topic.aliases.extend_from_slice(&adopted.aliases);
            topic.redirect_from.extend_from_slice(&adopted.former);
            keys.extend((!adopted.aliases.is_empty()).then_some("aliases"));
            keys.extend((!adopted.former.is_empty()).then_some("redirect_from"));
        }
        if keys.is_empty() {
            return Ok(None);
        }
        let text = self.write(&keys, swap, adopted, config).ok_or(Impossible)?;
        let kind = match head {
            Head::Article(_) => DocumentKind::Article,
            Head::Briefing(..) => DocumentKind::Briefing,
            Head::Topic(..) => DocumentKind::Topic,
        };
        match self::head(&self.path, text.as_bytes(), kind, config) {
            Ok(read) if read.means(&head) => Ok(Some((text, keys))),
            _ => Err(Impossible),
        }
    }

    fn write(&self, keys: &[&'static str], swap: &Swap, adopted: &Adopted, config: &Config) -> Option<String> {
        let mark = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let parts = read::split(&self.path, &self.text[mark..]).ok()?;
        let start = mark + self.text[mark..].find('\n')? + 1;
        let (end, body) = (start + parts.front.len(), self.text.len() - parts.body.len());
        let mut new_front = parts.front.to_owned();
        let mut new_body = parts.body.to_owned();
        for key in keys {
            match *key {
                HEADINGS => new_body = headings::swap(parts.body, &headings::items(parts.body, config), swap)?,
                "aliases" => new_front = front::add(&new_front, "aliases", &adopted.aliases)?,
                "redirect_from" => new_front = front::add(&new_front, "redirect_from", &adopted.routes())?,
                key => new_front = front::swap(&new_front, key, swap)?,
            }
        }
        Some(format!("{}{new_front}{}{new_body}", &self.text[..start], &self.text[end..body]))
    }
}

/// Stands for the headings of items among the names of changed keys.
const HEADINGS: &str = "headings";

impl Head {
    /// Returns the names of topics in use, and whether they count: those of a draft do not.
    pub(super) fn names(&self) -> (Vec<&String>, bool) {
        match self {
            Self::Article(head) => (head.section.iter().chain(&head.topics).collect(), !head.draft),
            Self::Briefing(head, items) => {
                (head.topics.iter().chain(items.iter().flat_map(|item| &item.topics)).collect(), !head.draft)
            }
            Self::Topic(head, _) => (head.parents.iter().chain(&head.see_also).collect(), true),
        }
    }

    /// Replaces names and returns the keys under which any changed.
    fn swap(&mut self, swap: &Swap) -> Vec<&'static str> {
        let mut keys = Vec::new();
        let mut list = |key, names: &mut Vec<String>| {
            if swap.apply(names) {
                keys.push(key);
            }
        };
        match self {
            Self::Article(head) => {
                let mut section: Vec<String> = head.section.take().into_iter().collect();
                list("section", &mut section);
                head.section = section.pop();
                list("topics", &mut head.topics);
            }
            Self::Briefing(head, items) => {
                list("topics", &mut head.topics);
                let mut changed = false;
                for item in items {
                    changed |= swap.apply(&mut item.topics);
                }
                if changed {
                    keys.push(HEADINGS);
                }
            }
            Self::Topic(head, _) => {
                list("parents", &mut head.parents);
                list("see_also", &mut head.see_also);
            }
        }
        keys
    }

    /// Whether two heads are equal, where headings may name a topic by its name or by its slug.
    fn means(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Briefing(one, items), Self::Briefing(other, others)) => {
                let folded = |item: &ItemHeading| item.topics.iter().map(|name| text::fold(name)).collect::<Vec<_>>();
                one == other
                    && items.len() == others.len()
                    && items.iter().zip(others).all(|(one, other)| {
                        (&one.title, &one.id, folded(one)) == (&other.title, &other.id, folded(other))
                    })
            }
            _ => self == other,
        }
    }
}

fn head(path: &str, bytes: &[u8], kind: DocumentKind, config: &Config) -> Result<Head, Report> {
    let text = read::decode(path, bytes.to_vec()).map_err(only)?;
    let parts = read::split(path, &text).map_err(only)?;
    let (head, report) = match kind {
        DocumentKind::Article => {
            let (head, report) = read::article(path, &parts, config);
            (head.map(|(head, _)| Head::Article(Box::new(head))), report)
        }
        DocumentKind::Briefing => {
            let (head, report) = read::briefing(path, &parts, config);
            let items = headings::items(parts.body, config);
            (head.map(|(head, _)| Head::Briefing(Box::new(head), items)), report)
        }
        // `read` never asks for people and pages, which cannot name topics.
        DocumentKind::Topic | DocumentKind::Entry | DocumentKind::Person | DocumentKind::Page => {
            let (head, report) = read::topic(path, &parts, config);
            (head.map(|(head, _)| Head::Topic(Box::new(head), !parts.body.trim().is_empty())), report)
        }
    };
    head.ok_or_else(|| report.only_errors())
}

fn only(problem: Diagnostic) -> Report {
    let mut report = Report::default();
    report.push(problem);
    report
}
