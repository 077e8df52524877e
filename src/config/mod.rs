//! Floor 1: `dateline.yaml`, as written → checked.
//!
//! In: the text of the configuration. Out: a [`Config`] that needs no further checks, and a report.
//! Deliberately not here: anything that reads content.

pub mod addresses;
mod defaults;
mod deploy;
mod elsewhere;
mod email;
mod machines;
mod named;
mod raw;
mod read;
mod topics;
mod values;
mod written;

use jiff::civil;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::codes::Code;
use crate::base::date::{Moment, Zone};
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::rules::Level;

pub use addresses::Redirect;
pub use deploy::{Bucket, Destination, Folder, Limit, Provider, Target};
pub use elsewhere::Elsewhere;
pub use email::{EmailConfig, Mailbox, Unsubscribe};
pub use machines::{Hosting, IndexNow};
pub(crate) use raw::RawConfig;
pub use read::{read, with_base_url};
pub use written::Written;

/// The checked configuration of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// The publication's name.
    pub title: String,
    /// One sentence about the publication, for machines and the front page's description.
    pub description: Option<String>,
    /// Where the site lives.
    pub base_url: BaseUrl,
    /// The desk's time zone.
    pub zone: Zone,
    /// BCP 47 language of the site.
    pub language: String,
    /// The route pattern of articles.
    pub permalink: Permalink,
    /// Whether a topic needs a file.
    pub topics: TopicPolicy,
    /// Whether days or weeks without a briefing file get a composed one.
    pub briefings: BriefingPolicy,
    /// What happens to raw HTML in Markdown.
    pub html: HtmlPolicy,
    /// Stories on a page of a list.
    pub page_size: usize,
    /// Feeds.
    pub feeds: Feeds,
    /// The picture of pages that have none: a route or address.
    pub image: Option<String>,
    /// Whether a search index is built.
    pub search: bool,
    /// Whether each article gets an `index.md` beside its `index.html`.
    pub markdown_twins: bool,
    /// Whether the first mention of a topic's name links to its page.
    pub auto_link_topics: bool,
    /// From how many stories on two topics have a page together; none: they have none.
    pub topic_pairs: Option<usize>,
    /// Links of the main navigation.
    pub navigation: Vec<NavigationLink>,
    /// Who publishes.
    pub publisher: Option<Publisher>,
    /// Crawlers that are asked to stay away.
    pub blocked_crawlers: Vec<String>,
    /// The lines of `trust.txt`, as names and values; none when there is no such file.
    pub trust: Option<Vec<(&'static str, String)>>,
    /// What stands in `security.txt`.
    pub security: Option<Security>,
    /// Files for the host.
    pub hosting: Hosting,
    /// E-mail editions; none when there are none.
    pub email: Option<EmailConfig>,
    /// How search engines are told of news; none when they are not.
    pub indexnow: Option<IndexNow>,
    /// Where the site is published to.
    pub deploy: Vec<Target>,
    /// How bad the findings of a rule of `check` are, where that is not the usual.
    pub check: Vec<(Code, Level)>,
    /// Routes that are gone for good.
    pub gone: Vec<Route>,
    /// Where each entry of `gone` stands.
    pub gone_at: Vec<Place>,
    /// Former addresses that lead on, beside the aliases of stories.
    pub redirects: Vec<Redirect>,
    /// Folders outside the site that symbolic links may lead into.
    pub follow_links: Vec<String>,
    /// What another program on the same host answers.
    pub elsewhere: Elsewhere,
    /// Free values for the theme.
    pub extra: serde_json::Value,
    /// The file that all this was read from.
    pub written: Written,
}

