//! Editions, as pages, lists, feeds and e-mails show them.

use std::sync::Arc;

use serde::Serialize;

use super::site_context::SiteContext;
use crate::base::date::DisplayDate;
use crate::base::text;
use crate::content::document::{BriefingBody, Item};
use crate::content::head::{BriefingHead, Update};
use crate::content::markdown::{Audience, in_words};
use crate::plan::views::shapes::{Card, ImageView, PersonRef, TopicRef, UpdateView};
use crate::site::editions::is_named;
use crate::site::stories::StorySource;
use crate::site::{Edition, EditionEntry, Preview, StoryId};

/// A briefing, as its page and lists show it.
#[derive(Clone, Serialize)]
pub(in crate::plan) struct BriefingView {
    pub(in crate::plan) title: String,
    /// Whether the title is the edition's own, and not made of its date.
    named: bool,
    number: Option<u32>,
    date: DisplayDate,
    published: DisplayDate,
    updated: Option<DisplayDate>,
    updates: Vec<UpdateView>,
    corrections_above: Vec<UpdateView>,
    corrections_below: Vec<UpdateView>,
    pub(in crate::plan) url: String,
    pub(in crate::plan) summary: Option<String>,
    intro: String,
    pub(in crate::plan) items: Vec<ItemView>,
    minutes: usize,
    words: usize,
    composed: bool,
    pub(in crate::plan) authors: Vec<PersonRef>,
    editors: Vec<PersonRef>,
    pub(in crate::plan) image: Option<ImageView>,
    pub(in crate::plan) lang: String,
    dir: &'static str,
    preview: Option<Preview>,
    extra: serde_json::Value,
}

/// An item of a briefing, or a story that it lists.
#[derive(Clone, Serialize)]
pub(in crate::plan) struct ItemView {
    number: usize,
    id: String,
    pub(in crate::plan) title: String,
    pub(in crate::plan) url: String,
    html: String,
    corrections: Vec<UpdateView>,
    summary: Option<String>,
    topics: Vec<Arc<TopicRef>>,
    story: Option<Arc<Card>>,
    lang: String,
    dir: &'static str,
}

/// A briefing as lists show it: its items without their texts.
pub(in crate::plan) fn summary(context: &SiteContext, edition: &Edition) -> BriefingView {
    let mut view = whole(context, edition);
    view.intro = String::new();
    for item in &mut view.items {
        item.html = String::new();
    }
    view
}

pub(in crate::plan) fn parts(edition: &Edition) -> Option<(&BriefingHead, &BriefingBody)> {
    edition.file.as_ref().map(|file| (&*file.head, &*file.body))
}

pub(in crate::plan) fn whole(context: &SiteContext, edition: &Edition) -> BriefingView {
    let site = &context.site;
    let url = context.link(edition.route.as_str());
    let parts = parts(edition);
    let cards = item_cards(context, edition);
    let lang = edition.doc().map_or(site.config.language.as_str(), |doc| site.language(site.document(doc)));
    let log: &[Update] = parts.map_or(&[], |(head, _)| &head.updates);
    let updates: Vec<UpdateView> = context.common().updates(log);
    let own = |number: usize, index: usize, item: &Item| ItemView {
        number,
        id: item.id.clone(),
        title: item.title(edition.fillings_of(index)),
        url: format!("{url}#{}", item.id),
        html: in_words(item.body.fill(edition.fillings_of(index), Audience::Page), lang, &site.config.words),
        corrections: UpdateView::of_item(&updates, &item.id),
        summary: item.body.excerpt(edition.fillings_of(index), 240),
        topics: cards.get(index).map_or_else(Vec::new, |card| card.topics.clone()),
        story: None,
        lang: lang.to_owned(),
        dir: text::direction(lang),
    };
    let listed = |number: usize, story: StoryId| {
        let card = context.card(story);
        ItemView {
            number,
            id: story_id(parts, number),
            title: card.title.clone(),
            url: card.url.clone(),
            html: String::new(),
            corrections: Vec::new(),
            summary: card.summary.clone(),
            topics: card.topics.clone(),
            story: Some(Arc::clone(card)),
            lang: card.lang.clone(),
            dir: card.dir,
        }
    };
    let entry = |(at, entry): (usize, EditionEntry)| match entry {
        EditionEntry::Item(index) => edition.items().get(index).map(|item| own(at + 1, index, item)),
        EditionEntry::Story(story) => Some(listed(at + 1, story)),
    };
    let items: Vec<ItemView> = edition.entries().into_iter().enumerate().filter_map(entry).collect();
    let words = words(context, edition);
    BriefingView {
        title: context.briefing_title(edition),
        named: is_named(edition),
        number: edition.number,
        date: context.display_date(edition.date),
        published: context.display_date(edition.published),
        updated: edition.updated.map(|at| context.display_date(at)),
        corrections_above: UpdateView::notes(&updates, true),
        corrections_below: UpdateView::notes(&updates, false),
        updates,
        url,
        summary: parts.and_then(|(head, _)| head.summary.clone()),
        intro: parts.map_or_else(String::new, |(_, body)| {
            in_words(body.intro.fill(&edition.intro_fillings, Audience::Page), lang, &site.config.words)
        }),
        items,
        minutes: text::minutes(words),
        words,
        composed: edition.file.is_none(),
        authors: parts.map_or_else(Vec::new, |(head, _)| context.people(&head.authors)),
        editors: parts.map_or_else(Vec::new, |(head, _)| context.people(&head.editors)),
        image: parts.and_then(|(head, _)| ImageView::of(head.image.as_ref(), edition.image.as_ref())),
        lang: lang.to_owned(),
        dir: text::direction(lang),
        preview: edition.preview,
        extra: parts.map_or(serde_json::Value::Null, |(head, _)| head.extra.clone()),
    }
}

