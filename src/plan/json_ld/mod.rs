//! Linked data: what a page says of itself to machines, as JSON-LD in the words of schema.org (version 30).
//!
//! In: what a page shows. Out: the text of its `script` elements. Deliberately not here: which nodes a page has, which its own
//! file in `plan::pages` or `plan::lists` says.
//!
//! One node for each `script` element, no `@graph`, and the publisher written out in each: every validator reads that.
//!
//! A page holds the inputs of its nodes, which are hashed; the text is written only when the page is rendered, from the
//! node, the page's [`Meta`] and [`Common`]. All three are in the page's key, and the functions that write the text are
//! given nothing else, so that no text can be stale.

mod article;
mod live;
mod words;

use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::views::article_inputs::ArticleInputs;
use super::views::common::Common;
use super::views::meta::Meta;
use super::views::shapes::{Card, CodedTopic, LinkView, PersonRef};
use crate::base::digest::Digest;
use crate::content::head::{CitedSource, Update};
use words::{
    Agent, BreadcrumbList, BreadcrumbStep, CollectionPage, ItemList, ItemListEntry, ProfilePage, PublicationIssue,
    WebPageNode, WebSite,
};

pub(super) use words::concept;

/// The inputs of a node.
#[derive(Serialize)]
pub enum JsonLdNode {
    /// The site.
    Site,
    /// The publisher.
    Publisher,
    /// A page of no list and no story.
    Plain,
    /// A page that lists stories, or whatever has a name and an address.
    List(Vec<JsonLdItem>),
    /// The front of a topic: its stories, and what it is about.
    Topic(Vec<JsonLdItem>, Arc<CodedTopic>),
    /// An edition: its items, its number, its change log, and its by-line.
    Edition(Vec<JsonLdItem>, Option<u32>, Vec<Update>, Vec<PersonRef>),
    /// The page of a by-line.
    Person(Box<PersonNode>),
    /// An article.
    Article(Arc<ArticleInputs>),
    /// The path from the front page to the page.
    Breadcrumbs,
}

/// An entry of a list: its headline and its address, and nothing else.
pub struct JsonLdItem(ItemSource);

enum ItemSource {
    Story(Arc<Card>, Digest),
    Page(LinkView),
}

impl JsonLdItem {
    /// A story, with the digest of all that its card shows.
    pub(super) fn story(card: Arc<Card>, digest: Digest) -> Self {
        Self(ItemSource::Story(card, digest))
    }

    fn title(&self) -> &str {
        match &self.0 {
            ItemSource::Story(card, _) => &card.title,
            ItemSource::Page(link) => &link.title,
        }
    }

    fn url(&self) -> &str {
        match &self.0 {
            ItemSource::Story(card, _) => &card.url,
            ItemSource::Page(link) => &link.url,
        }
    }
}

impl Serialize for JsonLdItem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            ItemSource::Story(_, digest) => digest.stand_in(serializer),
            ItemSource::Page(link) => link.serialize(serializer),
        }
    }
}

/// Someone with a page.
#[derive(Serialize)]
pub struct PersonNode {
    person: PersonRef,
    role: Option<String>,
    links: Vec<CitedSource>,
}

/// A page that lists whatever has a name and an address.
pub(super) fn index(items: impl Iterator<Item = LinkView>) -> JsonLdNode {
    JsonLdNode::List(links(items))
}

/// An edition: a page that lists its items, and an issue of the publication.
pub(super) fn edition(
    number: Option<u32>,
    log: &[Update],
    authors: &[PersonRef],
    items: impl Iterator<Item = LinkView>,
) -> JsonLdNode {
    JsonLdNode::Edition(links(items), number, log.to_vec(), authors.to_vec())
}

/// The page of a by-line, which is at `url`.
pub(super) fn person(name: &str, url: &str, role: Option<&str>, links: &[CitedSource]) -> JsonLdNode {
    let person = PersonRef { name: name.to_owned(), url: Some(url.to_owned()) };
    JsonLdNode::Person(Box::new(PersonNode { person, role: role.map(str::to_owned), links: links.to_vec() }))
}

fn links(items: impl Iterator<Item = LinkView>) -> Vec<JsonLdItem> {
    items.map(|link| JsonLdItem(ItemSource::Page(link))).collect()
}

