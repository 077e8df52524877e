//! An article: the whole of what its front matter says.

use serde::Serialize;
use serde_json::Value;

use super::live::{self, BlogPosting};
use super::words::{About, Agent, CorrectionComment, about, agent, corrections, is_body, organization};
use crate::content::head::{ArticleHead, Dateline, Status, StoryKind};
use crate::plan::views::article_inputs::ArticleInputs;
use crate::plan::views::common::Common;
use crate::plan::views::meta::Meta;
use crate::plan::views::shapes::{ImageView, PersonRef};
use crate::site::stories::is_withdrawn;

/// The node of an article.
pub(super) fn words<'a>(inputs: &'a ArticleInputs, meta: &'a Meta, common: &'a Common) -> NewsArticle<'a> {
    let (head, body) = (&inputs.head, &inputs.body);
    let withdrawn = is_withdrawn(head);
    let live = live::updates(inputs, meta, common);
    let kind = match (head.kind, live.is_empty()) {
        (StoryKind::Analysis, _) => "AnalysisNewsArticle",
        (StoryKind::Explainer, _) => "BackgroundNewsArticle",
        (StoryKind::Opinion, _) => "OpinionNewsArticle",
        (StoryKind::Live, false) => "LiveBlogPosting",
        (StoryKind::Report | StoryKind::Live, _) => "NewsArticle",
    };
    let dateline = head.dateline.as_ref().filter(|_| kind != "LiveBlogPosting");
    let agency = head.dateline.as_ref().and_then(|dateline| dateline.agency.as_deref());
    let named = |people: &'a [PersonRef]| people.iter().map(|person| agent(common, person)).collect::<Vec<_>>();
    let author = match (inputs.authors.is_empty(), agency) {
        (false, _) => named(&inputs.authors).into_iter().map(Author::Agent).collect(),
        (true, Some(agency)) => vec![Author::Agent(organization(agency))],
        (true, None) => vec![Author::Publisher(&common.publisher)],
    };
    let creative_work_status = match (withdrawn, head.status) {
        (true, _) => "Withdrawn",
        (false, Some(Status::Developing)) => "Developing",
        (false, _) => "Published",
    };
    let is_live = !live.is_empty();
    let (starts, ends) = head.live.map_or((None, None), |live| (live.starts, live.ends));
    let (starts, ends) = (starts.map(|at| common.instant(at)), ends.map(|at| common.instant(at)));
    // Without entries, a story counts as over unless it says that it is developing; with them, once it says that it is final.
    let is_over = match head.live {
        Some(_) => head.status == Some(Status::Final),
        None => creative_work_status != "Developing",
    };
    let over = meta.modified.clone().filter(|_| is_over);
    NewsArticle {
        kind,
        headline: &meta.title,
        alternative_headline: head.short_title.as_deref().filter(|_| !withdrawn),
        description: meta.description.as_deref(),
        url: &meta.canonical,
        main_entity_of_page: WebPage { kind: "WebPage", id: &meta.canonical },
        image: meta.image.as_ref().map(images),
        date_published: meta.published.as_deref(),
        date_modified: meta.modified.as_deref(),
        dateline: dateline.map(dateline_text),
        location_created: dateline.map_or_else(Vec::new, places),
        author,
        contributor: named(&inputs.contributors),
        editor: named(&inputs.editors).into_iter().filter(|editor| !is_body(editor.name)).collect(),
        credit_text: credit(head),
        source_organization: agency.map(organization),
        publisher: &common.publisher,
        publishing_principles: common.publisher.get("ethicsPolicy"),
        article_section: inputs.section.as_ref().map(|thing| thing.topic.title.as_str()),
        keywords: inputs.topics.iter().map(|thing| thing.topic.title.as_str()).collect(),
        about: inputs.topics.iter().map(|thing| about(common, thing)).collect(),
        is_part_of: inputs.thread.as_ref().map(|thread| CreativeWorkSeries {
            kind: "CreativeWorkSeries",
            name: &thread.title,
            url: common.absolute(&thread.url),
        }),
        citation: inputs
            .sources
            .iter()
            .map(|source| Citation {
                kind: "CreativeWork",
                name: &source.name,
                url: source.url.as_deref().map(|url| common.absolute(url)),
            })
            .collect(),
        correction: corrections(&head.updates, &meta.canonical, common),
        version: 1 + head.updates.len(),
        creative_work_status,
        expires: head.expires.map(|at| common.instant(at)),
        audio: inputs
            .audio
            .as_deref()
            .filter(|_| !withdrawn)
            .map(|src| AudioObject { kind: "AudioObject", content_url: common.absolute(src) }),
        is_accessible_for_free: true,
        in_language: &meta.lang,
        word_count: (!withdrawn).then_some(body.words),
        coverage_start_time: starts.or_else(|| meta.published.clone()).filter(|_| is_live),
        coverage_end_time: ends.or(over).filter(|_| is_live),
        live_blog_update: live,
    }
}

/// An article in the words of schema.org.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewsArticle<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative_headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    url: &'a str,
    main_entity_of_page: WebPage<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Images<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    location_created: Vec<PlaceNode<'a>>,
    author: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contributor: Vec<Agent<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    editor: Vec<Agent<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_organization: Option<Agent<'a>>,
    publisher: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    publishing_principles: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_section: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<About<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<CreativeWorkSeries<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Citation<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    correction: Vec<CorrectionComment<'a>>,
    version: usize,
    creative_work_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audio: Option<AudioObject>,
    is_accessible_for_free: bool,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    word_count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage_start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage_end_time: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    live_blog_update: Vec<BlogPosting<'a>>,
}

#[derive(Serialize)]
struct WebPage<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Images<'a> {
    Whole(ImageObject<'a>),
    Cuts(Vec<ImageObject<'a>>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImageObject<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_text: Option<&'a str>,
}

#[derive(Serialize)]
struct PlaceNode<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Author<'a> {
    Agent(Agent<'a>),
    Publisher(&'a Value),
}

#[derive(Serialize)]
struct CreativeWorkSeries<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
}

#[derive(Serialize)]
struct Citation<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AudioObject {
    #[serde(rename = "@type")]
    kind: &'static str,
    content_url: String,
}

/// The cuts of a picture, or else the picture.
fn images(image: &ImageView) -> Images<'_> {
    let (caption, credit_text) = (image.caption.as_deref(), image.credit.as_deref());
    // The file says how large it is; schema.org's `width` is a length with its unit, not a number.
    let object = |url| ImageObject { kind: "ImageObject", url, caption, credit_text };
    let cuts = image.renditions.iter().flat_map(|renditions| &renditions.cuts);
    let cuts: Vec<ImageObject<'_>> = cuts.map(|(url, _)| object(url)).collect();
    if cuts.is_empty() { Images::Whole(object(&image.src)) } else { Images::Cuts(cuts) }
}

/// `BEIJING, Oct 17`: the dateline up to its agency.
fn dateline_text(dateline: &Dateline) -> String {
    let date = dateline.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    format!("{}{date}", dateline.place_text())
}

fn places(dateline: &Dateline) -> Vec<PlaceNode<'_>> {
    dateline.places.iter().map(|name| PlaceNode { kind: "Place", name }).collect()
}

/// The line of credits, as it is printed.
fn credit(head: &ArticleHead) -> Option<String> {
    let list = |words: &str, names: &[String]| (!names.is_empty()).then(|| format!("{words} {}", names.join(", ")));
    let parts = [
        list("Reporting by", &head.authors),
        list("additional reporting by", &head.contributors),
        list("editing by", &head.editors),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
