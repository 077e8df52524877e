//! Files for machines that read the site: sitemaps, the news sitemap, `robots.txt`, `llms.txt`, `trust.txt`,
//! `security.txt`.

use std::fmt::Write as _;

use serde::Serialize;

use super::desk::Desk;
use super::family::Indexed;
use super::feed_files::is_site_fed;
use super::{Leaf, List, Output, OutputKind, PageKind, Plan, Sitemap, TextFile, TextKind, topic};
use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::route::Route;
use crate::base::text;
use crate::content::document::Content;
use crate::site::stories::{StorySource, article_head};
use crate::site::{Article, StoryId};

/// Most addresses in one sitemap (sitemaps.org).
const SITEMAP_MOST: usize = 50_000;
/// Most articles in one news sitemap.
const NEWS_MOST: usize = 1_000;
/// Stories that `llms.txt` names.
const NAMED: usize = 20;
/// A `security.txt` is to be renewed so many days before it ends.
pub(super) const RENEW_DAYS: i64 = 30;

/// An address in a sitemap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SitemapEntry {
    /// The absolute address.
    pub address: String,
    /// When it last changed, in RFC 3339, where that is known to be true.
    pub modified: Option<String>,
    /// What a news sitemap says of an article.
    pub news: Option<News>,
}

/// What a news sitemap says of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct News {
    /// The publication's name.
    pub publication: String,
    /// The article's language: two or three letters, or `zh-cn` or `zh-tw`.
    pub language: String,
    /// First published, in RFC 3339.
    pub published: String,
    /// The headline.
    pub title: String,
}

impl Sitemap {
    fn route(self) -> String {
        let part = |name: &str, part: usize| match part {
            0 => format!("/{name}.xml"),
            _ => format!("/{name}-{}.xml", part + 1),
        };
        match self {
            Self::Year(year, number) => part(&format!("sitemap-{year:04}"), number),
            Self::Pages(number) => part("sitemap-pages", number),
            Self::News(number) => part("news-sitemap", number),
        }
    }
}

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    let config = &desk.site.config;
    let mut add = |route: &str, kind| {
        outputs.push(Output { route: Route::own(route), kind: OutputKind::Text(kind), doc: None });
    };
    add("/sitemap.xml", TextKind::SitemapIndex);
    let mut shard = |sitemap: Sitemap| add(&sitemap.route(), TextKind::Sitemap(sitemap));
    for (year, count) in years(desk) {
        (0..count.div_ceil(SITEMAP_MOST)).for_each(|part| shard(Sitemap::Year(year, part)));
    }
    let recent = desk.site.recent_articles().count();
    (0..recent.div_ceil(NEWS_MOST).max(1)).for_each(|part| shard(Sitemap::News(part)));
    let mut texts = vec![("/robots.txt", TextFile::Robots), ("/llms.txt", TextFile::Llms)];
    if config.trust.is_some() {
        texts.extend([("/trust.txt", TextFile::Trust), ("/.well-known/trust.txt", TextFile::Trust)]);
    }
    if config.security.is_some() {
        texts.push(("/.well-known/security.txt", TextFile::Security));
    }
    for (route, file) in texts {
        if !desk.has_own(&Route::own(route)) {
            add(route, TextKind::Machine(file));
        }
    }
}

/// Adds the sitemaps of pages: how many there are depends on all outputs so far.
pub(super) fn add_pages(desk: &Desk, outputs: &mut Vec<Output>) {
    let pages = outputs.iter().filter(|output| is_indexed(desk, output)).count();
    for part in 0..pages.div_ceil(SITEMAP_MOST).max(1) {
        let sitemap = Sitemap::Pages(part);
        let kind = OutputKind::Text(TextKind::Sitemap(sitemap));
        outputs.push(Output { route: Route::own(&sitemap.route()), kind, doc: None });
    }
}

/// The years that listed articles are of, oldest first, and how many are. Publishing a story rewrites this year's alone.
fn years(desk: &Desk) -> Vec<(i16, usize)> {
    let mut years: Vec<(i16, usize)> = Vec::new();
    // Articles are ordered by time, so that those of a year are neighbours.
    for article in desk.site.articles.iter().rev().filter(|article| desk.site.is_listed(article)) {
        let year = year(desk, article);
        match years.last_mut() {
            Some((last, count)) if *last == year => *count += 1,
            _ => years.push((year, 1)),
        }
    }
    years
}

fn year(desk: &Desk, article: &Article) -> i16 {
    article_head(desk.site.document(article.doc)).date.date(&desk.site.config.zone).year()
}

fn sitemap_of(output: &Output) -> Option<Sitemap> {
    match output.kind {
        OutputKind::Text(TextKind::Sitemap(sitemap)) => Some(sitemap),
        _ => None,
    }
}

