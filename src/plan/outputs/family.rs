//! The table of families: the properties that all outputs of one kind share. Sitemaps, `urls.lock`, `why`, the ledger and
//! the class of `<body>` read them here; no other list of families exists. [`OutputKind::family`] maps each kind to its row
//! exhaustively, so that a new kind without a row does not compile.

use serde::{Serialize, Serializer};

use super::output::{Emptied, FeedSubject, FileKind, Leaf, List, OutputKind, PageKind, TextKind};
use super::own_routes::{OwnRoute, always, some};
use crate::base::rank::Rank;
use crate::site::Period;

/// The properties that all outputs of one kind share.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// The name: `page.family` in templates, the class of `<body>`, and in the output of `why`.
    pub name: &'static str,
    /// The order of publication: an output is published after those that it links to.
    pub rank: Rank,
    /// The sitemap that lists the outputs.
    pub indexed: Indexed,
    /// The lifetime of the addresses.
    pub address: Lifetime,
    /// The fate of an address that loses all its stories as planned.
    pub when_empty: WhenEmpty,
    /// The template, unless the outputs are written without one.
    pub template: Option<&'static str>,
    /// The forms of the routes, except where the site's authors choose them: stories, standing pages, files.
    pub routes: &'static [OwnRoute],
}

/// The sitemap that outputs are listed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexed {
    /// None.
    No,
    /// The sitemap of the article's year.
    Articles,
    /// The sitemap of other pages, unless the page asks not to be indexed.
    Pages,
}

/// The lifetime of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// The address may disappear at any time, because readers do not open or keep it.
    Passing,
    /// Readers bookmark and link to the address, so that `urls.lock` records it.
    Lasting,
    /// `urls.lock` records the address, which is also the permanent identifier of the entry in feeds.
    Identity,
}

/// The fate of an address whose stories have all expired or been withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenEmpty {
    /// It is gone: the output is not made of stories of others.
    Goes,
    /// It stays, and shows no story.
    Stays,
    /// It stays if the output is composed, that is, has no file of its own.
    StaysIfComposed,
}

impl Serialize for Family {
    /// Serializes the name alone.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

impl OutputKind {
    /// Returns the family of this kind.
    pub fn family(&self) -> &'static Family {
        match self {
            Self::Page(kind) => match kind {
                PageKind::Front => &FRONT,
                PageKind::Article(_) => &ARTICLE,
                PageKind::Topics => &TOPICS,
                PageKind::Edition(_) => &BRIEFING,
                PageKind::Archive => &ARCHIVE,
                PageKind::Period(Period::Year(_)) => &YEAR,
                PageKind::Period(Period::Month(..)) => &MONTH,
                PageKind::Period(Period::Day(_)) => &DAY,
                PageKind::People => &PEOPLE,
                PageKind::Threads => &THREADS,
                PageKind::Thread(_) => &THREAD,
                PageKind::Standing(_) => &STANDING,
                PageKind::NotFound => &NOT_FOUND,
            },
            Self::List(list, Leaf::Front) => match list {
                List::Topic(_) => &TOPIC,
                List::Pair(_) => &PAIR,
                List::Person(_) => &PERSON,
                List::Briefings => &BRIEFINGS,
                List::Corrections => &CORRECTIONS,
            },
            Self::List(list, Leaf::Older(_)) => match list {
                List::Topic(_) => &TOPIC_PAGE,
                List::Pair(_) => &PAIR_PAGE,
                List::Person(_) => &PERSON_PAGE,
                List::Briefings => &BRIEFINGS_PAGE,
                List::Corrections => &CORRECTIONS_PAGE,
            },
            Self::Feed(_, FeedSubject::Live(_)) => &LIVE_FEED,
            Self::Feed(..) | Self::Emptied(Emptied { feed: Some(_), .. }) => &FEED,
            Self::Emptied(Emptied { feed: None, .. }) => &EMPTIED,
            Self::Email(..) => &EMAIL,
            Self::Redirect(_) => &REDIRECT,
            Self::Text(kind) => match kind {
                TextKind::SitemapIndex | TextKind::Sitemap(_) => &SITEMAP,
                TextKind::Machine(_) => &TEXT,
                TextKind::Host(_) => &HOSTING,
                TextKind::Twin(_) => &TWIN,
                TextKind::Live(_) => &LIVE,
            },
            Self::Language(_, output) => output.kind.family(),
            Self::File(kind) => match kind {
                FileKind::Beside(_) => &FILE,
                FileKind::Static(_) => &STATIC,
                FileKind::Rendition(_) => &RENDITION,
            },
        }
    }
}

