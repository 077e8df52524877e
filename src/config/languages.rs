//! The languages of the site beside its main one: the key `languages`.
//!
//! Each is an edition of its own, with its front page, lists and feeds: below a path, or on a host of its own.

use std::sync::Arc;

use super::addresses::base_url::BaseUrl;
use super::addresses::redirects::{self, Redirect};
use super::choices::NavigationLink;
use super::front::{self, FrontConfig};
use super::navigation::check_navigation;
use super::raw::RawLanguage;
use super::values::{bad, check_address, text_of};
use super::words::Catalog;
use crate::base::codes;
use crate::base::date::Zone;
use crate::base::report::{Diagnostic, Place};
use crate::base::route::Route;
use crate::base::text::{autonym, is_language};
use crate::base::yaml::lenient::{Table, Text};
use crate::base::yaml::source::{Problems, step};

/// A language of the site beside its main one, with an edition of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageEdition {
    /// The BCP 47 tag, as stories name it with `lang`.
    pub tag: String,
    /// The name of the language in itself.
    pub name: String,
    /// The path before all addresses of the edition, without a `/` at its end: `/ar`. Empty on a host of its own.
    pub prefix: String,
    /// Its address, where it has a host of its own, and so is a deployment of its own.
    pub base_url: Option<BaseUrl>,
    pub(in crate::config) title: Option<String>,
    pub(in crate::config) description: Option<String>,
    pub(in crate::config) image: Option<String>,
    pub(in crate::config) navigation: Vec<NavigationLink>,
    pub(in crate::config) front: FrontConfig,
    /// Routes that are gone for good from its host.
    pub(in crate::config) gone: Vec<Route>,
    /// Places of the entries of `gone`.
    pub(in crate::config) gone_at: Vec<Place>,
    /// Redirects of its host.
    pub(in crate::config) redirects: Vec<Redirect>,
    /// The words of the interface.
    pub(in crate::config) words: Arc<Catalog>,
}

/// Checks `languages`; `main` is the language of the site itself, and its address.
pub(super) fn check(
    raw: Option<Table<RawLanguage>>,
    (main, address): (&str, Option<&BaseUrl>),
    zone: &Zone,
    problems: &mut Problems,
) -> Vec<LanguageEdition> {
    let mut editions: Vec<LanguageEdition> = Vec::new();
    for (tag, raw) in raw.into_iter().flat_map(|Table(languages)| languages) {
        let at = format!("languages/{}", step(&tag));
        if !is_language(&tag) {
            let problem = bad(format!("`{tag}` is not a language tag"));
            problems.key(at, problem.help("write a tag such as `ar`, `pt-BR` or `zh-Hans`"));
            continue;
        }
        let is_same = |known: &str| known.eq_ignore_ascii_case(&tag);
        if is_same(main) || editions.iter().any(|known| is_same(&known.tag)) {
            let problem = Diagnostic::error(codes::CONFLICT, format!("`{tag}` is a language of the site already"));
            problems.key(at, problem.help("`language` names the main one; list only the others here"));
            continue;
        }
        let RawLanguage { name, path, base_url, title, description, image, navigation, front, gone, redirects } = raw;
        let others = editions.iter().filter_map(|known| Some((&*known.tag, known.base_url.as_ref()?)));
        let others = address.map(|address| (main, address)).into_iter().chain(others);
        let base_url = text_of(base_url).and_then(|url| host(&url, others, &at, problems));
        if base_url.is_some() && path.is_some() {
            let problem = Diagnostic::error(codes::CONFLICT, format!("`{tag}` has both a `path` and a `base_url`"));
            problems.key(
                format!("{at}/path"),
                problem.help("keep `path` below the address of the site, or `base_url` for a host of its own"),
            );
        }
        for (key, is_there) in [("gone", gone.is_some()), ("redirects", redirects.is_some())] {
            if is_there && base_url.is_none() {
                let message = format!("`{key}` of a language are those of a host of its own");
                let help = format!("move them to `{key}` of the site, with the path of the language before each");
                problems.key(format!("{at}/{key}"), Diagnostic::error(codes::CONFLICT, message).help(help));
            }
        }
        let former = (format!("{at}/"), base_url.clone());
        let (gone, redirects) = match &former {
            (at, Some(base)) => (
                redirects::gone(gone, (at, Some(base)), problems),
                redirects::redirects(redirects, (at, Some(base)), problems),
            ),
            (_, None) => (Vec::new(), Vec::new()),
        };
        let prefix = if base_url.is_some() { String::new() } else { prefix(path, &tag, &at, problems) };
        if let Some(other) = editions.iter().find(|known| base_url.is_none() && known.prefix == prefix) {
            let message = format!("`{tag}` and `{}` are both below `{prefix}/`", other.tag);
            problems.key(at, Diagnostic::error(codes::CONFLICT, message).help("give one of them another `path`"));
            continue;
        }
        editions.push(LanguageEdition {
            name: text_of(name).unwrap_or_else(|| autonym(&tag).to_owned()),
            prefix,
            base_url,
            title: text_of(title),
            description: text_of(description),
            image: text_of(image).and_then(|image| check_address(&format!("{at}/image"), &image, problems)),
            navigation: check_navigation(&format!("{at}/navigation"), navigation, problems),
            front: front::check(front, &format!("{at}/front"), zone, problems),
            gone,
            gone_at: Vec::new(),
            redirects,
            words: Arc::new(Catalog::shipped(&tag)),
            tag,
        });
    }
    editions
}

/// The address of an edition on a host of its own. Where one address is below another, each deployment would delete or
/// hide what the other has put there.
fn host<'o>(
    url: &str,
    mut others: impl Iterator<Item = (&'o str, &'o BaseUrl)>,
    at: &str,
    problems: &mut Problems,
) -> Option<BaseUrl> {
    let problem = match BaseUrl::parse(url) {
        Ok(base_url) => {
            let is_below = |one: &BaseUrl, other: &BaseUrl| one.path_of(&format!("{}/", other.whole())).is_some();
            let clash = others.find(|(_, other)| is_below(other, &base_url) || is_below(&base_url, other));
            let Some((tag, other)) = clash else { return Some(base_url) };
            let (relation, other) = match (is_below(other, &base_url), is_below(&base_url, other)) {
                (true, true) => ("is", other.whole()),
                (true, false) => ("is below", other.whole()),
                _ => ("is above", other.whole()),
            };
            let message = format!("`{url}` {relation} `{other}`, the address of the edition in `{tag}`");
            let help = "give each a host of its own, or write `path` in place of `base_url` to keep them on one";
            Diagnostic::error(codes::CONFLICT, message).help(help)
        }
        Err(reason) => bad(format!("`{url}` cannot be the address of an edition: {reason}"))
            .help("write it as `https://ar.example.org`"),
    };
    problems.value(format!("{at}/base_url"), problem);
    None
}

/// The path before the addresses of an edition.
fn prefix(path: Option<Text>, tag: &str, at: &str, problems: &mut Problems) -> String {
    let usual = format!("/{}", tag.to_ascii_lowercase());
    let Some(path) = text_of(path) else { return usual };
    let folder = path.strip_suffix('/').unwrap_or(&path);
    let problem = match Route::new(folder) {
        Ok(route) => return route.to_string(),
        Err(_) if folder.is_empty() => bad(format!("`{path}` is the path of the site itself")),
        Err(reason) => bad(format!("`{path}` is not a path: {reason}")),
    };
    problems.value(format!("{at}/path"), problem.help(format!("write one such as `{usual}/`")));
    usual
}
