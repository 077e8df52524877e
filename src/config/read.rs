//! Reading the configuration: as written → checked.

use super::addresses::archive;
use super::addresses::base_url::BaseUrl;
use super::addresses::elsewhere;
use super::addresses::permalink::Permalink;
use super::addresses::redirects::{self, Redirect};
use super::choices::{FeedFormat, Feeds};
use super::deploy::check_deploy;
use super::email::check_email;
use super::front;
use super::images;
use super::languages;
use super::machines;
use super::navigation::check_navigation;
use super::outside;
use super::raw::{RawConfig, RawFeeds, RawRobots};
use super::settings::Config;
use super::source::ConfigSource;
use super::values::{bad, check_address, text_of};
use crate::base::codes::{self, Code};
use crate::base::date::{Zone, zone_of_city};
use crate::base::report::{Diagnostic, Report};
use crate::base::route::Route;
use crate::base::rules::{ByRule, Level};
use crate::base::text::{is_language, nearest};
use crate::base::yaml;
use crate::base::yaml::lenient::{Many, Text};
use crate::base::yaml::source::{Problems, Source, step};

/// Keys of other site generators, with the keys of Dateline that correspond to them.
const SYNONYMS: &[(&str, &str)] = &[
    ("baseURL", "base_url"),
    ("url", "base_url"),
    ("site_url", "base_url"),
    ("name", "title"),
    ("site_title", "title"),
    ("languageCode", "language"),
    ("lang", "language"),
    ("locale", "language"),
    ("default_language", "language"),
    ("tz", "timezone"),
    ("permalinks", "permalink"),
    ("paginate", "page_size"),
    ("pagination", "page_size"),
    ("paginate_by", "page_size"),
    ("menu", "navigation"),
    ("nav", "navigation"),
    ("params", "extra"),
    ("rss", "feeds"),
    ("limit", "items"),
    ("href", "url"),
    ("label", "title"),
    ("name", "title"),
];

/// Reads `dateline.yaml`; `text` is all of `file`. Every problem is reported at its place. There is no configuration
/// when a required value is missing or unusable.
pub fn read(file: &str, text: &str) -> (Option<Config>, Report) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source::whole(file, text);
    let (config, report) = yaml::read(source, SYNONYMS, check);
    let whole =
        |(config, left_out)| placed(Config { source: ConfigSource::new(file, text, left_out), ..config }, source);
    (config.map(whole), report)
}

/// Replaces `base_url` with the one from the command line.
pub fn with_base_url(config: Option<Config>, base_url: Option<&str>) -> (Option<Config>, Report) {
    let mut report = Report::default();
    let Some(text) = base_url else { return (config, report) };
    match BaseUrl::parse(text) {
        Ok(base_url) => (config.map(|config| Config { base_url, ..config }), report),
        Err(reason) => {
            report.push(
                Diagnostic::error(
                    codes::BAD_VALUE,
                    format!("`{text}` cannot be the site's address: {reason} (`--base-url`)"),
                )
                .help("write it as `https://example.org` or `https://example.org/briefing`"),
            );
            (None, report)
        }
    }
}

impl Config {
    /// The same configuration at another origin, if one is given; the path of `base_url` stays.
    #[must_use]
    pub fn at(self, origin: Option<&str>) -> Self {
        match origin {
            Some(origin) => Self { base_url: BaseUrl::new(origin, self.base_url.path()), ..self },
            None => self,
        }
    }
}