pub(super) fn sitemap_index(desk: &Desk, plan: &Plan) -> Vec<String> {
    // The news sitemap is one of its own kind, which `robots.txt` names.
    let is_shard = |output: &&Output| sitemap_of(output).is_some_and(|sitemap| !matches!(sitemap, Sitemap::News(_)));
    let shards = plan.outputs.iter().filter(is_shard);
    shards.map(|output| desk.site.config.base_url.absolute(output.route.as_str())).collect()
}

pub(super) fn sitemap(desk: &Desk, plan: &Plan, of: Sitemap) -> Vec<SitemapEntry> {
    match of {
        Sitemap::Year(of, part) => {
            let site = &desk.site;
            // Articles are ordered by time, the newest first.
            let newer = site.articles.partition_point(|article| year(desk, article) > of);
            let older = site.articles.partition_point(|article| year(desk, article) >= of);
            let of_year = site.articles[newer..older].iter().rev().filter(|article| site.is_listed(article));
            let mut entries: Vec<SitemapEntry> =
                of_year.skip(part * SITEMAP_MOST).take(SITEMAP_MOST).map(|article| entry(desk, article)).collect();
            entries.reverse();
            entries
        }
        Sitemap::Pages(part) => {
            let pages = plan.outputs.iter().filter(|output| is_indexed(desk, output));
            let address = |output: &Output| desk.site.config.base_url.absolute(output.route.as_str());
            let entry = |output: &Output| SitemapEntry {
                address: address(output),
                modified: changed(desk, &output.kind),
                news: None,
            };
            pages.skip(part * SITEMAP_MOST).take(SITEMAP_MOST).map(entry).collect()
        }
        Sitemap::News(part) => {
            let recent = desk.site.recent_articles().skip(part * NEWS_MOST).take(NEWS_MOST);
            let entries: Vec<SitemapEntry> = recent.map(|article| news(desk, article)).collect();
            if entries.is_empty() {
                // A sitemap without an address is not valid.
                let address = desk.site.config.base_url.absolute("/");
                return vec![SitemapEntry { address, modified: None, news: None }];
            }
            entries
        }
    }
}

/// When a page that is no article last changed, where that is known.
fn changed(desk: &Desk, kind: &OutputKind) -> Option<String> {
    let OutputKind::Page(PageKind::Edition(id)) = kind else { return None };
    desk.site.edition(*id).updated.map(|at| desk.instant(at))
}

fn entry(desk: &Desk, article: &Article) -> SitemapEntry {
    let head = article_head(desk.site.document(article.doc));
    SitemapEntry {
        address: desk.site.config.base_url.absolute(article.route.as_str()),
        modified: Some(desk.instant(head.modified().unwrap_or(head.date))),
        news: None,
    }
}

fn news(desk: &Desk, article: &Article) -> SitemapEntry {
    let document = desk.site.document(article.doc);
    let head = article_head(document);
    let news = News {
        publication: desk.site.config.title.clone(),
        language: news_language(desk.site.language(document)),
        published: desk.instant(head.date),
        title: head.title.clone(),
    };
    SitemapEntry { news: Some(news), ..entry(desk, article) }
}

/// A language as news sitemaps write it: ISO 639, but for Chinese in its two scripts.
fn news_language(tag: &str) -> String {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    match (parts.next(), parts.next()) {
        (Some("zh"), Some("hant" | "tw" | "hk" | "mo")) => "zh-tw".to_owned(),
        (Some("zh"), _) => "zh-cn".to_owned(),
        (first, _) => first.unwrap_or_default().to_owned(),
    }
}

/// Whether an address stands in the sitemaps of pages.
fn is_indexed(desk: &Desk, output: &Output) -> bool {
    output.kind.family().indexed == Indexed::Pages && !is_left_out(desk, &output.kind)
}

/// Whether a page of a family that is indexed asks search engines to leave it out.
fn is_left_out(desk: &Desk, kind: &OutputKind) -> bool {
    match kind {
        OutputKind::List(List::Topic(id), Leaf::Front) => topic::is_thin(desk, *id),
        OutputKind::Page(PageKind::Standing(id)) => {
            matches!(&desk.site.document(desk.site.page(*id).doc).content, Content::Page(head, _) if head.noindex)
        }
        OutputKind::Page(_)
        | OutputKind::List(..)
        | OutputKind::Feed(..)
        | OutputKind::Email(..)
        | OutputKind::Redirect(_)
        | OutputKind::Text(_)
        | OutputKind::File(_) => false,
    }
}

pub(super) fn text_file(desk: &Desk, plan: &Plan, file: TextFile) -> String {
    match file {
        TextFile::Robots => robots(desk, plan),
        TextFile::Llms => llms(desk),
        TextFile::Trust => trust(desk),
        TextFile::Security => security(desk),
    }
}

