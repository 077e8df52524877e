//! Sitemaps: one for each year of articles, those of all other pages, the news sitemap, and the list of them all.

use serde::Serialize;

use crate::plan::lists::topic;
use crate::plan::outputs::family::Indexed;
use crate::plan::{Leaf, List, Output, OutputKind, PageKind, Plan, SiteContext, Sitemap, TextKind};
use crate::site::Article;

/// Most addresses in one sitemap (sitemaps.org).
const SITEMAP_MOST: usize = 50_000;
/// Most articles in one news sitemap.
const NEWS_MOST: usize = 1_000;

/// An address in a sitemap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SitemapEntry {
    /// The absolute address.
    pub address: String,
    /// When it last changed, in RFC 3339, where that is known to be true.
    pub modified: Option<String>,
    /// The entry of a news sitemap.
    pub news: Option<News>,
}

/// The data of an article in a news sitemap.
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

pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    let mut add = |route: &str, kind| {
        outputs.push(Output { route: context.own_route(route), kind: OutputKind::Text(kind), doc: None });
    };
    add("/sitemap.xml", TextKind::SitemapIndex);
    let mut shard = |sitemap: Sitemap| add(&sitemap.route(), TextKind::Sitemap(sitemap));
    for (year, count) in years(context) {
        (0..count.div_ceil(SITEMAP_MOST)).for_each(|part| shard(Sitemap::Year(year, part)));
    }
    let recent = context.site.recent_articles().count();
    (0..recent.div_ceil(NEWS_MOST).max(1)).for_each(|part| shard(Sitemap::News(part)));
}

/// Adds the sitemaps of pages: how many there are depends on all outputs so far.
pub(in crate::plan) fn add_pages(context: &SiteContext, outputs: &mut Vec<Output>) {
    let pages = outputs.iter().filter(|output| is_indexed(context, output)).count();
    for part in 0..pages.div_ceil(SITEMAP_MOST).max(1) {
        let sitemap = Sitemap::Pages(part);
        let kind = OutputKind::Text(TextKind::Sitemap(sitemap));
        outputs.push(Output { route: context.own_route(&sitemap.route()), kind, doc: None });
    }
}

/// The years of listed articles, oldest first, each with their number. One sitemap a year: publishing a story rewrites
/// only that of its own year.
fn years(context: &SiteContext) -> Vec<(i16, usize)> {
    let mut years: Vec<(i16, usize)> = Vec::new();
    // Articles are ordered by time, so that those of a year are neighbours.
    for article in context.site.articles.iter().rev().filter(|article| context.site.is_listed(article)) {
        let year = year(context, article);
        match years.last_mut() {
            Some((last, count)) if *last == year => *count += 1,
            _ => years.push((year, 1)),
        }
    }
    years
}

fn year(context: &SiteContext, article: &Article) -> i16 {
    article.published.date(&context.site.config.zone).year()
}

pub(super) fn sitemap_of(output: &Output) -> Option<Sitemap> {
    match output.kind {
        OutputKind::Text(TextKind::Sitemap(sitemap)) => Some(sitemap),
        _ => None,
    }
}

pub(in crate::plan) fn sitemap_index(context: &SiteContext, plan: &Plan) -> Vec<String> {
    // The news sitemap is one of its own kind, which `robots.txt` names.
    let is_shard = |output: &&Output| sitemap_of(output).is_some_and(|sitemap| !matches!(sitemap, Sitemap::News(_)));
    let shards = context.own_outputs(plan).filter(is_shard);
    shards.map(|output| context.site.config.base_url.absolute(output.route.as_str())).collect()
}

pub(in crate::plan) fn sitemap(context: &SiteContext, plan: &Plan, of: Sitemap) -> Vec<SitemapEntry> {
    match of {
        Sitemap::Year(of, part) => {
            let site = &context.site;
            // Articles are ordered by time, the newest first.
            let newer = site.articles.partition_point(|article| year(context, article) > of);
            let older = site.articles.partition_point(|article| year(context, article) >= of);
            let of_year = site.articles[newer..older].iter().rev().filter(|article| site.is_listed(article));
            let mut entries: Vec<SitemapEntry> =
                of_year.skip(part * SITEMAP_MOST).take(SITEMAP_MOST).map(|article| entry(context, article)).collect();
            entries.reverse();
            entries
        }
        Sitemap::Pages(part) => {
            let pages = context.own_outputs(plan).filter(|output| is_indexed(context, output));
            let address = |output: &Output| context.site.config.base_url.absolute(output.route.as_str());
            let entry = |output: &Output| SitemapEntry {
                address: address(output),
                modified: changed(context, &output.kind),
                news: None,
            };
            pages.skip(part * SITEMAP_MOST).take(SITEMAP_MOST).map(entry).collect()
        }
        Sitemap::News(part) => {
            let recent = context.site.recent_articles().skip(part * NEWS_MOST).take(NEWS_MOST);
            let entries: Vec<SitemapEntry> = recent.map(|article| news(context, article)).collect();
            if entries.is_empty() {
                // A sitemap without an address is not valid.
                let address = context.site.config.base_url.absolute(&context.own("/"));
                return vec![SitemapEntry { address, modified: None, news: None }];
            }
            entries
        }
    }
}

/// When a page that is no article last changed, where that is known.
fn changed(context: &SiteContext, kind: &OutputKind) -> Option<String> {
    let OutputKind::Page(PageKind::Edition(id)) = kind else { return None };
    context.site.edition(*id).updated.map(|at| context.instant(at))
}

fn entry(context: &SiteContext, article: &Article) -> SitemapEntry {
    SitemapEntry {
        address: context.site.config.base_url.absolute(article.route.as_str()),
        modified: Some(context.instant(article.changed())),
        news: None,
    }
}

fn news(context: &SiteContext, article: &Article) -> SitemapEntry {
    let news = News {
        publication: context.site.config.title.clone(),
        language: news_language(context.site.language(context.site.document(article.doc))),
        published: context.instant(article.published),
        title: article.head.title.clone(),
    };
    SitemapEntry { news: Some(news), ..entry(context, article) }
}

/// A language code for news sitemaps: ISO 639, except that Chinese is `zh-cn` or `zh-tw` by its script.
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
fn is_indexed(context: &SiteContext, output: &Output) -> bool {
    output.kind.family().indexed == Indexed::Pages && !is_left_out(context, &output.kind)
}

/// Whether a page of a family that is indexed asks search engines to leave it out.
fn is_left_out(context: &SiteContext, kind: &OutputKind) -> bool {
    match kind {
        OutputKind::List(List::Topic(id), Leaf::Front) => topic::is_thin(context, *id),
        OutputKind::Page(PageKind::Standing(id)) => context.site.page(*id).head.noindex,
        OutputKind::Page(PageKind::Edition(id)) => {
            context.site.edition(*id).file.as_ref().is_some_and(|file| file.head.noindex)
        }
        OutputKind::Page(_)
        | OutputKind::List(..)
        | OutputKind::Feed(..)
        | OutputKind::Email(..)
        | OutputKind::Redirect(_)
        | OutputKind::Emptied(_)
        | OutputKind::Text(_)
        | OutputKind::File(_)
        | OutputKind::Language(..) => false,
    }
}
