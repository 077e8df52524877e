//! The configuration of the source site.

use serde_json::Value;

use super::folder::Folder;
use super::story::Program;
use super::values::{self, Keys, get, text_of, truth};
use crate::base::codes;
use crate::base::date::Zone;
use crate::base::report::Place;
use crate::base::text::is_language;
use crate::import::moving::migration_log::MigrationLog;

/// The configuration of the source site.
pub(in crate::import::moving) struct Settings {
    /// All keys of the configuration.
    pub(in crate::import::moving) keys: Keys,
    /// The title of the site.
    pub(in crate::import::moving) title: Option<String>,
    /// The description of the site.
    pub(in crate::import::moving) description: Option<String>,
    /// The base URL without a trailing slash; none when it has no scheme and host.
    pub(in crate::import::moving) base_url: Option<String>,
    /// The path of the base URL, such as `/blog`, or empty. Some sites configure only the path.
    base_path: String,
    /// The language of the site, a BCP 47 tag.
    pub(in crate::import::moving) language: Option<String>,
    /// The time zone of the site; UTC when it is missing or unknown.
    pub(in crate::import::moving) zone: Zone,
}

impl Settings {
    /// Reads the configuration of a site; none when there is no configuration file. A file that cannot be parsed is
    /// logged and counts as empty.
    pub(in crate::import::moving) fn read(program: Program, folder: &Folder, log: &mut MigrationLog) -> Option<Self> {
        let keys = match program {
            Program::Hugo => hugo(folder, log),
            Program::Jekyll => first(folder, &["_config.yml", "_config.yaml", "_config.toml"], log),
            Program::Zola => first(folder, &["zola.toml", "config.toml"], log),
        }?;
        let text = |names: &[&str]| names.iter().find_map(|name| text_of(&keys, name));
        let params = get(&keys, "params").or_else(|| get(&keys, "extra")).and_then(|value| value.as_object().cloned());
        let of_params = |name| params.as_ref().and_then(|params| text_of(params, name));
        let base_url = match program {
            Program::Jekyll => {
                let path = text(&["baseurl"]).unwrap_or_default();
                Some(format!("{}/{}", text(&["url"]).unwrap_or_default().trim_end_matches('/'), path.trim_matches('/')))
            }
            Program::Hugo => text(&["baseURL"]),
            Program::Zola => text(&["base_url"]),
        };
        let base_url = base_url.map(|url| url.trim_end_matches('/').to_owned());
        let whole = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        let language = text(&["locale", "languageCode", "lang", "defaultContentLanguage", "default_language"]);
        let language = language.map(|tag| tag.replace('_', "-")).filter(|tag| is_language(tag));
        let zone = text(&["timeZone", "timezone"]);
        let known = zone.as_deref().and_then(Zone::new);
        if let Some(zone) = zone.filter(|_| known.is_none()) {
            let what = format!("the time zone `{zone}` is not known; dates are in UTC");
            log.add(codes::IMPORT_GUESS, what, Place::file("."));
        }
        Some(Self {
            title: text(&["title", "name"]).or_else(|| language_title(&keys, language.as_deref())),
            description: text(&["description"]).or_else(|| of_params("description")),
            base_path: base_url.as_deref().map_or("", path_of).to_owned(),
            base_url: base_url.filter(whole),
            language,
            zone: known.unwrap_or_else(Zone::utc),
            keys,
        })
    }

    /// Returns the base path, such as `/blog`, or an empty string.
    pub(in crate::import::moving) fn base_path(&self) -> &str {
        &self.base_path
    }

    /// Returns the scheme and the host: `https://a.example`.
    pub(in crate::import::moving) fn origin(&self) -> Option<&str> {
        self.base_url.as_deref().and_then(|url| url.strip_suffix(self.base_path.as_str()))
    }

