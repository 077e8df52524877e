//! The entries of live coverage, or else the updates of a story that is told as it happens.

use serde::Serialize;

use super::words::{Agent, agent};
use crate::base::html::{Token, decode, tokens};
use crate::base::text;
use crate::content::head::{ArticleHead, StoryKind, Update, UpdateKind};
use crate::content::markdown::Audience;
use crate::plan::views::article_inputs::ArticleInputs;
use crate::plan::views::common::Common;
use crate::plan::views::meta::Meta;
use crate::site::stories::is_withdrawn;

/// Classes of what is no word of a text.
const MARKS: &[&str] = &["footnote-ref", "footnote-back", "anchor"];

/// An entry.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BlogPosting<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: String,
    article_body: String,
    date_published: String,
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Agent<'a>>,
}

/// The entries of a live story, newest first.
pub(super) fn updates<'a>(inputs: &'a ArticleInputs, meta: &Meta, common: &'a Common) -> Vec<BlogPosting<'a>> {
    let head = &inputs.head;
    if head.kind != StoryKind::Live || is_withdrawn(head) {
        return Vec::new();
    }
    let Some(live) = inputs.live.as_ref().filter(|live| !live.people.is_empty()) else {
        return of_log(head, meta, common);
    };
    let filled = inputs.body.filled_entries(&inputs.fillings).zip(&live.people);
    let mut entries: Vec<BlogPosting<'_>> = filled
        .map(|((entry, fillings), people)| BlogPosting {
            kind: "BlogPosting",
            headline: entry.headline(fillings),
            article_body: words(&entry.body.fill(fillings, Audience::Page)),
            date_published: common.instant(entry.at),
            url: format!("{}#{}", meta.canonical, entry.id),
            author: people.iter().map(|person| agent(common, person)).collect(),
        })
        .collect();
    entries.reverse();
    entries
}

/// The updates of a live story without entries in its text.
fn of_log<'a>(head: &ArticleHead, meta: &Meta, common: &Common) -> Vec<BlogPosting<'a>> {
    let told = head.updates.iter().enumerate().rev().filter(|(_, update)| update.kind == UpdateKind::Update);
    told.filter_map(|(at, update)| {
        let body = update.text.as_deref()?;
        Some(BlogPosting {
            kind: "BlogPosting",
            headline: text::truncate(body, 100),
            article_body: body.to_owned(),
            date_published: common.instant(update.at),
            url: format!("{}#{}", meta.canonical, Update::anchor(&head.updates, at)),
            author: Vec::new(),
        })
    })
    .collect()
}

/// The words of a text, without the marks of footnotes and the links of headings to themselves.
fn words(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut left_out = None;
    for (token, _) in tokens(html) {
        match (token, left_out) {
            (Token::Open(tag), None) if tag.get("class").is_some_and(|class| MARKS.contains(&&*class)) => {
                left_out = Some(tag.name);
            }
            (Token::Close(name), Some(outer)) if name.eq_ignore_ascii_case(outer) => left_out = None,
            (Token::Text(text), None) => words.push_str(&decode(text)),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
