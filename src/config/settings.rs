//! The checked configuration.

use super::addresses::Redirect;
use super::archive::ArchivePattern;
use super::base_url::BaseUrl;
use super::choices::{BriefingPolicy, Feeds, HtmlPolicy, NavigationLink, TopicPolicy};
use super::deploy::Target;
use super::elsewhere::Elsewhere;
use super::email::EmailConfig;
use super::machines::{Hosting, IndexNow, Publisher, Security};
use super::permalink::Permalink;
use super::written::Written;
use crate::base::codes::Code;
use crate::base::date::Zone;
use crate::base::digest::{Digest, Digester};
use crate::base::report::Place;
use crate::base::route::Route;
use crate::base::rules::Level;
use crate::base::yaml::scalars;
use crate::base::yaml::source::Source;

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
    /// The route pattern of the archive.
    pub archive: ArchivePattern,
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

impl Config {
    /// The file's name, relative to the site's root: `dateline.yaml`, or what `--config` names.
    pub fn file(&self) -> &str {
        &self.written.file
    }

    /// The file's text.
    pub fn text(&self) -> &str {
        &self.written.text
    }

    /// Where a value stands, by its path: `["gone", "0"]`. The value's parent, or the whole file, when it is not there.
    pub fn place(&self, path: &[&str]) -> Place {
        let Written { file, text, positions } = &self.written;
        match positions.tree(text).map(|tree| tree.find_kept(path.iter().copied())) {
            Some(found) if found.key.is_some() || path.len() > 1 => {
                positions.place_of(&Source::whole(file, text), found.value)
            }
            _ => Place::file(&**file),
        }
    }

    /// The file's text with spaces in the place of all that is no value: keys, comments, and what stands under the keys of
    /// `without`.
    pub fn values(&self, without: &[&str]) -> String {
        let text = self.text();
        self.written.positions.tree(text).map(|tree| scalars::values(tree, text, without)).unwrap_or_default()
    }

    /// The digest of all settings: of the file's name and text, and of the address that the command line may have put in
    /// the place of `base_url`. The text and not only what was understood of it, since a setting that changes nothing on a
    /// page may still change a message.
    pub fn digest(&self) -> Digest {
        let Written { file, text, positions: _ } = &self.written;
        let mut digester = Digester::new();
        digester.part(file.as_bytes()).part(text.as_bytes()).part(self.base_url.whole().as_bytes());
        digester.finish()
    }
}