    /// Strips the base path from a path on the host; none when the path is not below it.
    pub(in crate::import::moving) fn below_base<'p>(&self, path: &'p str) -> Option<&'p str> {
        match path.strip_prefix(self.base_path.as_str())? {
            "" => Some("/"),
            rest => rest.starts_with('/').then_some(rest),
        }
    }

    /// Returns the path of a URL on the site's host, ignoring the scheme and case; none for other hosts.
    pub(in crate::import::moving) fn on_host<'u>(&self, url: &'u str) -> Option<&'u str> {
        let (_, host) = self.origin()?.split_once("://")?;
        let (scheme, rest) = url.split_once("//")?;
        let is_ours = ["", "http:", "https:"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let (own, path) = rest.split_at_checked(host.len()).filter(|_| is_ours)?;
        let is_end = path.is_empty() || path.starts_with(['/', '?', '#']);
        (own.eq_ignore_ascii_case(host) && is_end).then_some(if path.is_empty() { "/" } else { path })
    }

    /// Whether the generator puts links with a leading slash below the base path.
    pub(in crate::import::moving) fn roots_links(&self) -> bool {
        ["canonifyURLs", "relativeURLs"].iter().any(|name| get(&self.keys, name).and_then(truth) == Some(true))
    }

    /// Returns a map of the configuration.
    pub(in crate::import::moving) fn map(&self, name: &str) -> Option<&Keys> {
        get(&self.keys, name).and_then(|value| value.as_object())
    }
}

/// Returns the path of a URL, or of a text that is itself a path.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("", |at| &rest[at..])
}

fn language_title(keys: &Keys, language: Option<&str>) -> Option<String> {
    let languages = get(keys, "languages")?.as_object()?;
    let own = language.and_then(|language| get(languages, language)).or_else(|| languages.values().next())?;
    text_of(own.as_object()?, "title")
}

fn first(folder: &Folder, names: &[&str], log: &mut MigrationLog) -> Option<Keys> {
    names.iter().find_map(|name| folder.files.contains_key(*name).then(|| one(folder, name, log)))
}

fn one(folder: &Folder, name: &str, log: &mut MigrationLog) -> Keys {
    match folder.text(name).and_then(|text| values::of_file(name, &text)) {
        Ok(keys) => keys,
        Err(error) => {
            log.add(codes::IMPORT_UNREAD, format!("this configuration cannot be read: {error}"), Place::file(name));
            Keys::new()
        }
    }
}

/// Reads Hugo's configuration: one file, or folders in which each file but the main one holds the value of the key that
/// it is named after. What is for production alone comes last.
fn hugo(folder: &Folder, log: &mut MigrationLog) -> Option<Keys> {
    let mut found: Option<Keys> = None;
    for stem in ["hugo", "config"] {
        for extension in ["toml", "yaml", "yml", "json"] {
            let name = format!("{stem}.{extension}");
            if found.is_none() && folder.files.contains_key(&name) {
                found = Some(one(folder, &name, log));
            }
        }
    }
    let of = |environment: &'static str| folder.below(environment).map(str::to_owned);
    let names: Vec<String> = of("config/_default").chain(of("config/production")).collect();
    for name in names {
        let file = name.rsplit('/').next().unwrap_or_default();
        let (stem, _) = file.rsplit_once('.').unwrap_or((file, ""));
        let keys = one(folder, &name, log);
        let all = found.get_or_insert_default();
        if let Some((stem, language)) = stem.split_once('.') {
            // A language is in `languages.fr.toml`. Menus and texts by language belong to the theme and are left out.
            let languages = (stem == "languages").then(|| all.entry(stem).or_insert_with(|| Keys::new().into()));
            if let Some(languages) = languages.and_then(|value| value.as_object_mut()) {
                merge(languages, Keys::from_iter([(language.to_owned(), keys.into())]));
            }
        } else if stem == "hugo" || stem == "config" {
            merge(all, keys);
        } else {
            merge(all, Keys::from_iter([(stem.to_owned(), keys.into())]));
        }
    }
    found
}

/// Adds keys to a map. Maps in them are merged, and other values replaced.
fn merge(all: &mut Keys, keys: Keys) {
    for (key, value) in keys {
        let known = all.keys().find(|known| known.eq_ignore_ascii_case(&key)).cloned().unwrap_or(key);
        match (all.get_mut(&known), value) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (_, value) => drop(all.insert(known, value)),
        }
    }
}
