//! Nodes in the words of schema.org, ready to be written as JSON. What is not there is left out.

use serde::Serialize;
use serde_json::Value;

use crate::content::head::{TopicKind, Update};
use crate::plan::views::common::Common;
use crate::plan::views::shapes::{CodedTopic, PersonRef};

/// The site.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebSite<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    pub(super) in_language: &'a str,
    pub(super) publisher: &'a Value,
}

/// A page of no list and no story.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebPageNode<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    pub(super) in_language: &'a str,
    pub(super) publisher: &'a Value,
}

/// A page that lists something.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CollectionPage<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    pub(super) in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) main_entity: Option<ItemList<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) author: Vec<Agent<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<About<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_modified: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) correction: Vec<CorrectionComment<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) publisher: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_part_of: Option<PublicationIssue<'a>>,
}

/// A list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ItemList<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) number_of_items: usize,
    #[serde(rename = "itemListElement")]
    pub(super) elements: Vec<ItemListEntry<'a>>,
}

/// An entry of a list.
#[derive(Serialize)]
pub(super) struct ItemListEntry<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) position: usize,
    pub(super) name: &'a str,
    pub(super) url: String,
}

/// The way down to a page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BreadcrumbList<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "itemListElement")]
    pub(super) elements: Vec<BreadcrumbStep<'a>>,
}

/// A step of it.
#[derive(Serialize)]
pub(super) struct BreadcrumbStep<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) position: usize,
    pub(super) name: &'a str,
    pub(super) item: String,
}

/// An issue of the publication.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PublicationIssue<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) issue_number: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_published: Option<&'a str>,
}

/// The page of someone.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProfilePage<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    pub(super) in_language: &'a str,
    pub(super) main_entity: Agent<'a>,
}

/// Someone, or a body that signs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Agent<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) job_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) same_as: Vec<String>,
}

/// The subject of a page or story.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct About<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<String>,
}

/// The corrections in the change log of the page at `page`.
pub(super) fn corrections<'a>(log: &'a [Update], page: &str, common: &Common) -> Vec<CorrectionComment<'a>> {
    let corrections = log.iter().filter(|update| update.is_correction());
    corrections
        .map(|update| CorrectionComment {
            kind: "CorrectionComment",
            text: update.text.as_deref(),
            date_published: common.instant(update.at),
            about: update
                .item
                .as_ref()
                .map(|item| CorrectedItem { kind: "CreativeWork", url: format!("{page}#{item}") }),
        })
        .collect()
}

/// Something that was put right.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CorrectionComment<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    text: Option<&'a str>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<CorrectedItem>,
}

/// The item of an edition that was put right.
#[derive(Serialize)]
struct CorrectedItem {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: String,
}

/// Someone, or a body that signs: `World desk`.
pub(super) fn agent<'a>(common: &Common, person: &'a PersonRef) -> Agent<'a> {
    let kind = if is_body(&person.name) || common.title == person.name { "Organization" } else { "Person" };
    let url = person.url.as_deref().map(|url| common.absolute(url));
    Agent { kind, name: &person.name, url, job_title: None, same_as: Vec::new() }
}

/// An organisation of which the name alone is known.
pub(super) fn organization(name: &str) -> Agent<'_> {
    Agent { kind: "Organization", name, url: None, job_title: None, same_as: Vec::new() }
}

/// Whether a by-line is that of a group: its last word says so.
pub(super) fn is_body(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or("").to_lowercase();
    ["agency", "bureau", "desk", "newsroom", "service", "staff", "team"].contains(&last.as_str())
}

/// A topic as a typed subject, with its identifiers in standard vocabularies.
pub(super) fn about<'a>(common: &Common, coded: &'a CodedTopic) -> About<'a> {
    let kind = match coded.topic.kind {
        TopicKind::Place => "Place",
        TopicKind::Person => "Person",
        TopicKind::Organisation => "Organization",
        TopicKind::Topic | TopicKind::Section => "Thing",
    };
    About {
        kind,
        name: &coded.topic.title,
        url: common.absolute(&coded.topic.url),
        same_as: coded.codes.iter().filter_map(|(scheme, code)| concept(scheme, code)).collect(),
    }
}

/// The address of a concept: of Wikidata, or of the IPTC Media Topics.
pub(in crate::plan) fn concept(scheme: &str, code: &str) -> Option<String> {
    let number = || code.rsplit([':', '/']).next().unwrap_or(code);
    match scheme {
        "wikidata" => Some(format!("https://www.wikidata.org/entity/{}", number())),
        "media_topic" => Some(format!("http://cv.iptc.org/newscodes/mediatopic/{}", number())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_is_a_body_and_a_name_is_not() {
        assert!(is_body("World desk") && is_body("Newsroom") && !is_body("Ann Lee") && !is_body("Deskins"));
    }
}
