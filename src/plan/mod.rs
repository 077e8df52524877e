//! Floor 4: which outputs there are, and what each shows.
//!
//! In: a [`Site`] and the static files. Out: a [`Plan`], one [`Output`] for each route, and a report; and for each
//! output, when it is asked for, its [`View`]: everything that it shows, as a value that is hashed into its key.
//! One file for each family of pages: its routes, its inputs, its view. Deliberately not here: rendering, and the disk.

mod aliases;
mod archive;
mod article;
mod assets;
mod briefings;
mod conflicts;
mod cut;
pub mod desk;
mod feeds;
mod front;
mod globals;
mod machines;
mod mentions;
pub mod page;
mod pairs;
mod people;
pub mod questions;
pub mod shapes;
mod standing;
mod threads;
mod topic;
mod topics;

use std::collections::HashSet;

use rayon::prelude::*;

use crate::base::codes;
use crate::base::digest::{Digest, Digester};
use crate::base::rank::Rank;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::content::asset::{Asset, AssetBytes};
use crate::site::{ArticleId, DocId, Site, TopicId};

pub use desk::Desk;
pub use feeds::{Feed, FeedEntry, FeedFormat};
pub use machines::SitemapEntry;
pub use page::{Day, Page, Part};

/// One output: where it lives, what it is, and which source claims it.
#[derive(Clone, Debug)]
pub struct Output {
    /// Where it lives.
    pub route: Route,
    /// What it is.
    pub spec: Spec,
    /// The source that it is made for, when it is one.
    pub doc: Option<DocId>,
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
    /// The front of a pair of topics, by its place in [`Site::pairs`].
    Pair(usize),
    /// An older page of a pair, counted from the oldest.
    PairPage(usize, usize),
    /// The newest briefings.
    Briefings,
    /// Older briefings, counted from the oldest.
    BriefingsPage(usize),
    /// An edition, by its place in [`Site::editions`].
    Edition(usize),
    /// The archive: years and months.
    Archive,
    /// A year.
    Year(i16),
    /// A month.
    Month(i16, i8),
    /// All people.
    People,
    /// A person, by their place in [`Site::people`].
    Person(usize),
    /// Older stories of a person, counted from the oldest.
    PersonPage(usize, usize),
    /// All threads.
    Threads,
    /// A thread, by its place in [`Site::threads`].
    Thread(usize),
    /// A standing page, by its place in [`Site::pages`].
    Standing(usize),
    /// The page for addresses that lead nowhere.
    NotFound,
    /// A former address, and the path that it leads to.
    Alias(String),
    /// A feed.
    Feed(FeedFormat, feeds::Subject),
    /// The list of sitemaps.
    SitemapIndex,
    /// Addresses of a year's articles, or of all other pages.
    Sitemap(Option<i16>),
    /// What crawlers may do.
    Robots,
    /// Redirects for hosts that read `_redirects`.
    Redirects,
    /// A file beside a story, by its place in [`Site::assets`].
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
            Self::Alias(_) => "redirect",
            Self::Feed(..) => "feed",
            Self::SitemapIndex | Self::Sitemap(_) => "sitemap",
            Self::Robots | Self::Redirects => "hosting",
            Self::File(_) => "file",
            Self::Static(_) => "static",
        }
    }

    /// When it goes live: nothing points at what is not there yet.
    pub fn rank(&self) -> Rank {
        match self {
            Self::File(_) | Self::Static(_) => Rank::Asset,
            Self::Article(_) | Self::Standing(_) | Self::NotFound => Rank::Story,
            Self::TopicPage(..)
            | Self::PairPage(..)
            | Self::BriefingsPage(_)
            | Self::PersonPage(..)
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
            | Self::Threads => Rank::Front,
            Self::Feed(..) => Rank::Feed,
            Self::Alias(_) | Self::SitemapIndex | Self::Sitemap(_) | Self::Robots | Self::Redirects => Rank::Machine,
        }
    }

    /// Whether it is a page that readers open.
    pub fn is_page(&self) -> bool {
        !matches!(self.rank(), Rank::Asset | Rank::Feed | Rank::Machine)
    }
}

/// All outputs of a site.
#[derive(Debug)]
pub struct Plan {
    /// The outputs, by route.
    pub outputs: Vec<Output>,
}

impl Plan {
    /// The output at a route.
    pub fn find(&self, route: &str) -> Option<&Output> {
        self.outputs.binary_search_by(|output| output.route.as_str().cmp(route)).ok().map(|at| &self.outputs[at])
    }
}

/// What an output shows.
pub enum View {
    /// A page, for a template.
    Page(Box<Page>),
    /// A feed.
    Feed(Box<Feed>),
    /// A sitemap.
    Sitemap(Vec<SitemapEntry>),
    /// A list of sitemaps.
    SitemapIndex(Vec<String>),
    /// Text as it stands.
    Text(String),
    /// A file as it stands.
    File(AssetBytes, Digest),
}

