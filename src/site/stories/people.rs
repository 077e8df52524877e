//! People who have a file, and the stories that carry their by-line.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::named::Listed;
use super::shown::ShownArticle;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::content::address::slug_from_path;
use crate::content::document::Document;
use crate::content::head::PersonHead;
use crate::content::markdown::Body;
use crate::site::documents::pass::PassInputs;
use crate::site::ids::{ArticleId, DocId, PersonId, StoryId};
use crate::site::model::StorySource;

/// A person with a file.
pub(in crate::site) struct ShownPerson {
    pub(in crate::site) doc: DocId,
    pub(in crate::site) head: Arc<PersonHead>,
    pub(in crate::site) body: Arc<Body>,
    pub(in crate::site) route: Route,
}

/// Returns the people of the edition, sorted by name: in that of the main language all with a file, in others those with a
/// by-line. `editors` are the by-lines of editions.
pub(in crate::site) fn gather<'a>(
    inputs: PassInputs<'_>,
    articles: &'a [ShownArticle],
    editors: impl Iterator<Item = &'a String>,
) -> Vec<ShownPerson> {
    let is_main = inputs.config.is_main();
    let by_articles = articles.iter().flat_map(|article| {
        let entries = article.body.entries.iter().flat_map(|entry| &entry.by);
        article.head.authors.iter().chain(&article.head.contributors).chain(entries)
    });
    let signed: HashSet<String> =
        by_articles.chain(editors).filter(|_| !is_main).map(|name| text::fold(name)).collect();
    let signs = |head: &PersonHead| {
        std::iter::once(&head.name).chain(&head.aliases).any(|name| signed.contains(&text::fold(name)))
    };
    let person = |(doc, document): (DocId, &Arc<Document>)| {
        let (head, body) = document.person().filter(|(head, _)| is_main || signs(head))?;
        let slug = head.slug.clone().unwrap_or_else(|| match text::slugify(&head.name) {
            slug if slug.is_empty() => slug_from_path(&document.path),
            slug => slug,
        });
        let route = inputs.config.own_route(&format!("/people/{slug}/"));
        Some(ShownPerson { doc, head: Arc::clone(head), body: Arc::clone(body), route })
    };
    let mut people: Vec<ShownPerson> = inputs.documents.numbered().filter_map(person).collect();
    people.sort_by(|a, b| a.head.name.cmp(&b.head.name).then_with(|| a.route.cmp(&b.route)));
    people
}

/// Maps every folded name and alias to its person. A name that two people claim is reported in the second file.
fn by_name(inputs: PassInputs<'_>, people: &[ShownPerson], report: &mut Report) -> HashMap<String, PersonId> {
    let mut by_name: HashMap<String, PersonId> = HashMap::new();
    let mut by_path: Vec<(PersonId, &ShownPerson)> =
        people.iter().enumerate().map(|(index, person)| (PersonId(index), person)).collect();
    by_path.sort_by_key(|(_, person)| person.doc);
    for (id, ShownPerson { doc, head, .. }) in by_path {
        let document = inputs.documents.get(*doc);
        for (at, name) in std::iter::once(&head.name).chain(&head.aliases).enumerate() {
            if let Some(other) = by_name.insert(text::fold(name), id).filter(|other| *other != id) {
                let alias = at.checked_sub(1).map(|at| at.to_string());
                let place = alias.map_or_else(|| document.place(&["name"]), |at| document.place(&["aliases", &at]));
                let other = &inputs.documents.get(people[other.0].doc).path;
                report.push(
                    Diagnostic::error(codes::CONFLICT, format!("`{name}` is already the name of `{other}`"))
                        .at(place)
                        .help("a by-line must lead to one person; give one of them a fuller name"),
                );
            }
        }
    }
    by_name
}

/// Returns the stories of each person, newest first: those that name the person as an author or a contributor, and the items
/// of editions that do.
pub(in crate::site) fn by_lines(
    inputs: PassInputs<'_>,
    people: &[ShownPerson],
    listed: Listed<'_>,
    report: &mut Report,
) -> Vec<Vec<StoryId>> {
    let by_name = by_name(inputs, people, report);
    // Few names recur in many by-lines, so that each spelling is folded only once per thread.
    let named: Vec<Vec<PersonId>> = listed
        .stories
        .par_iter()
        .map_init(HashMap::new, |by_spelling: &mut HashMap<&str, Option<PersonId>>, story| {
            // An item carries the by-line of its edition.
            let (authors, contributors): (&[String], &[String]) = match story.kind {
                StorySource::Article(ArticleId(at)) => {
                    (&listed.articles[at].head.authors, &listed.articles[at].head.contributors)
                }
                StorySource::Item { .. } => {
                    (inputs.documents.get(story.doc).briefing().map_or(&[], |(head, _)| &head.authors), &[])
                }
            };
            let mut person = |name| *by_spelling.entry(name).or_insert_with(|| by_name.get(&text::fold(name)).copied());
            // Entries of live coverage have authors of their own.
            let entries = match story.kind {
                StorySource::Article(ArticleId(at)) => &*listed.articles[at].body.entries,
                StorySource::Item { .. } => &[],
            };
            let names = authors.iter().chain(contributors).chain(entries.iter().flat_map(|entry| &entry.by));
            let mut found: Vec<PersonId> = names.filter_map(|name| person(name)).collect();
            found.sort_unstable();
            found.dedup();
            found
        })
        .collect();
    let mut all = vec![Vec::new(); people.len()];
    for (index, found) in named.into_iter().enumerate() {
        for PersonId(person) in found {
            all[person].push(StoryId(index));
        }
    }
    all
}
