//! Splits the paragraphs of one story into its parts, each with its line.

use super::paragraphs::Paragraph;
use super::raw_story::{RawStory, dateline_at};
use crate::import::wire::phrases::capitals::WrittenWords;
use crate::import::wire::phrases::credits::{self, Clause};
use crate::import::wire::phrases::dateline::DatelineMatch;
use crate::import::wire::phrases::embargo;
use crate::import::wire::phrases::headers::{self, Tag};
use crate::import::wire::phrases::marks::{self, Bullet};
use crate::import::wire::phrases::names::Person;

/// A value with the line on which it was found, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::wire) struct Located<T> {
    /// The line of the file on which the value starts.
    pub(in crate::import::wire) line: u32,
    /// The value itself.
    pub(in crate::import::wire) it: T,
}

/// The parts of a story. Every word of the copy is in one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import::wire) struct Story {
    /// The embargo notices as written.
    pub(in crate::import::wire) embargoes: Vec<Located<String>>,
    /// The slugline as written.
    pub(in crate::import::wire) slugline: Option<Located<String>>,
    /// The tag before the headline, such as `UPDATE 1-`.
    pub(in crate::import::wire) tag: Option<Located<Tag>>,
    /// The headline, without its tag.
    pub(in crate::import::wire) headline: Option<Located<String>>,
    /// Whether the headline was recognized only by its position, without a tag.
    pub(in crate::import::wire) is_bare: bool,
    /// The dek: a second line below the headline.
    pub(in crate::import::wire) dek: Option<Located<String>>,
    /// The advisory as written, with its brackets.
    pub(in crate::import::wire) advisory: Option<Located<String>>,
    /// The by-lines as written, each with its people.
    pub(in crate::import::wire) bylines: Vec<Located<(String, Vec<Person>)>>,
    /// The list items above the text, without their bullets.
    pub(in crate::import::wire) key_points: Vec<Located<String>>,
    /// The dateline at the start of the text.
    pub(in crate::import::wire) dateline: Option<Located<DatelineMatch>>,
    /// A notice that the story may be published at once.
    pub(in crate::import::wire) release: Option<Located<String>>,
    /// Paragraphs above the story that were not recognized.
    pub(in crate::import::wire) unknown: Vec<Located<String>>,
    /// The blocks of the body, without the dateline.
    pub(in crate::import::wire) blocks: Vec<Located<CopyBlock>>,
    /// The credit lines as written, each with its clauses.
    pub(in crate::import::wire) credits: Vec<Located<(String, Vec<Clause>)>>,
    /// The end mark as written.
    pub(in crate::import::wire) end: Option<Located<String>>,
}

/// A block of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::wire) enum CopyBlock {
    Text(String),
    /// A cross-head; the second field is its original spelling if that was in upper case.
    Heading(String, Option<String>),
    List(Vec<String>),
    /// Lines in columns, with their alignment.
    Columns(Vec<String>),
    /// A separator line between two parts.
    Break,
}

/// The number of paragraphs at the end in which credits are searched for.
const FOOTER: usize = 5;
/// The maximum length of a headline, in characters.
const HEADLINE: usize = 120;
/// The maximum length of a dek, in characters.
const DEK: usize = 240;

/// Splits a story into its parts. `is_place` tells whether the site knows a place of this name.
pub(in crate::import::wire) fn read(copy: RawStory, is_place: &dyn Fn(&str) -> bool) -> Story {
    let RawStory { mut paragraphs, end } = copy;
    let mut story = Story { end: end.map(|(it, line)| Located { line, it }), ..Story::default() };
    take_credits(&mut paragraphs, &mut story);
    let found = dateline_at(&paragraphs, is_place);
    let body = match found {
        Some((at, found)) => {
            let rest = paragraphs.split_off(at + 1);
            let opening = paragraphs.pop();
            take_header(paragraphs, true, &mut story);
            let opening = opening.map(|mut opening| {
                opening.text.replace_range(..found.end, "");
                opening
            });
            let line = opening.as_ref().map_or(0, |opening| opening.line);
            story.dateline = Some(Located { line, it: found });
            opening.into_iter().filter(|opening| !opening.text.is_empty()).chain(rest).collect()
        }
        None => take_header(paragraphs, false, &mut story),
    };
    story.blocks = blocks(body);
    story
}

