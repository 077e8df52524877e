//! Files for machines: sitemaps, `robots.txt`, `_redirects`.

use std::fmt::Write as _;

use serde::Serialize;

use super::desk::Desk;
use super::{Output, Plan, Spec};
use crate::base::route::Route;
use crate::site::stories::article_head;

/// An address in a sitemap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SitemapEntry {
    /// The absolute address.
    pub address: String,
    /// When it last changed, in RFC 3339, where that is known to be true.
    pub modified: Option<String>,
}

pub(super) fn outputs(desk: &Desk, outputs: &mut Vec<Output>) {
    let mut add = |route: &str, spec| outputs.push(Output { route: Route::own(route), spec, doc: None });
    add("/sitemap.xml", Spec::SitemapIndex);
    add(&shard_route(None), Spec::Sitemap(None));
    for year in years(desk) {
        add(&shard_route(Some(year)), Spec::Sitemap(Some(year)));
    }
    add("/robots.txt", Spec::Robots);
    add("/_redirects", Spec::Redirects);
}

/// The years that articles are of, oldest first. One shard a year: publishing a story rewrites this year's alone.
fn years(desk: &Desk) -> Vec<i16> {
    let mut years: Vec<i16> = desk.site.articles.iter().map(|article| year(desk, article)).collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn year(desk: &Desk, article: &crate::site::Article) -> i16 {
    article_head(desk.site.document(article.doc)).date.date(&desk.site.config.zone).year()
}

fn shard_route(year: Option<i16>) -> String {
    year.map_or_else(|| "/sitemap-pages.xml".to_owned(), |year| format!("/sitemap-{year:04}.xml"))
}

pub(super) fn sitemap_index(desk: &Desk, plan: &Plan) -> Vec<String> {
    let shards = plan.outputs.iter().filter(|output| matches!(output.spec, Spec::Sitemap(_)));
    shards.map(|output| desk.site.config.base_url.absolute(output.route.as_str())).collect()
}

/// The articles of a year, or all other pages that search engines may show.
pub(super) fn sitemap(desk: &Desk, plan: &Plan, of: Option<i16>) -> Vec<SitemapEntry> {
    let site = &desk.site;
    let absolute = |route: &Route| site.config.base_url.absolute(route.as_str());
    if of.is_some() {
        let articles =
            site.articles.iter().filter(|article| article.story.is_some() && Some(year(desk, article)) == of);
        return articles
            .map(|article| (article, article_head(site.document(article.doc))))
            .filter(|(_, head)| !head.noindex && head.canonical.is_none())
            .map(|(article, head)| SitemapEntry {
                address: absolute(&article.route),
                modified: Some(desk.instant(Desk::modified(head).unwrap_or(head.date))),
            })
            .collect();
    }
    let is_indexed = |spec: &Spec| match spec {
        Spec::Standing(index) => match &site.document(site.pages[*index].doc).content {
            crate::content::document::Content::Page(head, _) => !head.noindex,
            _ => false,
        },
        // Older pages are reached through the stories and fronts that they list.
        Spec::Front
        | Spec::Topics
        | Spec::Topic(_)
        | Spec::Pair(_)
        | Spec::Briefings
        | Spec::Edition(_)
        | Spec::Archive
        | Spec::Year(_)
        | Spec::Month(..)
        | Spec::People
        | Spec::Person(_)
        | Spec::Threads
        | Spec::Thread(_) => true,
        _ => false,
    };
    let pages = plan.outputs.iter().filter(|output| is_indexed(&output.spec));
    pages.map(|output| SitemapEntry { address: absolute(&output.route), modified: None }).collect()
}

pub(super) fn robots(desk: &Desk) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", desk.site.config.base_url.absolute("/sitemap.xml"))
}

/// Redirects in the form that Netlify and Cloudflare Pages read: former addresses, and those gone for good.
pub(super) fn redirects(desk: &Desk, plan: &Plan) -> String {
    let mut lines = String::new();
    for output in &plan.outputs {
        if let Spec::Alias(target) = &output.spec {
            // The newest briefing is another one tomorrow.
            let status = if output.doc.is_some() { 301 } else { 302 };
            writeln!(lines, "{} {} {status}", desk.link(output.route.as_str()), desk.link(target))
                .expect("writing to a string does not fail");
        }
    }
    for route in &desk.site.config.gone {
        writeln!(lines, "{} /404.html 410", desk.link(route.as_str())).expect("writing to a string does not fail");
    }
    lines
}
