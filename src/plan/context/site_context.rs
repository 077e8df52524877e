//! The context of a site: the site itself, with what many pages share built once.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::frames;
use super::globals::{self, SiteView};
use super::mailings::Mailings;
use super::mentions::TopicMentions;
use super::name_index::NameIndex;
use super::translations::{self, TopicTranslations};
use crate::base::date::{DisplayDate, Moment};
use crate::base::digest::{Digest, Digester};
use crate::base::route::Route;
use crate::base::text;
use crate::content::asset::{Asset, destination};
use crate::content::markdown::{Audience, Body};
use crate::plan::outputs::family::Family;
use crate::plan::views::common::Common;
use crate::plan::views::meta::{Meta, locale};
use crate::plan::views::shapes::{BriefingRef, Card, CodedTopic, ImageView, PersonRef, TopicCount, TopicRef};
use crate::site::lists::corrections::{self, Correction};
use crate::site::lists::withdrawals::{self, Withdrawal};
use crate::site::{Article, Edition, EditionId, Periods, Site, StoryId, TopicId};

/// The site, and values derived from it that many pages share. Most are computed when first asked for.
pub struct SiteContext {
    /// The site.
    pub site: Arc<Site>,
    /// The variable `site` of templates.
    pub globals: SiteView,
    /// Files under `static/`, the default theme's included, by path.
    pub statics: Arc<[Asset]>,
    globals_digest: Digest,
    /// Each card with the digest of all that it shows, built when it is first asked for.
    cards: Vec<OnceLock<(Arc<Card>, Digest)>>,
    topics: Vec<Arc<TopicRef>>,
    people: HashMap<String, String>,
    coded_topics: Vec<Arc<CodedTopic>>,
    common: Common,
    periods: OnceLock<Periods>,
    corrections: OnceLock<Vec<Correction>>,
    mailings: OnceLock<Mailings>,
    withdrawals: OnceLock<Vec<Withdrawal>>,
    mentions: Option<TopicMentions>,
    frame_origins: OnceLock<Vec<String>>,
    pub(super) names: NameIndex,
    /// The pages of topics that several languages have.
    pub(super) topics_elsewhere: Arc<TopicTranslations>,
    /// The editions in further languages below a path of this host, in the order of the configuration. None of these has such
    /// itself.
    pub languages: Vec<Arc<Self>>,
    /// The sites of the editions on other hosts.
    elsewhere: Arc<[Arc<Site>]>,
    /// The scripts of the default theme that templates of the site ask for.
    pub(in crate::plan) asked: Vec<&'static str>,
}

impl SiteContext {
    /// Builds the shared parts.
    pub fn new(site: Arc<Site>, statics: Arc<[Asset]>) -> Self {
        let link = |route: &str| site.config.base_url.link(route);
        let topics: Vec<Arc<TopicRef>> = site
            .topics
            .iter()
            .map(|topic| {
                let url = link(topic.route().as_str());
                Arc::new(TopicRef::new(topic.title.clone(), topic.slug.clone(), url, topic.kind))
            })
            .collect();
        let mut people = HashMap::new();
        for person in site.people.iter() {
            for name in std::iter::once(&person.head.name).chain(&person.head.aliases) {
                people.insert(text::fold(name), link(person.route.as_str()));
            }
        }
        let mentions = site.config.auto_link_topics.then(|| TopicMentions::new(&site)).flatten();
        let globals = globals::globals(&site, &topics);
        let common = Common::new(&site.config);
        let mut digester = Digester::new();
        common.digest(digester.value(&globals));
        let coded_topics = topics
            .iter()
            .enumerate()
            .map(|(index, topic)| Arc::new(CodedTopic::new(topic, site.codes(TopicId(index)))));
        let coded_topics = coded_topics.collect();
        Self {
            globals_digest: digester.finish(),
            globals,
            cards: site.stories.iter().map(|_| OnceLock::new()).collect(),
            site,
            statics,
            topics,
            people,
            coded_topics,
            common,
            periods: OnceLock::new(),
            corrections: OnceLock::new(),
            mailings: OnceLock::new(),
            withdrawals: OnceLock::new(),
            mentions,
            frame_origins: OnceLock::new(),
            names: NameIndex::default(),
            topics_elsewhere: Arc::default(),
            languages: Vec::new(),
            elsewhere: Arc::default(),
            asked: Vec::new(),
        }
    }

    /// Adds the scripts of the default theme ([`OPTIONAL`](crate::plan::OPTIONAL)) that templates of the site ask for, so that
    /// they are published whatever the pages have.
    #[must_use]
    pub fn with_asked(self, asked: Vec<&'static str>) -> Self {
        Self { asked, ..self }
    }

    /// The scripts that templates of the site ask for.
    pub fn asked(&self) -> &[&'static str] {
        &self.asked
    }

