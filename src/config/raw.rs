//! `dateline.yaml`, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::choices::{BriefingPolicy, FeedFormat, HtmlPolicy, TopicPolicy};
use crate::base::rules::{ByRule, Level};
use crate::base::yaml::loose::{Extra, Many, Table, Text};

/// The configuration of a Dateline site.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Dateline configuration")]
pub(crate) struct RawConfig {
    /// The publication's name.
    #[schemars(required)]
    pub(super) title: Option<Text>,
    /// One sentence about the publication.
    pub(super) description: Option<Text>,
    /// Where the site lives, such as `https://meridian.example`. It may carry a path: `https://example.org/briefing`.
    #[schemars(required)]
    pub(super) base_url: Option<Text>,
    /// The desk's time zone, by its IANA name, such as `Asia/Shanghai`. `UTC` when absent.
    pub(super) timezone: Option<Text>,
    /// The language of the site as a BCP 47 tag. `en` when absent.
    pub(super) language: Option<Text>,
    /// The route pattern of articles, of `{year}`, `{month}`, `{day}` and `{slug}`. `/{year}/{month}/{day}/{slug}/` when
    /// absent.
    pub(super) permalink: Option<Text>,
    /// The route pattern of the archive: `{year}/{month}/` behind a prefix, or `{year}/{month}/{day}/` where days have pages
    /// too. `/archive/{year}/{month}/` when absent.
    pub(super) archive: Option<Text>,
    /// Whether a topic needs a file under `content/topics/`. `open` when absent.
    pub(super) topics: Option<TopicPolicy>,
    /// Which briefings there are. `files` when absent.
    pub(super) briefings: Option<BriefingPolicy>,
    /// What happens to raw HTML in Markdown. `sanitise` when absent.
    pub(super) html: Option<HtmlPolicy>,
    /// Stories on a page of a list, 1 to 1000. 20 when absent.
    #[schemars(range(min = 1, max = 1000))]
    pub(super) page_size: Option<i64>,
    /// Settings of the feeds.
    pub(super) feeds: Option<RawFeeds>,
    /// The picture of pages that have none, for networks: a route or address, best 1200 by 630 pixels.
    pub(super) image: Option<Text>,
    /// Whether `build` makes a search index. `true` when absent.
    pub(super) search: Option<bool>,
    /// Whether each article gets an `index.md` beside its `index.html`. `false` when absent.
    pub(super) markdown_twins: Option<bool>,
    /// Whether the first mention of a topic's name links to its page. `false` when absent.
    pub(super) auto_link_topics: Option<bool>,
    /// From how many stories on two topics have a page together, 2 or more. No such pages when absent.
    #[schemars(range(min = 2))]
    pub(super) topic_pairs: Option<i64>,
    /// Links of the main navigation, in order.
    pub(super) navigation: Option<Many<RawNavigationLink>>,
    /// Who publishes.
    pub(super) publisher: Option<RawPublisher>,
    /// E-mail editions.
    pub(super) email: Option<RawEmail>,
    /// What crawlers are asked, in `robots.txt`.
    pub(super) robots: Option<RawRobots>,
    /// Whom the publication belongs to and vouches for, in `trust.txt`.
    pub(super) trust: Option<RawTrust>,
    /// Where faults of security are reported to, in `security.txt`.
    pub(super) security: Option<RawSecurity>,
    /// Files for the host.
    pub(super) hosting: Option<RawHosting>,
    /// How search engines are told of news, by `announce indexnow`.
    pub(super) indexnow: Option<RawIndexNow>,
    /// Where `deploy` publishes to, by the target's name.
    pub(super) deploy: Option<Table<RawTarget>>,
    /// How bad the findings of each rule of `check` are.
    pub(super) check: Option<ByRule<Level>>,
    /// Routes that are gone for good: they are answered with 410.
    pub(super) gone: Option<Many<Text>>,
    /// Former paths that lead on with 301: each with a route of the site or an absolute address.
    pub(super) redirects: Option<Table<Text>>,
    /// Folders outside the site that symbolic links may lead into, by their paths from the site's root.
    pub(super) follow_links: Option<Many<Text>>,
    /// Paths that another program on the same host answers: links to them are not reported. With a `/` at its end, an entry
    /// is a folder and all below it.
    pub(super) elsewhere: Option<Many<Text>>,
    /// Free values for the theme.
    pub(super) extra: Option<Extra>,
}

/// Settings of the feeds.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFeeds {
    /// Stories in a feed, 1 to 500. 20 when absent.
    #[schemars(range(min = 1, max = 500))]
    pub(super) items: Option<i64>,
    /// Whether feeds carry the whole text or the summary alone. `full` when absent.
    pub(super) content: Option<RawFeedContent>,
    /// The formats of the feeds of topics, people, threads and briefings. `atom` when absent; the site has all three.
    pub(super) formats: Option<Many<FeedFormat>>,
    /// The `WebSub` hub that readers may subscribe at.
    pub(super) hub: Option<Text>,
}

/// What feeds carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawFeedContent {
    /// The whole text.
    Full,
    /// The summary alone.
    Summary,
}

/// A link of the main navigation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNavigationLink {
    /// What it says.
    pub(super) title: Text,
    /// A route of the site, such as `/about/`, or an absolute address.
    pub(super) url: Text,
}

