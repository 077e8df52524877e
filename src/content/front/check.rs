//! Checks that several kinds of front matter share: from raw to checked values.

use super::raw::{RawImage, RawSource, RawUpdate};
use crate::base::codes;
use crate::base::date::{FORMS, Moment};
use crate::base::report::Diagnostic;
use crate::base::route::Route;
use crate::base::text::{is_language, slugify};
use crate::base::web::scheme;
use crate::base::yaml::lenient::{Extra, Many, Text, TextOr};
use crate::base::yaml::source::Problems;
use crate::config::Config;
use crate::config::former_route;
use crate::content::head::{CitedSource, ImageHead, Update, UpdateKind};
use crate::content::markdown::punctuated;

/// Context of the checks, and where they report.
pub(super) struct Check<'c> {
    pub(super) config: &'c Config,
    pub(super) problems: &'c mut Problems,
}

/// Placeholder for a missing or invalid date, so that the rest can still be checked.
pub(in crate::content) const NO_DATE: Moment = Moment::at(jiff::Timestamp::MIN);

/// A text that readers see, with typographic marks like those of a body; `None` when it is empty.
pub(super) fn prose(raw: Option<Text>) -> Option<String> {
    text(raw).map(punctuated)
}

/// A trimmed text; `None` when nothing is left.
pub(super) fn text(raw: Option<Text>) -> Option<String> {
    let Text(text) = raw?;
    let trimmed = text.trim();
    if trimmed.len() == text.len() {
        return (!text.is_empty()).then_some(text);
    }
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// Values for the theme; an empty map when there are none.
pub(super) fn extra(raw: Option<Extra>) -> serde_json::Value {
    serde_json::Value::Object(raw.unwrap_or_default().0)
}

/// An error for a value of the right type with an unacceptable content.
pub(super) fn bad(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(codes::BAD_VALUE, message)
}

/// The date at the start of a file's name: `2023-10-17-visit.md`, `2023-10-17-visit/index.md`, `2023-10-17.md`.
pub(super) fn day_of_name(path: &str, config: &Config) -> Option<Moment> {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let name = stem.strip_suffix("/index").unwrap_or(stem).rsplit('/').next()?;
    let (day, rest) = name.split_at_checked(10)?;
    (rest.is_empty() || rest.starts_with(['-', '_', ' ', '.'])).then(|| Moment::parse(day, &config.zone).ok()).flatten()
}

/// The point that a cut keeps where no other is named.
const CENTRE: (u8, u8) = (50, 50);

impl Check<'_> {
    /// A title, on one line, that must not be empty.
    pub(super) fn title(&mut self, key: &str, raw: Option<Text>) -> Option<String> {
        let Text(title) = raw?;
        if title.trim().is_empty() {
            let problem = Diagnostic::error(codes::MISSING_KEY, format!("`{key}` is empty"));
            self.problems.value(key, problem.help("give it a value"));
            return None;
        }
        if title.contains(['\n', '\r', '\t']) {
            return Some(title.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        text(Some(Text(title)))
    }

    /// Like [`title`](Self::title); an absent one is reported, too.
    pub(super) fn required_title(&mut self, key: &str, raw: Option<Text>) -> Option<String> {
        if raw.is_none() {
            self.problems.lack();
        }
        self.title(key, raw)
    }

    /// An optional title, on one line; an empty one counts as absent.
    pub(super) fn other_title(&mut self, key: &str, raw: Option<Text>) -> Option<String> {
        self.title(key, raw.filter(|Text(title)| !title.trim().is_empty()))
    }

    /// `summary`, or `description`, which means the same.
    pub(super) fn summary(&mut self, summary: Option<Text>, description: Option<Text>) -> Option<String> {
        match (prose(summary), prose(description)) {
            (Some(summary), Some(description)) if summary != description => {
                let problem = Diagnostic::error(codes::CONFLICT, "`summary` and `description` say different things");
                self.problems.key("description", problem.help("they are read as the same; keep `summary`"));
                Some(summary)
            }
            (summary, description) => summary.or(description),
        }
    }

    /// A list of texts. Empty entries are dropped with a warning.
    pub(super) fn texts(&mut self, key: &str, raw: Option<Many<Text>>) -> Vec<String> {
        self.entries(key, raw).into_iter().map(|(_, text)| text).collect()
    }

    /// Like [`Check::texts`], each with its index in the list as written.
    fn entries(&mut self, key: &str, raw: Option<Many<Text>>) -> Vec<(usize, String)> {
        let Some(Many(raw)) = raw else { return Vec::new() };
        let mut texts = Vec::with_capacity(raw.len());
        let single = raw.len() == 1;
        for (index, entry) in raw.into_iter().enumerate() {
            match text(Some(entry)) {
                Some(text) => texts.push((index, text)),
                None if single => {}
                None => self.empty_entry(key, index),
            }
        }
        texts
    }

    fn empty_entry(&mut self, key: &str, index: usize) {
        let path = format!("{key}/{index}");
        self.problems.leave_out(&*path);
        let problem = Diagnostic::warning(codes::BAD_VALUE, format!("an entry of `{key}` is empty"));
        self.problems.value(path, problem.help("remove it"));
    }

    /// A slug. An invalid one is replaced by what was probably meant, so that links to it cause no further errors.
    pub(super) fn slug(&mut self, raw: Option<Text>) -> Option<String> {
        self.name("slug", raw)
    }

    /// A value under `key` in the form of a slug.
    pub(super) fn name(&mut self, key: &str, raw: Option<Text>) -> Option<String> {
        let slug = text(raw)?;
        let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.');
        if slug.bytes().all(plain) && slug.as_bytes()[0].is_ascii_alphanumeric() {
            return Some(slug);
        }
        let what = if key == "slug" { "a slug" } else { "an anchor" };
        let problem = bad(format!("`{slug}` cannot be {what}: it is made of `a` to `z`, `0` to `9`, `-`, `_` and `.`"));
        let fixed = slugify(slug.trim_matches('/').rsplit('/').next().unwrap_or(&slug));
        self.problems.leave_out(key);
        let problem = if fixed.is_empty() {
            problem.help("write a few plain words with `-` between them")
        } else {
            problem.propose(&*fixed)
        };
        self.problems.value(key, problem);
        Some(fixed).filter(|fixed| !fixed.is_empty())
    }

    /// Other names of a topic or a person. An address among them, which is an alias of other kinds, is reported.
    pub(super) fn names(&mut self, raw: Option<Many<Text>>, what: &str) -> Vec<String> {
        let names = self.entries("aliases", raw);
        for (index, name) in names.iter().filter(|(_, name)| name.starts_with('/')) {
            let problem = format!("`{name}` is an address, and the `aliases` of a {what} are other names of it");
            let problem = Diagnostic::warning(codes::BAD_VALUE, problem);
            let help = format!("write `redirect_from: [{name}]` to lead a former address to this {what}");
            self.problems.value(format!("aliases/{index}"), problem.help(help));
        }
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// Former routes of an article, an edition or a page.
    pub(super) fn aliases(&mut self, raw: Option<Many<Text>>) -> Vec<Route> {
        self.routes("aliases", raw)
    }

    /// Former routes under `key`.
    pub(super) fn routes(&mut self, key: &str, raw: Option<Many<Text>>) -> Vec<Route> {
        let aliases = self.entries(key, raw);
        let mut routes = Vec::with_capacity(aliases.len());
        for (index, alias) in aliases {
            match former_route(&alias, &self.config.base_url) {
                Ok(route) => routes.push(route),
                Err((reason, fix)) => {
                    let problem = bad(format!("`{alias}` cannot be an alias: {reason}"));
                    let path = format!("{key}/{index}");
                    self.problems.leave_out(&*path);
                    self.problems.value(
                        path,
                        match fix {
                            Some(fix) => problem.propose(fix),
                            None => problem.help("write the path of a former page, such as `/2023/10/old-slug/`"),
                        },
                    );
                }
            }
        }
        routes
    }

    /// A BCP 47 language.
    pub(super) fn language(&mut self, raw: Option<Text>) -> Option<String> {
        let tag = text(raw)?;
        if is_language(&tag) {
            // Tags differ in no letter's case (RFC 5646, section 2.1.1); that of the configuration is shown.
            let own = self.config.edition_of(Some(&tag)).map(|edition| edition.tag.clone());
            return Some(own.unwrap_or(tag));
        }
        let fixed = tag.replace('_', "-");
        let problem = bad(format!("`{tag}` is not a language tag"));
        self.problems.value(
            "lang",
            if is_language(&fixed) {
                problem.propose(fixed)
            } else {
                problem.help("write a tag such as `en`, `pt-BR` or `zh-Hans`")
            },
        );
        None
    }

    /// An address for readers: absolute, or a route of the site.
    pub(super) fn address(&mut self, path: &str, raw: Option<Text>) -> Option<String> {
        let address = text(raw)?;
        if is_absolute(&address) || address.starts_with('/') || address.starts_with("mailto:") {
            return Some(address);
        }
        let problem = bad(format!("`{address}` is not an address"));
        let looks = address.contains('.') && !address.contains([':', ' ', '\n']);
        let fixed = if looks { Some(format!("https://{address}")) } else { scheme::corrected(&address) };
        self.problems.value(
            path,
            match fixed {
                Some(fixed) => problem.propose(fixed),
                None => problem.help("write one that starts with `https://`"),
            },
        );
        None
    }

    /// The address of the original.
    pub(super) fn canonical(&mut self, raw: Option<Text>) -> Option<String> {
        let address = text(raw)?;
        if is_absolute(&address) {
            return Some(address);
        }
        let problem = bad(format!("`{address}` is not an absolute address"));
        self.problems.value(
            "canonical",
            match scheme::corrected(&address).filter(|fixed| is_absolute(fixed)) {
                Some(fixed) => problem.propose(fixed),
                None => problem.help("write the original's address, from `https://` on"),
            },
        );
        None
    }

    /// A picture. Without `alt` it gets a warning, because readers who cannot see it learn nothing.
    pub(super) fn image(&mut self, raw: Option<TextOr<RawImage>>) -> Option<ImageHead> {
        let (src, alt, caption, credit, focus) = match raw? {
            TextOr::Text(src) => (Text(src), None, None, None, None),
            TextOr::Map(RawImage { src, alt, caption, credit, focus }) => (src, alt, caption, credit, focus),
        };
        let Some(src) = text(Some(src)) else {
            let problem = Diagnostic::error(codes::MISSING_KEY, "`src` of `image` is empty");
            self.problems.value("image/src", problem.help("name the picture's file"));
            return None;
        };
        if alt.is_none() {
            let problem = Diagnostic::warning(codes::MISSING_KEY, "`image` has no `alt`");
            let help = "say what it shows, for readers who cannot see it: `image: {src: …, alt: …}`";
            self.problems.key("image", problem.help(help));
        }
        let focus = text(focus).and_then(|focus| self.focus(&focus)).unwrap_or(CENTRE);
        let alt = text(alt).unwrap_or_default();
        Some(ImageHead { src, alt, caption: prose(caption), credit: text(credit), focus })
    }

    /// A point of a picture: two shares of its width and height, such as `30% 20%`.
    fn focus(&mut self, written: &str) -> Option<(u8, u8)> {
        let share = |text: &str| text.strip_suffix('%')?.trim().parse::<u8>().ok().filter(|share| *share <= 100);
        let mut parts = written.split_whitespace();
        let point = match (parts.next().and_then(share), parts.next().and_then(share), parts.next()) {
            (Some(x), Some(y), None) => Some((x, y)),
            _ => None,
        };
        if point.is_none() {
            let problem = bad(format!("`{written}` is no point of a picture"));
            let help = "write how far it is from the left and from the top, in whole percent: `30% 20%`";
            self.problems.value("image/focus", problem.help(help));
        }
        point
    }

    /// Names with addresses.
    pub(super) fn sources(&mut self, key: &str, raw: Option<Many<TextOr<RawSource>>>) -> Vec<CitedSource> {
        let Some(Many(raw)) = raw else { return Vec::new() };
        let mut sources = Vec::with_capacity(raw.len());
        for (index, entry) in raw.into_iter().enumerate() {
            let (name, url) = match entry {
                TextOr::Text(name) if is_absolute(name.trim()) => {
                    (text(Some(Text(name.clone()))), text(Some(Text(name))))
                }
                TextOr::Text(name) => (text(Some(Text(name))), None),
                TextOr::Map(RawSource { name, url }) => {
                    (text(Some(name)), self.address(&format!("{key}/{index}/url"), url))
                }
            };
            if let Some(name) = name {
                sources.push(CitedSource { name, url });
            } else {
                self.empty_entry(key, index);
            }
        }
        sources
    }

    /// The change log, oldest first, including an entry for `updated`.
    pub(super) fn updates(
        &mut self,
        raw: Option<Many<RawUpdate>>,
        updated: Option<Text>,
        date: Option<Moment>,
    ) -> Vec<Update> {
        let Many(raw) = raw.unwrap_or(Many(Vec::new()));
        let mut log = Vec::with_capacity(raw.len());
        for (index, RawUpdate { at, kind, text: note, item }) in raw.into_iter().enumerate() {
            let kind = kind.unwrap_or(UpdateKind::Update);
            let note = prose(note);
            let spoken = matches!(kind, UpdateKind::Correction | UpdateKind::Clarification | UpdateKind::EditorsNote);
            if spoken && note.is_none() {
                let message = format!(
                    "{} has no `text`",
                    if kind == UpdateKind::EditorsNote {
                        "an editor’s note".into()
                    } else {
                        format!("a {}", kind.noun())
                    }
                );
                let problem = Diagnostic::warning(codes::MISSING_KEY, message);
                self.problems.value(format!("updates/{index}/kind"), problem.help("tell readers what changed"));
            }
            let (entry, path) = (format!("updates/{index}"), format!("updates/{index}/at"));
            if at.0.trim().is_empty() {
                let problem = Diagnostic::error(codes::MISSING_KEY, "`at` is empty");
                self.problems.value(path, problem.help(FORMS));
                self.problems.leave_out(entry);
            } else if let Some(at) = self.moment(&path, Some(at)) {
                self.not_before(&path, "an update", at, date);
                log.push(Update { at, kind, text: note, item: text(item), index: Some(log.len()) });
            } else {
                self.problems.leave_out(entry);
            }
        }
        if let Some(at) = self.moment("updated", updated) {
            self.not_before("updated", "`updated`", at, date);
            if log.iter().all(|update| update.at < at) {
                log.push(Update { at, kind: UpdateKind::Update, text: None, item: None, index: None });
            }
        }
        log.sort_by_key(|update| update.at);
        log
    }

    fn not_before(&mut self, path: &str, what: &str, at: Moment, date: Option<Moment>) {
        let Some(date) = date else { return };
        let zone = &self.config.zone;
        let days = at.is_day_only() || date.is_day_only();
        if if days { at.date(zone) < date.date(zone) } else { at < date } {
            let message = format!("{what} is earlier than `date`");
            let problem = Diagnostic::warning(codes::BAD_VALUE, message);
            self.problems.value(path, problem.help("`date` is the first publication; updates come after it"));
        }
    }

    /// A positive number.
    pub(super) fn number(&mut self, key: &str, raw: Option<i64>) -> Option<u32> {
        let raw = raw?;
        let number = u32::try_from(raw).ok().filter(|number| *number > 0);
        if number.is_none() {
            self.problems.value(key, bad(format!("`{key}` cannot be {raw}")).help("write a whole number from 1"));
        }
        number
    }
}

fn is_absolute(address: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| address.len() > scheme.len() && address.starts_with(scheme))
        && !address.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::BaseUrl;

    #[test]
    fn a_name_can_give_the_day() {
        let config = Config::minimal("x", BaseUrl::new("https://a.example", ""));
        for (path, day) in [
            ("content/articles/2023-10-17-visit.md", true),
            ("content/articles/2023-10-17-visit/index.md", true),
            ("content/briefings/2023-10-17.md", true),
            ("content/articles/2023-10-17x.md", false),
            ("content/articles/2023-13-17-x.md", false),
            ("content/articles/visit.md", false),
        ] {
            assert_eq!(day_of_name(path, &config).is_some(), day, "{path}");
        }
    }
}
