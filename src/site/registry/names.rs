//! The registry of topic names: the spellings of each topic, its file, and its slug.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use rayon::prelude::*;

use super::slugs::{SlugClaim, Slugs, assign};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text;
use crate::base::text::near::Near;
use crate::config::Config;
use crate::content::document::{Content, Document};
use crate::content::head::TopicHead;
use crate::site::documents::heads::topic_names;
use crate::site::documents::lookup::{Documents, relative};
use crate::site::documents::pass::PassInputs;
use crate::site::documents::visibility::Showing;
use crate::site::ids::DocId;
use crate::site::urls_lock::UrlsLock;

/// An index into [`Registry::entries`]: a topic that need not have a page. Topics with a page have their own numbering,
/// [`TopicId`](crate::site::ids::TopicId).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::site) struct NameId(pub(in crate::site) usize);

/// All topics by name, with their spellings and files.
pub(in crate::site) struct Registry {
    /// Topics in the order of registration: those with files by path, then the others by folded name.
    pub(in crate::site) entries: Vec<RegistryEntry>,
    by_name: HashMap<String, usize>,
    /// The index by the name as written, so that each spelling is folded only once.
    by_spelling: HashMap<String, usize>,
    by_doc: HashMap<DocId, usize>,
    /// The titles and aliases in files as written, by their folded form.
    written: BTreeMap<String, String>,
    /// The index of these names for suggestions, built on first use.
    near: OnceLock<Near>,
}

/// One topic with all its names.
pub(in crate::site) struct RegistryEntry {
    pub(in crate::site) folded: String,
    pub(in crate::site) doc: Option<DocId>,
    /// Whether its file is in the main language, and this is the edition of another: the file gives names, slug, kind and
    /// parents, but its text and title are not shown.
    pub(in crate::site) is_shared: bool,
    /// The file in the main language for the topic, by which those of several languages are one.
    pub(in crate::site) origin: Option<DocId>,
    /// The spellings in shown documents, with the number of uses.
    pub(in crate::site) spellings: BTreeMap<String, usize>,
    /// The date and document of the first use, which may be a withheld one.
    pub(in crate::site) first: Option<(Timestamp, DocId)>,
}

impl RegistryEntry {
    /// The front matter of its file.
    pub(in crate::site) fn head<'d>(&self, documents: &'d Documents) -> Option<&'d TopicHead> {
        let (head, _) = documents.get(self.doc?).topic()?;
        Some(head)
    }

    /// The spelling that documents use most. Without any use, the folded name.
    pub(in crate::site) fn most_used(&self) -> &str {
        let most = self.spellings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        most.map_or(&self.folded, |(name, _)| name)
    }
}

/// The uses of one spelling.
#[derive(Clone, Copy, Default)]
struct Uses {
    count: usize,
    first: Option<(Timestamp, DocId)>,
}

impl Uses {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.first = [self.first, other.first].into_iter().flatten().min();
    }
}

