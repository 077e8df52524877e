//! Markdown twins: `index.md` beside an article's `index.html`, where the configuration asks for them.

use serde::Serialize;

use crate::content::head::Dateline;
use crate::content::markdown::escaped;
use crate::plan::{Output, OutputKind, SiteContext, TextKind};
use crate::site::{Article, ArticleId};

/// An article as it becomes Markdown: its facts, and its text with absolute links.
#[derive(Clone, Debug, Serialize)]
pub struct Twin {
    /// The headline.
    pub title: String,
    /// The facts of its front matter, as names and values.
    pub facts: Vec<(&'static str, String)>,
    /// Lists of its front matter.
    pub lists: Vec<(&'static str, Vec<String>)>,
    /// The dek.
    pub summary: Option<String>,
    /// The text, as its author wrote it.
    pub text: String,
}

pub(in crate::plan) fn outputs(context: &SiteContext, outputs: &mut Vec<Output>) {
    if !context.site.config.markdown_twins {
        return;
    }
    for (index, article) in context.site.articles.iter().enumerate().filter(|(_, article)| article.story.is_some()) {
        outputs.push(Output {
            route: article.twin_route(),
            kind: OutputKind::Text(TextKind::Twin(ArticleId(index))),
            doc: Some(article.doc),
        });
    }
}

pub(in crate::plan) fn view(context: &SiteContext, id: ArticleId) -> Twin {
    let site = &context.site;
    let found = site.article(id);
    let (head, body) = (&found.head, &found.body);
    let address = site.config.base_url.absolute(found.route.as_str());
    let dateline = head.dateline.as_ref().map(Dateline::text);
    let text = body.markdown(&found.fillings, &site.config.base_url, &address, dateline.as_deref()).unwrap_or_default();
    let text = text + &entries(context, found, &address);
    let mut facts = vec![("url", address.clone()), ("date", context.instant(found.published))];
    facts.extend(found.modified().map(|at| ("updated", context.instant(at))));
    facts.push(("lang", site.language(site.document(found.doc)).to_owned()));
    facts.extend(head.canonical.clone().map(|origin| ("canonical", origin)));
    let topics = found.story.map(|story| site.story(story).topics.clone()).unwrap_or_default();
    let lists = [
        ("authors", head.authors.clone()),
        ("topics", topics.iter().map(|topic| site.topic(*topic).title.clone()).collect()),
        (
            "corrections",
            head.updates
                .iter()
                .filter(|update| update.is_correction())
                .filter_map(|update| Some(format!("{}: {}", context.instant(update.at), update.text.as_ref()?)))
                .collect(),
        ),
    ];
    Twin {
        title: head.title.clone(),
        facts,
        lists: lists.into_iter().filter(|(_, list)| !list.is_empty()).collect(),
        summary: head.summary.clone(),
        text,
    }
}

/// The entries of live coverage, newest first, each under its time.
fn entries(context: &SiteContext, found: &Article, address: &str) -> String {
    let mut text = String::new();
    for (entry, fillings) in found.body.filled_entries(&found.fillings).rev() {
        let at = context.display_date(entry.at);
        let heading =
            format!("{} {} {}", at.date, at.time.unwrap_or_default(), entry.title(fillings).unwrap_or_default());
        let own = entry.body.markdown(fillings, &context.site.config.base_url, address, None).unwrap_or_default();
        text.push_str(&format!("\n## {}\n\n{own}", escaped(heading.trim_end())));
    }
    text
}