/// Moves the credit lines at the end into the story.
fn take_credits(paragraphs: &mut Vec<Paragraph>, story: &mut Story) {
    let first = paragraphs.len().saturating_sub(FOOTER);
    let mut kept = Vec::with_capacity(paragraphs.len());
    for (at, paragraph) in std::mem::take(paragraphs).into_iter().enumerate() {
        let clauses = if at >= first { credits::credits(&paragraph.text) } else { None };
        match clauses {
            Some(clauses) => story.credits.push(Located { line: paragraph.line, it: (paragraph.text, clauses) }),
            None => kept.push(paragraph),
        }
    }
    *paragraphs = kept;
}

/// Moves the header lines into the story. Without a dateline, the header ends at the first paragraph of prose, and the
/// remaining paragraphs are returned.
fn take_header(paragraphs: Vec<Paragraph>, dated: bool, story: &mut Story) -> Vec<Paragraph> {
    let mut rest = paragraphs.into_iter().peekable();
    while let Some(paragraph) = rest.next() {
        let line = paragraph.line;
        let text = paragraph.text.clone();
        let next = rest.peek();
        let at = |it: String| Located { line, it };
        if paragraph.is_columns {
            if !dated {
                return std::iter::once(paragraph).chain(rest).collect();
            }
            story.unknown.push(at(text.trim().to_owned()));
        } else if embargo::is_embargo(&text) {
            story.embargoes.push(at(text));
        } else if text.to_uppercase().starts_with("FOR IMMEDIATE RELEASE") && text.len() < 60 && story.release.is_none()
        {
            story.release = Some(at(text));
        } else if headers::is_advisory(&text) && story.advisory.is_none() {
            story.advisory = Some(at(text));
        } else if headers::is_slugline(&text) && story.slugline.is_none() {
            story.slugline = Some(at(text));
        } else if let Some((tag, headline)) = headers::tag(&text).filter(|_| story.tag.is_none()) {
            let headline = headline.to_owned();
            story.tag = Some(Located { line, it: tag });
            if !headline.is_empty() {
                match &story.headline {
                    None => story.headline = Some(at(headline)),
                    Some(_) => story.unknown.push(at(headline)),
                }
            }
        } else if let Some(people) = headers::byline(&text) {
            story.bylines.push(Located { line, it: (text, people) });
        } else if headers::is_affiliation(&text) && story.bylines.last().is_some_and(|byline| byline.line + 1 == line) {
            story.bylines.push(Located { line, it: (text, Vec::new()) });
        } else if let Some((_, point)) = marks::bullet(&text).filter(|_| dated || is_run(&text, next, story)) {
            story.key_points.push(at(point.to_owned()));
        } else if story.headline.is_none() && is_headline(&text, dated, next) {
            story.headline = Some(at(text));
            story.is_bare = true;
        } else if dated
            && story.headline.is_some()
            && story.dek.is_none()
            && text.chars().count() <= DEK
            && !text.starts_with('(')
        {
            story.dek = Some(at(text));
        } else if dated {
            story.unknown.push(at(text));
        } else {
            return std::iter::once(paragraph).chain(rest).collect();
        }
    }
    Vec::new()
}

/// Whether a bullet in the header of a story without a dateline is part of a list.
fn is_run(text: &str, next: Option<&Paragraph>, story: &Story) -> bool {
    let again = next.is_some_and(|next| marks::bullet(&next.text).is_some());
    marks::bullet(text).is_some() && (again || !story.key_points.is_empty())
}

