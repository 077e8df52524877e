//! The list of people.

use serde::Serialize;

use crate::plan::outputs::family;
use crate::plan::page::Page;
use crate::plan::views::shapes::LinkView;
use crate::plan::{Output, OutputKind, PEOPLE, PageKind, SiteContext, json_ld};

pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    if context.site.people.is_empty() {
        return;
    }
    outputs.push(Output { route: context.own_route(PEOPLE), kind: OutputKind::Page(PageKind::People), doc: None });
}

#[derive(Serialize)]
struct PersonEntry {
    name: String,
    url: String,
    role: Option<String>,
    count: usize,
}

pub(in crate::plan) fn index(context: &SiteContext) -> Page {
    let people: Vec<PersonEntry> = context
        .site
        .people
        .iter()
        .map(|person| PersonEntry {
            name: person.name.clone(),
            url: context.link(person.route.as_str()),
            role: person.head.role.clone(),
            count: person.stories.len(),
        })
        .collect();
    let meta = context.meta(&family::PEOPLE, &context.own(PEOPLE), context.say("people"));
    let named = people.iter().map(|person| LinkView { title: person.name.clone(), url: person.url.clone() });
    let node = json_ld::index(named);
    Page::new(meta).json_ld(node).data("people", people)
}
