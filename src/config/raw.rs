//! `dateline.yaml`, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::choices::{BriefingPolicy, FeedContent, FeedFormat, HtmlPolicy, NavigationPlace, TopicPolicy};
use super::front::RawFront;
use crate::base::rules::{ByRule, Level};
use crate::base::yaml::lenient::{Extra, Many, Table, Text};

/// The configuration of a Dateline site.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Dateline configuration")]
pub(crate) struct RawConfig {
    /// Name of the publication.
    #[schemars(required)]
    pub(super) title: Option<Text>,
    /// One sentence that describes the publication.
    pub(super) description: Option<Text>,
    /// Address of the site, such as `https://meridian.example`. It may include a path: `https://example.org/briefing`.
    #[schemars(required)]
    pub(super) base_url: Option<Text>,
    /// The newsroom's time zone, as an IANA name such as `Asia/Shanghai`. Default: `UTC`.
    pub(super) timezone: Option<Text>,
    /// Language of the site, as a BCP 47 tag. Default: `en`.
    pub(super) language: Option<Text>,
    /// Further languages, by tag, each with an edition of its own: its front page, lists and feeds.
    pub(super) languages: Option<Table<RawLanguage>>,
    /// URL pattern of articles, from `{year}`, `{month}`, `{day}` and `{slug}`. Default:
    /// `/{year}/{month}/{day}/{slug}/`.
    pub(super) permalink: Option<Text>,
    /// URL pattern of the archive: a prefix with `{year}/{month}/`, or with `{year}/{month}/{day}/` when days have
    /// pages too. Default: `/archive/{year}/{month}/`.
    pub(super) archive: Option<Text>,
    /// Whether every topic needs a file under `content/topics/`. Default: `open`.
    pub(super) topics: Option<TopicPolicy>,
    /// The kinds of briefings that the site has. Default: `files`.
    pub(super) briefings: Option<BriefingPolicy>,
    /// Treatment of raw HTML in Markdown. Default: `sanitise`.
    pub(super) html: Option<HtmlPolicy>,
    /// Stories on one page of a list, 1 to 1000. Default: 20.
    #[schemars(range(min = 1, max = 1000))]
    pub(super) page_size: Option<i64>,
    /// Feed settings.
    pub(super) feeds: Option<RawFeeds>,
    /// Default picture for social networks, as a route or address; best at 1200 by 630 pixels.
    pub(super) image: Option<Text>,
    /// Pictures beside stories: their sizes and their quality.
    pub(super) images: Option<RawImages>,
    /// Whether `build` writes a search index. Default: `true`.
    pub(super) search: Option<bool>,
    /// Whether each article gets an `index.md` beside its `index.html`. Default: `false`.
    pub(super) markdown_twins: Option<bool>,
    /// Whether the first mention of a topic in a story links to the topic's page. Default: `false`.
    pub(super) auto_link_topics: Option<bool>,
    /// Minimum number of stories, 2 or more, for two topics to get a page together. No such pages by default.
    #[schemars(range(min = 2))]
    pub(super) topic_pairs: Option<i64>,
    /// The front page as the desk arranges it.
    pub(super) front: Option<RawFront>,
    /// Links of the masthead and the footer, in order.
    pub(super) navigation: Option<Many<RawNavigationLink>>,
    /// The publisher.
    pub(super) publisher: Option<RawPublisher>,
    /// Settings of e-mail editions.
    pub(super) email: Option<RawEmail>,
    /// The form by which readers subscribe.
    pub(super) signup: Option<RawSignup>,
    /// Hosts whose pages may be shown in frames, such as `maps.example.org` or `*.example.org`.
    pub(super) frames: Option<Many<Text>>,
    /// Hosts that forms of templates may be sent to.
    pub(super) forms: Option<Many<Text>>,
    /// Rules for crawlers in `robots.txt`.
    pub(super) robots: Option<RawRobots>,
    /// Contents of `trust.txt`.
    pub(super) trust: Option<RawTrust>,
    /// Contents of `security.txt` (RFC 9116).
    pub(super) security: Option<RawSecurity>,
    /// Files for web hosts.
    pub(super) hosting: Option<RawHosting>,
    /// How `announce indexnow` notifies search engines.
    pub(super) indexnow: Option<RawIndexNow>,
    /// Deployment targets, by name.
    pub(super) deploy: Option<Table<RawTarget>>,
    /// Severity of each rule of `check`.
    pub(super) check: Option<ByRule<Level>>,
    /// Routes that are gone for good and answer with status 410.
    pub(super) gone: Option<Many<Text>>,
    /// Former paths that redirect with status 301, each with its target: a route of the site or an absolute address.
    pub(super) redirects: Option<Table<Text>>,
    /// Folders outside the site that symbolic links may lead to, as paths from the site's root.
    pub(super) follow_links: Option<Many<Text>>,
    /// Paths that another program on the same host answers, so that links to them are not reported. An entry that ends
    /// in `/` covers everything below it.
    pub(super) elsewhere: Option<Many<Text>>,
    /// Values for the theme, of any form.
    pub(super) extra: Option<Extra>,
}