/// `base_url`, split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// `origin` without a final `/`, such as `https://example.org`; `path` empty or `/briefing`.
    pub fn new(origin: impl Into<String>, path: impl Into<String>) -> Self {
        Self { origin: origin.into(), path: path.into() }
    }

    /// Reads `https://example.org/briefing/`, with or without the final `/`; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (scheme, rest) = text.split_once("://").ok_or("it must start with `https://` or `http://`")?;
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "http" | "https") {
            return Err(format!("it must start with `https://` or `http://`, not `{scheme}://`"));
        }
        if rest.contains(['?', '#']) {
            return Err("it must not carry a query or an anchor".to_owned());
        }
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if host.contains('@') {
            return Err("it must not carry a user name".to_owned());
        }
        let name = match host.rsplit_once(':') {
            Some((name, port)) if !host.ends_with(']') => {
                port.parse::<u16>().map_err(|_| format!("`{port}` is no port"))?;
                name
            }
            _ => host,
        };
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        let is_host = match address {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => name.chars().all(fits) && !name.split('.').any(str::is_empty),
        };
        if !is_host {
            return Err(format!("`{name}` is no host name"));
        }
        let path = path.strip_suffix('/').unwrap_or(path);
        if !path.is_empty() {
            Route::new(path).map_err(|reason| format!("in its path, {reason}"))?;
        }
        if path.contains(char::is_whitespace) {
            return Err("it must not contain spaces".to_owned());
        }
        Ok(Self::new(format!("{scheme}://{}", host.to_lowercase()), path))
    }

    /// The path that all links start with: empty, or `/briefing`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// `https://example.org`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// `https://example.org/briefing`, without a final `/`.
    pub fn whole(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }

    /// What an address of this very site, whole or without its scheme, means below the site's root: `/about/?a#b`. None: it is
    /// another site's.
    pub fn path_of(&self, address: &str) -> Option<String> {
        let (own_scheme, own_host) = self.origin.split_once("://")?;
        let (scheme, rest) = match address.strip_prefix("//") {
            Some(rest) => (own_scheme, rest),
            None => address.split_once("://")?,
        };
        let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if !is_web || bare(scheme, host) != bare(own_scheme, own_host) {
            return None;
        }
        let below = path.strip_prefix(&*self.path)?;
        let root = if below.starts_with('/') { "" } else { "/" };
        (below.is_empty() || below.starts_with(['/', '?', '#'])).then(|| format!("{root}{below}"))
    }

    /// A link from any page of the site: `/briefing/topics/icc/`.
    pub fn link(&self, route: &str) -> String {
        format!("{}{route}", self.path)
    }

    /// An absolute link: `https://example.org/briefing/topics/icc/`. What a URL cannot hold (RFC 3986, section 2) is
    /// percent-encoded.
    pub fn absolute(&self, route: &str) -> String {
        encoded(format!("{}{}{route}", self.origin, self.path))
    }

    /// The absolute form of a link, which has the base path already when it is within the site.
    pub fn absolute_link(&self, url: &str) -> String {
        if url.starts_with('/') && !url.starts_with("//") {
            encoded(format!("{}{url}", self.origin))
        } else {
            url.to_owned()
        }
    }
}

/// A host in small letters, without the port that its scheme has anyway, and without a dot at its end.
fn bare(scheme: &str, host: &str) -> String {
    let host = host.to_lowercase();
    let port = if scheme.eq_ignore_ascii_case("https") { ":443" } else { ":80" };
    // The dot of the root of all names may end a host (RFC 3986, section 3.2.2).
    let host = host.strip_suffix(port).unwrap_or(&host);
    host.strip_suffix('.').unwrap_or(host).to_owned()
}

/// An address with whatever it cannot hold percent-encoded.
fn encoded(whole: String) -> String {
    let fits = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'`' | b'{' | b'|' | b'}');
    if whole.bytes().all(fits) {
        return whole;
    }
    let piece = |byte| if fits(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    whole.bytes().map(piece).collect()
}

/// A checked route pattern such as `/{year}/{month}/{day}/{slug}/`. Known fields: `year`, `month`, `day`, `slug`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permalink(String);

impl Permalink {
    /// The default: `/{year}/{month}/{day}/{slug}/`.
    pub const DEFAULT: &str = "/{year}/{month}/{day}/{slug}/";

    /// Checks a pattern; the error says what is wrong with it.
    pub fn new(pattern: &str) -> Result<Self, String> {
        if !pattern.contains("{slug}") {
            return Err("it must contain `{slug}`, or all articles would share a page".to_owned());
        }
        let example = Self(pattern.to_owned()).fill(civil::Date::constant(2023, 10, 17), "slug");
        if let Some(at) = example.find(['{', '}']) {
            return Err(format!(
                "it knows `{{year}}`, `{{month}}`, `{{day}}` and `{{slug}}`, not `{}`",
                &example[at..]
            ));
        }
        if !example.ends_with('/') && !matches!(example.rsplit_once('.'), Some((_, "html"))) {
            return Err("it must end with `/` or `.html`".to_owned());
        }
        // Names of files end there on most disks.
        if example.split('/').any(|name| name.len() > 255) {
            return Err("a part of it is longer than the name of a file can be".to_owned());
        }
        Route::new(&example).map_err(|e| e.to_string())?;
        Ok(Self(pattern.to_owned()))
    }

