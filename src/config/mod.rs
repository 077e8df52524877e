//! `dateline.yaml`, as written → checked.
//!
//! In: the text of the configuration. Out: a [`Config`] that needs no further checks, and a report.
//! Deliberately not here: anything that reads content.

mod addresses;
mod choices;
mod defaults;
mod deploy;
mod editions;
mod email;
mod front;
mod images;
mod languages;
mod machines;
mod navigation;
mod outside;
mod own_addresses;
mod raw;
mod read;
mod settings;
mod source;
mod topics;
mod values;
mod wording;
mod words;

pub use addresses::archive::ArchivePattern;
pub use addresses::base_url::BaseUrl;
pub use addresses::elsewhere::Elsewhere;
pub use addresses::permalink::Permalink;
pub use addresses::redirects::{Redirect, former_route};
pub use choices::{
    BriefingPolicy, FeedContent, FeedFormat, Feeds, HtmlPolicy, NavigationLink, NavigationPlace, TopicPolicy,
};
pub use deploy::{Bucket, Destination, Folder, Limit, Provider, Target};
pub use email::{EmailConfig, Mailbox, Unsubscribe};
pub use front::{FrontConfig, PackageConfig};
pub use images::Images;
pub use languages::LanguageEdition;
pub use machines::{Hosting, IndexNow, Publisher, Security};
pub use outside::{HiddenField, Signup};
pub(crate) use raw::RawConfig;
pub use read::{read, with_base_url};
pub use settings::Config;
pub use source::ConfigSource;
pub use wording::with_words;
pub use words::{Catalog, fill, schema as words_schema};

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
        assert_eq!((config.zone.name(), config.page_size, config.feeds.content), ("UTC", 20, None));
    }

    #[test]
    fn every_key_is_read() {
        let text = "title: The Meridian Briefing\ndescription: Daily.\nbase_url: https://meridian.example\ntimezone: asia/shanghai\nlanguage: en-GB\npermalink: /{year}/{slug}.html\narchive: /{year}/{month}/{day}/\ntopics: closed\nbriefings: daily\nhtml: trust\npage_size: 10\nfeeds: {items: 5, content: summary}\nsearch: false\nmarkdown_twins: false\nauto_link_topics: false\ntopic_pairs: 2\nnavigation: [{title: About, url: /about/}, {title: X, url: \"https://x.example/?a#b\"}]\npublisher: {name: P, logo: /logo.svg, url: https://p.example, ethics: /ethics/, corrections: /corrections/}\ngone: [/2023/10/12/retired-page/]\nextra: {accent: red}\n";
        let (config, report) = read("dateline.yaml", text);
        assert!(report.is_empty(), "{report:?}");
        let config = config.expect("a configuration");
        assert_eq!(config.zone.name(), "Asia/Shanghai");
        assert_eq!(
            (config.topics, config.briefings, config.html),
            (TopicPolicy::Closed, BriefingPolicy::Daily, HtmlPolicy::Trust)
        );
        assert_eq!(
            config.feeds,
            Feeds { items: 5, content: Some(FeedContent::Summary), formats: vec![FeedFormat::Atom], hub: None }
        );
        assert_eq!((config.navigation.len(), config.gone.len()), (2, 1));
        assert_eq!(config.topic_pairs, Some(2));
        assert_eq!(config.archive.day(jiff::civil::Date::constant(2023, 10, 7)), "/2023/10/07/");
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
                "3:11 bad-value `Asia/Shangai` is not a time zone → Asia/Shanghai",
                "4:11 bad-value `en_GB` is not a language tag → en-GB",
                "5:12 bad-value `/{year}/` cannot be a pattern of routes: it must contain `{slug}`, or all articles would share a page",
                "6:9 bad-value `topics` cannot be `close` → closed",
                "7:7 bad-value `html` cannot be `sanitize` → sanitise",
                "8:12 bad-value `page_size` cannot be 0",
                "10:10 wrong-type `items` must be a whole number, not the text `many`",
                "11:3 unknown-key unknown key `contents` → content",
                "13:25 bad-value `about/` is neither a route of the site nor an address → /about/",
                "14:5 missing-key an entry of `navigation` has no `url`",
                "15:8 bad-value `2023/x` is not a route: it must start with `/`",
                "17:37 unknown-key unknown key `regio` → region",
                "19:14 bad-value `topic_pairs` cannot be 1",
            ]
        );
    }

    #[test]
    fn a_zone_is_found_by_its_city() {
        let zone = |name: &str| problems(&format!("title: A\nbase_url: https://a.example\ntimezone: {name}\n"));
        assert_eq!(zone("Shanghai"), ["3:11 bad-value `Shanghai` is not a time zone → Asia/Shanghai"]);
        assert_eq!(zone("New York"), ["3:11 bad-value `New York` is not a time zone → America/New_York"]);
        assert_eq!(zone("Europe/Geneva"), ["3:11 bad-value `Europe/Geneva` is not a time zone → Europe/Zurich"]);
        assert_eq!(zone("Asia/Beijing"), ["3:11 bad-value `Asia/Beijing` is not a time zone → Asia/Shanghai"]);
        assert_eq!(zone("san francisco"), ["3:11 bad-value `san francisco` is not a time zone → America/Los_Angeles"]);
        assert_eq!(zone("GMT+25"), ["3:11 bad-value `GMT+25` is not a time zone"]);
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