/// A further language of the site.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLanguage {
    /// Name of the language in itself, such as `العربية`. Default: the name in CLDR, where Dateline knows it.
    pub(super) name: Option<Text>,
    /// Path below which the edition stands, such as `/ar/`. Default: the tag in lower case.
    pub(super) path: Option<Text>,
    /// Address of the edition, where it has a host of its own. It is built and deployed with `--language`.
    pub(super) base_url: Option<Text>,
    /// Name of the publication in this language. Default: the `title` of the site.
    pub(super) title: Option<Text>,
    /// One sentence that describes the publication, in this language.
    pub(super) description: Option<Text>,
    /// Default picture for social networks. Default: that of the site.
    pub(super) image: Option<Text>,
    /// Links of the masthead and the footer in this language.
    pub(super) navigation: Option<Many<RawNavigationLink>>,
    /// The front page of this language as the desk arranges it.
    pub(super) front: Option<RawFront>,
    /// Routes that are gone for good from the host of this language.
    pub(super) gone: Option<Many<Text>>,
    /// Former addresses on the host of this language, each with the address that it leads to.
    pub(super) redirects: Option<Table<Text>>,
}

/// Pictures beside stories: their sizes and their quality.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawImages {
    /// Whether pictures are published in several sizes, as WebP with a JPEG or PNG behind it. Default: `true`.
    pub(super) resize: Option<bool>,
    /// Widths in pixels, 16 to 16383. A picture is never made wider than it is. Default: `[400, 800, 1200, 1600, 2000]`.
    pub(super) widths: Option<Many<i64>>,
    /// Quality of WebP and JPEG, 1 to 100. Default: 75.
    #[schemars(range(min = 1, max = 100))]
    pub(super) quality: Option<i64>,
    /// How wide the theme shows pictures of stories and texts, as the attribute `sizes` of HTML. Default: what fits the
    /// default theme.
    pub(super) sizes: Option<Text>,
}

/// Feed settings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFeeds {
    /// Most stories in a feed, 1 to 500. Default: 20.
    #[schemars(range(min = 1, max = 500))]
    pub(super) items: Option<i64>,
    /// Whether feeds carry the full text or only the summary. Default: `full` in the feeds of the site, of briefings and
    /// of corrections, `summary` in those of topics, people and threads.
    pub(super) content: Option<FeedContent>,
    /// Formats of the feeds of topics, people, threads and briefings. Default: `atom`. The feed of the site is written
    /// in all three.
    pub(super) formats: Option<Many<FeedFormat>>,
    /// Address of a `WebSub` hub to which readers can subscribe.
    pub(super) hub: Option<Text>,
}

/// A link of the masthead or the footer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNavigationLink {
    /// Text of the link.
    pub(super) title: Text,
    /// A route of the site, such as `/about/`, or an absolute address.
    pub(super) url: Text,
    /// Where it stands. Default: `masthead`.
    pub(super) place: Option<NavigationPlace>,
}

/// The publisher.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPublisher {
    /// Legal or public name.
    pub(super) name: Text,
    /// Route or address of the logo.
    pub(super) logo: Option<Text>,
    /// Address of the publisher's own site.
    pub(super) url: Option<Text>,
    /// Page of the ethics policy.
    pub(super) ethics: Option<Text>,
    /// Page of the corrections policy.
    pub(super) corrections: Option<Text>,
    /// Page about ownership and funding.
    pub(super) ownership: Option<Text>,
    /// Page that lists the staff.
    pub(super) masthead: Option<Text>,
    /// Page about the mission and coverage.
    pub(super) mission: Option<Text>,
    /// Page of the diversity policy.
    pub(super) diversity: Option<Text>,
    /// Page that explains how facts are checked.
    pub(super) verification: Option<Text>,
    /// Page of the policy on unnamed sources.
    pub(super) unnamed_sources: Option<Text>,
    /// Page that explains how readers can respond.
    pub(super) feedback: Option<Text>,
    /// Page that explains when a story has no by-line.
    pub(super) bylines: Option<Text>,
    /// Addresses of profiles on other sites.
    pub(super) profiles: Option<Many<Text>>,
}

/// Rules for crawlers in `robots.txt`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRobots {
    /// Product tokens of crawlers that are asked to stay away, such as `GPTBot`.
    pub(super) block: Option<Many<Text>>,
}

