//! The configuration of the edition in each language: what belongs to it, and where it stands.

use std::sync::Arc;

use super::addresses::base_url::BaseUrl;
use super::languages::LanguageEdition;
use super::settings::Config;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place};
use crate::base::route::Route;

impl Config {
    /// The edition that a document in `lang` belongs to; `None` for the main one, which also has the documents without a
    /// language, and those in a language without an edition.
    pub fn edition_of(&self, lang: Option<&str>) -> Option<&LanguageEdition> {
        self.languages.iter().find(|edition| lang.is_some_and(|lang| lang.eq_ignore_ascii_case(&edition.tag)))
    }

    /// The language that the name of a content file ends in, `ar` for `talks.ar.md`, with the path without it: `talks.md`.
    /// `None` for one that names no language of the site.
    pub fn language_of_name<'c>(&'c self, path: &str) -> Option<(&'c str, String)> {
        if self.languages.is_empty() {
            return None;
        }
        let (stem, tag) = path.strip_suffix(".md")?.rsplit_once('.')?;
        let others = self.languages.iter().map(|edition| &*edition.tag);
        let own = std::iter::once(&*self.main_language).chain(others).find(|own| own.eq_ignore_ascii_case(tag))?;
        Some((own, format!("{stem}.md")))
    }

    /// Whether a document in `lang` belongs to the edition that this is the configuration of.
    pub fn has_language(&self, lang: Option<&str>) -> bool {
        self.languages.is_empty()
            || self.edition_of(lang).map_or(&self.main_language, |edition| &edition.tag) == &self.language
    }

    /// Whether this is the configuration of the main edition, in the main language of the site.
    pub fn is_main(&self) -> bool {
        self.language == self.main_language
    }

    /// Whether this is the edition at the root of its host, which alone has what is for the whole host.
    pub fn is_root(&self) -> bool {
        self.prefix.is_empty()
    }

    /// The editions that stand below a path of this host.
    pub fn languages_below(&self) -> impl Iterator<Item = &LanguageEdition> {
        self.languages.iter().filter(|edition| self.host.is_none() && edition.base_url.is_none())
    }

    /// Where this edition stands among those below paths of its host; `None` for that at its root.
    pub fn place_below(&self) -> Option<usize> {
        self.languages_below().position(|edition| !self.is_root() && edition.tag == self.language)
    }

    /// The address of the host that the edition of `lang` stands on, where it is not the host of this one.
    pub fn other_host(&self, lang: Option<&str>) -> Option<&BaseUrl> {
        let there = self.edition_of(lang).filter(|edition| edition.base_url.is_some());
        match there {
            _ if there.map(|edition| &edition.tag) == self.host.as_ref() => None,
            Some(edition) => edition.base_url.as_ref(),
            None => self.main.as_deref().map(|main| &main.base_url),
        }
    }

    /// A link to a route in the edition of `lang`: absolute where that has another host.
    pub fn link_in(&self, lang: Option<&str>, route: &str) -> String {
        self.other_host(lang).map_or_else(|| self.base_url.link(route), |host| host.absolute(route))
    }

    /// The absolute address of a route in the edition of `lang`.
    pub fn absolute_in(&self, lang: Option<&str>, route: &str) -> String {
        self.other_host(lang).unwrap_or(&self.base_url).absolute(route)
    }

    /// The place of a setting that each edition has, such as `["front", "lead"]`.
    pub fn edition_place(&self, path: &[&str]) -> Place {
        let own = self.edition_of(Some(&self.language));
        match own {
            Some(edition) => self.place(&[&["languages", &edition.tag], path].concat()),
            None => self.place(path),
        }
    }

    /// The path of an own page of the edition, such as `/ar/topics/` for `/topics/`.
    pub fn own(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// The route of an own page of the edition.
    pub fn own_route(&self, path: &str) -> Route {
        Route::own(&self.own(path))
    }

    /// A route of the edition without its prefix: `/topics/` for `/ar/topics/`.
    pub fn below<'r>(&self, route: &'r str) -> &'r str {
        route.strip_prefix(&*self.prefix).filter(|rest| rest.starts_with('/')).unwrap_or(route)
    }

    /// Whether a path of the host is one of this edition, by its prefix.
    pub fn has_route(&self, route: &str) -> bool {
        let is_below =
            |prefix: &str| route.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if self.is_root() {
            !self.languages_below().any(|edition| is_below(&edition.prefix))
        } else {
            is_below(&self.prefix)
        }
    }

    /// The configuration of an edition: that of the site, with what `languages` says of it. Redirects are those
    /// of its own host; below a path, those of the site stay with the main edition.
    #[must_use]
    pub fn of_language(&self, edition: &LanguageEdition) -> Self {
        let LanguageEdition {
            tag,
            name: _,
            prefix,
            base_url,
            title,
            description,
            image,
            navigation,
            front,
            gone,
            gone_at,
            redirects,
            words,
        } = edition.clone();
        Self {
            title: title.unwrap_or_else(|| self.title.clone()),
            description: description.or_else(|| self.description.clone()),
            host: base_url.is_some().then(|| tag.clone()),
            main: base_url.is_some().then(|| Arc::new(self.clone())),
            base_url: base_url.unwrap_or_else(|| self.base_url.clone()),
            language: tag,
            words,
            archive: self.archive.below(&prefix),
            image: image.or_else(|| self.image.clone()),
            navigation,
            front,
            prefix,
            gone,
            gone_at,
            redirects,
            ..self.clone()
        }
    }

    /// How messages name a setting of this host, such as `redirects:`.
    pub fn key_of_host(&self, key: &str) -> String {
        let of = self.host.as_ref().map_or_else(String::new, |tag| format!(" of `{tag}` under `languages:`"));
        format!("`{key}:`{of}")
    }

    /// The hosts of the site, by language: the main one, which is `None`, and those of languages.
    pub fn hosts(&self) -> impl Iterator<Item = Option<&str>> {
        let others = self.languages.iter().filter(|edition| edition.base_url.is_some());
        std::iter::once(None).chain(others.map(|edition| Some(&*edition.tag)))
    }

    /// The configurations of all other editions: the main one first, then in the order of `languages`.
    pub fn others(&self) -> Vec<Self> {
        let main = self.main.as_deref().unwrap_or(self);
        let all = std::iter::once(main.clone()).chain(main.languages.iter().map(|edition| main.of_language(edition)));
        all.filter(|edition| edition.language != self.language).collect()
    }

    /// The configuration of the host that has the edition of a language, as `--language` names it. Fails when there is no
    /// such language, or it is on the main host.
    pub fn of_host(self, tag: &str) -> Result<Self, Box<Diagnostic>> {
        let hosts: Vec<&LanguageEdition> = self.languages.iter().filter(|edition| edition.base_url.is_some()).collect();
        let names = hosts.iter().map(|edition| format!("`{}`", edition.tag)).collect::<Vec<_>>().join(", ");
        let problem = match self.edition_of(Some(tag)) {
            Some(edition) if edition.base_url.is_some() => return Ok(self.of_language(edition)),
            None if tag.eq_ignore_ascii_case(&self.main_language) => Diagnostic::error(
                codes::USAGE,
                format!("`{}` is the main language, whose host is built without `--language`", self.main_language),
            )
            .at(self.place(&["language"]))
            .help("leave out `--language`"),
            Some(edition) => Diagnostic::error(
                codes::USAGE,
                format!("`{}` has no host of its own, and is built with the site (`--language`)", edition.tag),
            )
            .at(self.place(&["languages", &edition.tag]))
            .help(format!(
                "leave out `--language`: it is below `{}/`; or write `base_url` here in place of `path`",
                edition.prefix
            )),
            None => Diagnostic::error(codes::USAGE, format!("the site has no language `{tag}` (`--language`)"))
                .at(self.place(&["languages"]))
                .help(if hosts.is_empty() {
                    "no language has a host of its own: leave out `--language`".to_owned()
                } else {
                    format!("those with hosts of their own are {names}")
                }),
        };
        Err(Box::new(problem))
    }
}