/// Who publishes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPublisher {
    /// The legal or public name.
    pub(super) name: Text,
    /// A route or address of the logo.
    pub(super) logo: Option<Text>,
    /// The publisher's own site.
    pub(super) url: Option<Text>,
    /// The page of its ethics policy.
    pub(super) ethics: Option<Text>,
    /// The page of its corrections policy.
    pub(super) corrections: Option<Text>,
    /// The page that says who owns and funds it.
    pub(super) ownership: Option<Text>,
    /// The page that lists its people.
    pub(super) masthead: Option<Text>,
    /// The page of its mission and what it covers.
    pub(super) mission: Option<Text>,
    /// The page of its policy on diversity.
    pub(super) diversity: Option<Text>,
    /// The page that says how facts are checked.
    pub(super) verification: Option<Text>,
    /// The page of its policy on unnamed sources.
    pub(super) unnamed_sources: Option<Text>,
    /// The page that says how readers can answer.
    pub(super) feedback: Option<Text>,
    /// The page that says when a story has no by-line.
    pub(super) bylines: Option<Text>,
    /// Its profiles elsewhere.
    pub(super) profiles: Option<Many<Text>>,
}

/// What crawlers are asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRobots {
    /// Crawlers that are asked to stay away, by their names: `GPTBot`.
    pub(super) block: Option<Many<Text>>,
}

/// What stands in `trust.txt`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTrust {
    /// Bodies that the publication belongs to.
    pub(super) belongto: Option<Many<Text>>,
    /// Members of the publication, when it is such a body.
    pub(super) member: Option<Many<Text>>,
    /// Sites that it controls.
    pub(super) control: Option<Many<Text>>,
    /// Who controls it.
    pub(super) controlledby: Option<Many<Text>>,
    /// Whom it buys services from.
    pub(super) vendor: Option<Many<Text>>,
    /// Whom it serves.
    pub(super) customer: Option<Many<Text>>,
    /// Its profiles elsewhere.
    pub(super) social: Option<Many<Text>>,
    /// How to reach it.
    pub(super) contact: Option<Many<Text>>,
    /// Pages of its disclosures.
    pub(super) disclosure: Option<Many<Text>>,
    /// Whether its texts may train models.
    pub(super) datatrainingallowed: Option<bool>,
}

/// What stands in `security.txt` (RFC 9116).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSecurity {
    /// Where to report to: `mailto:` or `https:` addresses.
    pub(super) contact: Many<Text>,
    /// When this is no longer to be relied on, less than a year ahead.
    pub(super) expires: Text,
    /// A key for encrypted reports.
    pub(super) encryption: Option<Text>,
    /// The policy on reports.
    pub(super) policy: Option<Text>,
    /// The page that thanks those who reported.
    pub(super) acknowledgments: Option<Text>,
    /// Open positions.
    pub(super) hiring: Option<Text>,
    /// Languages of reports: `en, zh`.
    pub(super) preferred_languages: Option<Many<Text>>,
}

/// Files for the host.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHosting {
    /// The domain that GitHub Pages reads from `CNAME`.
    pub(super) cname: Option<Text>,
    /// Whether there is a `.nojekyll`, which tells GitHub Pages to leave the files as they are.
    pub(super) nojekyll: Option<bool>,
    /// Whether there is a `.htaccess`, which Apache reads in the folder that it serves. `false` when absent.
    pub(super) htaccess: Option<bool>,
    /// Whether the site may be on Cloudflare, so that what is beyond its limits is told. `true` when absent.
    pub(super) cloudflare: Option<bool>,
    /// Whether names of files may differ in capitals alone, on the disk that the site is built on and at its host. `false`
    /// when absent.
    pub(super) case_sensitive: Option<bool>,
}

/// How search engines are told of news.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIndexNow {
    /// The key: 8 to 128 letters, digits and hyphens. It is no secret: the site has a file of that name.
    pub(super) key: Text,
    /// Who is told. `https://api.indexnow.org/indexnow` when absent.
    pub(super) endpoint: Option<Text>,
}

/// E-mail editions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEmail {
    /// The sender: `The Meridian Briefing <briefing@meridian.example>`.
    pub(super) from: Text,
    /// Where answers go, when not to the sender.
    pub(super) reply_to: Option<Text>,
    /// Where readers unsubscribe: an address that starts with `https://` or `mailto:`, or the sending service's
    /// placeholder. `{{unsubscribe_url}}` when absent.
    pub(super) list_unsubscribe: Option<Text>,
    /// The postal address for the footer, which the law asks for in many countries.
    pub(super) address: Option<Text>,
}

/// A place that `deploy` publishes to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTarget {
    /// A bucket with a prefix, such as `s3://bucket/prefix`, `gs://bucket` or `az://container`, or a folder.
    pub(super) to: Text,
    /// The region of an S3 bucket.
    pub(super) region: Option<Text>,
    /// The address of a store that speaks the provider's protocol.
    pub(super) endpoint: Option<Text>,
    /// Where the site lives there, when that is not the site's own `base_url`.
    pub(super) base_url: Option<Text>,
    /// Whether text goes up compressed. `false` when absent.
    pub(super) compress: Option<bool>,
    /// Whether former addresses become objects that redirect. `true` on S3 when absent.
    pub(super) redirects: Option<bool>,
    /// How many objects one deployment may delete: a number, or a share of what is there, such as `25%`. When absent, a
    /// quarter, and ten at least.
    pub(super) max_deletes: Option<Text>,
    /// How many releases stay in a folder, 1 to 1000. 5 when absent.
    #[schemars(range(min = 1, max = 1000))]
    pub(super) keep: Option<i64>,
}