/// Makes the row of a page that is indexed and keeps its address.
const fn page(name: &'static str, rank: Rank, template: &'static str, routes: &'static [OwnRoute]) -> Family {
    Family {
        name,
        rank,
        indexed: Indexed::Pages,
        address: Lifetime::Lasting,
        when_empty: WhenEmpty::Goes,
        template: Some(template),
        routes,
    }
}

/// Makes the row of a page that lists stories.
const fn list(name: &'static str, rank: Rank, template: &'static str, routes: &'static [OwnRoute]) -> Family {
    Family { when_empty: WhenEmpty::Stays, ..page(name, rank, template, routes) }
}

/// Makes the row of older pages of a list. They are in no sitemap, because search engines find their stories directly.
const fn older(name: &'static str, template: &'static str, routes: &'static [OwnRoute]) -> Family {
    Family { indexed: Indexed::No, ..list(name, Rank::List, template, routes) }
}

/// Makes the row of a file that readers do not open as a page.
const fn file(name: &'static str, rank: Rank, routes: &'static [OwnRoute]) -> Family {
    Family {
        name,
        rank,
        indexed: Indexed::No,
        address: Lifetime::Passing,
        when_empty: WhenEmpty::Goes,
        template: None,
        routes,
    }
}

pub(in crate::plan) static FRONT: Family = page("front", Rank::Front, "front.html", &[always("/")]);
pub(in crate::plan) static ARTICLE: Family = Family {
    indexed: Indexed::Articles,
    address: Lifetime::Identity,
    ..page("article", Rank::Story, "article.html", &[])
};
pub(in crate::plan) static TOPICS: Family = page("topics", Rank::Front, "topics.html", &[always("/topics/")]);
pub(in crate::plan) static BRIEFING: Family = Family {
    address: Lifetime::Identity,
    when_empty: WhenEmpty::StaysIfComposed,
    ..page(
        "briefing",
        Rank::List,
        "briefing.html",
        &[some("/briefings/{year}-{month}-{day}/"), some("/briefings/{name}/")],
    )
};
pub(in crate::plan) static ARCHIVE: Family = page("archive", Rank::Front, "archive.html", &[always("/archive/")]);
pub(super) static YEAR: Family = list("year", Rank::Front, "year.html", &[some("/archive/{year}/"), some("/{year}/")]);
pub(super) static MONTH: Family =
    list("month", Rank::List, "month.html", &[some("/archive/{year}/{month}/"), some("/{year}/{month}/")]);
pub(super) static DAY: Family = list("day", Rank::List, "day.html", &[some("/{year}/{month}/{day}/")]);
pub(in crate::plan) static PEOPLE: Family = list("people", Rank::Front, "people.html", &[some("/people/")]);
pub(in crate::plan) static THREADS: Family = list("threads", Rank::Front, "threads.html", &[some("/threads/")]);
pub(in crate::plan) static THREAD: Family = list("thread", Rank::List, "thread.html", &[some("/threads/{name}/")]);
pub(in crate::plan) static STANDING: Family = page("page", Rank::Story, "page.html", &[]);
pub(in crate::plan) static NOT_FOUND: Family = Family {
    indexed: Indexed::No,
    address: Lifetime::Passing,
    ..page("not-found", Rank::Story, "404.html", &[always("/404.html")])
};

pub(super) static TOPIC: Family = list("topic", Rank::Front, "topic.html", &[some("/topics/{name}/")]);
pub(super) static TOPIC_PAGE: Family = older("topic-page", "topic-page.html", &[some("/topics/{name}/page/{number}/")]);
pub(super) static PAIR: Family = list("pair", Rank::Front, "pair.html", &[some("/topics/{name}/with/{name}/")]);
pub(super) static PAIR_PAGE: Family =
    older("pair-page", "pair.html", &[some("/topics/{name}/with/{name}/page/{number}/")]);
pub(super) static PERSON: Family = list("person", Rank::Front, "person.html", &[some("/people/{name}/")]);
pub(super) static PERSON_PAGE: Family = older("person-page", "person.html", &[some("/people/{name}/page/{number}/")]);
pub(super) static BRIEFINGS: Family = list("briefings", Rank::Front, "briefings.html", &[some("/briefings/")]);
pub(super) static BRIEFINGS_PAGE: Family =
    older("briefings-page", "briefings.html", &[some("/briefings/page/{number}/")]);
