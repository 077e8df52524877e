//! Linked data: what a page says of itself to machines, as JSON-LD in the words of schema.org (version 30).
//!
//! One node a script and no graph, the publisher written out in each: the shape that every validator reads.

use serde_json::{Map, Value, json};

use super::desk::Desk;
use super::page::Meta;
use super::shapes::LinkView;
use crate::base::text;
use crate::content::head::{ArticleHead, Dateline, Source, Status, StoryKind, TopicKind, Update, UpdateKind};
use crate::content::markdown::Body;
use crate::site::stories::is_withdrawn;
use crate::site::{Article, Edition, StoryId, TopicId};

/// Text that may stand in a script element: whatever could end it is escaped.
fn script(node: &Value) -> String {
    let json = node.to_string();
    if json.contains(['<', '\u{2028}', '\u{2029}']) {
        json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
    } else {
        json
    }
}

/// An object of what is there: nulls and empty lists are left out.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let is_there = |value: &Value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
    fields
        .into_iter()
        .filter(|(_, value)| is_there(value))
        .map(|(name, value)| (name.to_owned(), value))
        .collect::<Map<_, _>>()
        .into()
}

fn top(node: Value) -> Value {
    let mut whole = Map::from_iter([("@context".to_owned(), json!("https://schema.org"))]);
    whole.extend(node.as_object().cloned().unwrap_or_default());
    whole.into()
}

/// The publisher, as it stands in all nodes.
pub(super) fn publisher(desk: &Desk) -> Value {
    let config = &desk.site.config;
    let absolute = |address: &str| desk.absolute(address);
    let Some(publisher) = &config.publisher else {
        return json!({"@type": "NewsMediaOrganization", "name": config.title, "url": config.base_url.absolute("/")});
    };
    let mut node = object([
        ("@type", json!("NewsMediaOrganization")),
        ("name", json!(publisher.name)),
        ("url", json!(publisher.url.as_deref().map_or_else(|| config.base_url.absolute("/"), absolute))),
        (
            "logo",
            publisher
                .logo
                .as_deref()
                .map_or(Value::Null, |logo| json!({"@type": "ImageObject", "url": absolute(logo)})),
        ),
        ("ethicsPolicy", json!(publisher.ethics.as_deref().map(absolute))),
        ("correctionsPolicy", json!(publisher.corrections.as_deref().map(absolute))),
        ("sameAs", json!(publisher.profiles)),
    ]);
    for (property, address) in &publisher.policies {
        node[*property] = json!(absolute(address));
    }
    node
}

/// Adds what all pages of a family say: where they stand below the front page.
pub(super) fn breadcrumbs(desk: &Desk, meta: &mut Meta) {
    if meta.breadcrumbs.is_empty() || meta.noindex {
        return;
    }
    let home = LinkView { title: desk.site.config.title.clone(), url: desk.link("/") };
    let own = LinkView { title: meta.title.clone(), url: meta.url.clone() };
    let steps = std::iter::once(&home).chain(&meta.breadcrumbs).chain(std::iter::once(&own));
    let steps: Vec<Value> = steps
        .enumerate()
        .map(|(index, step)| {
            json!({"@type": "ListItem", "position": index + 1, "name": step.title, "item": desk.absolute_link(&step.url)})
        })
        .collect();
    meta.linked_data.push(script(&json!({
        "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps
    })));
}

/// The front page: the site, and who stands behind it.
pub(super) fn front(desk: &Desk, meta: &mut Meta, stories: &[StoryId]) {
    let config = &desk.site.config;
    let node = object([
        ("@type", json!("WebSite")),
        ("name", json!(config.title)),
        ("url", json!(config.base_url.absolute("/"))),
        ("description", json!(config.description)),
        ("inLanguage", json!(config.language)),
        ("publisher", desk.publisher_ld().clone()),
    ]);
    meta.linked_data.push(script(&top(node)));
    meta.linked_data.push(script(&top(desk.publisher_ld().clone())));
    collection(desk, meta, stories);
}

/// A page that lists stories.
pub(super) fn collection(desk: &Desk, meta: &mut Meta, stories: &[StoryId]) {
    index(desk, meta, links(desk, stories));
}

