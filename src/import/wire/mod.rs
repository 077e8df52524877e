//! Converts raw wire copy into articles.
//!
//! ```text
//! bytes ──encoding──▶ text ──paragraphs──▶ paragraphs ──raw_story──▶ copies ──story──▶ Story ──article──▶ Article, inferences
//! ```
//!
//! All stages are pure; only [`write()`] touches the disk, and it never overwrites a file. In: bytes, and an
//! [`ImportContext`] with the facts that the copy leaves out. Out: articles as text, with the inferences they are based
//! on. Every word of the copy is in its article, except for the end mark, which is among the inferences. Deliberately
//! not here: knowledge of the world. Text that is not recognized stays in the body.

mod article;
mod changes;
mod context;
mod copy;
mod front;
mod inference;
mod markdown;
mod people;
mod phrases;
mod write;
mod year;

use self::copy::encoding::{self, Encoding};
use self::copy::{paragraphs, raw_story, story};
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::report::{Diagnostic, Report};

pub use article::Article;
pub use context::{ImportContext, WireOptions};
pub use inference::{Inference, Sure};
pub use write::{Dry, Written, path, write};

/// Converts a file of wire copy, called `name` in messages, into articles. Returns no articles when the bytes are not
/// text or contain no words.
pub fn read(name: &str, bytes: &[u8], context: &ImportContext<'_>) -> (Vec<Article>, Report) {
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
        Encoding::Utf16 { marked: false } => Some("UTF-16, without a byte order mark"),
        Encoding::Windows1252 => Some("Windows-1252, since it is not UTF-8"),
    };
    if let Some(taken) = said {
        let message = format!("`{name}` is read as {taken}");
        let help = "look at accents, quotation marks and dashes; where they are wrong, convert it to UTF-8 and import it again";
        report.push(Diagnostic::warning(codes::GUESSED_ENCODING, message).help(help));
    }
    let is_place = |name: &str| context.is_place(name);
    let paragraphs = paragraphs::paragraphs(&decoded.text, &is_place);
    let copies = raw_story::part(paragraphs, &is_place);
    if copies.iter().all(|copy| copy.paragraphs.iter().all(|one| !one.text.chars().any(char::is_alphanumeric))) {
        report.push(
            Diagnostic::error(codes::NO_COPY, format!("there are no words in `{name}`"))
                .help("name a file with wire copy"),
        );
        return (Vec::new(), report);
    }
    if copies.len() > 1 && (context.options.title.is_some() || context.options.slug.is_some()) {
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
        let mut article = report.take(article::article(&story::read(copy, &is_place), digest, context));
        // A story that occurs twice in a file is imported once.
        if articles.iter().any(|other| other.digest == article.digest) {
            let message = format!("the story on line {line} of `{name}` is above it already");
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

/// Whether a slug equals `other`, or is `other` with a number appended.
fn is_numbered(slug: &str, other: &str) -> bool {
    let number = slug.strip_prefix(other).map(|rest| rest.trim_start_matches('-'));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}