impl Registry {
    /// Registers the names of all topic files, then those that documents use. Withheld documents do not influence
    /// spellings, but count for the assignment of slugs, so that no address moves when they are published. Reports
    /// names and slugs that two files claim.
    pub(in crate::site) fn read(inputs: PassInputs<'_>, report: &mut Report) -> Self {
        let PassInputs { config, documents, shown, .. } = inputs;
        let mut registry = Self {
            entries: Vec::new(),
            by_name: HashMap::new(),
            by_spelling: HashMap::new(),
            by_doc: HashMap::new(),
            written: BTreeMap::new(),
            near: OnceLock::new(),
        };
        let is_own = |document: &Document| config.has_language(document.language());
        // The files in the main language serve the editions of others too.
        let is_shared = |document: &Document| !config.is_main() && config.edition_of(document.language()).is_none();
        let topics = || documents.numbered().filter_map(|(doc, document)| Some((doc, document, document.topic()?.0)));
        let heads = || topics().filter(|(_, document, _)| is_own(document));
        for (doc, document, head) in heads() {
            registry.claim(&head.title, doc, document, &["title"], documents, report);
        }
        for (doc, document, head) in heads() {
            for (index, alias) in head.aliases.iter().enumerate() {
                registry.claim(alias, doc, document, &["aliases", &index.to_string()], documents, report);
            }
        }
        for (doc, document, head) in topics().filter(|(_, document, _)| is_shared(document)) {
            registry.share((doc, document), head, config, documents);
        }
        Self::check_slugs(heads(), report);
        let numbered = documents.all().par_iter().zip(shown).enumerate();
        let counted = |document: &Document| is_own(document) || document.topic().is_some() && is_shared(document);
        let numbered = numbered.filter(|(_, (document, _))| counted(document));
        let uses = numbered.fold(HashMap::new, |mut uses, (index, (document, showing))| {
            count_names(document, DocId(index), *showing, &mut uses);
            uses
        });
        let uses = uses.reduce(HashMap::new, |mut uses, more| {
            #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
            for (name, more) in more {
                uses.entry(name).or_insert_with(Uses::default).add(more);
            }
            uses
        });
        let mut uses: Vec<(&str, Uses)> = uses.into_iter().collect();
        uses.sort_unstable_by_key(|(spelling, _)| *spelling);
        let mut names: BTreeMap<String, Vec<(&str, Uses)>> = BTreeMap::new();
        for (spelling, uses) in uses {
            names.entry(text::fold(spelling)).or_default().push((spelling, uses));
        }
        for (folded, spellings) in names {
            let entry = *registry.by_name.entry(folded.clone()).or_insert_with(|| {
                registry.entries.push(RegistryEntry {
                    folded,
                    doc: None,
                    is_shared: false,
                    origin: None,
                    spellings: BTreeMap::new(),
                    first: None,
                });
                registry.entries.len() - 1
            });
            for (spelling, Uses { count, first }) in spellings {
                registry.by_spelling.insert(spelling.to_owned(), entry);
                let entry = &mut registry.entries[entry];
                entry.first = [entry.first, first].into_iter().flatten().min();
                if count > 0 {
                    entry.spellings.insert(spelling.to_owned(), count);
                }
            }
        }
        registry
    }

    fn claim(
        &mut self,
        name: &str,
        doc: DocId,
        document: &Document,
        at: &[&str],
        documents: &Documents,
        report: &mut Report,
    ) {
        let folded = text::fold(name);
        let own = self.by_doc.get(&doc).copied();
        match self.by_name.get(&folded) {
            Some(holder) if Some(*holder) == own => {}
            Some(holder) => {
                let other = self.entries[*holder].doc.map_or("another topic", |doc| documents.get(doc).path.as_str());
                report.push(
                    Diagnostic::error(codes::TOPIC_CONFLICT, format!("`{name}` already names the topic of `{other}`"))
                        .at(document.place(at))
                        .help("`ICC`, `icc` and `I.C.C.` are one name; keep it in one of the two files"),
                );
            }
            None => {
                let entry = own.unwrap_or_else(|| {
                    self.entries.push(RegistryEntry {
                        folded: folded.clone(),
                        doc: Some(doc),
                        is_shared: false,
                        origin: None,
                        spellings: BTreeMap::new(),
                        first: None,
                    });
                    self.entries.len() - 1
                });
                self.by_doc.insert(doc, entry);
                self.written.insert(folded.clone(), name.to_owned());
                self.by_name.insert(folded, entry);
            }
        }
    }

    /// Registers the names in a file in the main language for the edition of another. They join the topic of the file that
    /// is its translation, or that has one of the names.
    fn share(&mut self, (doc, document): (DocId, &Document), head: &TopicHead, config: &Config, documents: &Documents) {
        let names: Vec<String> =
            std::iter::once(&head.title).chain(&head.aliases).map(|name| text::fold(name)).collect();
        let translates = |entry: &RegistryEntry| {
            let own = entry.doc.map(|doc| documents.get(doc)).filter(|_| !entry.is_shared);
            own.is_some_and(|own| translates(own, document, &names, config))
        };
        let known = || names.iter().find_map(|name| self.by_name.get(name).copied());
        let entry = self.entries.iter().position(translates).or_else(known).unwrap_or_else(|| {
            self.entries.push(RegistryEntry {
                folded: names[0].clone(),
                doc: Some(doc),
                is_shared: true,
                origin: None,
                spellings: BTreeMap::new(),
                first: None,
            });
            self.entries.len() - 1
        });
        self.entries[entry].origin.get_or_insert(doc);
        for (folded, name) in names.into_iter().zip(std::iter::once(&head.title).chain(&head.aliases)) {
            self.written.entry(folded.clone()).or_insert_with(|| name.clone());
            self.by_name.entry(folded).or_insert(entry);
        }
    }

