//! The entries of live coverage in its own feed.

use super::entries::{DatedEntry, FeedEntry, FeedPerson, identity};
use crate::base::text;
use crate::content::head::Update;
use crate::content::markdown::{Audience, in_words};
use crate::plan::SiteContext;
use crate::site::{Article, ArticleId};

/// Makes an entry of each of the newest entries of live coverage, newest first.
pub(super) fn entries(context: &SiteContext, id: ArticleId, most: usize, full: bool) -> Vec<DatedEntry> {
    let site = &context.site;
    let article = site.article(id);
    let head = &article.head;
    let language = site.language(site.document(article.doc));
    let (base, own) = (&site.config.base_url, identity(context, &article.route, &head.aliases));
    let page = base.absolute(article.route.as_str());
    let audience = Audience::Elsewhere { site: base, page: &page };
    let filled = article.body.filled_entries(&article.fillings).rev().take(most);
    let entries = filled.map(|(entry, fillings)| {
        let log: Vec<Update> =
            head.updates.iter().filter(|update| update.item.as_deref() == Some(&*entry.id)).cloned().collect();
        let html =
            super::notes::notes(context, &log, language) + &super::entries::tasks(entry.body.fill(fillings, audience));
        let authors = context.people(if entry.by.is_empty() { &head.authors } else { &entry.by });
        let made = FeedEntry {
            id: format!("{own}#{}", entry.id),
            title: text::truncate(&entry.headline(fillings), 200),
            address: format!("{page}#{}", entry.id),
            summary: entry.body.excerpt(fillings, 240).filter(|_| !full),
            content: full.then(|| in_words(html, language, &site.config.words)),
            authors: authors
                .iter()
                .map(|author| FeedPerson {
                    name: author.name.clone(),
                    address: author.url.as_deref().map(|url| context.absolute_link(url)),
                })
                .collect(),
            language: language.to_owned(),
            ..FeedEntry::default()
        };
        DatedEntry::new(context, entry.at, Update::last(&log, entry.at).unwrap_or(entry.at), made)
    });
    entries.collect()
}

/// The newest entries for readers elsewhere, each with its heading; of all there are, at most `most`.
pub(super) fn text(context: &SiteContext, article: &Article, most: usize, audience: Audience<'_>) -> String {
    let page = context.site.config.base_url.absolute(article.route.as_str());
    let mut html = String::new();
    for (entry, fillings) in article.body.filled_entries(&article.fillings).rev().take(most) {
        let at = context.display_date(entry.at);
        let time = at.time.unwrap_or_default();
        html.push_str(&format!("<h2><a href=\"{page}#{}\">{}, {time}", entry.id, at.short));
        if let Some(title) = entry.title(fillings) {
            html.push_str(": ");
            text::escape_html(&title, &mut html);
        }
        html.push_str("</a></h2>\n");
        html.push_str(&entry.body.fill(fillings, audience));
        html.push('\n');
    }
    html
}
