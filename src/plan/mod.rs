//! Floor 4: which outputs there are, and what each shows.
//!
//! In: a [`Site`](crate::site::Site) and the static files. Out: a [`Plan`], one [`Output`] for each route, and a report; and for each
//! output, when it is asked for, its [`View`]: everything that it shows, as a value that is hashed into its key.
//! One file for each family of pages: its routes, its inputs, its view. Deliberately not here: rendering, and the disk.

mod aliases;
mod archive;
mod article;
mod assets;
mod briefings;
mod claim;
mod common;
mod conflicts;
mod corrections;
mod cut;
pub mod desk;
pub mod email;
mod entries;
mod feed_links;
mod feeds;
mod front;
mod globals;
mod gone;
mod hosting;
mod index;
mod ingredients;
mod ld;
mod lengths;
pub mod lock;
mod machines;
mod mentions;
pub mod page;
mod pairs;
mod paths;
mod people;
pub mod questions;
mod redirects;
pub mod shapes;
mod standing;
mod threads;
mod topic;
mod topics;
mod twins;
mod withdrawals;

use rayon::prelude::*;

use crate::base::digest::{Digest, Digester};
use crate::base::rank::Rank;
use crate::base::report::Report;
use crate::base::route::Route;
use crate::content::asset::AssetBytes;
use crate::site::{ArticleId, DocId, TopicId};

pub use crate::config::FeedFormat;
pub use desk::Desk;
pub use email::{Email, EmailForm};
pub use entries::{Enclosure, FeedEntry, FeedMedia, FeedPerson, FeedTopic};
pub use feed_links::{is_feed, media_type};
pub use feeds::Feed;
pub use hosting::{HostFile, SHORT};
pub use index::Plan;
pub use machines::{News, Sitemap, SitemapEntry, TextFile};
pub use page::{Day, Page, Part};
pub use twins::Twin;

/// One output: where it lives, what it is, and which source claims it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Where it lives.
    pub route: Route,
    /// What it is.
    pub spec: Spec,
    /// The source that it is made for, when it is one.
    pub doc: Option<DocId>,
}

impl Output {
    /// Whether it is a page that readers open.
    pub fn is_page(&self) -> bool {
        self.spec.is_page() && !self.route.is_private()
    }

    /// Where it leads, for a former address, and whether for good: the newest briefing is another one tomorrow.
    pub fn leads_to(&self) -> Option<(&str, bool)> {
        match &self.spec {
            Spec::Alias(target) => Some((target, self.route.as_str() != briefings::LATEST)),
            Spec::Copy(of) => Some((of.route.as_str(), true)),
            _ => None,
        }
    }
}

/// What an output is, in terms of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spec {
    /// The front page.
    Front,
    /// An article.
    Article(ArticleId),
    /// The topic index.
    Topics,
    /// The front of a topic.
    Topic(TopicId),
    /// An older page of a topic, counted from the oldest.
    TopicPage(TopicId, usize),
    /// The front of a pair of topics, by its place in [`Site::pairs`](crate::site::Site::pairs).
    Pair(usize),
    /// An older page of a pair, counted from the oldest.
    PairPage(usize, usize),
    /// The newest briefings.
    Briefings,
    /// Older briefings, counted from the oldest.
    BriefingsPage(usize),
    /// An edition, by its place in [`Site::editions`](crate::site::Site::editions).
    Edition(usize),
    /// The e-mail of an edition, by the edition's place.
    Email(usize, EmailForm),
    /// The archive: years and months.
    Archive,
    /// A year.
    Year(i16),
    /// A month.
    Month(i16, i8),
    /// All people.
    People,
    /// A person, by their place in [`Site::people`](crate::site::Site::people).
    Person(usize),
    /// Older stories of a person, counted from the oldest.
    PersonPage(usize, usize),
    /// All threads.
    Threads,
    /// A thread, by its place in [`Site::threads`](crate::site::Site::threads).
    Thread(usize),
    /// The newest corrections.
    Corrections,
    /// Older corrections, counted from the oldest.
    CorrectionsPage(usize),
    /// A standing page, by its place in [`Site::pages`](crate::site::Site::pages).
    Standing(usize),
    /// The page for addresses that lead nowhere.
    NotFound,
    /// A former address, and what it leads to: a path of the site, or an absolute address.
    Alias(String),
    /// A file at its former address: a copy, for hosts that know no redirects.
    Copy(Box<Output>),
    /// A feed.
    Feed(FeedFormat, feed_links::Subject),
    /// The list of sitemaps.
    SitemapIndex,
    /// Addresses.
    Sitemap(Sitemap),
    /// A text for machines that read the site.
    Text(TextFile),
    /// A file for the program that serves the site.
    Host(HostFile),
    /// The text of an article as Markdown.
    Twin(ArticleId),
    /// A file beside a story, by its place in [`Site::assets`](crate::site::Site::assets).
    File(usize),
    /// A static file, by its place in [`Desk::statics`].
    Static(usize),
}