    /// Adds the editions in further languages: those below a path of this host, and those on other hosts, which pages here
    /// name.
    #[must_use]
    pub fn with_languages(mut self, languages: Vec<Arc<Site>>, elsewhere: Arc<[Arc<Site>]>) -> Self {
        let mut others: Vec<Self> =
            languages.into_iter().map(|site| Self::new(site, Arc::clone(&self.statics))).collect();
        if !others.is_empty() || !elsewhere.is_empty() {
            let all = std::iter::once(&self).chain(&others).map(|one| &*one.site);
            let all = all.chain(elsewhere.iter().map(|site| &**site));
            let topics = Arc::new(translations::topics(&self.site.config, all));
            for other in &mut others {
                other.topics_elsewhere = Arc::clone(&topics);
            }
            self.topics_elsewhere = topics;
            self.languages = others.into_iter().map(Arc::new).collect();
            self.elsewhere = elsewhere;
        }
        self
    }

    /// The context of the site, in all its languages, that `again` makes of this one.
    #[must_use]
    pub fn again(&self, mut again: impl FnMut(&Site) -> Site) -> Self {
        let main = Self::new(Arc::new(again(&self.site)), Arc::clone(&self.statics));
        let languages: Vec<Arc<Site>> = self.languages.iter().map(|language| Arc::new(again(&language.site))).collect();
        // What stands on other hosts says nothing about the addresses of this one.
        main.with_languages(languages, Arc::clone(&self.elsewhere)).with_asked(self.asked.clone())
    }

    /// A story's card.
    pub fn card(&self, id: StoryId) -> &Arc<Card> {
        &self.card_and_digest(id).0
    }

    /// The digest of everything that a story's card shows.
    pub fn card_digest(&self, id: StoryId) -> Digest {
        self.card_and_digest(id).1
    }

    fn card_and_digest(&self, id: StoryId) -> &(Arc<Card>, Digest) {
        self.cards[id.0].get_or_init(|| {
            let card = self.build_card(id);
            let digest = Digester::new().value(&card).finish();
            (Arc::new(card), digest)
        })
    }

    /// The digest of the values that every page's key holds: `site` as templates see it, and [`Common`].
    pub(in crate::plan) fn globals_digest(&self) -> Digest {
        self.globals_digest
    }

    /// How many stories there are.
    pub fn card_count(&self) -> usize {
        self.cards.len()
    }

    /// A topic, named.
    pub fn topic_ref(&self, id: TopicId) -> &Arc<TopicRef> {
        &self.topics[id.0]
    }

    /// A topic, with how much is about it.
    pub fn topic_count(&self, id: TopicId) -> TopicCount {
        let topic = self.site.topic(id);
        let named = self.topic_ref(id);
        TopicCount {
            title: named.title.clone(),
            slug: named.slug.clone(),
            url: named.url.clone(),
            kind: named.kind,
            count: topic.stories.len(),
            summary: topic.head().and_then(|head| head.summary.clone()),
            last: topic.stories.first().map(|story| self.display_date(self.site.story(*story).date)),
        }
    }

    /// A link to a route of the site, or to an address elsewhere.
    pub fn link_to(&self, address: &str) -> String {
        if address.starts_with('/') { self.link(address) } else { address.to_owned() }
    }

    /// A link within the site.
    pub fn link(&self, route: &str) -> String {
        self.site.config.base_url.link(route)
    }

    /// The path of an own page of this edition: `/ar/topics/` for `/topics/`, where `/ar` is the path of its language.
    pub(in crate::plan) fn own(&self, path: &str) -> String {
        self.site.config.own(path)
    }

    /// The route of an own page of this edition.
    pub(in crate::plan) fn own_route(&self, path: &str) -> Route {
        self.site.config.own_route(path)
    }

    /// A link to an own page of this edition.
    pub(in crate::plan) fn own_link(&self, path: &str) -> String {
        self.link(&self.own(path))
    }

    /// Whether names of topics are linked in the texts of articles.
    pub(in crate::plan) fn links_topics(&self) -> bool {
        self.mentions.is_some()
    }

    /// An article's text, with the first mention of each topic linked where the site asks for it.
    pub fn article_text(&self, article: &Article, body: &Body, audience: Audience<'_>) -> String {
        let html = body.fill(&article.fillings, audience);
        let Some(mentions) = &self.mentions else { return html };
        mentions.link(html, |topic| {
            let url = &self.topic_ref(topic).url;
            match audience {
                Audience::Page => url.clone(),
                Audience::Elsewhere { site, .. } => format!("{}{url}", site.origin()),
            }
        })
    }

    /// A date as the site's language and its time zone show it.
    pub fn display_date(&self, moment: Moment) -> DisplayDate {
        moment.display_date(&self.site.config.zone, &self.site.config.language)
    }

    /// RFC 3339 in the site's time zone.
    pub fn instant(&self, moment: Moment) -> String {
        moment.rfc3339(&self.site.config.zone)
    }

    /// A topic, as linked data names it.
    pub(in crate::plan) fn coded_topic(&self, id: TopicId) -> &Arc<CodedTopic> {
        &self.coded_topics[id.0]
    }

    /// Years, months and days with stories.
    pub(in crate::plan) fn periods(&self) -> &Periods {
        self.periods.get_or_init(|| Periods::of(&self.site))
    }

