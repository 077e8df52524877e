//! Feeds: the outputs of the site's main feed, and the views of all feeds, also those of lists.
//!
//! In: the site, and the subject of a feed. Out: outputs, and the view of a feed, which is the same for all formats.
//! Deliberately not here: the syntax of the formats (`render::machines`).

mod entries;
pub(super) mod feed_links;
mod live;
mod notes;

use serde::Serialize;

use super::outputs::feed_dates::{last_ending, last_known};
use super::outputs::feed_files::{file, is_site_fed};
use super::{BRIEFINGS, CORRECTIONS, FeedSubject, Output, OutputKind, SiteContext};
use crate::base::date::Moment;
use crate::base::digest::inputs::Inputs;
use crate::base::digest::{Digest, Digester};
use crate::base::route::Route;
use crate::site::StoryId;
use crate::site::lists::withdrawals::Withdrawal;
use feed_links::has_shown;

use crate::config::{FeedContent, FeedFormat};
pub use entries::{Enclosure, FeedEntry, FeedMedia, FeedPerson, FeedTopic};

/// The view of a feed.
#[derive(Clone, Debug, Serialize)]
pub struct Feed {
    /// The permanent identifier, which stays the same when the site moves.
    pub id: String,
    /// Its format.
    pub format: FeedFormat,
    /// Its title.
    pub title: String,
    /// The description.
    pub description: String,
    /// Its language.
    pub language: String,
    /// The absolute address of the page that the feed belongs to.
    pub page: String,
    /// The absolute address of the feed itself.
    pub address: String,
    /// The name of the publisher.
    pub author: String,
    /// The address of the publisher's own site.
    pub author_address: String,
    /// The absolute address of the publisher's logo.
    pub logo: Option<String>,
    /// The address of the `WebSub` hub.
    pub hub: Option<String>,
    /// The instant at which an entry last changed, in RFC 3339. Atom requires one even in a feed that has lost all its
    /// entries (RFC 4287, section 4.1.1); it is then the latest instant known from the site or from `urls.lock`.
    pub updated: String,
    /// The date of the last change in the format of RFC 822; optional in RSS.
    pub updated_rfc822: Option<String>,
    /// The publication date of the newest entry, in the format of RFC 822.
    pub published_rfc822: Option<String>,
    /// The entries, newest first.
    #[serde(skip)]
    pub entries: Vec<FeedEntry>,
    /// The digest of each entry.
    #[serde(skip)]
    digests: Vec<Digest>,
    /// Identifiers of withdrawn entries, with the date of withdrawal, for Atom's tombstones. Other formats have notices among
    /// the entries instead.
    pub deleted: Vec<(String, String)>,
}

impl Feed {
    /// Passes everything that the feed shows to `inputs`, for its key and for `why`. Entries go in by their digests, which many
    /// feeds share.
    pub(super) fn inputs(&self, inputs: &mut impl Inputs) {
        inputs.value("feed", self);
        for (entry, digest) in self.entries.iter().zip(&self.digests) {
            inputs.shared("entries", "", *digest, entry);
        }
    }
}

pub(super) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    let formats = [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json];
    for format in formats.into_iter().filter(|_| is_site_fed(&context.site)) {
        let route = context.own_route(&format!("/{}", file(format)));
        outputs.push(Output { route, kind: OutputKind::Feed(format, FeedSubject::Site), doc: None });
    }
}

/// The subject of a feed, resolved.
struct FeedHead {
    title: String,
    description: Option<String>,
    page: String,
}

fn head(context: &SiteContext, subject: FeedSubject) -> FeedHead {
    let site = &context.site;
    let named = |name: &str, page: &str, description| FeedHead {
        title: format!("{}: {name}", site.config.title),
        description,
        page: page.to_owned(),
    };
    match subject {
        FeedSubject::Site => FeedHead {
            title: site.config.title.clone(),
            description: site.config.description.clone(),
            page: context.own("/"),
        },
        FeedSubject::Topic(id) => {
            let topic = site.topic(id);
            named(&topic.title, topic.route().as_str(), context.topic_count(id).summary)
        }
        FeedSubject::Person(id) => named(&site.person(id).name, site.person(id).route.as_str(), None),
        FeedSubject::Thread(id) => named(&site.thread(id).title, site.thread(id).route.as_str(), None),
        FeedSubject::Live(id) => {
            let article = site.article(id);
            named(&article.head.title, article.route.as_str(), article.head.summary.clone())
        }
        FeedSubject::Briefings => named(&context.say("briefings"), &context.own(BRIEFINGS), None),
        FeedSubject::Corrections => named(&context.say("corrections"), &context.own(CORRECTIONS), None),
    }
}