/// Stories, by their headlines and addresses.
fn links(desk: &Desk, stories: &[StoryId]) -> impl Iterator<Item = LinkView> {
    stories.iter().map(|id| {
        let card = desk.card(*id);
        LinkView { title: card.title.clone(), url: card.url.clone() }
    })
}

/// A page that lists whatever has a name and an address.
pub(super) fn index(desk: &Desk, meta: &mut Meta, items: impl Iterator<Item = LinkView>) {
    let node = list_page(desk, meta, items);
    meta.linked_data.push(script(&top(node)));
}

fn list_page(desk: &Desk, meta: &Meta, items: impl Iterator<Item = LinkView>) -> Value {
    let items: Vec<Value> = items
        .enumerate()
        .map(|(index, item)| {
            json!({"@type": "ListItem", "position": index + 1, "name": item.title, "url": desk.absolute_link(&item.url)})
        })
        .collect();
    let list = json!({"@type": "ItemList", "numberOfItems": items.len(), "itemListElement": items});
    object([
        ("@type", json!("CollectionPage")),
        ("name", json!(meta.title)),
        ("url", json!(meta.canonical)),
        ("description", json!(meta.description)),
        ("inLanguage", json!(meta.lang)),
        ("mainEntity", if items.is_empty() { Value::Null } else { list }),
    ])
}

/// The front of a topic, and what it is about.
pub(super) fn topic(desk: &Desk, meta: &mut Meta, id: TopicId, stories: &[StoryId]) {
    let mut node = list_page(desk, meta, links(desk, stories));
    node["about"] = thing(desk, id);
    meta.linked_data.push(script(&top(node)));
}

/// A page of no list and no story.
pub(super) fn plain(desk: &Desk, meta: &mut Meta) {
    let node = object([
        ("@type", json!("WebPage")),
        ("name", json!(meta.title)),
        ("url", json!(meta.canonical)),
        ("description", json!(meta.description)),
        ("inLanguage", json!(meta.lang)),
        ("publisher", desk.publisher_ld().clone()),
    ]);
    meta.linked_data.push(script(&top(node)));
}

/// An edition: a page that lists its items, and an issue of the publication.
pub(super) fn edition(desk: &Desk, meta: &mut Meta, edition: &Edition, items: impl Iterator<Item = LinkView>) {
    let mut node = list_page(desk, meta, items);
    node["datePublished"] = json!(desk.instant(edition.date));
    node["publisher"] = desk.publisher_ld().clone();
    node["isPartOf"] = object([
        ("@type", json!("PublicationIssue")),
        ("name", json!(meta.title)),
        ("issueNumber", json!(edition.number)),
        ("datePublished", json!(desk.instant(edition.date))),
    ]);
    meta.linked_data.push(script(&top(node)));
}

/// The page of a by-line.
pub(super) fn person(desk: &Desk, meta: &mut Meta, name: &str, role: Option<&str>, links: &[Source]) {
    let mut person = named(desk, name, Some(&meta.url));
    if let Some(role) = role
        && person["@type"] == "Person"
    {
        person["jobTitle"] = json!(role);
    }
    let elsewhere: Vec<&String> = links.iter().filter_map(|link| link.url.as_ref()).collect();
    if !elsewhere.is_empty() {
        person["sameAs"] = json!(elsewhere);
    }
    let node = object([
        ("@type", json!("ProfilePage")),
        ("name", json!(meta.title)),
        ("url", json!(meta.canonical)),
        ("inLanguage", json!(meta.lang)),
        ("mainEntity", person),
    ]);
    meta.linked_data.push(script(&top(node)));
}