pub(super) static CORRECTIONS: Family = list("corrections", Rank::Front, "corrections.html", &[some("/corrections/")]);
pub(super) static CORRECTIONS_PAGE: Family =
    older("corrections-page", "corrections.html", &[some("/corrections/page/{number}/")]);

/// Search engines are not told of a page without a story.
pub(in crate::plan) static EMPTIED: Family =
    Family { indexed: Indexed::No, ..page("emptied", Rank::Front, "emptied.html", &[]) };
pub(super) static FEED: Family =
    Family { address: Lifetime::Identity, when_empty: WhenEmpty::Stays, ..file("feed", Rank::Feed, FEEDS) };
pub(in crate::plan) static REDIRECT: Family = Family {
    address: Lifetime::Lasting,
    template: Some("redirect.html"),
    ..file("redirect", Rank::Machine, &[some("/briefings/latest/")])
};
/// E-mails have a template for each of their forms.
pub static EMAIL: Family = file("email", Rank::Machine, &[]);
pub(super) static SITEMAP: Family = file("sitemap", Rank::Machine, SITEMAPS);
pub(super) static TEXT: Family = file("text", Rank::Machine, TEXTS);
pub(super) static HOSTING: Family = file("hosting", Rank::Machine, HOST_FILES);
pub(super) static TWIN: Family = file("twin", Rank::Story, &[]);
/// What an open page is told of is there already.
pub(super) static LIVE: Family = file("live", Rank::Feed, &[]);
pub(super) static LIVE_FEED: Family = Family { address: Lifetime::Lasting, ..file("live-feed", Rank::Feed, &[]) };
pub(super) static FILE: Family = file("file", Rank::Asset, &[]);
pub(super) static STATIC: Family = file("static", Rank::Asset, &[]);
pub(super) static RENDITION: Family = file("rendition", Rank::Asset, &[]);

const FEEDS: &[OwnRoute] = &[
    always("/feed.xml"),
    always("/rss.xml"),
    always("/feed.json"),
    some("/topics/{name}/{feed}"),
    some("/briefings/{feed}"),
    some("/people/{name}/{feed}"),
    some("/threads/{name}/{feed}"),
    some("/corrections/{feed}"),
];
const SITEMAPS: &[OwnRoute] = &[
    always("/sitemap.xml"),
    always("/sitemap-pages.xml"),
    some("/sitemap-pages-{number}.xml"),
    some("/sitemap-{year}.xml"),
    some("/sitemap-{year}-{number}.xml"),
    always("/news-sitemap.xml"),
    some("/news-sitemap-{number}.xml"),
];
const TEXTS: &[OwnRoute] = &[
    always("/robots.txt"),
    always("/llms.txt"),
    some("/trust.txt"),
    some("/.well-known/trust.txt"),
    some("/.well-known/security.txt"),
];
const HOST_FILES: &[OwnRoute] = &[
    always("/_redirects"),
    always("/_headers"),
    some("/.htaccess"),
    some("/CNAME"),
    some("/.nojekyll"),
    some("/{name}.txt"),
];

/// Returns all routes and forms of routes that Dateline itself assigns.
pub fn own_routes() -> impl Iterator<Item = &'static OwnRoute> {
    ALL.iter().flat_map(|family| family.routes)
}

/// All families.
pub static ALL: &[&Family] = &[
    &FRONT,
    &ARTICLE,
    &TOPICS,
    &BRIEFING,
    &ARCHIVE,
    &YEAR,
    &MONTH,
    &DAY,
    &PEOPLE,
    &THREADS,
    &THREAD,
    &STANDING,
    &NOT_FOUND,
    &TOPIC,
    &TOPIC_PAGE,
    &PAIR,
    &PAIR_PAGE,
    &PERSON,
    &PERSON_PAGE,
    &BRIEFINGS,
    &BRIEFINGS_PAGE,
    &CORRECTIONS,
    &CORRECTIONS_PAGE,
    &EMPTIED,
    &FEED,
    &REDIRECT,
    &EMAIL,
    &SITEMAP,
    &TEXT,
    &HOSTING,
    &TWIN,
    &LIVE,
    &LIVE_FEED,
    &FILE,
    &STATIC,
    &RENDITION,
];
