//! People with a file, and what carries their name.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::ids::{DocId, StoryId};
use super::model::{Person, Site, StorySource};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::content::address::slug_from_path;

/// Finds all people and their stories.
pub(super) fn gather(site: &mut Site, report: &mut Report) {
    let mut people = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (index, document) in site.documents.iter().enumerate() {
        let Some((head, body)) = document.person() else { continue };
        let slug = head.slug.clone().unwrap_or_else(|| match text::slugify(&head.name) {
            slug if slug.is_empty() => slug_from_path(&document.path),
            slug => slug,
        });
        for (at, name) in std::iter::once(&head.name).chain(&head.aliases).enumerate() {
            if let Some(other) = by_name.insert(text::fold(name), people.len()).filter(|other| *other != people.len()) {
                let other: &Person = &people[other];
                let alias = at.checked_sub(1).map(|at| at.to_string());
                let place = alias.map_or_else(|| document.place(&["name"]), |at| document.place(&["aliases", &at]));
                report.push(
                    Diagnostic::error(
                        codes::CONFLICT,
                        format!("`{name}` is already the name of `{}`", site.document(other.doc).path),
                    )
                    .at(place)
                    .help("a by-line must lead to one person; give one of them a fuller name"),
                );
            }
        }
        people.push(Person {
            doc: DocId(index),
            head: Arc::clone(head),
            body: Arc::clone(body),
            name: head.name.clone(),
            route: Route::own(&format!("/people/{slug}/")),
            stories: Vec::new(),
            fillings: Vec::new(),
            image: None,
            links: Vec::new(),
        });
    }
    // The same few names stand in all by-lines: each spelling is folded once.
    let named: Vec<Vec<usize>> = site
        .stories
        .par_iter()
        .map_init(HashMap::new, |by_spelling: &mut HashMap<&str, Option<usize>>, story| {
            let StorySource::Article(id) = story.kind else { return Vec::new() };
            let head = &site.article(id).head;
            let mut person = |name| *by_spelling.entry(name).or_insert_with(|| by_name.get(&text::fold(name)).copied());
            let mut found: Vec<usize> =
                head.authors.iter().chain(&head.contributors).filter_map(|name| person(name)).collect();
            found.sort_unstable();
            found.dedup();
            found
        })
        .collect();
    for (index, found) in named.into_iter().enumerate() {
        for at in found {
            people[at].stories.push(StoryId(index));
        }
    }
    people.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.route.cmp(&b.route)));
    site.people = people;
}
