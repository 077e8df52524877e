//! Articles: one page each.

use std::sync::Arc;

use serde::Serialize;

use super::common::Common;
use super::desk::{Desk, status_word};
use super::ingredients::{Ingredients, Translation};
use super::ld;
use super::page::{Alternate, Meta, Page, Part};
use super::shapes::{ImageView, LinkView, PersonRef, TopicRef, UpdateView, kind_word};
use super::{Output, OutputKind, PageKind, family};
use crate::base::date::Stamp;
use crate::base::text;
use crate::content::document::Content;
use crate::content::head::{ArticleHead, CitedSource, Dateline, Fact, Status, Update, UpdateKind};
use crate::content::markdown::{Body, OutlineEntry, mark_labels};
use crate::site::stories::{article_head, is_withdrawn};
use crate::site::{Article, ArticleId, Preview, StoryId, ThreadId};

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    for (index, article) in desk.site.articles.iter().enumerate() {
        outputs.push(Output {
            route: article.route.clone(),
            kind: OutputKind::Page(PageKind::Article(ArticleId(index))),
            doc: Some(article.doc),
        });
    }
}

#[derive(Serialize)]
struct ArticleView {
    title: String,
    short_title: Option<String>,
    url: String,
    summary: Option<String>,
    date: Stamp,
    published: Stamp,
    updated: Option<Stamp>,
    kind: &'static str,
    kind_label: Option<&'static str>,
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
struct ThreadView {
    title: String,
    url: String,
    entries: Vec<ThreadEntry>,
}

#[derive(Serialize)]
struct ThreadEntry {
    title: String,
    url: String,
    date: Stamp,
    current: bool,
    lang: String,
    dir: &'static str,
}

pub(super) fn view(desk: &Desk, id: ArticleId) -> Page {
    let site = &desk.site;
    let article = site.article(id);
    let document = site.document(article.doc);
    let (head, body) = head_and_body(desk, article);
    let lang = site.language(document);
    let made_of = Arc::new(Ingredients::new(desk, article));
    let neighbour = |id: Option<ArticleId>| id.and_then(|id| site.article(id).story);
    Page::new(meta(desk, article, head, body, lang))
        .says(ld::Node::Article(Arc::clone(&made_of)))
        .made("article", made_of, article_view)
        .with("previous", Part::Card(neighbour(article.previous)))
        .with("next", Part::Card(neighbour(article.next)))
        .with("related", Part::Related(article.related.clone()))
        .data("thread", article.thread.zip(article.story).map(|(thread, story)| thread_view(desk, thread, story)))
}

fn head_and_body<'s>(desk: &'s Desk, article: &Article) -> (&'s ArticleHead, &'s Body) {
    match &desk.site.document(article.doc).content {
        Content::Article(head, body) => (head, body),
        _ => unreachable!("an article's document is an article"),
    }
}

fn meta(desk: &Desk, article: &Article, head: &ArticleHead, body: &Body, lang: &str) -> Meta {
    let site = &desk.site;
    let withdrawn = is_withdrawn(head);
    let mut meta = Meta::new(
        desk,
        &family::ARTICLE,
        article.route.as_str(),
        if withdrawn { "Story withdrawn" } else { &head.title },
    )
    .language(lang);
    meta.og_type = "article";
    meta.noindex = head.noindex || withdrawn;
    meta.published = Some(desk.instant(head.date));
    meta.modified = Some(desk.instant(Desk::modified(head).unwrap_or(head.date)));
    if !withdrawn {
        meta.description = head.summary.clone().or_else(|| body.excerpt(&article.fillings, 200));
        let own = desk.absolute_image(Desk::image(head.image.as_ref(), article.image.as_ref()));
        meta.image = own.or(meta.image);
        meta.expires = head.expires.map(|at| desk.instant(at));
    }
    if site.config.markdown_twins && article.story.is_some() {
        meta.twin = Some(desk.link(article.twin_route().as_str()));
    }
    if let Some(origin) = &head.canonical {
        meta.canonical.clone_from(origin);
    }
    let story = article.story.map(|story| site.story(story));
    if let Some(section) = story.and_then(|story| story.section.or(story.topics.first().copied())) {
        let crumb = |topic| LinkView {
            title: site.topic(topic).title.clone(),
            url: desk.link(site.topic(topic).route().as_str()),
        };
        meta.breadcrumbs = site.trail(section).into_iter().chain([section]).map(crumb).collect();
    }
    meta.alternates = article
        .translations
        .iter()
        .map(|id| {
            let other = site.article(*id);
            Alternate {
                lang: site.language(site.document(other.doc)).to_owned(),
                url: site.config.base_url.absolute(other.route.as_str()),
            }
        })
        .collect();
    // One for whoever reads none of them: that in the site's language, else the original.
    let head = |id: &&ArticleId| article_head(site.document(site.article(**id).doc));
    let original = article.translations.iter().position(|id| head(&id).translation_of.is_none());
    let own = meta.alternates.iter().position(|alternate| alternate.lang.eq_ignore_ascii_case(&site.config.language));
    if let Some(default) = own.or(original).map(|at| meta.alternates[at].url.clone()) {
        meta.alternates.push(Alternate { lang: "x-default".to_owned(), url: default });
    }
    meta
}

