//! Wire copy that becomes drafts.

use std::path::Path;

use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text::plural;
use crate::import::wire::{self, Article, Dry, ImportContext, WireOptions, Written};
use crate::pipeline::{self, Request};
use crate::site::Scope;

/// What was made of wire copy.
#[derive(Debug, Default)]
pub struct TakenIn {
    /// The articles that were read.
    pub articles: Vec<Article>,
    /// What became of each of them.
    pub written: Vec<Written>,
    /// All problems.
    pub report: Report,
}

/// Reads copy, called `name` in messages, and writes its articles to `folder`, or by year and month into the site's content.
pub fn take_in(
    request: &Request,
    (name, bytes): (&str, &[u8]),
    options: WireOptions,
    folder: Option<&Path>,
    dry: Dry,
) -> TakenIn {
    // Drafts and future-dated stories are included, because their topics count as known names.
    let request = Request { origin: None, scope: Scope { drafts: true, future: true }, ..request.clone() };
    let (site, problems) = pipeline::assemble(&request);
    let Some(site) = site else {
        return TakenIn { report: pipeline::finish(problems.only_errors(), &request.root), ..TakenIn::default() };
    };
    let (articles, mut report) = wire::read(name, bytes, &ImportContext::new(&site, options));
    let written = report.take(wire::write(&request.root, folder, &articles, dry));
    TakenIn { articles, written, report }
}

impl TakenIn {
    /// The files that were not there before.
    pub fn fresh(&self) -> impl Iterator<Item = &Path> {
        self.written.iter().filter(|one| !one.is_old).map(|one| one.path.as_path())
    }

    /// The conclusions story by story; those of copy that was imported before were told then.
    pub fn notes(&self) -> Vec<Diagnostic> {
        let is_old = |article: &&Article| self.written.iter().any(|one| one.is_old && one.digest == article.digest);
        let fresh = self.articles.iter().filter(|article| !is_old(article));
        let note = |article: &Article| {
            let story = if self.articles.len() > 1 { format!("{}: ", article.slug) } else { String::new() };
            let note = |inference| Diagnostic::note(codes::INFERRED, format!("{story}{inference}"));
            article.inferences.iter().map(note).collect::<Vec<_>>()
        };
        fresh.flat_map(note).collect()
    }

    /// The closing sentence, unless nothing came of it.
    pub fn closing(&self, dry: Dry) -> Option<String> {
        let count = self.fresh().count();
        let old = self.written.len() - count;
        let mut text = match dry {
            Dry::Run => format!("{} would be written (dry run)", plural(count, "draft", "drafts")),
            Dry::Not => format!("{} written", plural(count, "draft", "drafts")),
        };
        if old > 0 {
            text.push_str(&format!(", {old} imported before"));
        }
        (!self.report.has_errors() || !self.written.is_empty()).then_some(text)
    }
}
