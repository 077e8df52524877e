//! Converts a parsed story into an article file.

use jiff::civil::{Date, Weekday};

use super::changes::UpdateNotices;
use super::context::ImportContext;
use super::front::Front;
use super::inference::{Inference, Sure};
use super::markdown;
use super::people::People;
use super::year;
use crate::base::codes;
use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::base::report::{Diagnostic, Report};
use crate::base::text;
use crate::content::dateline::weekday;
use crate::import::wire::copy::story::{CopyBlock, Located, Story};
use crate::import::wire::phrases::capitals;
use crate::import::wire::phrases::embargo;

/// The maximum length of a slug, in bytes; longer file names and addresses are unwieldy.
const LONGEST_SLUG: usize = 80;
/// The approximate length of a generated dek, in characters.
const SUMMARY: usize = 220;
/// The maximum number of suggested topics; more would say little about the story.
const MOST_TOPICS: usize = 8;

/// An article generated from wire copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The slug: the last segment of the address, and the name of the file without its extension.
    pub slug: String,
    /// The date that the article is filed under.
    pub date: Date,
    /// The digest of the copy's words, which identifies the same copy in another encoding or line wrapping.
    pub digest: String,
    /// The content of the file: front matter and Markdown.
    pub text: String,
    /// The inferences that the front matter is based on, in the order of their lines.
    pub inferences: Vec<Inference>,
}

/// Generates the article of a story. `digest` is the digest of the copy's words.
pub(super) fn article(story: &Story, digest: Digest, context: &ImportContext<'_>) -> (Article, Report) {
    let mut report = Report::default();
    let mut seen = Vec::new();
    let lede = story.blocks.iter().find_map(|block| match &block.it {
        CopyBlock::Text(text) if text.chars().any(char::is_alphabetic) => Some((text.as_str(), block.line)),
        _ => None,
    });
    let (date, dateline_date) = date(story, context, lede, &mut seen);
    let title = title(story, context, lede, &mut seen);
    let summary = summary(story, lede, &mut seen);
    let people = People::of(story, &mut seen);
    let changes = UpdateNotices::of(story, &mut seen);
    let topics = topics(story, &title, context, &mut seen);
    let (embargo, unresolved) = embargoes(story, date, context, &mut seen, &mut report);
    let mut front = Front::default();
    front.text("title", &title).text("summary", summary.as_deref().unwrap_or("")).bare("date", &date.to_string());
    front.bare("draft", "true");
    if let Some(embargo) = embargo {
        front.bare("embargo", &embargo.rfc3339(context.zone));
    }
    if let Some(found) = story.dateline.as_ref().map(|at| &at.it) {
        front.map("dateline", |front| {
            front.list("places", found.places.iter().map(String::as_str));
            front.text("region", found.region.as_deref().unwrap_or(""));
            if let Some(date) = dateline_date {
                front.bare("date", &date.to_string());
            }
            front.text("agency", found.agency.as_deref().unwrap_or(""));
        });
    }
    for (key, names) in
        [("authors", &people.authors), ("contributors", &people.contributors), ("editors", &people.editors)]
    {
        front.list(key, names.iter().map(String::as_str));
    }
    front.text("kind", changes.kind.unwrap_or(""));
    front.text("status", if changes.is_developing { "developing" } else { "" });
    if let Some((kind, text)) = &changes.update {
        let spoken = matches!(*kind, "correction" | "clarification");
        let text = text.clone().or_else(|| spoken.then(|| "TK what was wrong".to_owned()));
        let mut entry = vec![("at", date.to_string()), ("kind", (*kind).to_owned())];
        entry.extend(text.map(|text| ("text", text)));
        front.maps("updates", &[entry]);
    }
    front.list("topics", topics.iter().map(String::as_str));
    front.list("key_points", story.key_points.iter().map(|point| point.it.as_str()));
    front.map("extra", |front| {
        front.map("wire", |front| as_sent(story, &title, digest, &people, front));
    });
    blocks(story, &mut seen);
    let body = body(story, unresolved);
    let slug = context.options.slug.clone().unwrap_or_else(|| slug(&title, digest));
    seen.sort_by_key(|one| (one.line, one.what));
    (Article { slug, date, digest: digest.to_string(), text: front.file(&body), inferences: seen }, report)
}