pub(super) fn view(context: &SiteContext, route: &Route, format: FeedFormat, subject: FeedSubject) -> Feed {
    let site = &context.site;
    let config = &site.config;
    let most = config.feeds.items;
    let is_part = matches!(subject, FeedSubject::Topic(_) | FeedSubject::Person(_) | FeedSubject::Thread(_));
    let full = config.feeds.content.map_or(!is_part, |content| content == FeedContent::Full);
    let stories = |ids: &[StoryId]| ids.iter().take(most).map(|id| entries::story(context, *id, full)).collect();
    let mut dated: Vec<entries::DatedEntry> = match subject {
        FeedSubject::Site => {
            (0..site.stories.len().min(most)).map(|index| entries::story(context, StoryId(index), full)).collect()
        }
        FeedSubject::Topic(id) => stories(&site.topic(id).stories),
        FeedSubject::Person(id) => stories(&site.person(id).stories),
        FeedSubject::Thread(id) => {
            site.thread(id).stories.iter().rev().take(most).map(|id| entries::story(context, *id, full)).collect()
        }
        FeedSubject::Live(id) => live::entries(context, id, most, full),
        FeedSubject::Briefings => {
            site.editions.iter().take(most).map(|edition| entries::edition(context, edition, full)).collect()
        }
        FeedSubject::Corrections => entries::corrections(context, most),
    };
    let head = head(context, subject);
    // An empty feed is as old as the site's newest story.
    let newest = match subject {
        FeedSubject::Live(id) => Some(site.article(id).published),
        _ => site.stories.first().map(|story| story.date),
    };
    let latest = |moments: &mut dyn Iterator<Item = Moment>| moments.max_by_key(|at| at.instant()).or(newest);
    let first_published = latest(&mut dated.iter().map(|entry| entry.published));
    // A feed that is not full has had room for all there ever was.
    let oldest = dated.last().filter(|_| dated.len() >= most).map(|entry| entry.published);
    let withdrawn = withdrawals(context, subject, oldest, most).map(|withdrawal| entries::notice(context, withdrawal));
    let withdrawn: Vec<entries::DatedEntry> = withdrawn.collect();
    let updated = latest(&mut dated.iter().chain(&withdrawn).map(|entry| entry.changed));
    let mut deleted = Vec::new();
    for notice in withdrawn {
        if format == FeedFormat::Atom {
            deleted.push((notice.entry.id, notice.entry.updated));
        } else {
            let is_older = |entry: &entries::DatedEntry| entry.published.instant() < notice.published.instant();
            let at = dated.iter().position(is_older).unwrap_or(dated.len());
            dated.insert(at, notice);
        }
    }
    let entries: Vec<FeedEntry> = dated.into_iter().map(|dated| dated.entry).collect();
    Feed {
        // One of which nothing is known is not made.
        updated: context.instant(updated.or_else(|| last_known(site)).unwrap_or(site.as_of)),
        updated_rfc822: updated.map(|at| at.rfc822(&config.zone)),
        published_rfc822: first_published.map(|at| at.rfc822(&config.zone)),
        deleted,
        digests: entries.iter().map(|entry| Digester::new().value(entry).finish()).collect(),
        entries,
        ..feed(context, route, format, head)
    }
}

/// The feed of a list that has lost all its stories as planned. It is as old as the last expiry or withdrawal.
pub(super) fn emptied(context: &SiteContext, route: &Route, format: FeedFormat, title: &str) -> Feed {
    let site = &context.site;
    let folder = route.as_str().rfind('/').map_or("/", |end| &route.as_str()[..=end]);
    let head = FeedHead { title: title.to_owned(), description: None, page: folder.to_owned() };
    let updated = last_ending(site).or_else(|| last_known(site)).unwrap_or(site.as_of);
    Feed {
        updated: context.instant(updated),
        updated_rfc822: Some(updated.rfc822(&site.config.zone)),
        ..feed(context, route, format, head)
    }
}

/// A feed without entries and dates.
fn feed(context: &SiteContext, route: &Route, format: FeedFormat, head: FeedHead) -> Feed {
    let config = &context.site.config;
    let publisher = config.publisher.as_ref();
    let FeedHead { title, description, page } = head;
    Feed {
        id: entries::identity(context, route, &[]),
        format,
        description: description.unwrap_or_else(|| title.clone()),
        title,
        language: config.language.clone(),
        page: config.base_url.absolute(&page),
        address: config.base_url.absolute(route.as_str()),
        author: publisher.map_or_else(|| config.title.clone(), |publisher| publisher.name.clone()),
        author_address: publisher
            .and_then(|publisher| publisher.url.as_deref())
            .map_or_else(|| config.base_url.absolute("/"), |url| context.absolute(url)),
        logo: publisher.and_then(|publisher| publisher.logo.as_deref()).map(|logo| context.absolute(logo)),
        hub: config.feeds.hub.clone(),
        updated: String::new(),
        updated_rfc822: None,
        published_rfc822: None,
        deleted: Vec::new(),
        digests: Vec::new(),
        entries: Vec::new(),
    }
}

/// Returns at most `most` withdrawn stories that readers of a feed may still have: those as new as its oldest entry, and
/// older ones that were withdrawn since that entry was published.
///
/// Feed readers keep stories, so that a withdrawal must reach them: as a tombstone in Atom (RFC 6721), and as a notice
/// under the story's own identifier in RSS and JSON Feed, which have no tombstones.
fn withdrawals(
    context: &SiteContext,
    subject: FeedSubject,
    oldest: Option<Moment>,
    most: usize,
) -> impl Iterator<Item = &Withdrawal> {
    let date = |withdrawal: &Withdrawal| context.site.article(withdrawal.article).published;
    let is_told = move |withdrawal: &&Withdrawal| {
        let last = date(withdrawal).instant().max(withdrawal.update.at.instant());
        has_shown(subject, withdrawal) && oldest.is_none_or(|oldest| last >= oldest.instant())
    };
    context.withdrawals().iter().filter(is_told).take(most)
}
