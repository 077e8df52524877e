//! What a name of a document means, wherever one stands: a path relative to the file that names it, or a slug.

use std::collections::HashMap;
use std::sync::Arc;

use super::ids::DocId;
use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::text;
use crate::content::document::{Content, Document};

/// All documents by their names. Names are compared in their composed form (NFC).
#[derive(Debug, Default)]
pub(super) struct Lookup {
    by_path: HashMap<Box<str>, DocId>,
    by_slug: HashMap<Box<str>, Vec<DocId>>,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing.
    Nothing,
    /// A document.
    One(DocId),
    /// Several.
    Several(Vec<DocId>),
}

impl Lookup {
    /// All documents, by path.
    pub(super) fn new(documents: &[Arc<Document>]) -> Self {
        let mut lookup = Self::default();
        for (index, document) in documents.iter().enumerate() {
            let path = text::composed(&document.path);
            if *path != *document.path {
                lookup.by_path.insert(document.path.as_str().into(), DocId(index));
            }
            lookup.by_path.entry(path.into()).or_insert(DocId(index));
            if let Some(slug) = &document.slug {
                lookup.by_slug.entry(text::composed(slug).into()).or_default().push(DocId(index));
            }
        }
        lookup
    }

    /// The document at a path from the site's root.
    pub(super) fn at(&self, path: &str) -> Option<DocId> {
        self.by_path.get(path).or_else(|| self.by_path.get(&*text::composed(path))).copied()
    }

    /// The documents that a slug means. A name in letters that no slug has means the slug that is made of it.
    pub(super) fn of_slug(&self, slug: &str) -> &[DocId] {
        let of = |slug: &str| self.by_slug.get(slug).map_or(&[][..], Vec::as_slice);
        let found = of(&text::composed(slug));
        if found.is_empty() && !slug.is_ascii() { of(&text::slugify(slug)) } else { found }
    }

    /// All slugs, with what each means.
    pub(super) fn slugs(&self) -> impl Iterator<Item = (&str, &[DocId])> {
        self.by_slug.iter().map(|(slug, docs)| (&**slug, docs.as_slice()))
    }

    /// The article that `name` means in a file at `from`. A path may mean a document that is no article: who asks says so.
    pub(super) fn article(&self, documents: &[Arc<Document>], from: &str, name: &str) -> Meaning {
        if name.to_ascii_lowercase().ends_with(".md") {
            let found = relative(from, name).and_then(|path| self.at(&path));
            return found.map_or(Meaning::Nothing, Meaning::One);
        }
        let is_article = |doc: &&DocId| matches!(documents[doc.0].content, Content::Article(..));
        let found: Vec<DocId> = self.of_slug(name).iter().filter(is_article).copied().collect();
        match found.as_slice() {
            [] => Meaning::Nothing,
            [one] => Meaning::One(*one),
            _ => Meaning::Several(found),
        }
    }
}

/// A name that fits several documents is an error, and the reader chooses.
pub(super) fn ambiguous(name: &str, found: &[DocId], documents: &[Arc<Document>]) -> Diagnostic {
    let paths: Vec<&str> = found.iter().map(|doc| documents[doc.0].path.as_str()).collect();
    Diagnostic::error(codes::AMBIGUOUS_LINK, format!("`{name}` fits {} files", paths.len()))
        .help(format!("link to the one you mean by its path: {}", paths.join(", ")))
}

/// `../16/a.md` as seen from `content/articles/17/b.md`. A leading `/` means the content folder.
pub(super) fn relative(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => vec!["content"],
        None => from.split('/').collect::<Vec<_>>().split_last()?.1.to_vec(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
