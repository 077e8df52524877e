//! Outputs: the route and the kind of every file that a site consists of.

use serde::Serialize;

use super::feed_files::feed_type;
use crate::base::route::Route;
use crate::base::web::media::media_type;
use crate::config::FeedFormat;
use crate::site::{ArticleId, AssetId, DocId, EditionId, PageId, PairId, Period, PersonId, ThreadId, TopicId};

/// One output of the site, before it is rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The route, unique within a plan.
    pub route: Route,
    /// The kind, from which the view is made.
    pub kind: OutputKind,
    /// The document that the output is made for, if there is one. Problems with its address are reported there.
    pub doc: Option<DocId>,
}

/// The kind of an output, in two levels: how it is made, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputKind {
    /// A single page.
    Page(PageKind),
    /// One page of a paginated list.
    List(List, Leaf),
    /// A feed.
    Feed(FeedFormat, FeedSubject),
    /// The e-mail of an edition.
    Email(EditionId, EmailForm),
    /// The output at a former address.
    Redirect(Former),
    /// A list, or a feed of one, whose stories have all expired or been withdrawn.
    Emptied(Emptied),
    /// A text for machines, written without a template.
    Text(TextKind),
    /// A file that is copied unchanged.
    File(FileKind),
    /// An output of the edition in a further language: its index in [`Config::languages`](crate::config::Config), and the
    /// output as that edition knows it.
    Language(usize, Box<Output>),
}

/// A page or feed on the list of published addresses that keeps its place without a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emptied {
    /// The title of the page, or of the feed.
    pub title: String,
    /// The format, when it is a feed.
    pub feed: Option<FeedFormat>,
}

/// The kinds of single pages.
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
    /// The index of the archive, with all years.
    Archive,
    /// The archive page of a year, a month or a day.
    Period(Period),
    /// All people.
    People,
    /// All threads.
    Threads,
    /// A thread.
    Thread(ThreadId),
    /// A standing page.
    Standing(PageId),
    /// The error page for missing addresses (404).
    NotFound,
}

/// A paginated list.
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

/// The route of the list of editions.
pub(in crate::plan) const BRIEFINGS: &str = "/briefings/";
/// The route of the list of people.
pub(in crate::plan) const PEOPLE: &str = "/people/";
/// The route of the list of corrections.
pub(in crate::plan) const CORRECTIONS: &str = "/corrections/";

/// A page of a paginated list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// The first page, with the newest entries.
    Front,
    /// An older page, numbered from the oldest, which is 1, so that a full page never changes.
    Older(usize),
}

/// The subject of a feed.
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
    /// The entries of live coverage.
    Live(ArticleId),
    /// The editions.
    Briefings,
    /// The corrections.
    Corrections,
}

/// The format of an e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum EmailForm {
    /// HTML with inline styles.
    Html,
    /// Plain text.
    Text,
    /// A complete message with both parts (RFC 5322), ready for mail programs and sending services.
    Message,
}

/// The output at a former address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Former {
    /// An HTML page that redirects.
    Moved {
        /// The target: a path of the site, or an absolute address.
        to: String,
        /// Whether the redirect is permanent (301). The one to the newest edition is not (302), because its target changes.
        permanent: bool,
    },
    /// A copy of a file, for hosts without redirects: a client that expects a feed cannot follow an HTML page.
    Copy(Box<Output>),
}

/// The kinds of texts for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The index of all sitemaps.
    SitemapIndex,
    /// A sitemap.
    Sitemap(Sitemap),
    /// A text file for crawlers and other readers that are programs.
    Machine(TextFile),
    /// A configuration file for a web server or host.
    Host(HostFile),
    /// The Markdown twin of an article.
    Twin(ArticleId),
    /// The file by which an open page of live coverage learns of new entries.
    Live(ArticleId),
}

/// The kinds of sitemaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sitemap {
    /// The articles of a year. Parts are numbered from 0, oldest first, so that a full part never changes.
    Year(i16, usize),
    /// A part of all other indexed pages.
    Pages(usize),
    /// A part of the articles of the last two days, newest first.
    News(usize),
}

/// A text file for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFile {
    /// `robots.txt`: the rules for crawlers (RFC 9309).
    Robots,
    /// `llms.txt`: an overview for language models.
    Llms,
    /// `trust.txt`: the owner and the affiliations of the publication.
    Trust,
    /// `security.txt`: where to report vulnerabilities (RFC 9116).
    Security,
}

/// The kinds of configuration files for hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostFile {
    /// `_redirects`.
    Redirects,
    /// `_headers`.
    Headers,
    /// The file that nginx includes in a `server` block.
    Nginx,
    /// The file that Caddy imports in a site block.
    Caddy,
    /// `.htaccess`, for Apache.
    Htaccess,
    /// The file that lighttpd includes.
    Lighttpd,
    /// `CNAME`: the domain, for GitHub Pages.
    Cname,
    /// The key file of `IndexNow`.
    IndexNow,
    /// `.nojekyll`: keeps GitHub Pages from running Jekyll on the files.
    NoJekyll,
}

/// The kinds of files that are copied unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A file beside a story.
    Beside(AssetId),
    /// A file from `static/`, by its index in [`SiteContext::statics`](crate::plan::SiteContext::statics).
    Static(usize),
    /// A scaled copy of a picture beside a story, by its index in [`Site::renditions`](crate::site::Site).
    Rendition(usize),
}

impl OutputKind {
    /// Makes a permanent redirect.
    pub(in crate::plan) fn moved(to: impl Into<String>) -> Self {
        Self::Redirect(Former::Moved { to: to.into(), permanent: true })
    }
}

impl Output {
    /// Whether it is a public HTML page, without redirects.
    pub fn is_page(&self) -> bool {
        let is_page = match self.kind.plain() {
            OutputKind::Page(_) | OutputKind::List(..) => true,
            OutputKind::Emptied(emptied) => emptied.feed.is_none(),
            _ => false,
        };
        is_page && !self.route.is_private()
    }

    /// Returns the target of a former address, and whether the redirect is permanent.
    pub fn leads_to(&self) -> Option<(&str, bool)> {
        match self.kind.plain() {
            OutputKind::Redirect(Former::Moved { to, permanent }) => Some((to, *permanent)),
            OutputKind::Redirect(Former::Copy(of)) => Some((of.route.as_str(), true)),
            OutputKind::Page(_)
            | OutputKind::List(..)
            | OutputKind::Feed(..)
            | OutputKind::Email(..)
            | OutputKind::Emptied(_)
            | OutputKind::Text(_)
            | OutputKind::File(_)
            | OutputKind::Language(..) => None,
        }
    }

    /// Returns the media type, with a charset for texts. The one of a feed cannot be derived from its file name.
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
            OutputKind::Language(_, output) => output.media_type(),
        }
    }
}