/// Returns the date of a story: that of the dateline, or else today; and the date of the dateline alone.
fn date(
    story: &Story,
    context: &ImportContext<'_>,
    lede: Option<(&str, u32)>,
    seen: &mut Vec<Inference>,
) -> (Date, Option<Date>) {
    if let Some(Located { line, it: found }) = &story.dateline {
        let at =
            |what, value: String, sure| Inference { what, value, from: format!("`{}`", found.raw), line: *line, sure };
        let places = [found.places.join("/")].into_iter().chain(found.region.clone()).collect::<Vec<_>>().join(", ");
        let agency = found.agency.as_ref().map_or_else(|| "no agency".to_owned(), |agency| format!("agency {agency}"));
        seen.push(at("dateline", format!("{places}, {agency}"), found.sure));
        let said = lede.and_then(|(text, _)| named_weekday(text));
        if let Some(day) = &found.day
            && let Some(resolved) = year::resolve(day, context.options.year, said, context.now)
        {
            let from = format!("`{}`: {}", day.text, resolved.why);
            let value = resolved.date.to_string();
            seen.push(Inference { what: "date", value, from, line: *line, sure: resolved.sure });
            return (resolved.date, Some(resolved.date));
        }
    }
    let from = "today: the copy names no day".to_owned();
    seen.push(Inference { what: "date", value: context.now.to_string(), from, line: 0, sure: Sure::Guess });
    (context.now, None)
}

/// The first weekday that a text names in full.
fn named_weekday(text: &str) -> Option<Weekday> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() >= "Monday".len());
    words.filter(|word| word.starts_with(char::is_uppercase)).find_map(weekday)
}

fn title(story: &Story, context: &ImportContext<'_>, lede: Option<(&str, u32)>, seen: &mut Vec<Inference>) -> String {
    let mut note = |value: &str, from: &str, line, sure| {
        seen.push(Inference { what: "title", value: format!("`{value}`"), from: from.to_owned(), line, sure });
    };
    if let Some(title) = &context.options.title {
        note(title, "`--title`", 0, Sure::Certain);
        return title.clone();
    }
    if let Some(Located { line, it: headline }) = &story.headline {
        let sure = if story.is_bare { Sure::Likely } else { Sure::Certain };
        note(headline, "the headline of the copy", *line, sure);
        return headline.clone();
    }
    let (text, line) = lede.unwrap_or(("a headline", 0));
    let title = format!("TK {}", capitals::proposal(text));
    note(&title, "the first sentence: the copy has no headline", line, Sure::Guess);
    title
}

fn summary(story: &Story, lede: Option<(&str, u32)>, seen: &mut Vec<Inference>) -> Option<String> {
    let (value, from, line, sure) = match (&story.dek, lede) {
        (Some(dek), _) => (dek.it.clone(), "the line under the headline", dek.line, Sure::Likely),
        (None, Some((text, line))) => {
            let opening = capitals::opening(text, SUMMARY).to_owned();
            (opening, "the first words of the text", line, Sure::Guess)
        }
        (None, None) => return None,
    };
    let shown = format!("`{}`", text::truncate(&value, 60));
    seen.push(Inference { what: "summary", value: shown, from: from.to_owned(), line, sure });
    Some(value)
}

fn topics(story: &Story, title: &str, context: &ImportContext<'_>, seen: &mut Vec<Inference>) -> Vec<String> {
    if let Some(topics) = &context.options.topics {
        let value = topics.join(", ");
        seen.push(Inference { what: "topics", value, from: "`--topics`".to_owned(), line: 0, sure: Sure::Certain });
        return topics.clone();
    }
    let points = story.key_points.iter().map(|point| (point.it.as_str(), point.line));
    let texts = story.blocks.iter().flat_map(|block| {
        let texts: Vec<&str> = match &block.it {
            CopyBlock::Text(text) | CopyBlock::Heading(text, _) => vec![text],
            CopyBlock::List(items) => items.iter().map(String::as_str).collect(),
            CopyBlock::Columns(_) | CopyBlock::Break => Vec::new(),
        };
        texts.into_iter().map(|text| (text, block.line))
    });
    let title = title.strip_prefix("TK ").map_or((title, story.headline.as_ref().map_or(0, |at| at.line)), |_| ("", 0));
    let mut topics: Vec<String> = Vec::new();
    for (text, line) in std::iter::once(title).chain(points).chain(texts) {
        for (topic, words) in context.topics_in(text) {
            if topics.len() < MOST_TOPICS && !topics.contains(&topic) {
                let from = format!("`{words}`");
                seen.push(Inference { what: "topics", value: topic.clone(), from, line, sure: Sure::Guess });
                topics.push(topic);
            }
        }
    }
    topics
}