fn article_view(made_of: &Arc<Ingredients>, common: &Common) -> ArticleView {
    let (head, body) = made_of.head_and_body();
    let withdrawn = is_withdrawn(head);
    let lang = head.lang.as_deref().unwrap_or(&common.language);
    let updates = common.updates(&head.updates);
    let withdrawal = Update::withdrawal(&head.updates);
    let (corrections_above, corrections_below) = (notes(&updates, true), notes(&updates, false));
    ArticleView {
        title: head.title.clone(),
        short_title: head.short_title.clone(),
        url: made_of.url.clone(),
        summary: head.summary.clone(),
        date: common.stamp(head.date),
        published: common.stamp(head.date),
        updated: Desk::modified(head).map(|at| common.stamp(at)),
        kind: kind_word(head.kind),
        kind_label: head.kind.label(),
        status: head.status.map(status_word),
        dateline: head.dateline.as_ref().map(Dateline::text),
        dateline_parts: head.dateline.as_ref().map(|dateline| DatelineView {
            places: dateline.place_text(),
            date: dateline.date.clone(),
            agency: dateline.agency.clone(),
        }),
        section: made_of.section.as_ref().map(|thing| Arc::clone(&thing.topic)),
        topics: made_of.topics.iter().map(|thing| Arc::clone(&thing.topic)).collect(),
        authors: made_of.authors.clone(),
        editors: made_of.editors.clone(),
        contributors: made_of.contributors.clone(),
        image: Desk::image(head.image.as_ref(), made_of.image.as_ref()),
        item: false,
        briefing: None,
        lang: lang.to_owned(),
        dir: text::direction(lang),
        minutes: text::minutes(body.words as usize),
        words: body.words,
        preview: made_of.preview,
        body: if withdrawn {
            String::new()
        } else {
            with_dateline(mark_labels(made_of.html(), lang), head.dateline.as_ref())
        },
        key_points: head.key_points.clone(),
        facts: head.facts.clone(),
        sources: made_of.sources.clone(),
        corrections_above,
        corrections_below,
        audio: made_of.audio.as_ref().map(|src| AudioView { src: src.to_string(), media_type: audio_type(src) }),
        developing: head.status == Some(Status::Developing),
        withdrawn,
        withdrawn_text: withdrawal.and_then(|at| head.updates[at].text.clone()),
        withdrawn_note: withdrawal.map(|at| updates[at].id.clone()),
        updates,
        translations: made_of.translations.clone(),
        toc: made_of.outline(),
        source_canonical: head.canonical.clone(),
        extra: head.extra.clone(),
    }
}

/// The entries of a change log that readers see as notes of their own, and not only in the story's history: those that stand
/// above the text, since what was wrong, or how it came about, comes before what is right; or those below it.
pub(super) fn notes(log: &[UpdateView], above: bool) -> Vec<UpdateView> {
    let is_shown = |update: &&UpdateView| {
        let is_major = matches!(update.kind, UpdateKind::Correction | UpdateKind::EditorsNote);
        let is_note = is_major || update.kind == UpdateKind::Clarification;
        update.text.is_some() && is_note && is_major == above
    };
    log.iter().filter(is_shown).cloned().collect()
}

/// So many parts of a thread stand beside one of them, itself included.
const PARTS: usize = 5;

/// The part of a thread that leads up to a story, and the one that follows it. Not the newest of all: each new part would
/// change the pages of all before it. The thread's own page has them.
fn thread_view(desk: &Desk, id: ThreadId, current: StoryId) -> ThreadView {
    let thread = desk.site.thread(id);
    // Parts are ordered from the oldest, and stories are numbered from the newest.
    let at = thread.stories.binary_search_by(|part| current.cmp(part)).unwrap_or_else(|at| at);
    let shown = &thread.stories[(at + 1).saturating_sub(PARTS)..(at + 2).min(thread.stories.len())];
    let entries = shown.iter().map(|id| {
        let card = desk.card(*id);
        ThreadEntry {
            title: card.title.clone(),
            url: card.url.clone(),
            date: card.date.clone(),
            current: *id == current,
            lang: card.lang.clone(),
            dir: card.dir,
        }
    });
    ThreadView { title: thread.title.clone(), url: desk.link(thread.route.as_str()), entries: entries.collect() }
}

/// Runs the dateline into the first paragraph.
pub(super) fn with_dateline(html: String, dateline: Option<&Dateline>) -> String {
    let Some(dateline) = dateline else { return html };
    let mut run_in = String::from("<span class=\"dateline\">");
    text::escape_html(&dateline.text(), &mut run_in);
    run_in.push_str("</span> <span class=\"dateline-rule\" aria-hidden=\"true\">—</span> ");
    match html.strip_prefix("<p>") {
        Some(rest) => format!("<p>{run_in}{rest}"),
        None => format!("<p>{}</p>\n{html}", run_in.trim_end()),
    }
}

/// The media type of a sound file, from its name.
pub(super) fn audio_type(src: &str) -> Option<&'static str> {
    let path = src.split(['?', '#']).next().unwrap_or("");
    Some(match path.rsplit('.').next()?.to_ascii_lowercase().as_str() {
        "mp3" => "audio/mpeg",
        "m4a" | "mp4" | "aac" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        _ => return None,
    })
}
