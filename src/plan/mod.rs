//! The list of outputs, and the data that each of them shows.
//!
//! In: a [`Site`](crate::site::Site) and the static files. Out: a [`Plan`], one [`Output`] for each route, and a report; and for each
//! output, when it is asked for, its [`View`]: everything that it shows, as a value that is hashed into its key.
//! One file for each family of pages: its routes, its inputs, its view. Deliberately not here: rendering, and the disk.

pub mod addresses;
mod assets;
pub mod context;
pub mod email;
mod feeds;
mod hosting;
mod json_ld;
mod lists;
mod machines;
pub mod outputs;
pub mod page;
mod pages;
pub mod views;

use rayon::prelude::*;
use serde::Serialize;

use crate::base::digest::Digest;
use crate::base::digest::inputs::Inputs;
use crate::base::picture::rendition::Rendition;
use crate::base::report::Report;
use crate::content::asset::{Asset, AssetBytes};

pub use crate::config::FeedFormat;
pub use assets::OPTIONAL;
pub use context::SiteContext;
pub use email::Email;
pub use feeds::{Enclosure, Feed, FeedEntry, FeedMedia, FeedPerson, FeedTopic};
pub use hosting::{SHORT, vocabulary};
pub use machines::markdown::Twin;
pub use machines::sitemaps::{News, SitemapEntry};
pub use outputs::{
    EmailForm, Emptied, FeedSubject, FileKind, Former, HostFile, Leaf, List, Output, OutputKind, OwnRoute, PageKind,
    Plan, Sitemap, TextFile, TextKind, feed_type, is_feed, own_routes,
};
pub use page::{Page, PageDay, PagePart};

use addresses::{conflicts, gone, lengths, paths, redirects, urls_lock};
use machines::{markdown, sitemaps, texts};
use outputs::{BRIEFINGS, CORRECTIONS, PEOPLE};
use pages::{archive, article, briefing, emptied, front, live, people, redirect, standing, threads, topics};

/// The data that an output shows.
pub enum View {
    /// A page, for a template.
    Page(Box<Page>),
    /// An e-mail.
    Email(Box<Email>),
    /// A feed.
    Feed(Box<Feed>),
    /// A sitemap.
    Sitemap(Vec<SitemapEntry>),
    /// A list of sitemaps.
    SitemapIndex(Vec<String>),
    /// An article as Markdown.
    Twin(Box<Twin>),
    /// Text as it stands.
    Text(String),
    /// A file as it stands.
    File(AssetBytes, Digest),
    /// A scaled copy of a file, by the digest of the file.
    Rendition(AssetBytes, Digest, Rendition),
    /// What an output of the edition in a further language shows, with its index.
    Language(usize, Box<View>),
}

impl View {
    /// Feeds everything that the output shows to `inputs`, and the build of the program.
    pub fn inputs(&self, context: &SiteContext, inputs: &mut impl Inputs) {
        inputs.value("program", crate::base::BUILD);
        match self {
            Self::Page(page) => {
                page::globals(context, inputs);
                page.inputs(context, inputs);
            }
            Self::Email(email) => {
                page::globals(context, inputs);
                email.inputs(context, inputs);
            }
            Self::Feed(feed) => feed.inputs(inputs),
            Self::Sitemap(entries) => some("addresses", entries, inputs),
            Self::SitemapIndex(addresses) => some("sitemaps", addresses, inputs),
            Self::Twin(twin) => inputs.value("story", twin),
            Self::Text(text) => inputs.value("text", text),
            Self::File(_, digest) => inputs.value("file", digest),
            Self::Rendition(_, digest, rendition) => {
                inputs.value("file", digest);
                inputs.value("rendition", rendition);
            }
            Self::Language(language, view) => view.inputs(&context.languages[*language], inputs),
        }
    }
}

/// Entries of a list of addresses that `why` compares one by one. The rest counts by its digest, since a sitemap may have
/// 50,000.
const TOLD: usize = 50;

/// Feeds a list that may be very long.
fn some<T: Serialize>(name: &str, entries: &[T], inputs: &mut impl Inputs) {
    inputs.value(name, &entries[..entries.len().min(TOLD)]);
    inputs.derived(name, entries);
}

/// Plans all outputs. Reports addresses that two sources claim, and links to paths that no output answers.
pub fn plan(context: &SiteContext) -> (Plan, Report) {
    let (mut plan, mut report) = routes(context);
    let mut lost = gone::missing(context, &plan);
    let mut gone = gone::configured(context, &plan);
    gone.extend(gone::withheld(context, &mut lost));
    emptied::add(context, &mut plan, &mut lost, |site| routes(site).0, without_stories);
    gone.extend(gone::pulled_back(context, &mut lost, |site| routes(site).0));
    gone.sort();
    gone.dedup();
    plan.gone = gone;
    lengths::check(context, &plan, &mut report);
    texts::check(context, &mut report);
    urls_lock::check(context, &lost, &mut report);
    hosting::check(context, &plan, &mut report);
    paths::check_gone(&context.site, &plan, &mut report);
    paths::check_elsewhere(&context.site, &plan, &mut report);
    context.editions().for_each(|edition| paths::check(&edition.site, &plan, &mut report));
    (plan, report)
}