fn robots(desk: &Desk, plan: &Plan) -> String {
    let config = &desk.site.config;
    let absolute = |route: &str| config.base_url.absolute(route);
    let mut text = String::new();
    let mut line =
        |words: std::fmt::Arguments<'_>| writeln!(text, "{words}").expect("writing to a string does not fail");
    for crawler in &config.blocked_crawlers {
        line(format_args!("User-agent: {crawler}"));
    }
    if !config.blocked_crawlers.is_empty() {
        line(format_args!("Disallow: /\n"));
    }
    line(format_args!("User-agent: *\nAllow: /\n\nSitemap: {}", absolute("/sitemap.xml")));
    for output in plan.outputs.iter().filter(|output| matches!(sitemap_of(output), Some(Sitemap::News(_)))) {
        line(format_args!("Sitemap: {}", absolute(output.route.as_str())));
    }
    text
}

/// Text between the brackets of a link in Markdown.
fn bracketed(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// The form of llmstxt.org: a title, a quote, and lists of links.
fn llms(desk: &Desk) -> String {
    let site = &desk.site;
    let config = &site.config;
    let mut text = format!("# {}\n", config.title);
    if let Some(description) = &config.description {
        text.push_str(&format!("\n> {}\n", description.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    let mut list = |heading: &str, links: Vec<(String, String, Option<String>)>| {
        if links.is_empty() {
            return;
        }
        text.push_str(&format!("\n## {heading}\n\n"));
        for (title, address, words) in links {
            let words = words.map(|words| format!(": {words}")).unwrap_or_default();
            text.push_str(&format!("- [{}]({address}){words}\n", bracketed(&title)));
        }
    };
    let absolute = |route: &str| config.base_url.absolute(route);
    let edition =
        site.editions.first().map(|edition| (desk.briefing_title(edition), absolute(edition.route.as_str()), None));
    list("Latest briefing", edition.into_iter().collect());
    let stories =
        (0..site.stories.len()).map(StoryId).filter(|id| matches!(site.story(*id).kind, StorySource::Article(_)));
    let stories = stories.take(NAMED).map(|id| {
        let card = desk.card(id);
        (card.title.clone(), desk.absolute_link(&card.url), card.summary.as_deref().map(|dek| text::cut(dek, 240)))
    });
    list("Newest stories", stories.collect());
    let standing = site.pages.iter().filter_map(|page| match &site.document(page.doc).content {
        Content::Page(head, _) if !head.noindex => {
            Some((head.title.clone(), absolute(page.route.as_str()), head.summary.clone()))
        }
        _ => None,
    });
    list("About", standing.collect());
    let lists = [
        ("Topics", "/topics/"),
        ("Archive", "/archive/"),
        ("Atom feed, full text", "/feed.xml"),
        ("Sitemap", "/sitemap.xml"),
    ];
    let lists = lists.into_iter().filter(|(_, route)| *route != "/feed.xml" || is_site_fed(site));
    list("Lists", lists.map(|(title, route)| (title.to_owned(), absolute(route), None)).collect());
    text
}

fn trust(desk: &Desk) -> String {
    let lines = desk.site.config.trust.iter().flatten();
    lines.map(|(name, value)| format!("{name}={value}\n")).collect()
}

fn security(desk: &Desk) -> String {
    let config = &desk.site.config;
    let Some(security) = &config.security else { return String::new() };
    let mut text = String::new();
    for (field, value) in &security.fields {
        text.push_str(&format!("{field}: {}\n", desk.absolute(value)));
    }
    let canonical = config.base_url.absolute("/.well-known/security.txt");
    text.push_str(&format!("Expires: {}\nCanonical: {canonical}\n", desk.instant(security.expires)));
    text
}

/// Reports what is about to end, or contradicts itself.
pub(super) fn check(desk: &Desk, report: &mut Report) {
    let config = &desk.site.config;
    let place = || Place::file(config.file());
    if let Some(security) = &config.security {
        let left = security.expires.instant().duration_since(desk.site.as_of.instant()).as_hours();
        let problem = if left < 0 {
            "`security.txt` is no longer to be relied on: its `expires` has passed"
        } else if left < RENEW_DAYS * 24 {
            "`security.txt` ends in less than 30 days"
        } else if left > 366 * 24 {
            "`expires` of `security.txt` is more than a year ahead"
        } else {
            ""
        };
        if !problem.is_empty() {
            let problem = Diagnostic::warning(codes::BAD_VALUE, problem).at(place());
            report.push(problem.help("set `security: {expires: …}` to a day within the next year (RFC 9116)"));
        }
    }
    let trains = config.trust.iter().flatten().any(|(name, value)| *name == "datatrainingallowed" && value == "yes");
    if trains && !config.blocked_crawlers.is_empty() {
        let problem = Diagnostic::warning(
            codes::CONFLICT,
            "`trust` allows training, and `robots` blocks crawlers that may train",
        );
        report.push(problem.at(place()).help("say the same in both"));
    }
}
