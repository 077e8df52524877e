//! Threads: the list, and each developing story as a timeline.

use std::sync::Arc;

use serde::Serialize;

use crate::base::date::DisplayDate;
use crate::base::text;
use crate::plan::context::nodes;
use crate::plan::feeds::feed_links;
use crate::plan::outputs::family;
use crate::plan::page::Page;
use crate::plan::views::shapes::{Card, LinkView};
use crate::plan::{FeedSubject, Output, OutputKind, PageKind, SiteContext, json_ld};
use crate::site::ThreadId;

const LIST: &str = "/threads/";

pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    if context.site.threads.is_empty() {
        return;
    }
    outputs.push(Output { route: context.own_route(LIST), kind: OutputKind::Page(PageKind::Threads), doc: None });
    for (index, thread) in context.site.threads.iter().enumerate() {
        let id = ThreadId(index);
        let kind = OutputKind::Page(PageKind::Thread(id));
        outputs.push(Output { route: thread.route.clone(), kind, doc: None });
        feed_links::add(context, thread.route.as_str(), FeedSubject::Thread(id), outputs);
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
    first: Option<DisplayDate>,
    last: Option<DisplayDate>,
    entries: Vec<ThreadStory>,
}

#[derive(Serialize)]
struct ThreadStory {
    story: Arc<Card>,
}

fn view(context: &SiteContext, id: ThreadId) -> ThreadView {
    let thread = context.site.thread(id);
    let entries: Vec<ThreadStory> =
        thread.stories.iter().map(|id| ThreadStory { story: Arc::clone(context.card(*id)) }).collect();
    let lang = entries.last().map_or(&context.site.config.language, |entry| &entry.story.lang).clone();
    ThreadView {
        dir: text::direction(&lang),
        lang,
        title: thread.title.clone(),
        url: context.link(thread.route.as_str()),
        summary: entries.last().and_then(|entry| entry.story.summary.clone()),
        count: entries.len(),
        first: entries.first().map(|entry| entry.story.date.clone()),
        last: entries.last().map(|entry| entry.story.date.clone()),
        entries,
    }
}

pub(in crate::plan) fn index(context: &SiteContext) -> Page {
    let threads: Vec<ThreadView> =
        (0..context.site.threads.len()).map(|index| view(context, ThreadId(index))).collect();
    let meta = context.meta(&family::THREADS, &context.own(LIST), context.say("threads_title"));
    let named = threads.iter().map(|thread| LinkView { title: thread.title.clone(), url: thread.url.clone() });
    let node = json_ld::index(named);
    Page::new(meta).json_ld(node).data("threads", threads)
}

pub(in crate::plan) fn thread(context: &SiteContext, id: ThreadId) -> Page {
    let (thread, view) = (context.site.thread(id), view(context, id));
    let mut meta = context.meta(&family::THREAD, thread.route.as_str(), view.title.clone());
    meta.description.clone_from(&view.summary);
    let feed_title = format!("{}: {}", context.site.config.title, meta.title);
    meta.feeds = feed_links::links(context, thread.route.as_str(), &feed_title);
    meta.breadcrumbs = vec![LinkView { title: context.say("threads_title"), url: context.own_link(LIST) }];
    Page::new(meta).json_ld(nodes::stories(context, &thread.stories)).data("thread", view)
}
