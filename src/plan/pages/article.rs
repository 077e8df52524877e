//! Articles: one page each.

use std::sync::Arc;

use serde::Serialize;

use super::live;
use crate::base::date::DisplayDate;
use crate::base::text;
use crate::base::web::media;
use crate::content::head::{ArticleHead, CitedSource, Dateline, Fact, Status, Update};
use crate::content::markdown::{Audience, Body, OutlineEntry, in_words};
use crate::plan::feeds::feed_links;
use crate::plan::outputs::family;
use crate::plan::page::{Page, PagePart};
use crate::plan::views::article_inputs::{ArticleInputs, ArticleParts, Translation};
use crate::plan::views::common::Common;
use crate::plan::views::dateline;
use crate::plan::views::meta::{Alternate, Meta, X_DEFAULT};
use crate::plan::views::shapes::{ImageView, LinkView, PersonRef, TopicRef, UpdateView, status_word};
use crate::plan::{Output, OutputKind, PageKind, SiteContext, json_ld};
use crate::site::stories::is_withdrawn;
use crate::site::{Article, ArticleId, DocId, Preview, StoryId, ThreadId};

pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    for (index, article) in context.site.articles.iter().enumerate() {
        outputs.push(Output {
            route: article.route.clone(),
            kind: OutputKind::Page(PageKind::Article(ArticleId(index))),
            doc: Some(article.doc),
        });
        live::outputs(context, article, ArticleId(index), outputs);
    }
}

#[derive(Serialize)]
struct ArticleView {
    title: String,
    short_title: Option<String>,
    url: String,
    summary: Option<String>,
    date: DisplayDate,
    published: DisplayDate,
    updated: Option<DisplayDate>,
    kind: &'static str,
    kind_label: Option<Arc<str>>,
    status: Option<&'static str>,
    dateline: Option<String>,
    dateline_parts: Option<DatelineView>,
    section: Option<Arc<TopicRef>>,
    topics: Vec<Arc<TopicRef>>,
    authors: Vec<PersonRef>,
    editors: Vec<PersonRef>,
    contributors: Vec<PersonRef>,
    image: Option<ImageView>,
    item: bool,
    briefing: Option<LinkView>,
    lang: String,
    dir: &'static str,
    minutes: usize,
    words: u32,
    preview: Option<Preview>,
    body: String,
    key_points: Vec<String>,
    facts: Vec<Fact>,
    sources: Vec<CitedSource>,
    updates: Vec<UpdateView>,
    corrections_above: Vec<UpdateView>,
    corrections_below: Vec<UpdateView>,
    live: Option<live::LiveView>,
    audio: Option<AudioView>,
    developing: bool,
    withdrawn: bool,
    withdrawn_text: Option<String>,
    withdrawn_note: Option<String>,
    translations: Vec<Translation>,
    toc: Vec<OutlineEntry>,
    source_canonical: Option<String>,
    extra: serde_json::Value,
}

#[derive(Serialize)]
struct DatelineView {
    places: String,
    date: Option<String>,
    agency: Option<String>,
}

#[derive(Serialize)]
struct AudioView {
    src: String,
    #[serde(rename = "type")]
    media_type: Option<&'static str>,
}

#[derive(Serialize)]
struct ArticleThreadView {
    title: String,
    url: String,
    entries: Vec<ArticleThreadEntry>,
}

#[derive(Serialize)]
struct ArticleThreadEntry {
    title: String,
    url: String,
    date: DisplayDate,
    current: bool,
    lang: String,
    dir: &'static str,
}

pub(in crate::plan) fn view(context: &SiteContext, id: ArticleId) -> Page {
    let site = &context.site;
    let article = site.article(id);
    let document = site.document(article.doc);
    let (head, body) = (&article.head, &article.body);
    let lang = site.language(document);
    let inputs = Arc::new(inputs(context, article));
    let neighbor = |id: Option<ArticleId>| id.and_then(|id| site.article(id).story);
    Page::new(meta(context, article, head, body, lang))
        .json_ld(json_ld::JsonLdNode::Article(Arc::clone(&inputs)))
        .deferred("article", inputs, article_view)
        .with("previous", PagePart::Card(neighbor(article.previous)))
        .with("next", PagePart::Card(neighbor(article.next)))
        .with("related", PagePart::Related(article.related.clone()))
        .data("thread", article.thread.zip(article.story).map(|(thread, story)| thread_view(context, thread, story)))
}

