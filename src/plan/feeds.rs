//! Feeds of the site, of each topic, of each person, and of the briefings.

use serde::Serialize;

use super::desk::{Desk, story_head};
use super::{Output, Spec, aliases, article, people, topic};
use crate::base::date::Moment;
use crate::base::route::Route;
use crate::content::document::Content;
use crate::content::markdown::Audience;
use crate::site::stories::StorySource;
use crate::site::{StoryId, TopicId};

/// The format of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum FeedFormat {
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

/// What a feed is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The whole site.
    Site,
    /// A topic.
    Topic(TopicId),
    /// A person, by their place in the site's people.
    Person(usize),
}

/// A feed as a value.
#[derive(Clone, Debug, Serialize)]
pub struct Feed {
    /// Its format.
    pub format: FeedFormat,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Its language.
    pub language: String,
    /// The page that it belongs to, absolute.
    pub page: String,
    /// Its own address.
    pub address: String,
    /// Who publishes.
    pub author: String,
    /// When its newest entry changed, in RFC 3339; the start of time when it has none.
    pub updated: String,
    /// The same as RFC 822.
    pub updated_rfc822: String,
    /// Its entries, newest first.
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedEntry {
    /// Its identity: the first address that the story ever had, so that it survives a move.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its page, absolute.
    pub address: String,
    /// First published, in RFC 3339.
    pub published: String,
    /// The same as RFC 822.
    pub published_rfc822: String,
    /// Last changed in a way that matters, in RFC 3339.
    pub updated: String,
    /// The dek.
    pub summary: Option<String>,
    /// The whole text as HTML with absolute links, where feeds are full.
    pub content: Option<String>,
    /// The by-line.
    pub authors: Vec<String>,
    /// Names of its topics.
    pub topics: Vec<String>,
    /// Its language.
    pub language: String,
}

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    let mut add = |route: &str, format, subject| {
        outputs.push(Output { route: Route::own(route), spec: Spec::Feed(format, subject), doc: None });
    };
    add("/feed.xml", FeedFormat::Atom, Subject::Site);
    add("/rss.xml", FeedFormat::Rss, Subject::Site);
    add("/feed.json", FeedFormat::Json, Subject::Site);
    for (index, topic) in desk.site.topics.iter().enumerate() {
        add(&topic::feed_route(topic), FeedFormat::Atom, Subject::Topic(TopicId(index)));
    }
    for (index, person) in desk.site.people.iter().enumerate() {
        add(&people::feed_route(person), FeedFormat::Atom, Subject::Person(index));
    }
}

pub(super) fn view(desk: &Desk, route: &Route, format: FeedFormat, subject: Subject) -> Feed {
    let site = &desk.site;
    let config = &site.config;
    let most = config.feeds.items;
    let (title, description, page, stories): (String, String, String, Vec<StoryId>) = match subject {
        Subject::Site => {
            let description = config.description.clone().unwrap_or_else(|| config.title.clone());
            (
                config.title.clone(),
                description,
                "/".to_owned(),
                (0..site.stories.len().min(most)).map(StoryId).collect(),
            )
        }
        Subject::Topic(id) => {
            let topic = site.topic(id);
            let title = format!("{}: {}", config.title, topic.title);
            let description = desk.topic_count(id).summary.unwrap_or_else(|| title.clone());
            (title, description, topic.route().to_string(), topic.stories.iter().take(most).copied().collect())
        }
        Subject::Person(index) => {
            let person = &site.people[index];
            let title = format!("{}: {}", config.title, person.name);
            (title.clone(), title, person.route.to_string(), person.stories.iter().take(most).copied().collect())
        }
    };
    let changed = |id: &StoryId| changed(desk, *id);
    let updated =
        stories.iter().map(changed).max_by_key(|at| at.instant()).unwrap_or(Moment::at(jiff::Timestamp::UNIX_EPOCH));
    Feed {
        format,
        title,
        description,
        language: config.language.clone(),
        page: config.base_url.absolute(&page),
        address: config.base_url.absolute(route.as_str()),
        author: config.publisher.as_ref().map_or_else(|| config.title.clone(), |publisher| publisher.name.clone()),
        updated: desk.instant(updated),
        updated_rfc822: updated.rfc822(&config.zone),
        entries: stories.into_iter().map(|id| entry(desk, id)).collect(),
    }
}

fn changed(desk: &Desk, id: StoryId) -> Moment {
    story_head(&desk.site, id).and_then(Desk::modified).unwrap_or(desk.site.story(id).date)
}

fn entry(desk: &Desk, id: StoryId) -> FeedEntry {
    let site = &desk.site;
    let base = &site.config.base_url;
    let story = site.story(id);
    let card = desk.card(id);
    let path = story.path(site);
    let address = base.absolute(&path);
    let document = site.document(story.doc);
    let first_address = story_head(site, id)
        .and_then(|head| head.aliases.first())
        .map_or_else(|| address.clone(), |alias| base.absolute(aliases::address(alias).as_str()));
    let audience = Audience::Elsewhere { site: base, page: &base.absolute(story.route.as_str()) };
    let content = match (&document.content, story.kind) {
        _ if !site.config.feeds.full => None,
        (Content::Article(head, body), StorySource::Article(article_id)) => Some(article::with_dateline(
            desk.article_text(site.article(article_id), body, audience),
            head.dateline.as_ref(),
        )),
        (Content::Briefing(_, body), StorySource::Item(item)) => {
            let edition = site.editions.iter().find(|edition| edition.doc == Some(story.doc));
            let fillings = edition.and_then(|edition| edition.item_fillings.get(item)).map_or(&[][..], Vec::as_slice);
            Some(body.items[item].body.fill(fillings, audience))
        }
        _ => None,
    };
    FeedEntry {
        id: first_address,
        title: card.title.clone(),
        address,
        published: desk.instant(story.date),
        published_rfc822: story.date.rfc822(&site.config.zone),
        updated: desk.instant(changed(desk, id)),
        summary: card.summary.clone(),
        content,
        authors: card.authors.iter().map(|author| author.name.clone()).collect(),
        topics: card.section.iter().chain(&card.topics).map(|topic| topic.title.clone()).collect(),
        language: card.lang.clone(),
    }
}