/// An article: the whole of what its front matter says.
pub(super) fn article(desk: &Desk, meta: &mut Meta, article: &Article, head: &ArticleHead, body: &Body) {
    let site = &desk.site;
    let withdrawn = is_withdrawn(head);
    let story = article.story.map(|id| site.story(id));
    let section = story.and_then(|story| story.section);
    let topics = story.iter().flat_map(|story| &story.topics);
    let topics: Vec<TopicId> = topics.copied().filter(|id| Some(*id) != section).collect();
    let live = live_updates(desk, meta, head);
    let kind = match (head.kind, live.is_empty()) {
        (StoryKind::Analysis, _) => "AnalysisNewsArticle",
        (StoryKind::Explainer, _) => "BackgroundNewsArticle",
        (StoryKind::Opinion, _) => "OpinionNewsArticle",
        (StoryKind::Live, false) => "LiveBlogPosting",
        (StoryKind::Report | StoryKind::Live, _) => "NewsArticle",
    };
    let dateline = head.dateline.as_ref().filter(|_| kind != "LiveBlogPosting");
    let people = |names: &[String]| names.iter().map(|name| named(desk, name, None)).collect::<Vec<_>>();
    let agency = head.dateline.as_ref().and_then(|dateline| dateline.agency.as_deref());
    let authors = match (head.authors.is_empty(), agency) {
        (false, _) => people(&head.authors),
        (true, Some(agency)) => vec![json!({"@type": "Organization", "name": agency})],
        (true, None) => vec![desk.publisher_ld().clone()],
    };
    let status = match (withdrawn, head.status) {
        (true, _) => "Withdrawn",
        (false, Some(Status::Developing)) => "Developing",
        (false, _) => "Published",
    };
    let corrections = head.updates.iter().filter(|update| is_correction(update)).map(
        |update| json!({"@type": "CorrectionComment", "text": update.text, "datePublished": desk.instant(update.at)}),
    );
    let citations = head.sources.iter().map(|source| {
        object([("@type", json!("CreativeWork")), ("name", json!(source.name)), ("url", json!(source.url))])
    });
    let thread = article.thread.map(|index| &site.threads[index]);
    let node = object([
        ("@type", json!(kind)),
        ("headline", json!(meta.title)),
        ("alternativeHeadline", json!(head.short_title.as_ref().filter(|_| !withdrawn))),
        ("description", json!(meta.description)),
        ("url", json!(meta.canonical)),
        ("mainEntityOfPage", json!({"@type": "WebPage", "@id": meta.canonical})),
        ("image", image(meta)),
        ("datePublished", json!(meta.published)),
        ("dateModified", json!(meta.modified)),
        ("dateline", json!(dateline.map(dateline_text))),
        ("locationCreated", json!(dateline.map(places).unwrap_or_default())),
        ("author", json!(authors)),
        ("contributor", json!(people(&head.contributors))),
        ("editor", json!(head.editors.iter().filter(|name| !is_body(name)).map(|name| named(desk, name, None)).collect::<Vec<_>>())),
        ("creditText", json!(credit(head))),
        ("sourceOrganization", agency.map_or(Value::Null, |agency| json!({"@type": "Organization", "name": agency}))),
        ("publisher", desk.publisher_ld().clone()),
        ("publishingPrinciples", desk.publisher_ld()["ethicsPolicy"].clone()),
        ("articleSection", json!(section.map(|id| &site.topic(id).title))),
        ("keywords", json!(topics.iter().map(|id| &site.topic(*id).title).collect::<Vec<_>>())),
        ("about", json!(topics.iter().map(|id| thing(desk, *id)).collect::<Vec<_>>())),
        ("isPartOf", thread.map_or(Value::Null, |thread| json!({
            "@type": "CreativeWorkSeries", "name": thread.title, "url": site.config.base_url.absolute(thread.route.as_str())
        }))),
        ("citation", json!(citations.collect::<Vec<_>>())),
        ("correction", json!(corrections.collect::<Vec<_>>())),
        ("version", json!(1 + head.updates.len())),
        ("creativeWorkStatus", json!(status)),
        ("expires", json!(head.expires.map(|at| desk.instant(at)))),
        ("audio", article.audio.as_deref().filter(|_| !withdrawn).map_or(Value::Null, |src| json!({
            "@type": "AudioObject", "contentUrl": desk.absolute_link(src)
        }))),
        ("isAccessibleForFree", json!(true)),
        ("inLanguage", json!(meta.lang)),
        ("wordCount", if withdrawn { Value::Null } else { json!(body.words) }),
        ("coverageStartTime", if live.is_empty() { Value::Null } else { json!(meta.published) }),
        ("coverageEndTime", if live.is_empty() || status == "Developing" { Value::Null } else { json!(meta.modified) }),
        ("liveBlogUpdate", json!(live)),
    ]);
    meta.linked_data.push(script(&top(node)));
}

