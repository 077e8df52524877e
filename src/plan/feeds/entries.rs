//! Makes the entries of feeds: stories, editions, corrections.

use serde::Serialize;

use super::live;
use super::notes::{FeedUpdate, edition_notes, note, notes, updates};
use crate::base::date::Moment;
use crate::base::html::{self, Token};
use crate::base::route::Route;
use crate::base::text;
use crate::base::web::media::{audio_type, picture_type};
use crate::content::document::Document;
use crate::content::head::{ArticleHead, Update};
use crate::content::markdown::{Audience, in_words};
use crate::plan::addresses::former;
use crate::plan::context::briefing_view;
use crate::plan::views::dateline;
use crate::plan::views::shapes::{ImageView, PersonRef};
use crate::plan::{SiteContext, json_ld};
use crate::site::lists::corrections::Correction;
use crate::site::lists::withdrawals::Withdrawal;
use crate::site::stories::{StorySource, is_withdrawn, story_head};
use crate::site::topics::TOGETHER;
use crate::site::urls_lock::UrlsLock;
use crate::site::{Edition, Site, Story, StoryId, TopicId};

/// The most entries of live coverage in the text of its story.
const LIVE: usize = 10;

/// An entry of a feed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FeedEntry {
    /// The permanent identifier: the first address that the story ever had, so that it does not change with the address.
    pub id: String,
    /// The headline.
    pub title: String,
    /// Its page, absolute.
    pub address: String,
    /// The instant of first publication, in RFC 3339.
    pub published: String,
    /// The date of publication in the format of RFC 822.
    pub published_rfc822: String,
    /// The instant of the last substantial change, in RFC 3339.
    pub updated: String,
    /// The summary.
    pub summary: Option<String>,
    /// The whole text as HTML with absolute links, if the configuration asks for full feeds.
    pub content: Option<String>,
    /// The by-line.
    pub authors: Vec<FeedPerson>,
    /// Its topics.
    pub topics: Vec<FeedTopic>,
    /// Its picture.
    pub image: Option<FeedMedia>,
    /// Its sound file.
    pub enclosure: Option<Enclosure>,
    /// Properties that only news has.
    pub news: FeedNews,
    /// Its language.
    pub language: String,
}

/// A person in a by-line.
#[derive(Clone, Debug, Serialize)]
pub struct FeedPerson {
    /// The name.
    pub name: String,
    /// The absolute address of their page.
    pub address: Option<String>,
}

/// A topic of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct FeedTopic {
    /// Its display name.
    pub name: String,
    /// Its page, absolute.
    pub address: String,
    /// Its IPTC Media Topic: the number alone.
    pub media_topic: Option<String>,
}

/// The picture of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct FeedMedia {
    /// Its address, absolute.
    pub address: String,
    /// The media type, if the address has a known extension.
    pub media_type: Option<String>,
    /// The alternative text.
    pub alt: String,
    /// The credit.
    pub credit: Option<String>,
    /// Width and height in CSS pixels, where known.
    pub size: Option<(u32, u32)>,
}

/// A sound file.
#[derive(Clone, Debug, Serialize)]
pub struct Enclosure {
    /// Its address, absolute.
    pub address: String,
    /// Its media type, where the address tells it.
    pub media_type: Option<&'static str>,
    /// The size in bytes; 0 if it is unknown, because the file is on another site.
    pub length: u64,
}

/// Properties that only news has.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FeedNews {
    /// The dateline as text.
    pub dateline: Option<String>,
    /// `developing`, `final` or `withdrawn`.
    pub status: Option<&'static str>,
    /// The number of the edition.
    pub edition: Option<u32>,
    /// The corrections.
    pub corrections: Vec<FeedUpdate>,
}

/// An entry with its dates, by which entries are sorted and the feed is dated.
pub(super) struct DatedEntry {
    pub(super) entry: FeedEntry,
    pub(super) published: Moment,
    pub(super) changed: Moment,
}

impl DatedEntry {
    pub(super) fn new(context: &SiteContext, published: Moment, changed: Moment, entry: FeedEntry) -> Self {
        let entry = FeedEntry {
            published: context.instant(published),
            published_rfc822: published.rfc822(&context.site.config.zone),
            updated: context.instant(changed),
            ..entry
        };
        Self { entry, published, changed }
    }
}

/// Returns the permanent identifier of a page.
pub(super) fn identity(context: &SiteContext, route: &Route, former: &[Route]) -> String {
    let former: Vec<Route> = former.iter().map(former::of_alias).collect();
    UrlsLock::address(context.site.lock.as_deref(), &context.site.config.base_url, route, &former)
}

