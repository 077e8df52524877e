//! Live coverage: the entries on an article's page, their feeds, and the file by which an open page learns of new entries.

use serde::Serialize;
use serde_json::json;

use crate::base::date::DisplayDate;
use crate::base::route::Route;
use crate::content::head::{LiveOrder, Status};
use crate::content::markdown::{Audience, Entry, Filling, in_words};
use crate::plan::feeds::feed_links;
use crate::plan::views::article_inputs::{ArticleInputs, LiveParts};
use crate::plan::views::common::Common;
use crate::plan::views::shapes::{PersonRef, UpdateView};
use crate::plan::{FeedSubject, Output, OutputKind, SiteContext, TextKind};
use crate::site::stories::is_withdrawn;
use crate::site::{Article, ArticleId};

/// The most entries that the file for open pages lists. A page that was open for longer shows all of them once it is
/// read again.
const LISTED: usize = 50;

/// Whether an article's page shows live coverage.
pub(in crate::plan) fn is_live(article: &Article) -> bool {
    article.head.live.is_some() && !is_withdrawn(&article.head)
}

/// Whether coverage has ended.
fn has_ended(article: &Article) -> bool {
    article.head.status == Some(Status::Final)
}

/// The folder of the files beside an article's page: `/2023/10/17/visit/`, also where that is `/2023/10/17/visit.html`.
pub(in crate::plan) fn folder(article: &Article) -> String {
    let path = article.route.as_str();
    path.strip_suffix(".html").map_or_else(|| path.to_owned(), |stem| format!("{stem}/"))
}

pub(super) fn outputs(context: &SiteContext, article: &Article, id: ArticleId, outputs: &mut Vec<Output>) {
    if !is_live(article) {
        return;
    }
    let folder = folder(article);
    feed_links::add(context, &folder, FeedSubject::Live(id), outputs);
    let route = Route::own(&format!("{folder}live.json"));
    outputs.push(Output { route, kind: OutputKind::Text(TextKind::Live(id)), doc: Some(article.doc) });
}

/// What other documents and the configuration add to live coverage; `None` for other stories.
pub(super) fn parts(context: &SiteContext, article: &Article) -> Option<LiveParts> {
    if !is_live(article) {
        return None;
    }
    let folder = folder(article);
    let is_public = article.preview.is_none();
    Some(LiveParts {
        people: article.body.entries.iter().map(|entry| context.people(&entry.by)).collect(),
        poll: (!has_ended(article) && is_public).then(|| context.link(&format!("{folder}live.json"))),
        feed: feed_links::links(context, &folder, "").into_iter().next().map(|feed| feed.url),
    })
}

/// Live coverage as templates see it.
#[derive(Serialize)]
pub(super) struct LiveView {
    order: &'static str,
    ended: bool,
    ends: Option<DisplayDate>,
    /// When the last entry was written.
    last: Option<DisplayDate>,
    entries: Vec<EntryView>,
    key_events: Vec<KeyEvent>,
    poll: Option<String>,
    feed: Option<String>,
}

/// An entry.
#[derive(Serialize)]
struct EntryView {
    id: String,
    url: String,
    at: DisplayDate,
    /// The day, where it is not that of the entry above.
    day: Option<DisplayDate>,
    title: Option<String>,
    html: String,
    key: bool,
    authors: Vec<PersonRef>,
    corrections: Vec<UpdateView>,
}

/// A link to an entry.
#[derive(Serialize)]
struct KeyEvent {
    id: String,
    url: String,
    at: DisplayDate,
    /// The day, where it is not that of the story.
    day: Option<DisplayDate>,
    title: String,
}

pub(super) fn view(inputs: &ArticleInputs, common: &Common, lang: &str, log: &[UpdateView]) -> Option<LiveView> {
    let (head, parts) = (&inputs.head, inputs.live.as_ref()?);
    let order = head.live.unwrap_or_default().order;
    let shown = |((entry, fillings), people): ((&Entry, &[Filling]), &Vec<PersonRef>)| EntryView {
        id: entry.id.clone(),
        url: format!("{}#{}", inputs.url, entry.id),
        at: common.display_date(entry.at),
        day: None,
        title: entry.title(fillings),
        html: in_words(entry.body.fill(fillings, Audience::Page), lang, &common.words),
        key: entry.is_key,
        authors: people.clone(),
        corrections: UpdateView::of_item(log, &entry.id),
    };
    let mut entries: Vec<EntryView> =
        inputs.body.filled_entries(&inputs.fillings).zip(&parts.people).map(shown).collect();
    if order == LiveOrder::Newest {
        entries.reverse();
    }
    // On the day of the story, only the time is shown.
    let day = common.display_date(inputs.published).day;
    let mut above = day.clone();
    for entry in &mut entries {
        if entry.at.day != above {
            entry.day = Some(entry.at.clone());
            above.clone_from(&entry.at.day);
        }
    }
    let filled = inputs.body.filled_entries(&inputs.fillings);
    let key_events = filled.filter(|(entry, _)| entry.is_key).map(|(entry, fillings)| KeyEvent {
        id: entry.id.clone(),
        url: format!("{}#{}", inputs.url, entry.id),
        day: Some(common.display_date(entry.at)).filter(|at| at.day != day),
        at: common.display_date(entry.at),
        title: entry.headline(fillings),
    });
    let mut key_events: Vec<KeyEvent> = key_events.collect();
    if order == LiveOrder::Newest {
        key_events.reverse();
    }
    Some(LiveView {
        order: order.word(),
        ended: head.status == Some(Status::Final),
        ends: head.live.and_then(|live| live.ends).map(|at| common.display_date(at)),
        last: head.live.and_then(|live| live.last).map(|at| common.display_date(at)),
        entries,
        key_events,
        poll: parts.poll.clone(),
        feed: parts.feed.clone(),
    })
}

/// The file by which an open page learns of new entries, newest first.
pub(in crate::plan) fn listing(context: &SiteContext, id: ArticleId) -> String {
    let article = context.site.article(id);
    let page = context.link(article.route.as_str());
    let filled = article.body.filled_entries(&article.fillings).rev().take(LISTED);
    let entries = filled.map(|(entry, fillings)| {
        json!({
            "id": entry.id,
            "at": context.instant(entry.at),
            "title": entry.headline(fillings),
            "url": format!("{page}#{}", entry.id),
        })
    });
    let listing = json!({
        "version": 1,
        "updated": context.instant(article.changed()),
        "ended": has_ended(article),
        "ends": article.head.live.and_then(|live| live.ends).map(|at| context.instant(at)),
        "entries": entries.collect::<Vec<_>>(),
    });
    format!("{listing}\n")
}
