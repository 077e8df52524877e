//! Which outputs there are, and what each shows.
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
use crate::base::report::Report;
use crate::content::asset::{Asset, AssetBytes};

pub use crate::config::FeedFormat;
pub use context::Desk;
pub use email::Email;
pub use feeds::{Enclosure, Feed, FeedEntry, FeedMedia, FeedPerson, FeedTopic};
pub use hosting::SHORT;
pub use machines::markdown::Twin;
pub use machines::sitemaps::{News, SitemapEntry};
pub use outputs::{
    EmailForm, FeedSubject, FileKind, Former, HostFile, Leaf, List, Output, OutputKind, PageKind, Plan, Sitemap,
    TextFile, TextKind, feed_type, is_feed,
};
pub use page::{Page, PageDay, PagePart};

use addresses::{conflicts, gone, lengths, lock, paths, redirects};
use machines::{markdown, sitemaps, texts};
use outputs::{BRIEFINGS, CORRECTIONS, PEOPLE};
use pages::{archive, article, briefing, front, people, redirect, standing, threads, topics};

/// What an output shows.
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
}

impl View {
    /// Tells everything that the output shows, and the program itself.
    pub fn inputs(&self, desk: &Desk, inputs: &mut impl Inputs) {
        inputs.value("program", crate::base::BUILD);
        match self {
            Self::Page(page) => {
                page::globals(desk, inputs);
                page.inputs(desk, inputs);
            }
            Self::Email(email) => {
                page::globals(desk, inputs);
                email.inputs(desk, inputs);
            }
            Self::Feed(feed) => feed.inputs(inputs),
            Self::Sitemap(entries) => some("addresses", entries, inputs),
            Self::SitemapIndex(addresses) => some("sitemaps", addresses, inputs),
            Self::Twin(twin) => inputs.value("story", twin),
            Self::Text(text) => inputs.value("text", text),
            Self::File(_, digest) => inputs.value("file", digest),
        }
    }
}

/// So many entries of a list of addresses are told by themselves.
const TOLD: usize = 50;

/// Tells a list that may be very long.
fn some<T: Serialize>(name: &str, entries: &[T], inputs: &mut impl Inputs) {
    inputs.value(name, &entries[..entries.len().min(TOLD)]);
    inputs.derived(name, entries);
}

/// Lists all outputs. Reports routes that two sources claim, and links to paths that nothing answers.
pub fn plan(desk: &Desk) -> (Plan, Report) {
    let (mut plan, mut report) = routes(desk);
    let (gone, lost) = gone::sort_out(desk, &plan, |full| routes(full).0);
    plan.gone = gone;
    lengths::check(&desk.site, &plan, &mut report);
    texts::check(desk, &mut report);
    lock::check(desk, &lost, &mut report);
    hosting::check(desk, &plan, &mut report);
    paths::check_gone(&desk.site, &plan, &mut report);
    paths::check_elsewhere(&desk.site, &plan, &mut report);
    paths::check(&desk.site, &plan, &mut report);
    (plan, report)
}

/// All outputs, by route.
fn routes(desk: &Desk) -> (Plan, Report) {
    let mut report = Report::default();
    let mut outputs = Vec::with_capacity(desk.site.articles.len() * 2);
    front::outputs(&mut outputs);
    article::outputs(desk, &mut outputs);
    topics::outputs(&mut outputs);
    lists::outputs(desk, &mut outputs);
    lists::pairs::outputs(desk, &mut outputs);
    briefing::outputs(desk, &mut outputs);
    email::outputs(desk, &mut outputs);
    archive::outputs(desk, &mut outputs);
    people::outputs(desk, &mut outputs);
    threads::outputs(desk, &mut outputs);
    standing::outputs(desk, &mut outputs);
    feeds::outputs(desk, &mut outputs);
    markdown::outputs(desk, &mut outputs);
    sitemaps::outputs(desk, &mut outputs);
    texts::outputs(desk, &mut outputs);
    sitemaps::add_pages(desk, &mut outputs);
    hosting::outputs(desk, &mut outputs);
    assets::outputs(desk, &mut outputs);
    let (outputs, mut taken) = conflicts::without_conflicts(&desk.site, outputs, &mut report);
    let mut plan = Plan { outputs, gone: Vec::new(), unfiled: Vec::new() };
    redirects::add_former(desk, &mut plan, &mut taken, &mut report);
    plan.outputs.par_sort_by(|a, b| a.route.cmp(&b.route));
    (plan, report)
}

/// What an output shows.
pub fn view(desk: &Desk, plan: &Plan, output: &Output) -> View {
    let page = match &output.kind {
        OutputKind::Page(kind) => page(desk, *kind),
        OutputKind::List(list, leaf) => lists::view(desk, *list, *leaf),
        OutputKind::Redirect(Former::Moved { to, .. }) => redirect::view(desk, &output.route, to),
        OutputKind::Redirect(Former::Copy(of)) => return view(desk, plan, of),
        OutputKind::Feed(format, of) => return View::Feed(Box::new(feeds::view(desk, &output.route, *format, *of))),
        OutputKind::Email(id, form) => return View::Email(Box::new(email::view(desk, *id, *form))),
        OutputKind::Text(kind) => return text(desk, plan, *kind),
        OutputKind::File(FileKind::Beside(id)) => return file(desk.site.asset(*id)),
        OutputKind::File(FileKind::Static(index)) => return file(&desk.statics[*index]),
    };
    let has_trail = !page.meta.breadcrumbs.is_empty() && !page.meta.noindex;
    View::Page(Box::new(if has_trail { page.json_ld(json_ld::JsonLdNode::Breadcrumbs) } else { page }))
}

fn page(desk: &Desk, kind: PageKind) -> Page {
    match kind {
        PageKind::Front => front::view(desk),
        PageKind::Article(id) => article::view(desk, id),
        PageKind::Topics => topics::view(desk),
        PageKind::Edition(id) => briefing::edition(desk, id),
        PageKind::Archive => archive::archive(desk),
        PageKind::Period(period) => archive::period(desk, period),
        PageKind::People => people::index(desk),
        PageKind::Threads => threads::index(desk),
        PageKind::Thread(id) => threads::thread(desk, id),
        PageKind::Standing(id) => standing::page(desk, id),
        PageKind::NotFound => standing::not_found(desk),
    }
}

fn text(desk: &Desk, plan: &Plan, kind: TextKind) -> View {
    match kind {
        TextKind::SitemapIndex => View::SitemapIndex(sitemaps::sitemap_index(desk, plan)),
        TextKind::Sitemap(of) => View::Sitemap(sitemaps::sitemap(desk, plan, of)),
        TextKind::Machine(file) => View::Text(texts::text_file(desk, plan, file)),
        TextKind::Host(file) => View::Text(hosting::text(desk, plan, file)),
        TextKind::Twin(id) => View::Twin(Box::new(markdown::view(desk, id))),
    }
}

fn file(asset: &Asset) -> View {
    View::File(asset.bytes.clone(), asset.digest)
}
