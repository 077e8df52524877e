//! People: the list, and each person's stories.

use serde::Serialize;

use super::desk::Desk;
use super::ld;
use super::page::{Meta, Page, Part};
use super::shapes::{ImageView, LinkView, PagerView};
use super::{Output, Spec, cut, feed_links};
use crate::base::route::Route;
use crate::content::document::Content;
use crate::content::head::{PersonHead, Source};
use crate::content::markdown::{Audience, Body, mark_labels};
use crate::site::Person;

const LIST: &str = "/people/";

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    if desk.site.people.is_empty() {
        return;
    }
    outputs.push(Output { route: Route::own(LIST), spec: Spec::People, doc: None });
    for (index, person) in desk.site.people.iter().enumerate() {
        for number in 1..=cut::older_pages(person.stories.len(), desk.site.config.page_size) {
            let route = Route::own(&cut::route(person.route.as_str(), number));
            outputs.push(Output { route, spec: Spec::PersonPage(index, number), doc: None });
        }
        outputs.push(Output { route: person.route.clone(), spec: Spec::Person(index), doc: Some(person.doc) });
    }
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
    links: Vec<Source>,
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
    let meta = Meta::new(desk, "people", LIST, "People");
    let named = people.iter().map(|person| LinkView { title: person.name.clone(), url: person.url.clone() });
    let node = ld::index(named);
    Page::new("people.html", meta).says(node).data("people", people)
}

pub(super) fn front(desk: &Desk, index: usize) -> Page {
    let count = desk.site.people[index].stories.len();
    page(desk, index, cut::front(count, desk.site.config.page_size), None)
}

pub(super) fn older(desk: &Desk, index: usize, number: usize) -> Page {
    let count = desk.site.people[index].stories.len();
    page(desk, index, cut::older(count, desk.site.config.page_size, number), Some(number))
}

fn page(desk: &Desk, index: usize, range: std::ops::Range<usize>, number: Option<usize>) -> Page {
    let person = &desk.site.people[index];
    let (head, body) = parts(desk, person);
    let shown = &person.stories[range];
    let pager: PagerView = cut::pager(desk, person.route.as_str(), person.stories.len(), number, shown);
    let is_fed = feed_links::is_fed(desk, person.route.as_str(), feed_links::Subject::Person(index));
    let feed = is_fed.then(|| desk.link(&feed_links::first(desk, person.route.as_str())));
    let view = PersonView {
        name: person.name.clone(),
        url: desk.link(person.route.as_str()),
        role: head.role.clone(),
        bio: if number.is_none() {
            mark_labels(body.fill(&person.fillings, Audience::Page), &desk.site.config.language)
        } else {
            String::new()
        },
        email: head.email.clone(),
        links: person.links.clone(),
        image: Desk::image(head.image.as_ref(), person.image.as_ref()),
        count: number.is_none().then_some(person.stories.len()),
        feed,
        extra: head.extra.clone(),
    };
    let route = number.map_or_else(|| person.route.to_string(), |number| cut::route(person.route.as_str(), number));
    let title = number.map_or_else(|| person.name.clone(), |number| format!("{}, page {number}", person.name));
    let mut meta = Meta::new(desk, "person", &route, title);
    meta.og_type = "profile";
    meta.description = head.role.clone().or_else(|| body.excerpt(&person.fillings, 200));
    let title = format!("{}: {}", desk.site.config.title, person.name);
    if is_fed {
        meta.feeds = feed_links::links(desk, person.route.as_str(), &title);
    }
    meta.breadcrumbs = vec![LinkView { title: "People".to_owned(), url: desk.link(LIST) }];
    meta.newer.clone_from(&pager.newer);
    meta.older.clone_from(&pager.older);
    let node = ld::person(&person.name, &meta.url, head.role.as_deref(), &person.links);
    Page::new("person.html", meta)
        .says(node)
        .data("person", view)
        .with("stories", Part::Cards(shown.to_vec()))
        .data("pager", pager)
}