impl Spec {
    /// The family: for counts, and for `why`.
    pub fn family(&self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Article(_) => "article",
            Self::Topics => "topics",
            Self::Topic(_) => "topic",
            Self::TopicPage(..) => "topic-page",
            Self::Pair(_) => "pair",
            Self::PairPage(..) => "pair-page",
            Self::Briefings => "briefings",
            Self::BriefingsPage(_) => "briefings-page",
            Self::Edition(_) => "briefing",
            Self::Email(..) => email::FAMILY,
            Self::Archive => "archive",
            Self::Year(_) => "year",
            Self::Month(..) => "month",
            Self::People => "people",
            Self::Person(_) => "person",
            Self::PersonPage(..) => "person-page",
            Self::Threads => "threads",
            Self::Thread(_) => "thread",
            Self::Standing(_) => "page",
            Self::NotFound => "not-found",
            Self::Alias(_) | Self::Copy(_) => "redirect",
            Self::Feed(..) => "feed",
            Self::SitemapIndex | Self::Sitemap(_) => "sitemap",
            Self::Text(_) => "text",
            Self::Host(_) => "hosting",
            Self::Twin(_) => "twin",
            Self::Corrections => "corrections",
            Self::CorrectionsPage(_) => "corrections-page",
            Self::File(_) => "file",
            Self::Static(_) => "static",
        }
    }

    /// When it goes live: nothing points at what is not there yet.
    pub fn rank(&self) -> Rank {
        match self {
            Self::File(_) | Self::Static(_) => Rank::Asset,
            Self::Article(_) | Self::Twin(_) | Self::Standing(_) | Self::NotFound => Rank::Story,
            Self::TopicPage(..)
            | Self::PairPage(..)
            | Self::BriefingsPage(_)
            | Self::PersonPage(..)
            | Self::CorrectionsPage(_)
            | Self::Month(..)
            | Self::Edition(_)
            | Self::Thread(_) => Rank::List,
            Self::Front
            | Self::Topics
            | Self::Topic(_)
            | Self::Pair(_)
            | Self::Briefings
            | Self::Archive
            | Self::Year(_)
            | Self::People
            | Self::Person(_)
            | Self::Threads
            | Self::Corrections => Rank::Front,
            Self::Feed(..) => Rank::Feed,
            Self::Email(..)
            | Self::Alias(_)
            | Self::Copy(_)
            | Self::SitemapIndex
            | Self::Sitemap(_)
            | Self::Text(_)
            | Self::Host(_) => Rank::Machine,
        }
    }

    /// Whether it is a page that readers open, unless its route is private.
    fn is_page(&self) -> bool {
        !matches!(self.rank(), Rank::Asset | Rank::Feed | Rank::Machine) && !matches!(self, Self::Twin(_))
    }
}

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
    /// The digest of everything that the output shows, and of the program itself.
    pub fn key(&self, desk: &Desk) -> Digest {
        let mut digester = Digester::new();
        digester.part(crate::base::BUILD.as_bytes());
        match self {
            Self::Page(page) => {
                digester.digest(desk.globals_digest());
                page.digest(desk, &mut digester);
            }
            Self::Email(email) => {
                digester.digest(desk.globals_digest());
                email.digest(desk, &mut digester);
            }
            Self::Feed(feed) => {
                digester.value(feed);
            }
            Self::Sitemap(entries) => {
                digester.value(entries);
            }
            Self::SitemapIndex(addresses) => {
                digester.value(addresses);
            }
            Self::Twin(twin) => {
                digester.value(twin);
            }
            Self::Text(text) => {
                digester.part(text.as_bytes());
            }
            Self::File(_, digest) => {
                digester.digest(*digest);
            }
        }
        digester.finish()
    }
}