fn check(raw: RawConfig, problems: &mut Problems) -> Option<Config> {
    let RawConfig {
        title,
        description,
        base_url,
        timezone,
        language,
        languages,
        permalink,
        archive,
        topics,
        briefings,
        html,
        page_size,
        feeds,
        search,
        markdown_twins,
        auto_link_topics,
        topic_pairs,
        front,
        navigation,
        publisher,
        email,
        signup,
        frames,
        forms,
        robots,
        trust,
        security,
        hosting,
        image,
        images,
        indexnow,
        deploy,
        check: levels,
        gone,
        redirects,
        follow_links,
        elsewhere,
        extra,
    } = raw;
    let title = title.and_then(|Text(title)| {
        let title = title.trim();
        if title.is_empty() {
            let problem = Diagnostic::error(codes::MISSING_KEY, "`title` is empty");
            problems.value("title", problem.help("give the publication's name"));
        }
        (!title.is_empty()).then(|| title.to_owned())
    });
    let base_url = base_url.and_then(|Text(text)| check_base_url(&text, problems));
    let asked = [("search", search)];
    for (key, _) in asked.into_iter().filter(|(_, value)| *value == Some(true)) {
        not_yet(key, problems);
    }
    let rest = Config::minimal(String::new(), BaseUrl::new("", ""));
    let zone = timezone.and_then(|Text(name)| check_zone(&name, problems)).unwrap_or(rest.zone);
    let language = language.and_then(|Text(tag)| check_language(tag, problems)).unwrap_or(rest.language);
    let RawRobots { block } = robots.unwrap_or(RawRobots { block: None });
    let languages = languages::check(languages, (&language, base_url.as_ref()), &zone, problems);
    let config = Config {
        title: String::new(),
        description: text_of(description),
        base_url: rest.base_url,
        main_language: language.clone(),
        prefix: String::new(),
        host: None,
        main: None,
        permalink: permalink.and_then(|Text(text)| check_permalink(&text, problems)).unwrap_or(rest.permalink),
        archive: archive::check(archive, problems),
        topics: topics.unwrap_or_default(),
        briefings: briefings.unwrap_or_default(),
        html: html.unwrap_or_default(),
        page_size: check_count("page_size", page_size, 1000, problems).unwrap_or(rest.page_size),
        feeds: check_feeds(feeds, &rest.feeds, problems),
        images: images.map(|raw| images::images(raw, problems)).unwrap_or_default(),
        search: search.unwrap_or(rest.search),
        markdown_twins: markdown_twins.unwrap_or(rest.markdown_twins),
        auto_link_topics: auto_link_topics.unwrap_or(rest.auto_link_topics),
        topic_pairs: super::topics::check_pairs(topic_pairs, problems),
        front: front::check(front, "front", &zone, problems),
        navigation: check_navigation("navigation", navigation, problems),
        publisher: publisher.and_then(|raw| machines::publisher(raw, problems)),
        image: text_of(image).and_then(|image| check_address("image", &image, problems)),
        blocked_crawlers: machines::crawlers(block, problems),
        trust: trust.map(|raw| machines::trust(raw, problems)),
        security: security.and_then(|raw| machines::security(raw, &zone, problems)),
        hosting: hosting.map_or(rest.hosting, |raw| machines::hosting(raw, problems)),
        zone,
        email: email.and_then(|raw| check_email(raw, problems)),
        signup: signup.and_then(|raw| outside::signup(raw, problems)),
        frames: outside::origins("frames", frames, problems),
        forms: outside::origins("forms", forms, problems),
        indexnow: indexnow.and_then(|raw| machines::indexnow(raw, problems)),
        deploy: check_deploy(deploy, (&language, &languages), problems),
        language,
        languages,
        check: check_levels(levels),
        gone: redirects::gone(gone, ("", base_url.as_ref()), problems),
        gone_at: Vec::new(),
        redirects: redirects::redirects(redirects, ("", base_url.as_ref()), problems),
        follow_links: check_folders(follow_links, problems),
        elsewhere: elsewhere::check(elsewhere, base_url.as_ref(), problems),
        extra: serde_json::Value::Object(extra.unwrap_or_default().0),
        words: rest.words,
        source: rest.source,
    };
    Some(Config { title: title?, base_url: base_url?, ..config })
}

fn check_base_url(text: &str, problems: &mut Problems) -> Option<BaseUrl> {
    let text = text.trim();
    match BaseUrl::parse(text) {
        Ok(base_url) => return Some(base_url),
        Err(reason) => {
            let problem = bad(format!("`{text}` cannot be the site's address: {reason}"));
            let whole = format!("https://{text}");
            let problem = if !text.contains("://") && text.contains('.') && BaseUrl::parse(&whole).is_ok() {
                problem.help(format!("write `{whole}`")).replace_with(whole)
            } else {
                problem.help("write it as `https://example.org` or `https://example.org/briefing`")
            };
            problems.value("base_url", problem);
        }
    }
    None
}

fn check_zone(name: &str, problems: &mut Problems) -> Option<Zone> {
    let name = name.trim();
    let zone = Zone::new(name);
    if zone.is_none() {
        let names = Zone::names();
        let wanted = name.replace(' ', "_");
        let city = |whole: &str| whole.rsplit('/').next().unwrap_or(whole).to_owned();
        // `GMT+0` is similar to `GMT+8`, but no helpful suggestion.
        let names: Vec<_> = names.into_iter().filter(|name| !name.contains(|c: char| c.is_ascii_digit())).collect();
        let known = zone_of_city(&city(&wanted)).map(str::to_owned);
        let near = || nearest(&wanted, names.iter().map(String::as_str)).map(str::to_owned);
        let near = known.or_else(near).or_else(|| {
            let cities: Vec<_> = names.iter().map(|whole| city(whole)).collect();
            let near = nearest(&city(&wanted), cities.iter().map(String::as_str))?;
            names.iter().find(|whole| city(whole) == near).cloned()
        });
        let problem = bad(format!("`{name}` is not a time zone"));
        problems.value(
            "timezone",
            match near {
                Some(near) => problem.propose(near),
                None => problem.help("write an IANA name, such as `Europe/Berlin` or `Asia/Shanghai`"),
            },
        );
    }
    zone
}