    /// Reports slugs that two files set.
    fn check_slugs<'d>(
        heads: impl Iterator<Item = (DocId, &'d Arc<Document>, &'d Arc<TopicHead>)>,
        report: &mut Report,
    ) {
        let mut taken: BTreeMap<&str, &Document> = BTreeMap::new();
        for (_, document, head) in heads {
            let Some(slug) = head.slug.as_deref() else { continue };
            if let Some(other) = taken.insert(slug, document) {
                report.push(
                    Diagnostic::error(
                        codes::TOPIC_CONFLICT,
                        format!("the slug `{slug}` belongs to `{}` already", other.path),
                    )
                    .at(document.place(&["slug"]))
                    .help("give one of the two another `slug:`"),
                );
                taken.insert(slug, other);
            }
        }
    }

    /// The topic of a registered name. Panics for any other name.
    pub(in crate::site) fn find(&self, name: &str) -> NameId {
        NameId(self.by_spelling.get(name).copied().unwrap_or_else(|| self.by_name[&text::fold(name)]))
    }

    /// The front matter of each entry; `None` without a file.
    pub(in crate::site) fn heads<'d>(&self, documents: &'d Documents) -> Vec<Option<&'d TopicHead>> {
        self.entries.iter().map(|entry| entry.head(documents)).collect()
    }

    /// Whether the topic of a registered name has a file.
    pub(in crate::site) fn has_file(&self, name: &str) -> bool {
        self.entries[self.find(name).0].doc.is_some()
    }

    /// The title or alias in a file that is most similar to `name`, for suggestions.
    pub(in crate::site) fn nearest(&self, name: &str) -> Option<&str> {
        let near = self.near.get_or_init(|| Near::of(self.written.keys().map(String::as_str)));
        near.to(&text::fold(name)).map(|folded| self.written[folded].as_str())
    }

    /// Assigns a slug to each entry: unique, readable, and stable if published before.
    pub(in crate::site) fn slugs(
        &self,
        heads: &[Option<&TopicHead>],
        config: &Config,
        lock: Option<&UrlsLock>,
    ) -> Slugs {
        let claims: Vec<SlugClaim<'_>> = self
            .entries
            .iter()
            .zip(heads)
            .map(|(entry, head)| SlugClaim {
                folded: &entry.folded,
                given: head.and_then(|head| head.slug.as_deref()),
                has_file: entry.doc.is_some(),
                first: entry.first.map(|(at, _)| at),
            })
            .collect();
        assign(&claims, "topics", config, lock, |name| self.by_name.get(name).copied())
    }
}

/// Whether a topic's file names another one, which has these folded `names`, as what it translates.
fn translates(own: &Document, other: &Document, names: &[String], config: &Config) -> bool {
    let of_name = |document: &Document| config.language_of_name(&document.path).map(|(_, name)| name);
    if of_name(own).is_some_and(|name| name == of_name(other).unwrap_or_else(|| other.path.clone())) {
        return true;
    }
    let Some(of) = own.topic().and_then(|(head, _)| head.translation_of.as_deref()) else { return false };
    let is_file = relative(&own.path, of).is_some_and(|path| path == other.path);
    is_file || names.contains(&text::fold(of))
}

/// Adds the topic names in a document to `uses`.
fn count_names<'a>(document: &'a Document, doc: DocId, showing: Showing, uses: &mut HashMap<&'a str, Uses>) {
    // A use in a withheld document counts zero times, but keeps its date.
    let at = match &document.content {
        Content::Article(head, _) => Some(head.date.instant()),
        Content::Briefing(head, _) => Some(head.date.instant()),
        _ => None,
    };
    let once = Uses { count: usize::from(!showing.is_withheld()), first: at.map(|at| (at, doc)) };
    for name in topic_names(document) {
        uses.entry(name).or_default().add(once);
    }
}
