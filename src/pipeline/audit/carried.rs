//! The public documents of which an output shows parts. Text typed by the authors of those documents may appear in it; the
//! same words on any other page come from the program or from a template.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::context::Own;
use super::formats::{Form, is_message, unquoted};
use super::search::Search;
use super::searched::SearchedSite;
use crate::base::digest::Digest;
use crate::base::digest::inputs::Inputs;
use crate::plan::{self, Output};
use crate::render::{Rendered, Renderer};
use crate::site::secrets::{Secret, What};
use crate::site::{DocId, WithheldReason};

/// A lookup of documents by the addresses of their pages.
pub(super) struct Carriers<'a> {
    subject: SearchedSite<'a>,
    renderer: Renderer,
    /// A search for the addresses, and the path of the document behind each.
    addresses: Option<(Search, Vec<&'a str>)>,
}

impl<'a> Carriers<'a> {
    /// Creates a lookup for the documents at these paths.
    pub(super) fn new(subject: SearchedSite<'a>, paths: &BTreeSet<&str>) -> Self {
        let (prepared, site) = (subject.prepared, subject.prepared.site());
        let of = |doc: DocId| Some(site.document(doc).path.as_str()).filter(|path| paths.contains(path));
        let pages = prepared.plan.outputs.iter().filter(|output| output.is_page());
        let (addresses, documents): (Vec<Secret>, Vec<&str>) = pages
            .filter_map(|output| Some((output.route.to_string(), of(output.doc?)?)))
            .map(|(text, path)| {
                // Only the address matters; the other fields are there because the search takes a `Secret`.
                let (what, reason) = (What::Address, WithheldReason::Draft);
                (Secret { path: path.to_owned(), reason, what, text, below: BTreeSet::new() }, path)
            })
            .unzip();
        let search = Search::new(&addresses, Own::new(&site.config.base_url)).ok();
        let renderer = Renderer::new(Arc::clone(&prepared.templates), Arc::clone(&prepared.context));
        Self { subject, renderer, addresses: search.map(|search| (search, documents)) }
    }

    /// Prepares the queries for an output.
    pub(super) fn of<'c>(&'c self, output: &'c Output) -> Carrier<'c> {
        Carrier { carriers: self, output, made_of: OnceCell::new(), linked: OnceCell::new() }
    }

    fn find(&self, bytes: &[u8], form: Form) -> BTreeSet<&str> {
        let Some((search, documents)) = &self.addresses else { return BTreeSet::new() };
        search.find(bytes, form).into_iter().map(|found| documents[found]).collect()
    }
}

/// An output and the documents that it shows parts of. Both sets are computed on first use.
pub(super) struct Carrier<'c> {
    carriers: &'c Carriers<'c>,
    output: &'c Output,
    made_of: OnceCell<BTreeSet<&'c str>>,
    linked: OnceCell<BTreeSet<&'c str>>,
}

impl Carrier<'_> {
    /// Returns the documents whose addresses are in the output's view, such as the stories of a list.
    pub(super) fn made_of(&self) -> &BTreeSet<&str> {
        self.made_of.get_or_init(|| {
            let prepared = self.carriers.subject.prepared;
            let mut texts = Texts(Vec::new());
            plan::view(&prepared.context, &prepared.plan, self.output).inputs(&prepared.context, &mut texts);
            self.carriers.find(&texts.0, Form::PLAIN)
        })
    }

    /// Returns the documents that the rendered output links to. A template can query stories that are not in its view.
    pub(super) fn linked(&self) -> &BTreeSet<&str> {
        self.linked.get_or_init(|| {
            let prepared = self.carriers.subject.prepared;
            let view = plan::view(&prepared.context, &prepared.plan, self.output);
            match self.carriers.renderer.render(&view).map(|outcome| outcome.rendered) {
                Ok(Rendered::Bytes(bytes)) if is_message(&self.output.route) => {
                    self.carriers.find(&unquoted(&bytes), Form::PLAIN)
                }
                Ok(Rendered::Bytes(bytes)) => self.carriers.find(&bytes, Form::PLAIN),
                Ok(Rendered::File(..) | Rendered::Rendition(..)) | Err(_) => BTreeSet::new(),
            }
        })
    }
}

/// The serialized inputs of a view, one per line, without those that all pages share.
struct Texts(Vec<u8>);

impl Inputs for Texts {
    fn value<T: Serialize + ?Sized>(&mut self, _: &str, value: &T) {
        // A value that cannot be serialized as JSON holds no address.
        let _ = serde_json::to_writer(&mut self.0, value);
        self.0.push(b'\n');
    }

    fn shared<T: Serialize + ?Sized>(&mut self, name: &str, label: &str, _: Digest, value: &T) {
        if !name.is_empty() || !label.is_empty() {
            self.value(name, value);
        }
    }

    fn derived<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.value(name, value);
    }
}
