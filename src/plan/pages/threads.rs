//! Threads: the list, and each developing story as a timeline.

use std::sync::Arc;

use serde::Serialize;

use crate::base::date::Stamp;
use crate::base::route::Route;
use crate::base::text;
use crate::plan::context::nodes;
use crate::plan::feeds::feed_links;
use crate::plan::outputs::family;
use crate::plan::page::Page;
use crate::plan::views::shapes::{Card, LinkView};
use crate::plan::{Desk, FeedSubject, Output, OutputKind, PageKind, json_ld};
use crate::site::ThreadId;

const LIST: &str = "/threads/";

pub(in crate::plan) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    if desk.site.threads.is_empty() {
        return;
    }
    outputs.push(Output { route: Route::own(LIST), kind: OutputKind::Page(PageKind::Threads), doc: None });
    for (index, thread) in desk.site.threads.iter().enumerate() {
        let id = ThreadId(index);
        let kind = OutputKind::Page(PageKind::Thread(id));
        outputs.push(Output { route: thread.route.clone(), kind, doc: None });
        feed_links::add(desk, thread.route.as_str(), FeedSubject::Thread(id), outputs);
    }
}

#[derive(Serialize)]
struct ThreadView {
    title: String,
    url: String,
    summary: Option<String>,
    /// The language of the summary, which is that of the newest story.
    lang: String,
    dir: &'static str,
    count: usize,
    first: Option<Stamp>,
    last: Option<Stamp>,
    entries: Vec<ThreadStory>,
}

#[derive(Serialize)]
struct ThreadStory {
    story: Arc<Card>,
}

fn view(desk: &Desk, id: ThreadId) -> ThreadView {
    let thread = desk.site.thread(id);
    let entries: Vec<ThreadStory> =
        thread.stories.iter().map(|id| ThreadStory { story: Arc::clone(desk.card(*id)) }).collect();
    let lang = entries.last().map_or(&desk.site.config.language, |entry| &entry.story.lang).clone();
    ThreadView {
        dir: text::direction(&lang),
        lang,
        title: thread.title.clone(),
        url: desk.link(thread.route.as_str()),
        summary: entries.last().and_then(|entry| entry.story.summary.clone()),
        count: entries.len(),
        first: entries.first().map(|entry| entry.story.date.clone()),
        last: entries.last().map(|entry| entry.story.date.clone()),
        entries,
    }
}

pub(in crate::plan) fn index(desk: &Desk) -> Page {
    let threads: Vec<ThreadView> = (0..desk.site.threads.len()).map(|index| view(desk, ThreadId(index))).collect();
    let meta = desk.meta(&family::THREADS, LIST, "Developing stories");
    let named = threads.iter().map(|thread| LinkView { title: thread.title.clone(), url: thread.url.clone() });
    let node = json_ld::index(named);
    Page::new(meta).json_ld(node).data("threads", threads)
}

pub(in crate::plan) fn thread(desk: &Desk, id: ThreadId) -> Page {
    let (thread, view) = (desk.site.thread(id), view(desk, id));
    let mut meta = desk.meta(&family::THREAD, thread.route.as_str(), view.title.clone());
    meta.description.clone_from(&view.summary);
    let feed_title = format!("{}: {}", desk.site.config.title, meta.title);
    meta.feeds = feed_links::links(desk, thread.route.as_str(), &feed_title);
    meta.breadcrumbs = vec![LinkView { title: "Developing stories".to_owned(), url: desk.link(LIST) }];
    Page::new(meta).json_ld(nodes::stories(desk, &thread.stories)).data("thread", view)
}