/// All outputs, by route: those of the main edition, then those of further languages.
fn routes(context: &SiteContext) -> (Plan, Report) {
    let mut report = Report::default();
    let mut outputs = of_edition(context);
    for (index, language) in context.languages.iter().enumerate() {
        outputs.extend(of_edition(language).into_iter().map(|output| output.in_language(index)));
    }
    let (outputs, mut taken) = conflicts::without_conflicts(context, outputs, &mut report);
    let mut plan = Plan { outputs, gone: Vec::new(), unfiled: Vec::new() };
    redirects::add_former(context, &mut plan, &mut taken, &mut report);
    plan.outputs.par_sort_by(|a, b| a.route.cmp(&b.route));
    (plan, report)
}

/// The outputs of the edition of one language, without former addresses.
fn of_edition(context: &SiteContext) -> Vec<Output> {
    let mut outputs = Vec::with_capacity(context.site.articles.len() * 2);
    front::outputs(context, &mut outputs);
    article::outputs(context, &mut outputs);
    topics::outputs(context, &mut outputs);
    lists::outputs(context, &mut outputs);
    lists::pairs::outputs(context, &mut outputs);
    briefing::outputs(context, &mut outputs);
    email::outputs(context, &mut outputs);
    archive::outputs(context, &mut outputs);
    people::outputs(context, &mut outputs);
    threads::outputs(context, &mut outputs);
    standing::outputs(context, &mut outputs);
    feeds::outputs(context, &mut outputs);
    markdown::outputs(context, &mut outputs);
    sitemaps::outputs(context, &mut outputs);
    texts::outputs(context, &mut outputs);
    sitemaps::add_pages(context, &mut outputs);
    hosting::outputs(context, &mut outputs);
    assets::outputs(context, &mut outputs);
    outputs
}

/// Collects the data that an output shows.
pub fn view(context: &SiteContext, plan: &Plan, output: &Output) -> View {
    let page = match &output.kind {
        OutputKind::Page(kind) => page(context, *kind),
        OutputKind::List(list, leaf) => lists::view(context, *list, *leaf),
        OutputKind::Redirect(Former::Moved { to, .. }) => redirect::view(context, &output.route, to),
        OutputKind::Redirect(Former::Copy(of)) => return view(context, plan, of),
        OutputKind::Feed(format, of) => return View::Feed(Box::new(feeds::view(context, &output.route, *format, *of))),
        OutputKind::Email(id, form) => return View::Email(Box::new(email::view(context, *id, *form))),
        OutputKind::Emptied(Emptied { title, feed: Some(format) }) => {
            return View::Feed(Box::new(feeds::emptied(context, &output.route, *format, title)));
        }
        OutputKind::Emptied(Emptied { title, feed: None }) => emptied::page(context, &output.route, title),
        OutputKind::Text(kind) => return text(context, plan, *kind),
        OutputKind::File(FileKind::Beside(id)) => return file(context.site.asset(*id)),
        OutputKind::File(FileKind::Static(index)) => return file(&context.statics[*index]),
        OutputKind::File(FileKind::Rendition(index)) => {
            let (_, id, rendition) = &context.site.renditions[*index];
            let asset = context.site.asset(*id);
            return View::Rendition(asset.bytes.clone(), asset.digest, *rendition);
        }
        OutputKind::Language(language, output) => {
            return View::Language(*language, Box::new(view(&context.languages[*language], plan, output)));
        }
    };
    let has_trail = !page.meta.breadcrumbs.is_empty() && !page.meta.noindex;
    View::Page(Box::new(if has_trail { page.json_ld(json_ld::JsonLdNode::Breadcrumbs) } else { page }))
}

/// Returns what is left of a page or feed without its stories.
fn without_stories(context: &SiteContext, plan: &Plan, output: &Output) -> Option<Emptied> {
    match view(context, plan, output) {
        View::Page(page) => Some(Emptied { title: page.meta.title, feed: None }),
        View::Feed(feed) => Some(Emptied { title: feed.title, feed: Some(feed.format) }),
        _ => None,
    }
}

fn page(context: &SiteContext, kind: PageKind) -> Page {
    match kind {
        PageKind::Front => front::view(context),
        PageKind::Article(id) => article::view(context, id),
        PageKind::Topics => topics::view(context),
        PageKind::Edition(id) => briefing::edition(context, id),
        PageKind::Archive => archive::archive(context),
        PageKind::Period(period) => archive::period(context, period),
        PageKind::People => people::index(context),
        PageKind::Threads => threads::index(context),
        PageKind::Thread(id) => threads::thread(context, id),
        PageKind::Standing(id) => standing::page(context, id),
        PageKind::NotFound => standing::not_found(context),
    }
}

fn text(context: &SiteContext, plan: &Plan, kind: TextKind) -> View {
    match kind {
        TextKind::SitemapIndex => View::SitemapIndex(sitemaps::sitemap_index(context, plan)),
        TextKind::Sitemap(of) => View::Sitemap(sitemaps::sitemap(context, plan, of)),
        TextKind::Machine(file) => View::Text(texts::text_file(context, plan, file)),
        TextKind::Host(file) => View::Text(hosting::text(context, plan, file)),
        TextKind::Live(id) => View::Text(live::listing(context, id)),
        TextKind::Twin(id) => View::Twin(Box::new(markdown::view(context, id))),
    }
}

fn file(asset: &Asset) -> View {
    View::File(asset.bytes.clone(), asset.digest)
}