    /// The pattern, as it is written.
    pub fn pattern(&self) -> &str {
        &self.0
    }

    /// The route of an article.
    pub fn route(&self, date: civil::Date, slug: &str) -> Route {
        Route::own(&self.fill(date, slug))
    }

    fn fill(&self, date: civil::Date, slug: &str) -> String {
        self.0
            .replace("{year}", &format!("{:04}", date.year()))
            .replace("{month}", &format!("{:02}", date.month()))
            .replace("{day}", &format!("{:02}", date.day()))
            .replace("{slug}", slug)
    }
}

/// Whether a topic needs a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TopicPolicy {
    /// Any name in `topics:` is a topic.
    #[default]
    Open,
    /// Only names with a file under `content/topics/` are.
    Closed,
}

/// Which briefings there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BriefingPolicy {
    /// Those with a file.
    #[default]
    Files,
    /// Also one for each day with stories.
    Daily,
    /// Also one for each ISO week with stories.
    Weekly,
}

/// What happens to raw HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HtmlPolicy {
    /// Kept without scripts, styles, event handlers and unsafe links.
    #[default]
    Sanitise,
    /// Kept as written.
    Trust,
    /// Shown as text.
    Escape,
}

/// Settings of the feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feeds {
    /// Stories in a feed.
    pub items: usize,
    /// Whether feeds carry the whole text, or the summary alone.
    pub full: bool,
    /// The formats of the feeds of topics, people, threads and briefings, each once.
    pub formats: Vec<FeedFormat>,
    /// The address of the `WebSub` hub.
    pub hub: Option<String>,
}

/// The format of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FeedFormat {
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

/// What stands in `security.txt` (RFC 9116).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Security {
    /// Its fields but for `Expires`, in order.
    pub fields: Vec<(&'static str, String)>,
    /// When it is no longer to be relied on.
    pub expires: Moment,
}

/// A link of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NavigationLink {
    /// What it says.
    pub title: String,
    /// A route of the site (`/about/`), not checked against the site here, or an absolute address.
    pub url: String,
}