/// Whether a header line is the headline: short, and not a sentence. Without a dateline, prose or another header line
/// must follow.
fn is_headline(text: &str, dated: bool, next: Option<&Paragraph>) -> bool {
    let short = text.chars().count() <= HEADLINE && !text.ends_with(['.', ',', ';', ':', ')', '”', '"']);
    let opens = text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    let quoted = text.starts_with(['“', '"']);
    let words = text.split_whitespace().count();
    let followed = next.is_some_and(|next| {
        (next.text.chars().count() > text.chars().count() && marks::ends_sentence(&next.text))
            || headers::is_byline(&next.text)
            || headers::is_advisory(&next.text)
            || marks::bullet(&next.text).is_some()
    });
    short && opens && !quoted && words >= 2 && (dated || followed && marks::bullet(text).is_none())
}

/// Groups the paragraphs of the body into blocks.
fn blocks(paragraphs: Vec<Paragraph>) -> Vec<Located<CopyBlock>> {
    let names = WrittenWords::of(paragraphs.iter().map(|paragraph| paragraph.text.as_str()));
    let mut blocks: Vec<Located<CopyBlock>> = Vec::with_capacity(paragraphs.len());
    let mut at = 0;
    while let Some(paragraph) = paragraphs.get(at) {
        let line = paragraph.line;
        let text = paragraph.text.as_str();
        if paragraph.is_columns {
            let run = paragraphs[at..].iter().take_while(|next| next.is_columns);
            let lines: Vec<String> = run.map(|next| next.text.clone()).collect();
            at += lines.len();
            blocks.push(Located { line, it: columns(lines) });
            continue;
        }
        if marks::is_break(text) {
            // A separator at the start of the body separates nothing.
            if !blocks.is_empty() {
                blocks.push(Located { line, it: CopyBlock::Break });
            }
            at += 1;
            continue;
        }
        // A cross-head between dashes: `- Background -`.
        if let Some(inner) =
            marks::between_dashes(text).filter(|inner| is_cross_head(inner) && at + 1 < paragraphs.len())
        {
            blocks.push(Located { line, it: CopyBlock::Heading(inner.to_owned(), None) });
            at += 1;
            continue;
        }
        if let Some((sign, first)) = marks::bullet(text) {
            let run = paragraphs[at..].iter().map_while(|next| marks::bullet(&next.text).filter(|_| !next.is_columns));
            let items: Vec<String> = run.map(|(_, item)| item.to_owned()).collect();
            let next = paragraphs.get(at + 1).map(|next| next.text.as_str());
            let introduced =
                blocks.last().is_some_and(|above| matches!(&above.it, CopyBlock::Text(text) if text.ends_with(':')));
            let is_head =
                items.len() == 1 && sign == Bullet::Sign && !introduced && is_cross_head(first) && next.is_some();
            at += items.len();
            let block = if is_head { CopyBlock::Heading(first.to_owned(), None) } else { CopyBlock::List(items) };
            blocks.push(Located { line, it: block });
            continue;
        }
        at += 1;
        // The first paragraph of a story is never a cross-head.
        let between = !blocks.is_empty()
            && paragraphs.get(at).is_some_and(|next| !next.is_columns && !marks::is_capitals(&next.text));
        let block = if between && marks::is_capitals(text) && !marks::is_end(text) && !text.starts_with(['“', '"']) {
            CopyBlock::Heading(names.sentence(text), Some(text.to_owned()))
        } else {
            CopyBlock::Text(text.to_owned())
        };
        blocks.push(Located { line, it: block });
    }
    while blocks.last().is_some_and(|block| block.it == CopyBlock::Break) {
        blocks.pop();
    }
    blocks
}

/// Returns lines in columns without their common indentation; a single line is a paragraph.
fn columns(lines: Vec<String>) -> CopyBlock {
    if let [line] = lines.as_slice() {
        return CopyBlock::Text(line.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let indent = lines.iter().map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    CopyBlock::Columns(lines.iter().map(|line| line[indent..].to_owned()).collect())
}

/// Whether the text of a single bullet is a cross-head: short, capitalized, and not a sentence.
fn is_cross_head(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let opens = text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    (1..=12).contains(&words) && text.chars().count() <= 80 && opens && !text.ends_with(['.', ';', ':', ',', '!'])
}
