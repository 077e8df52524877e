//! The topic index: all topics from A to Z, by kind, with counts.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::text;
use crate::content::head::TopicKind;
use crate::plan::outputs::family;
use crate::plan::page::Page;
use crate::plan::views::shapes::{LinkView, TopicCount};
use crate::plan::{Output, OutputKind, PageKind, SiteContext, json_ld};
use crate::site::TopicId;

pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    outputs.push(Output { route: context.own_route("/topics/"), kind: OutputKind::Page(PageKind::Topics), doc: None });
}

#[derive(Serialize)]
struct TopicGroup {
    kind: TopicKind,
    label: String,
    letters: Vec<TopicLetter>,
}

#[derive(Serialize)]
struct TopicLetter {
    letter: String,
    topics: Vec<TopicCount>,
}

pub(in crate::plan) fn view(context: &SiteContext) -> Page {
    let mut kinds: BTreeMap<TopicKind, BTreeMap<String, Vec<TopicCount>>> = BTreeMap::new();
    for index in 0..context.site.topics.len() {
        let topic = context.topic_count(TopicId(index));
        kinds.entry(topic.kind).or_default().entry(letter(&topic.title)).or_default().push(topic);
    }
    let groups: Vec<TopicGroup> = kinds
        .into_iter()
        .map(|(kind, letters)| TopicGroup {
            kind,
            label: context.say(kind.heading()),
            letters: letters
                .into_iter()
                .map(|(letter, mut topics)| {
                    topics.sort_by_cached_key(|topic| (text::fold(&topic.title), topic.slug.clone()));
                    TopicLetter { letter, topics }
                })
                .collect(),
        })
        .collect();
    let mut meta = context.meta(&family::TOPICS, &context.own("/topics/"), context.say("topics"));
    meta.alternates = context.in_all_languages("/topics/");
    meta.description = Some(context.say_of("topics_description"));
    let named = groups.iter().flat_map(|group| &group.letters).flat_map(|letter| &letter.topics);
    let node = json_ld::index(named.map(|topic| LinkView { title: topic.title.clone(), url: topic.url.clone() }));
    Page::new(meta).json_ld(node).data("groups", groups)
}

/// The letter that a name stands under: its first, in Latin letters where it can be; `#` for figures and signs.
fn letter(name: &str) -> String {
    let first = text::slugify(name).chars().next().unwrap_or('#');
    if first.is_ascii_alphabetic() { first.to_ascii_uppercase().to_string() } else { "#".to_owned() }
}
