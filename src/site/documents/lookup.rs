//! The lookup of documents by the references in content files: a path relative to the file, or a slug.

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::text;
use crate::config::Config;
use crate::content::document::Document;
use crate::content::unread::UnreadFile;
use crate::site::ids::DocId;

/// All documents, with indices by path and slug. Keys are compared in composed form (NFC).
#[derive(Clone, Debug)]
pub(in crate::site) struct Documents {
    /// Ordered by path; the index is the [`DocId`].
    all: Vec<Arc<Document>>,
    by_path: Arc<HashMap<Box<str>, DocId>>,
    by_slug: Arc<HashMap<Box<str>, Vec<DocId>>>,
    /// The documents in other languages whose slug a document in the own language has as well.
    others: Arc<HashMap<Box<str>, Vec<DocId>>>,
    /// Content files that have no page because of their errors, so that references to them are not reported as broken.
    unread: Arc<[UnreadFile]>,
}

/// The result of resolving a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::site) enum Meaning {
    /// No document matches.
    Nothing,
    /// Exactly one document matches.
    One(DocId),
    /// The slug is ambiguous.
    Several(Vec<DocId>),
}

impl Documents {
    /// Indexes the documents, which are ordered by path. `unread` are the files with errors.
    pub(in crate::site) fn new(all: Vec<Arc<Document>>, unread: Vec<UnreadFile>, config: &Config) -> Self {
        let mut by_path: HashMap<Box<str>, DocId> = HashMap::new();
        let mut by_slug: HashMap<Box<str>, Vec<DocId>> = HashMap::new();
        for (index, document) in all.iter().enumerate() {
            let path = text::composed(&document.path);
            if *path != *document.path {
                by_path.insert(document.path.as_str().into(), DocId(index));
            }
            by_path.entry(path.into()).or_insert(DocId(index));
            if let Some(slug) = &document.slug {
                by_slug.entry(text::composed(slug).into()).or_default().push(DocId(index));
            }
        }
        // A slug means the story in the own language, without one that in the main language, and only then any other.
        let is_own = |doc: &DocId| config.has_language(all[doc.0].language());
        let is_main = |doc: &DocId| config.edition_of(all[doc.0].language()).is_none();
        let mut others: HashMap<Box<str>, Vec<DocId>> = HashMap::new();
        for (slug, docs) in by_slug.iter_mut().filter(|(_, docs)| docs.len() > 1) {
            let is_meant = |doc: &DocId| if docs.iter().any(is_own) { is_own(doc) } else { is_main(doc) };
            let (meant, rest): (Vec<DocId>, Vec<DocId>) = docs.iter().partition(|doc| is_meant(doc));
            if !meant.is_empty() && !rest.is_empty() {
                *docs = meant;
                others.insert(slug.clone(), rest);
            }
        }
        Self {
            others: Arc::new(others),
            all,
            by_path: Arc::new(by_path),
            by_slug: Arc::new(by_slug),
            unread: unread.into(),
        }
    }

    /// All documents, ordered by path; the index of each is its [`DocId`].
    pub(in crate::site) fn all(&self) -> &[Arc<Document>] {
        &self.all
    }

    /// All documents with their ids.
    pub(in crate::site) fn numbered(&self) -> impl Iterator<Item = (DocId, &Arc<Document>)> {
        self.all.iter().enumerate().map(|(index, document)| (DocId(index), document))
    }

    /// Puts a document in the place of one with the same path and slug.
    pub(in crate::site) fn replace(&mut self, id: DocId, document: Arc<Document>) {
        self.all[id.0] = document;
    }

    pub(in crate::site) fn get(&self, id: DocId) -> &Arc<Document> {
        &self.all[id.0]
    }

    /// The document at a path relative to the site's root.
    pub(in crate::site) fn at(&self, path: &str) -> Option<DocId> {
        self.by_path.get(path).or_else(|| self.by_path.get(&*text::composed(path))).copied()
    }

    /// The documents with this slug. A text beyond ASCII that is no slug is converted to one first.
    pub(in crate::site) fn of_slug(&self, slug: &str) -> &[DocId] {
        let of = |slug: &str| self.by_slug.get(slug).map_or(&[][..], Vec::as_slice);
        let found = of(&text::composed(slug));
        if found.is_empty() && !slug.is_ascii() { of(&text::slugify(slug)) } else { found }
    }

    /// The articles in other languages with this slug, which one in the own language has as well.
    pub(in crate::site) fn others_of_slug(&self, slug: &str) -> &[DocId] {
        self.others.get(&*text::composed(slug)).map_or(&[], Vec::as_slice)
    }

    /// All slugs with the documents of each, in no particular order.
    pub(in crate::site) fn slugs(&self) -> impl Iterator<Item = (&str, &[DocId])> {
        self.by_slug.iter().map(|(slug, docs)| (&**slug, docs.as_slice()))
    }

    /// Resolves a reference to an article in the file at `from`. A path may resolve to a document of another kind,
    /// which the caller has to reject.
    pub(in crate::site) fn article(&self, from: &str, name: &str) -> Meaning {
        if name.to_ascii_lowercase().ends_with(".md") {
            let found = relative(from, name).and_then(|path| self.at(&path));
            return found.map_or(Meaning::Nothing, Meaning::One);
        }
        let is_article = |doc: &&DocId| self.get(**doc).article().is_some();
        let found: Vec<DocId> = self.of_slug(name).iter().filter(is_article).copied().collect();
        match found.as_slice() {
            [] => Meaning::Nothing,
            [one] => Meaning::One(*one),
            _ => Meaning::Several(found),
        }
    }

    /// The error for an ambiguous slug, which lists the paths to choose from.
    pub(in crate::site) fn ambiguous(&self, name: &str, found: &[DocId]) -> Diagnostic {
        let paths: Vec<&str> = found.iter().map(|doc| self.get(*doc).path.as_str()).collect();
        Diagnostic::error(codes::AMBIGUOUS_LINK, format!("`{name}` fits {} files", paths.len()))
            .help(format!("link to the one you mean by its path: {}", paths.join(", ")))
    }

    /// Whether `name`, a path relative to the file at `from` or a slug, refers to a file with errors.
    pub(in crate::site) fn is_unread(&self, from: &str, name: &str) -> bool {
        let path = relative(from, name).map(|path| text::composed(&path).into_owned());
        self.unread.iter().any(|file| file.may_have(name) || path.as_ref() == Some(&file.path))
    }

    /// Whether a path of the site may be the address of a file with errors, or of a list that it would be in.
    pub(in crate::site) fn may_answer(&self, path: &str) -> bool {
        self.unread.iter().any(|file| file.may_answer(path))
    }

    /// The files with errors.
    pub(in crate::site) fn unread(&self) -> &[UnreadFile] {
        &self.unread
    }
}

/// Resolves a path such as `../16/a.md` in the file `content/articles/17/b.md`; a leading `/` is the content folder.
/// `None` when it leaves the site.
pub(in crate::site) fn relative(from: &str, path: &str) -> Option<String> {
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