    /// All corrections, newest first.
    pub(in crate::plan) fn corrections(&self) -> &[Correction] {
        self.corrections.get_or_init(|| corrections::all(&self.site))
    }

    /// The corrections that go out with an edition, each with the edition that it is about, newest first.
    pub(in crate::plan) fn corrections_in(&self, id: EditionId) -> Vec<(&Correction, EditionId)> {
        self.mailings.get_or_init(|| Mailings::of(&self.site)).corrections(id, self.corrections())
    }

    /// Stories that were withdrawn, the last first.
    pub(in crate::plan) fn withdrawals(&self) -> &[Withdrawal] {
        self.withdrawals.get_or_init(|| withdrawals::all(&self.site))
    }

    /// The origins that pages load frames from: those of the configuration, and of the blocks of shown texts. In order.
    pub(in crate::plan) fn frame_origins(&self) -> &[String] {
        self.frame_origins.get_or_init(|| frames::origins(&self.site))
    }

    /// Whether a shown text of this edition has a frame that a click loads.
    pub(in crate::plan) fn has_frames(&self) -> bool {
        frames::are_any(&self.site)
    }

    /// The settings that deferred values and linked data are computed with.
    pub(in crate::plan) fn common(&self) -> &Common {
        &self.common
    }

    /// An absolute address for one of the configuration, which may be a route.
    pub(in crate::plan) fn absolute(&self, address: &str) -> String {
        let is_route = address.starts_with('/') && !address.starts_with("//");
        if is_route { self.site.config.base_url.absolute(address) } else { address.to_owned() }
    }

    /// An absolute address for a link. A link within the site has the base path already.
    pub fn absolute_link(&self, url: &str) -> String {
        self.site.config.base_url.absolute_link(url)
    }

    /// People, named.
    pub fn people(&self, names: &[String]) -> Vec<PersonRef> {
        let url = |name: &str| self.people.get(&text::fold(name)).cloned();
        names.iter().map(|name| PersonRef { name: name.clone(), url: url(name) }).collect()
    }

    /// The least that a page says of itself.
    pub fn meta(&self, family: &'static Family, route: &str, title: impl Into<String>) -> Meta {
        let config = &self.site.config;
        Meta {
            family,
            title: title.into(),
            description: None,
            url: config.base_url.link(route),
            canonical: config.base_url.absolute(route),
            lang: config.language.clone(),
            dir: text::direction(&config.language),
            noindex: false,
            feeds: Vec::new(),
            breadcrumbs: Vec::new(),
            image: self.share_image(),
            og_type: "website",
            alternates: Vec::new(),
            published: None,
            modified: None,
            expires: None,
            locale: locale(&config.language),
            newer: None,
            older: None,
            twin: None,
        }
    }

    /// The picture of pages that have none of their own.
    pub(super) fn share_image(&self) -> Option<ImageView> {
        let address = self.site.config.image.as_deref()?;
        let asset = address.strip_prefix('/').and_then(|path| self.static_at(&destination(path).0));
        let size = asset.and_then(|asset| asset.size);
        Some(ImageView {
            src: self.absolute(address),
            alt: self.site.config.title.clone(),
            caption: None,
            credit: None,
            width: size.map(|size| size.0),
            height: size.map(|size| size.1),
            renditions: None,
        })
    }

    /// The same picture for feeds, e-mails and machines: an absolute address, in a format that all of them know and a size that
    /// is enough for them.
    pub fn absolute_image(&self, image: Option<ImageView>) -> Option<ImageView> {
        image.map(|mut image| {
            if let Some(renditions) = &mut image.renditions {
                let renditions = Arc::make_mut(renditions);
                image.src = renditions.src.to_string();
                (image.width, image.height) = (Some(renditions.size.0), Some(renditions.size.1));
                for (address, _) in &mut renditions.cuts {
                    *address = self.absolute_link(address).into();
                }
            }
            image.src = self.absolute_link(&image.src);
            image
        })
    }

    /// The picture that stands for a page where others link to it, cut around its focus, since they would cut it at its middle.
    pub fn share_of(&self, image: Option<ImageView>) -> Option<ImageView> {
        self.absolute_image(image).map(|mut image| {
            let cut = image.renditions.as_ref().and_then(|renditions| renditions.cuts.first());
            if let Some((address, (width, height))) = cut.cloned() {
                image.src = address.to_string();
                (image.width, image.height) = (Some(width), Some(height));
            }
            image
        })
    }

    /// A briefing, named.
    pub fn briefing_ref(&self, edition: &Edition) -> BriefingRef {
        let lang = crate::site::editions::title_language(&self.site, edition);
        BriefingRef {
            lang: lang.to_owned(),
            dir: text::direction(lang),
            title: self.briefing_title(edition),
            url: self.link(edition.route.as_str()),
            number: edition.number,
            date: self.display_date(edition.date),
        }
    }

    /// A briefing's title: its own, or one made of its day.
    pub fn briefing_title(&self, edition: &Edition) -> String {
        crate::site::editions::title(&self.site, edition)
    }
}