/// Whether an update puts right what readers may have believed.
pub(super) fn is_correction(update: &Update) -> bool {
    update.text.is_some() && matches!(update.kind, UpdateKind::Correction | UpdateKind::Clarification)
}

/// The updates of a story that is told as it happens, newest first.
fn live_updates(desk: &Desk, meta: &Meta, head: &ArticleHead) -> Vec<Value> {
    if head.kind != StoryKind::Live {
        return Vec::new();
    }
    let told = head.updates.iter().enumerate().rev().filter(|(_, update)| update.kind == UpdateKind::Update);
    told.filter_map(|(at, update)| {
        let body = update.text.as_ref()?;
        Some(json!({
            "@type": "BlogPosting", "headline": text::cut(body, 100), "articleBody": body,
            "datePublished": desk.instant(update.at), "url": format!("{}#note-{}", meta.canonical, at + 1)
        }))
    })
    .collect()
}

fn image(meta: &Meta) -> Value {
    let Some(image) = &meta.image else { return Value::Null };
    object([
        ("@type", json!("ImageObject")),
        ("url", json!(image.src)),
        ("caption", json!(image.caption)),
        ("creditText", json!(image.credit)),
    ])
}

/// `BEIJING, Oct 17`: the dateline up to its agency.
fn dateline_text(dateline: &Dateline) -> String {
    let date = dateline.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    format!("{}{date}", dateline.place_text())
}

fn places(dateline: &Dateline) -> Vec<Value> {
    dateline.places.iter().map(|place| json!({"@type": "Place", "name": place})).collect()
}

/// The line of credits, as it is printed.
fn credit(head: &ArticleHead) -> Option<String> {
    let list = |words: &str, names: &[String]| (!names.is_empty()).then(|| format!("{words} {}", names.join(", ")));
    let parts = [
        list("Reporting by", &head.authors),
        list("additional reporting by", &head.contributors),
        list("editing by", &head.editors),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Someone, or a body that signs: `World desk`.
fn named(desk: &Desk, name: &str, url: Option<&str>) -> Value {
    let page = desk.person_url(name);
    let url = url.or(page).map(|url| desk.absolute_link(url));
    let kind = if is_body(name) || desk.site.config.title == name { "Organization" } else { "Person" };
    object([("@type", json!(kind)), ("name", json!(name)), ("url", json!(url))])
}

/// Whether a by-line is that of a group: its last word says so.
fn is_body(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or("").to_lowercase();
    ["agency", "bureau", "desk", "newsroom", "service", "staff", "team"].contains(&last.as_str())
}

/// What a topic is, with its names in the vocabularies of the field.
fn thing(desk: &Desk, id: TopicId) -> Value {
    let topic = desk.site.topic(id);
    let kind = match topic.kind {
        TopicKind::Place => "Place",
        TopicKind::Person => "Person",
        TopicKind::Organisation => "Organization",
        TopicKind::Topic | TopicKind::Section => "Thing",
    };
    let same: Vec<String> = desk.site.codes(id).iter().filter_map(|(scheme, code)| concept(scheme, code)).collect();
    object([
        ("@type", json!(kind)),
        ("name", json!(topic.title)),
        ("url", json!(desk.site.config.base_url.absolute(topic.route().as_str()))),
        ("sameAs", json!(same)),
    ])
}

/// The address of a concept: of Wikidata, or of the IPTC Media Topics.
pub(super) fn concept(scheme: &str, code: &str) -> Option<String> {
    let number = || code.rsplit([':', '/']).next().unwrap_or(code);
    match scheme {
        "wikidata" => Some(format!("https://www.wikidata.org/entity/{}", number())),
        "media_topic" => Some(format!("http://cv.iptc.org/newscodes/mediatopic/{}", number())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_node_ends_its_script() {
        let node = script(&json!({"headline": "</script>\u{2028}"}));
        assert_eq!(node, r#"{"headline":"\u003c/script>\u2028"}"#);
    }

    #[test]
    fn a_desk_is_a_body_and_a_name_is_not() {
        assert!(is_body("World desk") && is_body("Newsroom") && !is_body("Ann Lee") && !is_body("Deskins"));
    }
}