#[cfg(test)]
mod tests {
    use crate::config::read;

    const SITE: &str = "title: A\nbase_url: https://a.example\n";

    #[test]
    fn a_language_has_an_edition_below_its_path() {
        let (config, report) = read(
            "dateline.yaml",
            &format!("{SITE}languages:\n  ar: {{title: أ}}\n  zh-Hans: {{path: /zh/, name: Chinese}}\n"),
        );
        let config = config.expect("a configuration");
        assert!(report.is_empty(), "{report:?}");
        let of = |lang| config.edition_of(lang).map(|edition| (&*edition.prefix, &*edition.name));
        assert_eq!(of(Some("AR")), Some(("/ar", "العربية")));
        assert_eq!((of(Some("zh-hans")), of(Some("de")), of(None)), (Some(("/zh", "Chinese")), None, None));
        let arabic = config.of_language(&config.languages[0]);
        assert_eq!((&*arabic.title, &*arabic.language, &*arabic.own("/topics/")), ("أ", "ar", "/ar/topics/"));
        assert_eq!(arabic.archive.month(2023, 10), "/ar/archive/2023/10/");
        for (lang, main, own) in [(None, true, false), (Some("de"), true, false), (Some("ar"), false, true)] {
            assert_eq!((config.has_language(lang), arabic.has_language(lang)), (main, own), "{lang:?}");
        }
        for (route, main, own) in [("/", true, false), ("/ar/", false, true), ("/arts/", true, false)] {
            assert_eq!((config.has_route(route), arabic.has_route(route)), (main, own), "{route}");
        }
    }

    #[test]
    fn wrong_languages_are_reported() {
        let text = format!(
            "{SITE}languages:\n  en: {{}}\n  xx_YY: {{}}\n  ar: {{path: ar}}\n  fa: {{path: /ar/}}\n  ur: {{path: /}}\n"
        );
        let (_, report) = read("dateline.yaml", &text);
        let said: Vec<String> = report
            .diagnostics()
            .iter()
            .map(|problem| format!("{} {}", problem.place.as_ref().map_or(0, |place| place.line), problem.message))
            .collect();
        assert_eq!(
            said,
            [
                "4 `en` is a language of the site already",
                "5 `xx_YY` is not a language tag",
                "6 `ar` is not a path: it must start with `/`",
                "7 `fa` and `ar` are both below `/ar/`",
                "8 `/` is the path of the site itself",
            ]
        );
    }
}
