//! Front matter: bytes → text → raw values → checked heads.
//!
//! In: the bytes of a content file. Out: its head, its body's text, and every problem at its place. Deliberately not
//! here: what the head means beside other files, such as whether a topic exists or a slug is taken.

mod article;
mod briefing;
mod check;
mod moment;
mod page;
mod parts;
mod raw;
mod topic;
mod waive;

pub use self::article::article;
pub use self::briefing::briefing;
pub use self::page::{page, person};
pub use self::parts::{Parts, decode, place, split};
pub use self::topic::topic;

pub(super) use self::article::RawArticle;
pub(super) use self::briefing::RawBriefing;
pub(super) use self::page::{RawPage, RawPerson};
pub(super) use self::topic::RawTopic;

/// Words of other generators and other desks, and ours for them.
const SYNONYMS: &[(&str, &str)] = &[
    ("headline", "title"),
    ("head", "title"),
    ("short_headline", "short_title"),
    ("linkTitle", "short_title"),
    ("dek", "summary"),
    ("standfirst", "summary"),
    ("subtitle", "summary"),
    ("excerpt", "summary"),
    ("abstract", "summary"),
    ("intro", "summary"),
    ("lede", "summary"),
    ("tag", "topics"),
    ("tags", "topics"),
    ("taxonomies", "topics"),
    ("keywords", "topics"),
    ("categories", "topics"),
    ("category", "section"),
    ("desk", "section"),
    ("byline", "authors"),
    ("by", "authors"),
    ("reporter", "authors"),
    ("author", "authors"),
    ("editor", "editors"),
    ("published", "date"),
    ("published_at", "date"),
    ("pubDate", "date"),
    ("publishDate", "embargo"),
    ("embargoed_until", "embargo"),
    ("expiryDate", "expires"),
    ("unpublish", "expires"),
    ("lastmod", "updated"),
    ("modified", "updated"),
    ("last_modified_at", "updated"),
    ("corrections", "updates"),
    ("correction", "updates"),
    ("changelog", "updates"),
    ("type", "kind"),
    ("genre", "kind"),
    ("weight", "priority"),
    ("bullets", "key_points"),
    ("highlights", "key_points"),
    ("takeaways", "key_points"),
    ("hero", "image"),
    ("cover", "image"),
    ("story", "thread"),
    ("storyline", "thread"),
    ("series", "thread"),
    ("redirect_from", "aliases"),
    ("redirects", "aliases"),
    ("language", "lang"),
    ("locale", "lang"),
    ("canonical_url", "canonical"),
    ("url", "slug"),
    ("permalink", "slug"),
    ("params", "extra"),
    ("metadata", "extra"),
    ("place", "places"),
    ("location", "places"),
    ("city", "places"),
    ("wire", "agency"),
    ("day", "date"),
    ("when", "at"),
    ("date", "at"),
    ("note", "text"),
    ("href", "url"),
    ("link", "url"),
    ("title", "name"),
    ("path", "src"),
    ("url", "src"),
    ("edition", "number"),
    ("issue", "number"),
    ("items", "stories"),
    ("articles", "stories"),
    ("parent", "parents"),
    ("synonyms", "aliases"),
    ("related", "see_also"),
    ("position", "role"),
    ("photo", "image"),
    ("layout", "template"),
];

#[cfg(test)]
mod tests;
