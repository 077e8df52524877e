//! The checked configuration.

use std::sync::Arc;

use super::addresses::archive::ArchivePattern;
use super::addresses::base_url::BaseUrl;
use super::addresses::elsewhere::Elsewhere;
use super::addresses::permalink::Permalink;
use super::addresses::redirects::Redirect;
use super::choices::{BriefingPolicy, Feeds, HtmlPolicy, NavigationLink, TopicPolicy};
use super::deploy::Target;
use super::email::EmailConfig;
use super::front::FrontConfig;
use super::images::Images;
use super::languages::LanguageEdition;
use super::machines::{Hosting, IndexNow, Publisher, Security};
use super::outside::Signup;
use super::source::ConfigSource;
use super::words::Catalog;
use crate::base::codes::Code;
use crate::base::date::Zone;
use crate::base::digest::{Digest, Digester};
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::rules::Level;
use crate::base::yaml::scalars::ScalarTexts;
use crate::base::yaml::source::Source;

/// The checked configuration of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// Name of the publication.
    pub title: String,
    /// One sentence about the publication, for machines and for the front page's description.
    pub description: Option<String>,
    /// Address of the site.
    pub base_url: BaseUrl,
    /// The newsroom's time zone.
    pub zone: Zone,
    /// Language of the site, as a BCP 47 tag.
    pub language: String,
    /// Language of the main edition, in which documents without a language are.
    pub main_language: String,
    /// The further languages, each with an edition of its own.
    pub languages: Vec<LanguageEdition>,
    /// The path before the addresses of this edition: empty, or like `/ar`.
    pub prefix: String,
    /// The language whose edition has the host that this edition stands on; `None` for the host of the main edition.
    pub host: Option<String>,
    /// The configuration of the main edition, in that of an edition with a host of its own.
    pub(in crate::config) main: Option<Arc<Config>>,
    /// URL pattern of articles.
    pub permalink: Permalink,
    /// URL pattern of the archive.
    pub archive: ArchivePattern,
    /// Whether every topic needs a file.
    pub topics: TopicPolicy,
    /// Whether days or weeks without a briefing file get an automatic one.
    pub briefings: BriefingPolicy,
    /// Treatment of raw HTML in Markdown.
    pub html: HtmlPolicy,
    /// Stories on one page of a list.
    pub page_size: usize,
    /// Settings of feeds.
    pub feeds: Feeds,
    /// Default picture for social networks: a route or address.
    pub image: Option<String>,
    /// Settings of pictures.
    pub images: Images,
    /// Whether a search index is written.
    pub search: bool,
    /// Whether each article gets an `index.md` beside its `index.html`.
    pub markdown_twins: bool,
    /// Whether the first mention of a topic links to its page.
    pub auto_link_topics: bool,
    /// Minimum number of stories for two topics to get a page together; `None` for no such pages.
    pub topic_pairs: Option<usize>,
    /// The front page as the desk arranges it.
    pub front: FrontConfig,
    /// Links of the footer.
    pub navigation: Vec<NavigationLink>,
    /// The publisher.
    pub publisher: Option<Publisher>,
    /// Crawlers that are asked to stay away.
    pub blocked_crawlers: Vec<String>,
    /// Names and values of the lines of `trust.txt`; `None` for no such file.
    pub trust: Option<Vec<(&'static str, String)>>,
    /// Contents of `security.txt`; `None` for no such file.
    pub security: Option<Security>,
    /// Files for web hosts.
    pub hosting: Hosting,
    /// Settings of e-mail editions; `None` when the site has none.
    pub email: Option<EmailConfig>,
    /// The form by which readers subscribe.
    pub signup: Option<Signup>,
    /// Origins whose pages may be shown in frames.
    pub frames: Vec<String>,
    /// Origins that forms of templates may be sent to.
    pub forms: Vec<String>,
    /// Settings of `IndexNow`; `None` when search engines are not notified.
    pub indexnow: Option<IndexNow>,
    /// Deployment targets.
    pub deploy: Vec<Target>,
    /// Rules of `check` whose severity is not the default.
    pub check: Vec<(Code, Level)>,
    /// Routes that are gone for good.
    pub gone: Vec<Route>,
    /// Place of each entry of `gone`.
    pub gone_at: Vec<Place>,
    /// Former addresses that redirect, in addition to the aliases of stories.
    pub redirects: Vec<Redirect>,
    /// Folders outside the site that symbolic links may lead to.
    pub follow_links: Vec<String>,
    /// Paths that another program on the same host answers.
    pub elsewhere: Elsewhere,
    /// Values for the theme, of any form.
    pub extra: serde_json::Value,
    /// The words of the interface in the language of the edition.
    pub words: Arc<Catalog>,
    /// The source text, for places and for the digest.
    pub source: ConfigSource,
}

impl Config {
    /// Name of the file, relative to the site's root: `dateline.yaml`, or the argument of `--config`.
    pub fn file(&self) -> &str {
        &self.source.file
    }

    /// Text of the file.
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// Place of the value at a path such as `["gone", "0"]`. When it is absent, the place of its parent or of the whole
    /// file.
    pub fn place(&self, path: &[&str]) -> Place {
        let ConfigSource { file, text, positions } = &self.source;
        match positions.tree(text).map(|tree| tree.find_kept(path.iter().copied())) {
            Some(found) if found.key.is_some() || path.len() > 1 => {
                positions.place_of(&Source::whole(file, text), found.value)
            }
            _ => Place::file(&**file),
        }
    }

    /// The file's values, without keys, comments, and what is under the keys of `without`.
    pub fn values(&self, without: &[&str]) -> ScalarTexts {
        let text = self.text();
        self.source.positions.tree(text).map(|tree| ScalarTexts::of(tree, text, without)).unwrap_or_default()
    }

    /// Digest of all settings: of the file's name and text, of the edition, and of a `base_url` from the command line. It covers the
    /// text and not only the parsed values, because a setting that changes no page may still change a message.
    pub fn digest(&self) -> Digest {
        let ConfigSource { file, text, positions: _ } = &self.source;
        let mut digester = Digester::new();
        digester.part(file.as_bytes()).part(text.as_bytes()).part(self.base_url.whole().as_bytes());
        digester.digest(self.words.digest());
        for edition in &self.languages {
            digester.digest(edition.words.digest());
        }
        digester.part(self.prefix.as_bytes()).part(self.language.as_bytes());
        digester.finish()
    }
}