fn meta(context: &SiteContext, article: &Article, head: &ArticleHead, body: &Body, lang: &str) -> Meta {
    let site = &context.site;
    let withdrawn = is_withdrawn(head);
    let mut meta = context
        .meta(
            &family::ARTICLE,
            article.route.as_str(),
            if withdrawn { site.config.words.text("withdrawn_title") } else { &head.title },
        )
        .language(lang);
    meta.og_type = "article";
    meta.noindex = head.noindex || withdrawn;
    meta.published = Some(context.instant(article.published));
    meta.modified = Some(context.instant(article.changed()));
    if !withdrawn {
        meta.description = head.summary.clone().or_else(|| body.excerpt(&article.fillings, 200));
        let own = context.share_of(ImageView::of(head.image.as_ref(), article.image.as_ref()));
        meta.image = own.or(meta.image);
        meta.expires = head.expires.map(|at| context.instant(at));
    }
    if site.config.markdown_twins && article.story.is_some() {
        meta.twin = Some(context.link(article.twin_route().as_str()));
    }
    if live::is_live(article) {
        let title = format!("{}: {}", site.config.title, head.title);
        meta.feeds = feed_links::links(context, &live::folder(article), &title);
    }
    if let Some(origin) = &head.canonical {
        meta.canonical.clone_from(origin);
    }
    let story = article.story.map(|story| site.story(story));
    if let Some(section) = story.and_then(|story| story.section.or(story.topics.first().copied())) {
        let crumb = |topic| LinkView {
            title: site.topic(topic).title.clone(),
            url: context.link(site.topic(topic).route().as_str()),
        };
        meta.breadcrumbs = site.trail(section).into_iter().chain([section]).map(crumb).collect();
    }
    meta.alternates = article
        .translations
        .iter()
        .filter_map(|doc| {
            let lang = site.language(site.document(*doc)).to_owned();
            Some(Alternate { lang, url: site.address_of(*doc)? })
        })
        .collect();
    // `x-default`, for readers of other languages: the version in the main language, else the original.
    let is_original =
        |doc: &DocId| site.document(*doc).article().is_some_and(|(head, _)| head.translation_of.is_none());
    let original = article.translations.iter().position(is_original);
    let main = &site.config.main_language;
    let own = meta.alternates.iter().position(|alternate| alternate.lang.eq_ignore_ascii_case(main));
    if let Some(default) = own.or(original).map(|at| meta.alternates[at].url.clone()) {
        meta.alternates.push(Alternate { lang: X_DEFAULT.to_owned(), url: default });
    }
    meta
}

/// The inputs of an article's page.
fn inputs(context: &SiteContext, article: &Article) -> ArticleInputs {
    let site = &context.site;
    let head = &article.head;
    let story = article.story.map(|id| site.story(id));
    let section = story.and_then(|story| story.section);
    let topics = story.iter().flat_map(|story| &story.topics).filter(|id| Some(**id) != section);
    let whole = context.links_topics().then(|| context.article_text(article, &article.body, Audience::Page));
    let thread = |id: ThreadId| {
        let thread = site.thread(id);
        LinkView { title: thread.title.clone(), url: context.link(thread.route.as_str()) }
    };
    ArticleInputs::new(ArticleParts {
        document: Arc::clone(&article.document),
        head: Arc::clone(head),
        body: Arc::clone(&article.body),
        fillings: Arc::clone(&article.fillings),
        whole,
        url: context.link(article.route.as_str()),
        published: article.published,
        section: section.map(|id| Arc::clone(context.coded_topic(id))),
        topics: topics.map(|id| Arc::clone(context.coded_topic(*id))).collect(),
        authors: context.people(&head.authors),
        editors: context.people(&head.editors),
        contributors: context.people(&head.contributors),
        image: article.image.clone(),
        audio: article.audio.clone(),
        sources: article.sources.clone(),
        preview: article.preview,
        thread: article.thread.map(thread),
        translations: translations(context, article),
        live: live::parts(context, article),
    })
}