/// Makes the entry of a story: with its whole text if `full`, else with its summary, or the beginning of a text that has none.
pub(super) fn story(context: &SiteContext, id: StoryId, full: bool) -> DatedEntry {
    let site = &context.site;
    let base = &site.config.base_url;
    let story = site.story(id);
    let card = context.card(id);
    let document = site.document(story.doc);
    let head = story_head(site, id);
    let log = own_log(context, story);
    let changed = match story.kind {
        StorySource::Article(id) => site.article(id).changed(),
        StorySource::Item { .. } => Update::last(&log, story.date).unwrap_or(story.date),
    };
    let enclosure = match story.kind {
        StorySource::Article(id) => site.article(id).audio.as_deref().map(|src| enclosure(context, src)),
        StorySource::Item { .. } => None,
    };
    let path = story.path();
    let anchor = path.strip_prefix(story.route.as_str()).unwrap_or("");
    let entry = FeedEntry {
        id: format!("{}{anchor}", identity(context, &story.route, document.aliases())),
        title: card.title.clone(),
        address: base.absolute(&path),
        summary: card.summary.clone().or_else(|| if full { None } else { excerpt(context, story) }),
        content: full
            .then(|| content(context, story, &log))
            .map(|html| in_words(html, &card.lang, &context.site.config.words)),
        authors: authors(context, &card.authors, head),
        topics: story.topics.iter().take(TOGETHER).map(|topic| feed_topic(context, *topic)).collect(),
        image: media(context, card.image.clone()),
        enclosure,
        news: FeedNews {
            dateline: card.dateline.clone(),
            status: card.status,
            edition: card.briefing.as_ref().and_then(|briefing| briefing.number),
            corrections: updates(context, &log, &story.route),
        },
        language: card.lang.clone(),
        ..FeedEntry::default()
    };
    DatedEntry::new(context, story.date, changed, entry)
}

/// The change log of a story; of an item, the entries of its edition that are about it.
fn own_log(context: &SiteContext, story: &Story) -> Vec<Update> {
    let site = &context.site;
    match &story.kind {
        StorySource::Article(id) => site.article(*id).head.updates.clone(),
        StorySource::Item { item, .. } => {
            site.edition_of(story.doc).map_or_else(Vec::new, |edition| edition.log_of(item))
        }
    }
}

/// Returns the beginning of an article's text. An item's summary is made of its text already.
fn excerpt(context: &SiteContext, story: &Story) -> Option<String> {
    let StorySource::Article(id) = story.kind else { return None };
    let article = context.site.article(id);
    if is_withdrawn(&article.head) { None } else { article.body.excerpt(&article.fillings, 200) }
}

/// Returns the whole text of a story, with absolute links.
fn content(context: &SiteContext, story: &Story, log: &[Update]) -> String {
    let site = &context.site;
    let base = &site.config.base_url;
    let page = base.absolute(story.route.as_str());
    let audience = Audience::Elsewhere { site: base, page: &page };
    let notes = || notes(context, log, site.language(site.document(story.doc)));
    match &story.kind {
        StorySource::Article(id) => {
            let article = site.article(*id);
            let text = context.article_text(article, &article.body, audience);
            let text = text + &live::text(context, article, LIVE, audience);
            format!("{}{}", notes(), dateline::run_in(tasks(text), article.head.dateline.as_ref()))
        }
        StorySource::Item { index, item } => {
            let edition = site.edition_of(story.doc);
            let fillings = edition.map_or(&[][..], |edition| edition.fillings_of(*index));
            format!("{}{}", notes(), tasks(item.body.fill(fillings, audience)))
        }
    }
}

/// Replaces the checkboxes of task lists by characters, because feed readers drop form fields.
pub(super) fn tasks(text: String) -> String {
    if !text.contains("<input") {
        return text;
    }
    let tokens = html::tokens(&text).map(|(token, range)| match token {
        Token::Open(tag) => tag.task().unwrap_or(&text[range]),
        _ => &text[range],
    });
    tokens.collect()
}

/// Returns the authors: the by-line or, without one, the agency of the dateline, as in linked data. A story with neither
/// inherits the feed's author, the publisher.
fn media(context: &SiteContext, image: Option<ImageView>) -> Option<FeedMedia> {
    context.absolute_image(image).map(|image| FeedMedia {
        media_type: picture_type(&image.src),
        address: image.src,
        alt: image.alt,
        credit: image.credit,
        size: image.width.zip(image.height),
    })
}