/// The id of a story in an edition: by its number, unless a heading there is called so.
pub(in crate::plan) fn story_id(parts: Option<(&BriefingHead, &BriefingBody)>, number: usize) -> String {
    let id = format!("story-{number}");
    let is_taken = parts.is_some_and(|(_, body)| {
        let of_items = body.items.iter().flat_map(|item| std::iter::once(&item.id).chain(&item.body.anchors));
        body.intro.anchors.iter().chain(of_items).any(|anchor| *anchor == id)
    });
    if is_taken { format!("theme--{id}") } else { id }
}

/// An edition as one text.
pub(in crate::plan) struct BriefingText {
    pub(in crate::plan) title: String,
    pub(in crate::plan) authors: Vec<PersonRef>,
    pub(in crate::plan) image: Option<ImageView>,
    pub(in crate::plan) summary: Option<String>,
    pub(in crate::plan) html: String,
    pub(in crate::plan) language: String,
}

/// The whole edition for readers elsewhere: links are absolute, and each item has its heading.
pub(in crate::plan) fn text(context: &SiteContext, edition: &Edition) -> BriefingText {
    let site = &context.site.config.base_url;
    let page = site.absolute(edition.route.as_str());
    let audience = Audience::Elsewhere { site, page: &page };
    let view = summary(context, edition);
    let body = parts(edition).map(|(_, body)| body);
    let mut html = body.map_or_else(String::new, |body| body.intro.fill(&edition.intro_fillings, audience));
    for (item, entry) in view.items.iter().zip(edition.entries()) {
        // A story in a slot may be in another language than its edition.
        let is_foreign = item.lang != view.lang;
        if is_foreign {
            html.push_str(&format!("<div dir=\"{}\" lang=\"{}\">", item.dir, item.lang));
        }
        html.push_str(&format!("<h2><a href=\"{}\">", context.absolute_link(&item.url)));
        text::escape_html(&item.title, &mut html);
        html.push_str("</a></h2>\n");
        let own = match entry {
            EditionEntry::Item(index) => body.and_then(|body| Some((index, body.items.get(index)?))),
            EditionEntry::Story(_) => None,
        };
        if let Some((index, own)) = own {
            html.push_str(&own.body.fill(edition.fillings_of(index), audience));
        } else if let Some(dek) = &item.summary {
            html.push_str("<p>");
            text::escape_html(dek, &mut html);
            html.push_str("</p>\n");
        }
        if is_foreign {
            html.push_str("</div>\n");
        }
    }
    let html = in_words(html, &view.lang, &context.site.config.words);
    let BriefingView { title, authors, image, summary, lang: language, .. } = view;
    BriefingText { title, authors, image, summary, html, language }
}

/// How many words an edition has, those of the summaries of its stories included.
pub(in crate::plan) fn words(context: &SiteContext, edition: &Edition) -> usize {
    let own = parts(edition).map_or(0, |(_, body)| {
        body.intro.words as usize + body.items.iter().map(|item| item.body.words as usize).sum::<usize>()
    });
    let listed = edition.stories.iter().filter_map(|id| context.card(*id).summary.as_ref());
    own + listed.map(|summary| text::count_words(summary)).sum::<usize>()
}

/// The cards of an edition's own items, in order.
pub(in crate::plan) fn item_cards<'d>(context: &'d SiteContext, edition: &Edition) -> Vec<&'d Card> {
    let instant = edition.published.instant();
    let stories = &context.site.stories;
    let start = stories.partition_point(|story| story.date.instant() > instant);
    let mut found: Vec<(usize, &Card)> = stories[start..]
        .iter()
        .enumerate()
        .take_while(|(_, story)| story.date.instant() == instant)
        .filter(|(_, story)| Some(story.doc) == edition.doc())
        .filter_map(|(offset, story)| match story.kind {
            StorySource::Item { index, .. } => Some((index, context.card(StoryId(start + offset)).as_ref())),
            StorySource::Article(_) => None,
        })
        .collect();
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, card)| card).collect()
}