impl JsonLdNode {
    /// The text of the node, for a script of its own.
    pub(super) fn text(&self, meta: &Meta, common: &Common) -> String {
        match self {
            Self::Site => script(&WebSite {
                kind: "WebSite",
                name: &common.title,
                url: common.home(),
                description: common.description.as_deref(),
                in_language: &common.language,
                publisher: &common.publisher,
            }),
            Self::Publisher => script(&common.publisher),
            Self::Plain => script(&WebPageNode {
                kind: "WebPage",
                name: &meta.title,
                url: &meta.canonical,
                description: meta.description.as_deref(),
                in_language: &meta.lang,
                publisher: &common.publisher,
            }),
            Self::List(items) => script(&collection(meta, common, items)),
            Self::Topic(items, topic) => {
                script(&CollectionPage { about: Some(words::about(common, topic)), ..collection(meta, common, items) })
            }
            Self::Edition(items, number, log, authors) => {
                let date_published = meta.published.as_deref();
                let issue = PublicationIssue {
                    kind: "PublicationIssue",
                    name: &meta.title,
                    issue_number: *number,
                    date_published,
                };
                script(&CollectionPage {
                    author: authors.iter().map(|person| words::agent(common, person)).collect(),
                    date_published,
                    date_modified: meta.modified.as_deref(),
                    correction: words::corrections(log, &meta.canonical, common),
                    publisher: Some(&common.publisher),
                    is_part_of: Some(issue),
                    ..collection(meta, common, items)
                })
            }
            Self::Person(node) => script(&profile(node, meta, common)),
            Self::Article(inputs) => script(&article::words(inputs, meta, common)),
            Self::Breadcrumbs => script(&breadcrumbs(meta, common)),
        }
    }
}

fn collection<'a>(meta: &'a Meta, common: &Common, items: &'a [JsonLdItem]) -> CollectionPage<'a> {
    let link = |(index, item): (usize, &'a JsonLdItem)| ItemListEntry {
        kind: "ListItem",
        position: index + 1,
        name: item.title(),
        url: common.absolute(item.url()),
    };
    let list = || ItemList {
        kind: "ItemList",
        number_of_items: items.len(),
        elements: items.iter().enumerate().map(link).collect(),
    };
    CollectionPage {
        kind: "CollectionPage",
        name: &meta.title,
        url: &meta.canonical,
        description: meta.description.as_deref(),
        in_language: &meta.lang,
        main_entity: (!items.is_empty()).then(list),
        author: Vec::new(),
        about: None,
        date_published: None,
        date_modified: None,
        correction: Vec::new(),
        publisher: None,
        is_part_of: None,
    }
}

fn profile<'a>(node: &'a PersonNode, meta: &'a Meta, common: &Common) -> ProfilePage<'a> {
    let agent = words::agent(common, &node.person);
    let job_title = node.role.as_deref().filter(|_| agent.kind == "Person");
    let same_as = node.links.iter().filter_map(|link| Some(common.absolute(link.url.as_deref()?))).collect();
    ProfilePage {
        kind: "ProfilePage",
        name: &meta.title,
        url: &meta.canonical,
        in_language: &meta.lang,
        main_entity: Agent { job_title, same_as, ..agent },
    }
}

fn breadcrumbs<'a>(meta: &'a Meta, common: &'a Common) -> BreadcrumbList<'a> {
    let between = meta.breadcrumbs.iter().map(|step| (step.title.as_str(), common.absolute(&step.url)));
    let steps = std::iter::once((common.title.as_str(), common.home()))
        .chain(between)
        .chain([(meta.title.as_str(), common.absolute(&meta.url))]);
    let step = |(index, (name, item))| BreadcrumbStep { kind: "ListItem", position: index + 1, name, item };
    BreadcrumbList { kind: "BreadcrumbList", elements: steps.enumerate().map(step).collect() }
}

/// A node as text that may stand in a script element: whatever could end it is escaped.
fn script<T: Serialize>(node: &T) -> String {
    let mut json = Vec::with_capacity(2048);
    json.extend_from_slice(br#"{"@context":"https://schema.org","#);
    let own = json.len();
    serde_json::to_writer(&mut json, node).expect("nodes hold plain data, and memory does not fail");
    // The node's own opening brace: the context is its first property.
    json.remove(own);
    let json = String::from_utf8(json).expect("JSON is UTF-8");
    if json.contains('<') || json.contains('\u{2028}') || json.contains('\u{2029}') {
        json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
    } else {
        json
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_node_ends_its_script() {
        let node = script(&serde_json::json!({"headline": "</script>\u{2028}"}));
        assert_eq!(node, r#"{"@context":"https://schema.org","headline":"\u003c/script>\u2028"}"#);
    }
}
