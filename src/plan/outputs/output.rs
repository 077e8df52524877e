//! Outputs: where each lives, and what it is.

use serde::Serialize;

use super::feed_files::feed_type;
use crate::base::route::Route;
use crate::base::web::media::media_type;
use crate::config::FeedFormat;
use crate::site::{ArticleId, AssetId, DocId, EditionId, PageId, PairId, Period, PersonId, ThreadId, TopicId};

/// One output: where it lives, what it is, and which source claims it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Where it lives.
    pub route: Route,
    /// What it is.
    pub kind: OutputKind,
    /// The document that asks for it, where there is one.
    pub doc: Option<DocId>,
}

/// What an output is, in terms of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputKind {
    /// A page of its own.
    Page(PageKind),
    /// A page of a list that is cut into pages.
    List(List, Leaf),
    /// A feed.
    Feed(FeedFormat, FeedSubject),
    /// The e-mail of an edition.
    Email(EditionId, EmailForm),
    /// What stands at a former address.
    Redirect(Former),
    /// A list, or a feed of one, whose stories have all expired or been withdrawn.
    Emptied(Emptied),
    /// A text for machines.
    Text(TextKind),
    /// A file as it stands.
    File(FileKind),
}

/// A page or feed on the list of published addresses that keeps its place without a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emptied {
    /// The title of the page, or of the feed.
    pub title: String,
    /// The format, when it is a feed.
    pub feed: Option<FeedFormat>,
}

/// A page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// The front page.
    Front,
    /// An article.
    Article(ArticleId),
    /// The topic index.
    Topics,
    /// An edition.
    Edition(EditionId),
    /// The archive: all years.
    Archive,
    /// A year, a month or a day.
    Period(Period),
    /// All people.
    People,
    /// All threads.
    Threads,
    /// A thread.
    Thread(ThreadId),
    /// A standing page.
    Standing(PageId),
    /// The page for addresses that lead nowhere.
    NotFound,
}

/// A list that is cut into pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The stories of a topic.
    Topic(TopicId),
    /// The stories of a pair of topics.
    Pair(PairId),
    /// The stories of a person.
    Person(PersonId),
    /// The editions.
    Briefings,
    /// The corrections.
    Corrections,
}

/// Where the list of editions is.
pub(in crate::plan) const BRIEFINGS: &str = "/briefings/";
/// Where the list of people is.
pub(in crate::plan) const PEOPLE: &str = "/people/";
/// Where the list of corrections is.
pub(in crate::plan) const CORRECTIONS: &str = "/corrections/";

/// A page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// The first, with the newest entries.
    Front,
    /// An older one, counted from the oldest, which is 1.
    Older(usize),
}

/// What a feed is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedSubject {
    /// The whole site.
    Site,
    /// A topic.
    Topic(TopicId),
    /// A person.
    Person(PersonId),
    /// A developing story.
    Thread(ThreadId),
    /// The editions.
    Briefings,
    /// The corrections.
    Corrections,
}

/// What an e-mail is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum EmailForm {
    /// HTML, all of whose style stands in its elements.
    Html,
    /// Plain text.
    Text,
    /// A message of both, as mail programs and sending services read it (RFC 5322).
    Message,
}

/// What stands at a former address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Former {
    /// A page that leads on.
    Moved {
        /// Where to: a path of the site, or an absolute address.
        to: String,
        /// Whether the redirect is permanent (301). That of the newest briefing is not (302): it leads elsewhere tomorrow.
        permanent: bool,
    },
    /// A copy of a file, for hosts that know no redirects.
    Copy(Box<Output>),
}

/// A text for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The list of sitemaps.
    SitemapIndex,
    /// Addresses.
    Sitemap(Sitemap),
    /// A text for machines that read the site.
    Machine(TextFile),
    /// A file for the program that serves the site.
    Host(HostFile),
    /// The text of an article as Markdown.
    Twin(ArticleId),
}

/// A sitemap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sitemap {
    /// Articles of a year. The part counts from 0 and from the oldest, so that a full part is final.
    Year(i16, usize),
    /// All other pages that search engines may show, in parts.
    Pages(usize),
    /// Articles of the last two days, in parts, the newest first.
    News(usize),
}

/// A text file for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFile {
    /// What crawlers may do (RFC 9309).
    Robots,
    /// What there is, for language models.
    Llms,
    /// Whom the publication belongs to and vouches for.
    Trust,
    /// Where faults of security are reported to (RFC 9116).
    Security,
}

/// A file for the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostFile {
    /// `_redirects`.
    Redirects,
    /// `_headers`.
    Headers,
    /// What nginx includes in a `server`.
    Nginx,
    /// What Caddy imports in a site.
    Caddy,
    /// What Apache reads in the folder that it serves.
    Htaccess,
    /// What lighttpd includes.
    Lighttpd,
    /// The domain, for GitHub Pages.
    Cname,
    /// The key that `IndexNow` asks for.
    IndexNow,
    /// What tells GitHub Pages to leave the files as they are.
    NoJekyll,
}

/// A file as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// One beside a story.
    Beside(AssetId),
    /// A static file, by its place in [`SiteContext::statics`](crate::plan::SiteContext::statics).
    Static(usize),
}

impl OutputKind {
    /// A permanent redirect.
    pub(in crate::plan) fn moved(to: impl Into<String>) -> Self {
        Self::Redirect(Former::Moved { to: to.into(), permanent: true })
    }
}

impl Output {
    /// Whether it is a page that readers open.
    pub fn is_page(&self) -> bool {
        let is_page = match &self.kind {
            OutputKind::Page(_) | OutputKind::List(..) => true,
            OutputKind::Emptied(emptied) => emptied.feed.is_none(),
            _ => false,
        };
        is_page && !self.route.is_private()
    }

    /// Where it leads, for a former address, and whether for good.
    pub fn leads_to(&self) -> Option<(&str, bool)> {
        match &self.kind {
            OutputKind::Redirect(Former::Moved { to, permanent }) => Some((to, *permanent)),
            OutputKind::Redirect(Former::Copy(of)) => Some((of.route.as_str(), true)),
            OutputKind::Page(_)
            | OutputKind::List(..)
            | OutputKind::Feed(..)
            | OutputKind::Email(..)
            | OutputKind::Emptied(_)
            | OutputKind::Text(_)
            | OutputKind::File(_) => None,
        }
    }

    /// The media type of its bytes, with the charset of a text. Servers cannot guess that of a feed by its file name.
    pub fn media_type(&self) -> String {
        match &self.kind {
            OutputKind::Feed(format, _) | OutputKind::Emptied(Emptied { feed: Some(format), .. }) => {
                format!("{}; charset=utf-8", feed_type(*format))
            }
            OutputKind::Redirect(Former::Moved { .. }) => "text/html; charset=utf-8".to_owned(),
            OutputKind::Redirect(Former::Copy(of)) => of.media_type(),
            OutputKind::Page(_)
            | OutputKind::List(..)
            | OutputKind::Email(..)
            | OutputKind::Emptied(Emptied { feed: None, .. })
            | OutputKind::Text(_)
            | OutputKind::File(_) => media_type(&self.route.file()),
        }
    }
}