fn translations(context: &SiteContext, article: &Article) -> Vec<Translation> {
    let site = &context.site;
    let others = article.translations.iter().filter(|doc| **doc != article.doc);
    others
        .filter_map(|doc| {
            let document = site.document(*doc);
            let (head, _) = document.article()?;
            let lang = site.language(document);
            let name = site.config.edition_of(Some(lang)).map_or_else(|| text::autonym(lang), |edition| &edition.name);
            Some(Translation {
                lang: lang.to_owned(),
                dir: text::direction(lang),
                language: name.to_owned(),
                title: head.title.clone(),
                url: site.link_to(*doc)?,
            })
        })
        .collect()
}

fn article_view(inputs: &Arc<ArticleInputs>, common: &Common) -> ArticleView {
    let (head, body) = (&inputs.head, &inputs.body);
    let withdrawn = is_withdrawn(head);
    let lang = head.lang.as_deref().unwrap_or(&common.language);
    let updates = common.updates(&head.updates);
    let withdrawal = Update::withdrawal(&head.updates);
    let (corrections_above, corrections_below) =
        (UpdateView::notes(&updates, true), UpdateView::notes(&updates, false));
    ArticleView {
        title: head.title.clone(),
        short_title: head.short_title.clone(),
        url: inputs.url.clone(),
        summary: head.summary.clone(),
        date: common.display_date(inputs.published),
        published: common.display_date(inputs.published),
        updated: head.modified(inputs.published).map(|at| common.display_date(at)),
        kind: head.kind.word(),
        kind_label: head.label().map(|name| common.words.shared(name)),
        status: head.status.map(status_word),
        dateline: head.dateline.as_ref().map(Dateline::text),
        dateline_parts: head.dateline.as_ref().map(|dateline| DatelineView {
            places: dateline.place_text(),
            date: dateline.date.clone(),
            agency: dateline.agency.clone(),
        }),
        section: inputs.section.as_ref().map(|coded| Arc::clone(&coded.topic)),
        topics: inputs.topics.iter().map(|coded| Arc::clone(&coded.topic)).collect(),
        authors: inputs.authors.clone(),
        editors: inputs.editors.clone(),
        contributors: inputs.contributors.clone(),
        image: ImageView::of(head.image.as_ref(), inputs.image.as_ref()),
        item: false,
        briefing: None,
        lang: lang.to_owned(),
        dir: text::direction(lang),
        minutes: text::minutes(body.words as usize),
        words: body.words,
        preview: inputs.preview,
        body: if withdrawn {
            String::new()
        } else {
            dateline::run_in(in_words(inputs.html(), lang, &common.words), head.dateline.as_ref())
        },
        key_points: head.key_points.clone(),
        facts: head.facts.clone(),
        sources: inputs.sources.clone(),
        corrections_above,
        corrections_below,
        live: live::view(inputs, common, lang, &updates),
        audio: inputs.audio.as_ref().map(|src| AudioView { src: src.to_string(), media_type: media::audio_type(src) }),
        developing: head.status == Some(Status::Developing),
        withdrawn,
        withdrawn_text: withdrawal.and_then(|at| head.updates[at].text.clone()),
        withdrawn_note: withdrawal.map(|at| updates[at].id.clone()),
        updates,
        translations: inputs.translations.clone(),
        toc: inputs.outline(),
        source_canonical: head.canonical.clone(),
        extra: head.extra.clone(),
    }
}

/// The most parts of a thread that an article's page lists, its own included.
const PARTS: usize = 5;

/// The part of a thread that leads up to a story, and the one that follows it. Not the newest of all: each new part would
/// change the pages of all before it. The thread's own page has them.
fn thread_view(context: &SiteContext, id: ThreadId, current: StoryId) -> ArticleThreadView {
    let thread = context.site.thread(id);
    // Parts are ordered from the oldest, and stories are numbered from the newest.
    let at = thread.stories.binary_search_by(|part| current.cmp(part)).unwrap_or_else(|at| at);
    let shown = &thread.stories[(at + 1).saturating_sub(PARTS)..(at + 2).min(thread.stories.len())];
    let entries = shown.iter().map(|id| {
        let card = context.card(*id);
        ArticleThreadEntry {
            title: card.title.clone(),
            url: card.url.clone(),
            date: card.date.clone(),
            current: *id == current,
            lang: card.lang.clone(),
            dir: card.dir,
        }
    });
    ArticleThreadView {
        title: thread.title.clone(),
        url: context.link(thread.route.as_str()),
        entries: entries.collect(),
    }
}