impl View {
    /// The digest of everything that the output shows, and of the program's version.
    pub fn key(&self, desk: &Desk) -> Digest {
        let mut digester = Digester::new();
        digester.part(env!("CARGO_PKG_VERSION").as_bytes());
        match self {
            Self::Page(page) => {
                digester.value(&desk.globals_digest());
                page.digest(desk, &mut digester);
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
            Self::Text(text) => {
                digester.part(text.as_bytes());
            }
            Self::File(_, digest) => {
                digester.value(digest);
            }
        }
        digester.finish()
    }
}

/// Lists all outputs. Reports routes that two sources claim, and links to paths that nothing answers.
pub fn plan(desk: &Desk) -> (Plan, Report) {
    let mut report = Report::default();
    let mut outputs = Vec::with_capacity(desk.site.articles.len() * 2);
    front::outputs(&mut outputs);
    article::outputs(desk, &mut outputs);
    topics::outputs(&mut outputs);
    topic::outputs(desk, &mut outputs);
    pairs::outputs(desk, &mut outputs);
    briefings::outputs(desk, &mut outputs);
    archive::outputs(desk, &mut outputs);
    people::outputs(desk, &mut outputs);
    threads::outputs(desk, &mut outputs);
    standing::outputs(desk, &mut outputs);
    feeds::outputs(desk, &mut outputs);
    machines::outputs(desk, &mut outputs);
    assets::outputs(desk, &mut outputs);
    let (mut outputs, taken) = conflicts::without_conflicts(&desk.site, outputs, &mut report);
    aliases::add(desk, &mut outputs, taken, &mut report);
    outputs.par_sort_by(|a, b| a.route.cmp(&b.route));
    let plan = Plan { outputs };
    check_gone(&desk.site, &plan, &mut report);
    check_paths(&desk.site, &plan, &mut report);
    (plan, report)
}

/// What an output shows.
pub fn view(desk: &Desk, plan: &Plan, output: &Output) -> View {
    let page = match &output.spec {
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
        Spec::Feed(format, subject) => {
            return View::Feed(Box::new(feeds::view(desk, &output.route, *format, *subject)));
        }
        Spec::SitemapIndex => return View::SitemapIndex(machines::sitemap_index(desk, plan)),
        Spec::Sitemap(year) => return View::Sitemap(machines::sitemap(desk, plan, *year)),
        Spec::Robots => return View::Text(machines::robots(desk)),
        Spec::Redirects => return View::Text(machines::redirects(desk, plan)),
        Spec::File(index) => return file(&desk.site.assets[*index]),
        Spec::Static(index) => return file(&desk.statics[*index]),
    };
    View::Page(Box::new(page))
}

fn file(asset: &Asset) -> View {
    View::File(asset.bytes.clone(), asset.digest)
}

/// Reports routes that are said to be gone for good and are not.
fn check_gone(site: &Site, plan: &Plan, report: &mut Report) {
    for route in site.config.gone.iter().filter(|route| plan.find(route.as_str()).is_some()) {
        report.push(
            Diagnostic::error(
                codes::ROUTE_CONFLICT,
                format!("`{route}` is said to be gone, and a page still answers it"),
            )
            .at(Place::file("dateline.yaml"))
            .help("remove it from `gone:`, or take the page down"),
        );
    }
}

/// Reports links to paths of this site that nothing answers.
fn check_paths(site: &Site, plan: &Plan, report: &mut Report) {
    let gone: HashSet<&str> = site.config.gone.iter().map(Route::as_str).collect();
    for link in &site.path_links {
        let path = link.path.split(['?', '#']).next().unwrap_or("");
        let decoded = crate::content::markdown::decode(path);
        let answers = |path: &str| {
            plan.find(path).is_some()
                || plan.find(&format!("{path}/")).is_some()
                || plan.find(path.strip_suffix("index.html").unwrap_or(path)).is_some()
        };
        let problem = if gone.contains(path) {
            Diagnostic::warning(codes::DEAD_PATH, format!("`{path}` is gone for good"))
        } else if answers(path) || answers(&decoded) || path.is_empty() {
            continue;
        } else {
            Diagnostic::warning(codes::DEAD_PATH, format!("nothing on this site answers `{path}`"))
        };
        let near = text::nearest(
            path,
            plan.outputs.iter().filter(|output| output.spec.is_page()).map(|output| output.route.as_str()),
        );
        let help = near.map_or_else(
            || {
                "link to a story by the path of its `.md` file, so that the link is checked and moves with it"
                    .to_owned()
            },
            |near| format!("did you mean `{near}`?"),
        );
        report.push(problem.at(link.place.clone()).help(help));
    }
}