fn check_language(tag: String, problems: &mut Problems) -> Option<String> {
    if is_language(&tag) {
        return Some(tag);
    }
    let fixed = tag.trim().replace('_', "-");
    let problem = bad(format!("`{tag}` is not a language tag"));
    problems.value(
        "language",
        if is_language(&fixed) {
            problem.help(format!("write `{fixed}`")).replace_with(fixed)
        } else {
            problem.help("write a tag such as `en`, `pt-BR` or `zh-Hans`")
        },
    );
    None
}

fn check_permalink(text: &str, problems: &mut Problems) -> Option<Permalink> {
    match Permalink::new(text.trim()) {
        Ok(permalink) => Some(permalink),
        Err(reason) => {
            let problem = bad(format!("`{text}` cannot be a pattern of routes: {reason}"));
            problems.value("permalink", problem.help(format!("the usual one is `{}`", Permalink::DEFAULT)));
            None
        }
    }
}

fn check_count(path: &str, count: Option<i64>, most: usize, problems: &mut Problems) -> Option<usize> {
    let count = count?;
    let checked = usize::try_from(count).ok().filter(|count| (1..=most).contains(count));
    if checked.is_none() {
        let key = path.rsplit('/').next().unwrap_or(path);
        problems
            .value(path, bad(format!("`{key}` cannot be {count}")).help(format!("write a number from 1 to {most}")));
    }
    checked
}

fn check_feeds(raw: Option<RawFeeds>, usual: &Feeds, problems: &mut Problems) -> Feeds {
    let none = RawFeeds { items: None, content: None, formats: None, hub: None };
    let RawFeeds { items, content, formats, hub } = raw.unwrap_or(none);
    let mut formats = formats.map_or_else(|| vec![FeedFormat::Atom], |Many(formats)| formats);
    formats.sort_unstable();
    formats.dedup();
    let hub = text_of(hub).filter(|hub| {
        let sound = hub.starts_with("https://") || hub.starts_with("http://");
        if !sound {
            let problem = bad(format!("`{hub}` is not an address of a hub"));
            problems.value("feeds/hub", problem.help("write one that starts with `https://`"));
        }
        sound
    });
    Feeds { formats, hub, items: check_count("feeds/items", items, 500, problems).unwrap_or(usual.items), content }
}

fn check_folders(raw: Option<Many<Text>>, problems: &mut Problems) -> Vec<String> {
    let mut folders = Vec::new();
    for (index, folder) in raw.into_iter().flat_map(|Many(folders)| folders).enumerate() {
        match text_of(Some(folder)) {
            Some(folder) => folders.push(folder),
            None => problems.leave_out(format!("follow_links/{index}")),
        }
    }
    folders
}

/// Levels by rule. An empty value keeps the rule's default.
fn check_levels(raw: Option<ByRule<Level>>) -> Vec<(Code, Level)> {
    let ByRule(raw) = raw.unwrap_or(ByRule(Vec::new()));
    raw.into_iter().filter_map(|(rule, level)| Some((rule, level?))).collect()
}

fn not_yet(key: &str, problems: &mut Problems) {
    let message = format!("this version reads `{key}` but does not act on it yet");
    problems.key(key, Diagnostic::note(codes::NOT_YET, message).help("it may stay: a later version will"));
}

/// Adds the places of values that are later compared with the site.
fn placed(mut config: Config, source: Source<'_>) -> Config {
    let positions = &config.source.positions;
    let place = |at: &str, gone: &[Route], redirects: &mut [Redirect]| {
        let keys = redirects.iter().map(|redirect| format!("{at}redirects/{}", step(&redirect.key)));
        let paths: Vec<String> = (0..gone.len()).map(|index| format!("{at}gone/{index}")).chain(keys).collect();
        if paths.is_empty() {
            return Vec::new();
        }
        let mut places = yaml::places(source, &paths, positions);
        let below = places.split_off(gone.len());
        for (redirect, place) in redirects.iter_mut().zip(below) {
            redirect.place = place;
        }
        places
    };
    config.gone_at = place("", &config.gone, &mut config.redirects);
    for edition in &mut config.languages {
        let at = format!("languages/{}/", step(&edition.tag));
        edition.gone_at = place(&at, &edition.gone, &mut edition.redirects);
    }
    config
}