/// Lists all outputs. Reports routes that two sources claim, and links to paths that nothing answers.
pub fn plan(desk: &Desk) -> (Plan, Report) {
    let (mut plan, mut report) = routes(desk);
    let (gone, lost) = gone::sort_out(desk, &plan);
    plan.gone = gone;
    lengths::check(&desk.site, &plan, &mut report);
    machines::check(desk, &mut report);
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
    topic::outputs(desk, &mut outputs);
    pairs::outputs(desk, &mut outputs);
    briefings::outputs(desk, &mut outputs);
    email::outputs(desk, &mut outputs);
    archive::outputs(desk, &mut outputs);
    people::outputs(desk, &mut outputs);
    threads::outputs(desk, &mut outputs);
    standing::outputs(desk, &mut outputs);
    feeds::outputs(desk, &mut outputs);
    corrections::outputs(desk, &mut outputs);
    twins::outputs(desk, &mut outputs);
    machines::outputs(desk, &mut outputs);
    machines::add_pages(desk, &mut outputs);
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
    let mut page = match &output.spec {
        Spec::Front => front::view(desk),
        Spec::Article(id) => article::view(desk, *id),
        Spec::Topics => topics::view(desk),
        Spec::Topic(id) => topic::front(desk, *id),
        Spec::TopicPage(id, number) => topic::older(desk, *id, *number),
        Spec::Pair(index) => pairs::front(desk, *index),
        Spec::PairPage(index, number) => pairs::older(desk, *index, *number),
        Spec::Briefings => briefings::front(desk),
        Spec::BriefingsPage(number) => briefings::older(desk, *number),
        Spec::Edition(index) => briefings::edition(desk, *index),
        Spec::Email(index, form) => return View::Email(Box::new(email::view(desk, *index, *form))),
        Spec::Archive => archive::archive(desk),
        Spec::Year(year) => archive::year(desk, *year),
        Spec::Month(year, month) => archive::month(desk, *year, *month),
        Spec::People => people::index(desk),
        Spec::Person(index) => people::front(desk, *index),
        Spec::PersonPage(index, number) => people::older(desk, *index, *number),
        Spec::Threads => threads::index(desk),
        Spec::Thread(index) => threads::thread(desk, *index),
        Spec::Standing(index) => standing::page(desk, *index),
        Spec::NotFound => standing::not_found(desk),
        Spec::Alias(target) => aliases::view(desk, &output.route, target),
        Spec::Copy(of) => return view(desk, plan, of),
        Spec::Feed(format, subject) => {
            return View::Feed(Box::new(feeds::view(desk, &output.route, *format, *subject)));
        }
        Spec::SitemapIndex => return View::SitemapIndex(machines::sitemap_index(desk, plan)),
        Spec::Sitemap(of) => return View::Sitemap(machines::sitemap(desk, plan, *of)),
        Spec::Text(file) => return View::Text(machines::text_file(desk, plan, *file)),
        Spec::Host(file) => return View::Text(hosting::text(desk, plan, *file)),
        Spec::Twin(id) => return View::Twin(Box::new(twins::view(desk, *id))),
        Spec::Corrections => corrections::front(desk),
        Spec::CorrectionsPage(number) => corrections::older(desk, *number),
        Spec::File(index) => return assets::view(&desk.site.assets[*index]),
        Spec::Static(index) => return assets::view(&desk.statics[*index]),
    };
    if !page.meta.breadcrumbs.is_empty() && !page.meta.noindex {
        page = page.says(ld::Node::Breadcrumbs);
    }
    View::Page(Box::new(page))
}
