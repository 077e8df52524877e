//! Default values of the configuration.

use std::sync::Arc;

use super::addresses::archive::ArchivePattern;
use super::addresses::base_url::BaseUrl;
use super::addresses::elsewhere::Elsewhere;
use super::addresses::permalink::Permalink;
use super::choices::{BriefingPolicy, FeedFormat, Feeds, HtmlPolicy, TopicPolicy};
use super::front::FrontConfig;
use super::images::Images;
use super::machines::Hosting;
use super::settings::Config;
use super::source::ConfigSource;
use super::words::Catalog;
use crate::base::date::Zone;

impl Config {
    /// A configuration with the required values, and defaults for everything else.
    pub fn minimal(title: impl Into<String>, base_url: BaseUrl) -> Self {
        Self {
            title: title.into(),
            description: None,
            base_url,
            zone: Zone::utc(),
            language: "en".to_owned(),
            main_language: "en".to_owned(),
            languages: Vec::new(),
            prefix: String::new(),
            host: None,
            main: None,
            permalink: Permalink(Permalink::DEFAULT.to_owned()),
            archive: ArchivePattern::usual(),
            topics: TopicPolicy::default(),
            briefings: BriefingPolicy::default(),
            html: HtmlPolicy::default(),
            page_size: 20,
            feeds: Feeds { items: 20, content: None, formats: vec![FeedFormat::Atom], hub: None },
            image: None,
            images: Images::default(),
            search: true,
            markdown_twins: false,
            auto_link_topics: false,
            topic_pairs: None,
            front: FrontConfig::default(),
            navigation: Vec::new(),
            publisher: None,
            blocked_crawlers: Vec::new(),
            trust: None,
            security: None,
            hosting: Hosting { cname: None, nojekyll: false, htaccess: false, cloudflare: true, case_sensitive: false },
            email: None,
            signup: None,
            frames: Vec::new(),
            forms: Vec::new(),
            indexnow: None,
            deploy: Vec::new(),
            check: Vec::new(),
            gone: Vec::new(),
            gone_at: Vec::new(),
            redirects: Vec::new(),
            follow_links: Vec::new(),
            elsewhere: Elsewhere::default(),
            extra: serde_json::Value::Object(serde_json::Map::new()),
            words: Arc::new(Catalog::shipped("en")),
            source: ConfigSource::default(),
        }
    }
}