/// Who publishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Publisher {
    /// The legal or public name.
    pub name: String,
    /// A route or address of the logo.
    pub logo: Option<String>,
    /// The publisher's own site.
    pub url: Option<String>,
    /// The page of its ethics policy.
    pub ethics: Option<String>,
    /// The page of its corrections policy.
    pub corrections: Option<String>,
    /// Further policies and pages about it, by the name of their property in schema.org: a route or address.
    pub policies: Vec<(&'static str, String)>,
    /// Its profiles elsewhere.
    pub profiles: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let (config, report) = read("dateline.yaml", text);
        assert!(config.is_some() || report.has_errors());
        let line = |problem: &crate::base::report::Diagnostic| {
            let place = problem.place.as_ref().expect("a place");
            let fix = problem.replacement.as_ref().map(|fix| format!(" → {fix}")).unwrap_or_default();
            format!("{}:{} {} {}{fix}", place.line, place.column, problem.code, problem.message)
        };
        report.diagnostics().iter().map(line).collect()
    }

    #[test]
    fn two_keys_are_enough() {
        let (config, report) = read("dateline.yaml", "\u{feff}title: A\r\nbase_url: https://Example.org/briefing/\r\n");
        let config = config.expect("a configuration");
        assert!(report.is_empty());
        assert_eq!(config.base_url, BaseUrl::new("https://example.org", "/briefing"));
        assert_eq!((config.zone.name(), config.page_size, config.feeds.full), ("UTC", 20, true));
    }

    #[test]
    fn every_key_is_read() {
        let text = "title: The Meridian Briefing\ndescription: Daily.\nbase_url: https://meridian.example\ntimezone: asia/shanghai\nlanguage: en-GB\npermalink: /{year}/{slug}.html\ntopics: closed\nbriefings: daily\nhtml: trust\npage_size: 10\nfeeds: {items: 5, content: summary}\nsearch: false\nmarkdown_twins: false\nauto_link_topics: false\ntopic_pairs: 2\nnavigation: [{title: About, url: /about/}, {title: X, url: \"https://x.example/?a#b\"}]\npublisher: {name: P, logo: /logo.svg, url: https://p.example, ethics: /ethics/, corrections: /corrections/}\ngone: [/2023/10/12/retired-page/]\nextra: {accent: red}\n";
        let (config, report) = read("dateline.yaml", text);
        assert!(report.is_empty(), "{report:?}");
        let config = config.expect("a configuration");
        assert_eq!(config.zone.name(), "Asia/Shanghai");
        assert_eq!(
            (config.topics, config.briefings, config.html),
            (TopicPolicy::Closed, BriefingPolicy::Daily, HtmlPolicy::Trust)
        );
        assert_eq!(config.feeds, Feeds { items: 5, full: false, formats: vec![FeedFormat::Atom], hub: None });
        assert_eq!((config.navigation.len(), config.gone.len()), (2, 1));
        assert_eq!(config.topic_pairs, Some(2));
        assert_eq!(config.extra["accent"], "red");
    }

    #[test]
    fn all_problems_come_in_one_run() {
        let text = "titel: A\nbase_url: meridian.example\ntimezone: Asia/Shangai\nlanguage: en_GB\npermalink: /{year}/\ntopics: close\nhtml: sanitize\npage_size: 0\nfeeds:\n  items: many\n  contents: full\nnavigation:\n  - {title: About, url: about/}\n  - {title: X}\ngone: [2023/x]\nemail: {from: desk@example.org}\ndeploy: {production: {to: \"s3://b\", regio: x}}\nmarkdown_twins: true\ntopic_pairs: 1\n";
        assert_eq!(
            problems(text),
            [
                "1:1 unknown-key unknown key `titel` → title",
                "2:11 bad-value `meridian.example` cannot be the site's address: it must start with `https://` or `http://` → https://meridian.example",
                "3:11 bad-value `Asia/Shangai` is no time zone → Asia/Shanghai",
                "4:11 bad-value `en_GB` is no language tag → en-GB",
                "5:12 bad-value `/{year}/` cannot be a pattern of routes: it must contain `{slug}`, or all articles would share a page",
                "6:9 bad-value `topics` cannot be `close` → closed",
                "7:7 bad-value `html` cannot be `sanitize` → sanitise",
                "8:12 bad-value `page_size` cannot be 0",
                "10:10 wrong-type `items` must be a whole number, not the text `many`",
                "11:3 unknown-key unknown key `contents` → content",
                "13:25 bad-value `about/` is neither a route of the site nor an address → /about/",
                "14:5 missing-key an entry of `navigation` has no `url`",
                "15:8 bad-value `2023/x` is no route: it must start with `/`",
                "17:37 unknown-key unknown key `regio` → region",
                "19:14 bad-value `topic_pairs` cannot be 1",
            ]
        );
    }

    #[test]
    fn a_zone_is_found_by_its_city() {
        let zone = |name: &str| problems(&format!("title: A\nbase_url: https://a.example\ntimezone: {name}\n"));
        assert_eq!(zone("Shanghai"), ["3:11 bad-value `Shanghai` is no time zone → Asia/Shanghai"]);
        assert_eq!(zone("New York"), ["3:11 bad-value `New York` is no time zone → America/New_York"]);
        assert_eq!(zone("GMT+25"), ["3:11 bad-value `GMT+25` is no time zone"]);
    }

    #[test]
    fn addresses_of_the_own_site_are_known_in_any_form() {
        let base = BaseUrl::new("https://a.example", "/sub");
        for (address, path) in [
            ("https://a.example/sub/x/?y#z", Some("/x/?y#z")),
            ("HTTP://A.Example/sub", Some("/")),
            ("//a.example:443/sub?q", Some("/?q")),
            ("http://a.example:80/sub/", Some("/")),
            ("https://a.example/subs/", None),
            ("https://a.example/", None),
            ("https://a.example.org/sub/", None),
            ("ftp://a.example/sub/", None),
            ("/sub/", None),
        ] {
            assert_eq!(base.path_of(address).as_deref(), path, "{address}");
        }
    }

    #[test]
    fn base_urls_are_checked() {
        for text in ["https://a.example", "http://localhost:8080/x/y/", "http://[::1]:80", "https://bücher.example"] {
            assert!(BaseUrl::parse(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "//a",
            "ftp://a",
            "https://",
            "https:///x",
            "https://a/?q",
            "https://a/#x",
            "https://u@a",
            "https://a:b",
            "https://a//x",
            "https://a b",
        ] {
            assert!(BaseUrl::parse(text).is_err(), "{text}");
        }
    }
}
