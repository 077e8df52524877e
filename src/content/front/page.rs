//! The front matter of standing pages and of people.

use schemars::JsonSchema;
use serde::Deserialize;

use super::check::{Check, bad, extra, text};
use super::parts::Parts;
use super::raw::{RawImage, RawSource};
use super::synonyms::SYNONYMS;
use crate::base::report::Report;
use crate::base::rules::ByRule;
use crate::base::yaml;
use crate::base::yaml::lenient::{Extra, Many, Text, TextOr};
use crate::base::yaml::source::{LeftOut, Problems, Source as Yaml};
use crate::config::Config;
use crate::content::head::{PageHead, PersonHead};
use crate::content::markdown::punctuated;

/// Front matter of a standing page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Page")]
pub(crate) struct RawPage {
    /// Its title.
    #[schemars(required)]
    title: Option<Text>,
    /// One or two sentences.
    summary: Option<Text>,
    /// Another name of `summary`.
    description: Option<Text>,
    /// Last segment of the URL. Default: from the file's name.
    slug: Option<Text>,
    /// When it was last changed.
    updated: Option<Text>,
    /// Withheld as long as this is `true`.
    draft: Option<bool>,
    /// Whether search engines are asked not to index it.
    noindex: Option<bool>,
    /// Former paths of this page.
    aliases: Option<Many<Text>>,
    /// Language as a BCP 47 tag, when it is not the site's.
    lang: Option<Text>,
    /// Template to use instead of `page.html`.
    template: Option<Text>,
    /// Rules of `check` that this file waives, each with the reason: `no-topic: "a note to readers"`.
    waive: Option<ByRule<Text>>,
    /// Values for the theme, of any form.
    extra: Option<Extra>,
}

/// Front matter of a person.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Person")]
pub(crate) struct RawPerson {
    /// Name, as in by-lines.
    #[schemars(required)]
    name: Option<Text>,
    /// Other spellings of the name in by-lines.
    aliases: Option<Many<Text>>,
    /// Former addresses of the page: `[/people/ann-lee/]`. Those of its feeds lead on with them.
    redirect_from: Option<Many<Text>>,
    /// Role or job title.
    role: Option<Text>,
    /// Last segment of the URL. Default: from the name.
    slug: Option<Text>,
    /// A public e-mail address.
    email: Option<Text>,
    /// Links to pages on other sites.
    links: Option<Many<TextOr<RawSource>>>,
    /// Portrait.
    image: Option<TextOr<RawImage>>,
    /// Rules of `check` that this file waives, each with the reason: `no-topic: "a note to readers"`.
    waive: Option<ByRule<Text>>,
    /// Values for the theme, of any form.
    extra: Option<Extra>,
}

/// Parses the front matter of the standing page at `path`. `None` when it cannot be read at all. A title that
/// is missing or unusable is empty.
pub fn page(path: &str, parts: &Parts<'_>, config: &Config) -> (Option<(PageHead, LeftOut)>, Report) {
    let source = Yaml { file: path, text: parts.front, first_line: 2 };
    yaml::read(source, SYNONYMS, |raw, problems| Some(check_page(raw, config, problems)))
}

/// Parses the front matter of the person at `path`. `None` when it cannot be read at all. A name that
/// is missing or unusable is empty.
pub fn person(path: &str, parts: &Parts<'_>, config: &Config) -> (Option<(PersonHead, LeftOut)>, Report) {
    let source = Yaml { file: path, text: parts.front, first_line: 2 };
    yaml::read(source, SYNONYMS, |raw, problems| Some(check_person(raw, config, problems)))
}

fn check_page(raw: RawPage, config: &Config, problems: &mut Problems) -> PageHead {
    let RawPage {
        title,
        summary,
        description,
        slug,
        updated,
        draft,
        noindex,
        aliases,
        lang,
        template,
        waive,
        extra: free,
    } = raw;
    let mut check = Check { config, problems };
    let title = check.required_title("title", title).map(punctuated);
    let head = PageHead {
        title: String::new(),
        summary: check.summary(summary, description),
        slug: check.slug(slug),
        updated: check.moment("updated", updated),
        draft: draft.unwrap_or(false),
        noindex: noindex.unwrap_or(false),
        aliases: check.aliases(aliases),
        lang: check.language(lang),
        template: check_template(template, &mut check),
        waive: check.waive(waive),
        extra: extra(free),
    };
    PageHead { title: title.unwrap_or_default(), ..head }
}

fn check_template(raw: Option<Text>, check: &mut Check<'_>) -> Option<String> {
    let template = text(raw)?;
    let parts = template.split('/');
    let plain = parts.clone().all(|part| !part.is_empty() && !part.starts_with('.')) && !template.contains('\\');
    if plain && matches!(template.rsplit_once('.'), Some((_, "html"))) {
        return Some(template);
    }
    let problem = bad(format!("`{template}` cannot be a template"));
    check.problems.value("template", problem.help("name a file in `templates/`, such as `wide.html`"));
    None
}

fn check_person(raw: RawPerson, config: &Config, problems: &mut Problems) -> PersonHead {
    let RawPerson { name, aliases, redirect_from, role, slug, email, links, image, waive, extra: free } = raw;
    let mut check = Check { config, problems };
    let name = check.required_title("name", name);
    let email = text(email);
    if let Some(address) = email.as_deref() {
        let whole = address.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
        if !whole || address.contains(char::is_whitespace) {
            let problem = bad(format!("`{address}` is not an e-mail address"));
            check.problems.value("email", problem.help("write it as `name@example.org`"));
        }
    }
    let head = PersonHead {
        name: String::new(),
        aliases: check.names(aliases, "person"),
        redirect_from: check.routes("redirect_from", redirect_from),
        role: text(role),
        slug: check.slug(slug),
        email,
        links: check.sources("links", links),
        image: check.image(image),
        waive: check.waive(waive),
        extra: extra(free),
    };
    PersonHead { name: name.unwrap_or_default(), ..head }
}