/// Contents of `trust.txt`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTrust {
    /// Associations that the publication belongs to.
    pub(super) belongto: Option<Many<Text>>,
    /// Members, when the publication is an association.
    pub(super) member: Option<Many<Text>>,
    /// Sites that it controls.
    pub(super) control: Option<Many<Text>>,
    /// Organisations that control it.
    pub(super) controlledby: Option<Many<Text>>,
    /// Its vendors.
    pub(super) vendor: Option<Many<Text>>,
    /// Its customers.
    pub(super) customer: Option<Many<Text>>,
    /// Addresses of its profiles on other sites.
    pub(super) social: Option<Many<Text>>,
    /// Addresses of the newsroom: `mailto:` or `https:`.
    pub(super) contact: Option<Many<Text>>,
    /// Pages with disclosures.
    pub(super) disclosure: Option<Many<Text>>,
    /// Whether its texts may be used to train models.
    pub(super) datatrainingallowed: Option<bool>,
}

/// Contents of `security.txt` (RFC 9116).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSecurity {
    /// Where to report vulnerabilities: `mailto:` or `https:` addresses.
    pub(super) contact: Many<Text>,
    /// When the file expires, less than a year ahead.
    pub(super) expires: Text,
    /// Address of a key for encrypted reports.
    pub(super) encryption: Option<Text>,
    /// Page of the disclosure policy.
    pub(super) policy: Option<Text>,
    /// Page that thanks reporters.
    pub(super) acknowledgments: Option<Text>,
    /// Page of open security positions.
    pub(super) hiring: Option<Text>,
    /// Languages for reports, such as `en, zh`.
    pub(super) preferred_languages: Option<Many<Text>>,
}

/// Files for web hosts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHosting {
    /// Domain for the `CNAME` file of GitHub Pages.
    pub(super) cname: Option<Text>,
    /// Whether to write `.nojekyll`, which stops GitHub Pages from processing the files.
    pub(super) nojekyll: Option<bool>,
    /// Whether to write `.htaccess`, which Apache reads in the folder it serves. Default: `false`.
    pub(super) htaccess: Option<bool>,
    /// Whether to warn when files exceed Cloudflare's limits. Default: `true`.
    pub(super) cloudflare: Option<bool>,
    /// Whether file names may differ only in case, both on the disk of the build and at the host. Default: `false`.
    pub(super) case_sensitive: Option<bool>,
}

/// Notifications of search engines.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIndexNow {
    /// The key: 8 to 128 letters, digits and hyphens. It is public: the site has a file with it.
    pub(super) key: Text,
    /// The endpoint to notify. Default: `https://api.indexnow.org/indexnow`.
    pub(super) endpoint: Option<Text>,
}

/// Settings of e-mail editions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEmail {
    /// Sender, such as `The Meridian Briefing <briefing@meridian.example>`.
    pub(super) from: Text,
    /// Address for replies, when it is not the sender.
    pub(super) reply_to: Option<Text>,
    /// How readers unsubscribe: an address that starts with `https://` or `mailto:`, or the sending service's
    /// placeholder. Default: `{{unsubscribe_url}}`.
    pub(super) list_unsubscribe: Option<Text>,
    /// Postal address for the footer, which many countries require by law.
    pub(super) address: Option<Text>,
}

/// The form by which readers subscribe.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSignup {
    /// Address that the form is sent to, as the sending service gives it.
    pub(super) action: Text,
    /// Name of the field for the reader's address. Default: `email`.
    pub(super) field: Option<Text>,
    /// Further fields that the service asks for, each with its value. Readers do not see them.
    pub(super) fields: Option<Table<Text>>,
}

/// A deployment target.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTarget {
    /// A bucket with an optional prefix, such as `s3://bucket/prefix`, `gs://bucket` or `az://container`, or a folder.
    pub(super) to: Text,
    /// Region of an S3 bucket.
    pub(super) region: Option<Text>,
    /// Address of a store that speaks the provider's protocol.
    pub(super) endpoint: Option<Text>,
    /// Address of the site at this target, when it differs from `base_url`.
    pub(super) base_url: Option<Text>,
    /// Language whose edition is deployed here, if that has a host of its own.
    pub(super) language: Option<Text>,
    /// Whether text is uploaded compressed. Default: `false`.
    pub(super) compress: Option<bool>,
    /// Whether former addresses become objects that redirect. Default: `true` on S3.
    pub(super) redirects: Option<bool>,
    /// Most objects that one deployment may delete: a number, or a percentage of the objects that are there, such as
    /// `25%`. Default: a quarter, and at least ten.
    pub(super) max_deletes: Option<Text>,
    /// Number of releases that are kept in a folder, 1 to 1000. Default: 5.
    #[schemars(range(min = 1, max = 1000))]
    pub(super) keep: Option<i64>,
}