/// Returns the instant of the embargo, and whether the notices stay in the body because one of them cannot be parsed.
fn embargoes(
    story: &Story,
    date: Date,
    context: &ImportContext<'_>,
    seen: &mut Vec<Inference>,
    report: &mut Report,
) -> (Option<Moment>, bool) {
    let mut found = None;
    for Located { line, it } in &story.embargoes {
        match embargo::instant(it, date) {
            Some(instant) if found.is_none() || found == Some(instant) => {
                found = Some(instant);
                let value = Moment::at(instant).rfc3339(context.zone);
                seen.push(Inference {
                    what: "embargo",
                    value,
                    from: format!("`{it}`"),
                    line: *line,
                    sure: Sure::Likely,
                });
            }
            _ => {
                let message = format!("the embargo on line {line} is not understood: `{it}`");
                let help = "the words stand at the top of the text; write the instant into `embargo:` and delete them";
                report.push(Diagnostic::warning(codes::EMBARGO_UNRESOLVED, message).help(help));
                return (None, true);
            }
        }
    }
    (found.map(Moment::at), false)
}

/// Records the copy's own words under `extra.wire`, because the front matter says the same in a normalized form.
fn as_sent(story: &Story, title: &str, digest: Digest, people: &People, front: &mut Front) {
    let text = |at: &Option<Located<String>>| at.as_ref().map(|at| at.it.clone()).unwrap_or_default();
    front.text("digest", &digest.to_string());
    front.text("release", &text(&story.release));
    front.text("slugline", &text(&story.slugline));
    front.text("tag", story.tag.as_ref().map_or("", |tag| &tag.it.text));
    if story.headline.as_ref().is_some_and(|headline| headline.it != title) {
        front.text("headline", &text(&story.headline));
    }
    front.text("advisory", &text(&story.advisory));
    front.list("embargo", story.embargoes.iter().map(|at| at.it.as_str()));
    front.list("byline", story.bylines.iter().map(|at| at.it.0.as_str()));
    front.text("dateline", story.dateline.as_ref().map_or("", |at| &at.it.raw));
    front.list("credits", story.credits.iter().map(|at| at.it.0.as_str()));
    front.maps("people", &people.credits);
}

/// Records the inferences about the body: headings, unrecognized paragraphs, the end mark.
fn blocks(story: &Story, seen: &mut Vec<Inference>) {
    for block in &story.blocks {
        if let CopyBlock::Heading(text, capitals) = &block.it {
            let (from, sure) = match capitals {
                Some(capitals) => (format!("`{capitals}`; names may have lost their capitals"), Sure::Guess),
                None => ("a bullet, or words between dashes, on a line of its own".to_owned(), Sure::Likely),
            };
            seen.push(Inference { what: "heading", value: format!("`{text}`"), from, line: block.line, sure });
        }
    }
    for Located { line, it } in &story.unknown {
        let from = format!("`{}`, which Dateline does not know", text::truncate(it, 60));
        seen.push(Inference {
            what: "body",
            value: "a paragraph at the top".to_owned(),
            from,
            line: *line,
            sure: Sure::Guess,
        });
    }
    if let Some(Located { line, it }) = &story.end {
        let value = "the end of the story, left out".to_owned();
        seen.push(Inference { what: "body", value, from: format!("`{it}`"), line: *line, sure: Sure::Certain });
    }
}

fn body(story: &Story, unresolved: bool) -> String {
    let quoted = |text: &str| format!("> {}", markdown::paragraph(text));
    let embargoes = story.embargoes.iter().filter(|_| unresolved).map(|at| quoted(&at.it));
    let unknown = story.unknown.iter().map(|at| markdown::paragraph(&at.it));
    let blocks = story.blocks.iter().map(|block| markdown::block(&block.it));
    let parts: Vec<String> = embargoes.chain(unknown).chain(blocks).collect();
    if parts.is_empty() { String::new() } else { format!("{}\n", parts.join("\n\n")) }
}

fn slug(title: &str, digest: Digest) -> String {
    let mut slug = text::slugify(title.strip_prefix("TK ").unwrap_or(title));
    if slug.len() > LONGEST_SLUG {
        let end = slug[..=LONGEST_SLUG].rfind('-').unwrap_or(LONGEST_SLUG);
        slug.truncate(end);
    }
    if slug.is_empty() { format!("story-{}", digest.short()) } else { slug }
}
