//! The configuration of the edition in each language: what belongs to it, and where it stands.

use super::languages::LanguageEdition;
use super::settings::Config;
use crate::base::report::Place;
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
        self.languages.is_empty() || self.edition_of(lang).map_or("", |edition| &edition.prefix) == self.prefix
    }

    /// Whether this is the configuration of the main edition, which alone has what is for the whole site.
    pub fn is_main(&self) -> bool {
        self.prefix.is_empty()
    }

    /// The place of a setting that each edition has, such as `["front", "lead"]`.
    pub fn edition_place(&self, path: &[&str]) -> Place {
        let own = self.languages.iter().find(|edition| edition.prefix == self.prefix);
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

    /// Whether a path of the site is one of this edition, by its prefix.
    pub fn has_route(&self, route: &str) -> bool {
        let is_below =
            |prefix: &str| route.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if self.is_main() {
            !self.languages.iter().any(|edition| is_below(&edition.prefix))
        } else {
            is_below(&self.prefix)
        }
    }

    /// The configuration of an edition: that of the site, with what `languages` says of it. What is for the whole site, such
    /// as redirects, stays with the main edition.
    #[must_use]
    pub fn of_language(&self, edition: &LanguageEdition) -> Self {
        let LanguageEdition { tag, name: _, prefix, title, description, image, navigation, front } = edition.clone();
        Self {
            title: title.unwrap_or_else(|| self.title.clone()),
            description: description.or_else(|| self.description.clone()),
            language: tag,
            archive: self.archive.below(&prefix),
            image: image.or_else(|| self.image.clone()),
            navigation,
            front,
            prefix,
            gone: Vec::new(),
            gone_at: Vec::new(),
            redirects: Vec::new(),
            ..self.clone()
        }
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
