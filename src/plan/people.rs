//! People: the list, and each person's stories.

use std::ops::Range;

use serde::Serialize;

use super::desk::Desk;
use super::ld;
use super::lists::Paged;
use super::page::{Meta, Page, Part};
use super::shapes::{ImageView, LinkView};
use super::{Leaf, Output, OutputKind, PageKind, Subject, family, feed_links};
use crate::base::date::Moment;
use crate::base::route::Route;
use crate::content::document::Content;
use crate::content::head::{CitedSource, PersonHead};
use crate::content::markdown::{Audience, Body, mark_labels};
use crate::site::{DocId, Person, PersonId};

const LIST: &str = "/people/";

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    if desk.site.people.is_empty() {
        return;
    }
    outputs.push(Output { route: Route::own(LIST), kind: OutputKind::Page(PageKind::People), doc: None });
}

#[derive(Serialize)]
struct PersonEntry {
    name: String,
    url: String,
    role: Option<String>,
    count: usize,
}

#[derive(Serialize)]
struct PersonView {
    name: String,
    url: String,
    role: Option<String>,
    bio: String,
    email: Option<String>,
    links: Vec<CitedSource>,
    image: Option<ImageView>,
    count: Option<usize>,
    feed: Option<String>,
    extra: serde_json::Value,
}

fn parts<'s>(desk: &'s Desk, person: &Person) -> (&'s PersonHead, &'s Body) {
    match &desk.site.document(person.doc).content {
        Content::Person(head, body) => (head, body),
        _ => unreachable!("a person's document is a person"),
    }
}

pub(super) fn index(desk: &Desk) -> Page {
    let people: Vec<PersonEntry> = desk
        .site
        .people
        .iter()
        .map(|person| PersonEntry {
            name: person.name.clone(),
            url: desk.link(person.route.as_str()),
            role: parts(desk, person).0.role.clone(),
            count: person.stories.len(),
        })
        .collect();
    let meta = Meta::new(desk, &family::PEOPLE, LIST, "People");
    let named = people.iter().map(|person| LinkView { title: person.name.clone(), url: person.url.clone() });
    let node = ld::index(named);
    Page::new(meta).says(node).data("people", people)
}

impl Paged for PersonId {
    fn route(&self, desk: &Desk) -> Route {
        desk.site.person(*self).route.clone()
    }

    fn title(&self, desk: &Desk) -> String {
        desk.site.person(*self).name.clone()
    }

    fn count(&self, desk: &Desk) -> usize {
        desk.site.person(*self).stories.len()
    }

    fn date(&self, desk: &Desk, entry: usize) -> Moment {
        desk.site.story(desk.site.person(*self).stories[entry]).date
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Person(*self))
    }

    fn doc(&self, desk: &Desk) -> Option<DocId> {
        Some(desk.site.person(*self).doc)
    }

    fn page(&self, desk: &Desk, leaf: Leaf, shown: Range<usize>, mut meta: Meta) -> Page {
        let person = desk.site.person(*self);
        let (head, body) = parts(desk, person);
        let shown = &person.stories[shown];
        let route = person.route.as_str();
        let is_fed = feed_links::is_fed(desk, route, Subject::Person(*self));
        let view = PersonView {
            name: person.name.clone(),
            url: desk.link(route),
            role: head.role.clone(),
            bio: match leaf {
                Leaf::Front => mark_labels(body.fill(&person.fillings, Audience::Page), &desk.site.config.language),
                Leaf::Older(_) => String::new(),
            },
            email: head.email.clone(),
            links: person.links.clone(),
            image: Desk::image(head.image.as_ref(), person.image.as_ref()),
            count: (leaf == Leaf::Front).then_some(person.stories.len()),
            feed: is_fed.then(|| desk.link(&feed_links::first(desk, route))),
            extra: head.extra.clone(),
        };
        meta.og_type = "profile";
        meta.description = head.role.clone().or_else(|| body.excerpt(&person.fillings, 200));
        meta.breadcrumbs = vec![LinkView { title: "People".to_owned(), url: desk.link(LIST) }];
        let node = ld::person(&person.name, &meta.url, head.role.as_deref(), &person.links);
        Page::new(meta).says(node).data("person", view).with("stories", Part::Cards(shown.to_vec()))
    }
}
