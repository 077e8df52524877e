//! Raw wire copy → articles.
//!
//! ```text
//! bytes ──encoding──▶ text ──paragraphs──▶ paragraphs ──stories──▶ copies ──story──▶ Story ──article──▶ Article, inferences
//! ```
//!
//! All stages are pure; [`write()`] puts the articles where nothing stands. In: bytes, and a [`Desk`] with what the copy
//! leaves out. Out: articles as text, with what was concluded from which words. Every word of the copy is in its
//! article, but for the sign at its end, which is in the inferences. Deliberately not here: knowledge of the world.
//! What is not understood stays in the text.

mod article;
mod changes;
mod credits;
mod dateline;
mod embargo;
mod encoding;
mod front;
mod headers;
mod heads;
mod inference;
mod markdown;
mod marks;
mod names;
mod paragraphs;
mod people;
mod stories;
mod story;
mod write;
mod year;

use jiff::civil::Date;

use self::encoding::Encoding;
use crate::base::codes;
use crate::base::date::Zone;
use crate::base::digest::Digest;
use crate::base::report::{Diagnostic, Report};
use crate::content::head::TopicKind;
use crate::site::Site;
use crate::site::names::{Names, stands_alone};

pub use article::Article;
pub use inference::{Inference, Sure};
pub use write::{Dry, Written, path, write};

/// What the desk says in place of the copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The year of datelines without one.
    pub year: Option<i16>,
    /// The headline.
    pub title: Option<String>,
    /// The last part of the address.
    pub slug: Option<String>,
    /// The topics, in place of those that the text names.
    pub topics: Option<Vec<String>>,
}

/// What the desk knows and the copy does not.
pub struct Desk<'s> {
    options: Options,
    /// The day on which the copy is imported.
    now: Date,
    zone: &'s Zone,
    site: &'s Site,
    names: Option<Names>,
}

impl<'s> Desk<'s> {
    /// The desk of a site, on the day that the site is published as of.
    pub fn new(site: &'s Site, options: Options) -> Self {
        let zone = &site.config.zone;
        Self { options, now: site.as_of.date(zone), zone, site, names: Names::new(site, str::to_owned) }
    }

    /// The topics that a text names, each with the words that do.
    fn topics_in(&self, text: &str) -> Vec<(String, String)> {
        let Some(names) = &self.names else { return Vec::new() };
        let found = names.find(text, |from, to| stands_alone(text, from, to));
        let topic = |id| self.site.topic(id).title.clone();
        found.into_iter().map(|one| (topic(one.topic), text[one.start..one.end].to_owned())).collect()
    }

    /// Whether the site has a topic of a place that is called so.
    fn is_place(&self, name: &str) -> bool {
        let Some(names) = &self.names else { return false };
        let is_place = |id| self.site.topic(id).kind == TopicKind::Place;
        let found = names.find(name, |from, to| from == 0 && to == name.len());
        found.into_iter().any(|one| is_place(one.topic))
    }
}

/// Makes articles of a file of wire copy, which is called `name`.
pub fn read(name: &str, bytes: &[u8], desk: &Desk<'_>) -> (Vec<Article>, Report) {
    let mut report = Report::default();
    let decoded = match encoding::decode(bytes) {
        Ok(decoded) => decoded,
        Err(refusal) => {
            let message = format!("`{name}` cannot be imported: {}", refusal.message);
            report.push(Diagnostic::error(codes::NOT_TEXT, message).help(refusal.help));
            return (Vec::new(), report);
        }
    };
    let said = match decoded.encoding {
        Encoding::Utf8 | Encoding::Utf16 { marked: true } => None,
        Encoding::Utf16 { marked: false } => Some("UTF-16, although nothing at its start says so"),
        Encoding::Windows1252 => Some("Windows-1252, since it is not UTF-8"),
    };
    if let Some(taken) = said {
        let message = format!("`{name}` is read as {taken}");
        let help = "look at accents, quotation marks and dashes; where they are wrong, convert it to UTF-8 and import it again";
        report.push(Diagnostic::warning(codes::GUESSED_ENCODING, message).help(help));
    }
    let is_place = |name: &str| desk.is_place(name);
    let paragraphs = paragraphs::paragraphs(&decoded.text, &is_place);
    let copies = stories::part(paragraphs, &is_place);
    if copies.iter().all(|copy| copy.paragraphs.iter().all(|one| !one.text.chars().any(char::is_alphanumeric))) {
        report.push(
            Diagnostic::error(codes::NO_COPY, format!("there are no words in `{name}`"))
                .help("name a file with wire copy"),
        );
        return (Vec::new(), report);
    }
    if copies.len() > 1 && (desk.options.title.is_some() || desk.options.slug.is_some()) {
        let message = format!("there are {} stories in `{name}`: `--title` and `--slug` are for one", copies.len());
        report.push(
            Diagnostic::error(codes::USAGE, message).help("import them without these options, or from a file each"),
        );
        return (Vec::new(), report);
    }
    let mut articles: Vec<Article> = Vec::with_capacity(copies.len());
    for copy in copies {
        let words: Vec<&str> = copy.paragraphs.iter().flat_map(|paragraph| paragraph.text.split_whitespace()).collect();
        let line = copy.paragraphs.first().map_or(0, |paragraph| paragraph.line);
        let digest = Digest::of(words.join(" ").as_bytes());
        let mut article = report.take(article::article(&story::read(copy, &is_place), digest, desk));
        // The same story twice in one file is one.
        if articles.iter().any(|other| other.digest == article.digest) {
            let message = format!("the story on line {line} of `{name}` stands above it already");
            report.push(Diagnostic::note(codes::ALREADY_IMPORTED, message));
            continue;
        }
        let taken =
            articles.iter().filter(|other| other.date == article.date && is_numbered(&other.slug, &article.slug));
        let taken = taken.count();
        if taken > 0 {
            article.slug = format!("{}-{}", article.slug, taken + 1);
        }
        articles.push(article);
    }
    (articles, report)
}

/// Whether a slug is another, or that with a number.
fn is_numbered(slug: &str, other: &str) -> bool {
    let number = slug.strip_prefix(other).map(|rest| rest.trim_start_matches('-'));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}