fn authors(context: &SiteContext, named: &[PersonRef], head: Option<&ArticleHead>) -> Vec<FeedPerson> {
    if named.is_empty() {
        let agency = head.and_then(|head| head.dateline.as_ref()?.agency.clone());
        return agency.map(|name| FeedPerson { name, address: None }).into_iter().collect();
    }
    let person = |author: &PersonRef| FeedPerson {
        name: author.name.clone(),
        address: author.url.as_deref().map(|url| context.absolute_link(url)),
    };
    named.iter().map(person).collect()
}

fn feed_topic(context: &SiteContext, id: TopicId) -> FeedTopic {
    let topic = context.site.topic(id);
    let codes = context.site.codes(id);
    let number = codes
        .iter()
        .filter(|(scheme, _)| scheme == "media_topic")
        .find_map(|(scheme, code)| Some(json_ld::concept(scheme, code)?.rsplit('/').next()?.to_owned()));
    FeedTopic {
        name: topic.title.clone(),
        address: context.absolute_link(&context.topic_ref(id).url),
        media_topic: number,
    }
}

fn enclosure(context: &SiteContext, src: &str) -> Enclosure {
    Enclosure {
        address: context.absolute_link(src),
        media_type: audio_type(src),
        length: context.length(src).unwrap_or(0),
    }
}

/// Makes the entry of an edition, if `full` with all its items.
pub(super) fn edition(context: &SiteContext, edition: &Edition, full: bool) -> DatedEntry {
    let site = &context.site;
    let head = edition.file.as_ref().map(|file| &file.head);
    let former: &[Route] = head.map_or(&[], |head| &head.aliases);
    let log: &[Update] = head.map_or(&[], |head| &head.updates);
    let briefing_view::BriefingText { title, authors, image, summary, html, language } =
        briefing_view::text(context, edition);
    let entry = FeedEntry {
        id: identity(context, &edition.route, former),
        title,
        address: site.config.base_url.absolute(edition.route.as_str()),
        summary,
        content: Some(edition_notes(context, edition, log, &language) + &tasks(html)).filter(|_| full),
        authors: self::authors(context, &authors, None),
        image: media(context, image),
        news: FeedNews {
            edition: edition.number,
            corrections: updates(context, log, &edition.route),
            ..FeedNews::default()
        },
        language,
        ..FeedEntry::default()
    };
    DatedEntry::new(context, edition.published, edition.changed(), entry)
}

/// Makes an entry of each of the newest corrections.
pub(super) fn corrections(context: &SiteContext, most: usize) -> Vec<DatedEntry> {
    let site = &context.site;
    let entry = |found: &Correction| {
        let document = site.document(found.doc);
        let words = found.update.text.clone().unwrap_or_else(|| context.say("withdrawn_note"));
        let mut html = String::from("<p>");
        text::escape_html(&words, &mut html);
        html.push_str("</p>");
        let entry = FeedEntry {
            id: format!("{}#{}", identity(context, &found.route, document.aliases()), found.anchor),
            title: match found.item(site) {
                Some(item) => format!("{}: {}: {item}", context.say(found.update.kind.label()), found.title(site)),
                None => format!("{}: {}", context.say(found.update.kind.label()), found.title(site)),
            },
            address: format!("{}#{}", site.config.base_url.absolute(found.route.as_str()), found.anchor),
            summary: Some(words),
            content: Some(html),
            language: language(site, document, &found.update).to_owned(),
            ..FeedEntry::default()
        };
        DatedEntry::new(context, found.update.at, found.update.at, entry)
    };
    context.corrections().iter().take(most).map(entry).collect()
}

/// Returns the language of an update's text: the document's, or the site's for a generated text.
fn language<'s>(site: &'s Site, document: &'s Document, update: &Update) -> &'s str {
    if update.text.is_some() { site.language(document) } else { &site.config.language }
}

/// Makes the notice that a story was withdrawn. It has the story's own identifier, so that it replaces the story in readers.
pub(super) fn notice(context: &SiteContext, withdrawal: &Withdrawal) -> DatedEntry {
    let site = &context.site;
    let (article, update) = (site.article(withdrawal.article), &withdrawal.update);
    let document = site.document(article.doc);
    let (head, language) = (&article.head, language(site, document, update));
    let entry = FeedEntry {
        id: identity(context, &article.route, &head.aliases),
        title: format!("{}: {}", context.say(update.kind.label()), head.title),
        address: site.config.base_url.absolute(article.route.as_str()),
        summary: Some(update.text.clone().unwrap_or_else(|| context.say("withdrawn_note"))),
        content: Some(note(context, update, language)),
        news: FeedNews { status: Some("withdrawn"), ..FeedNews::default() },
        language: language.to_owned(),
        ..FeedEntry::default()
    };
    DatedEntry::new(context, article.published, update.at, entry)
}
