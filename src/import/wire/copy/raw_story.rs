//! Paragraphs → the stories in them. A file may hold several: with a sign at the end of each, or one dateline after the
//! other's credits.

use super::paragraphs::Paragraph;
use crate::import::wire::phrases::credits;
use crate::import::wire::phrases::dateline::{self, DatelineMatch};
use crate::import::wire::phrases::embargo;
use crate::import::wire::phrases::headers;
use crate::import::wire::phrases::marks;

/// The paragraphs of one story, and the sign that ended it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import::wire) struct RawStory {
    pub(in crate::import::wire) paragraphs: Vec<Paragraph>,
    /// The sign at its end, with its line.
    pub(in crate::import::wire) end: Option<(String, u32)>,
}

/// A dateline stands within so many paragraphs of the start.
const HEADER: usize = 12;
/// And so many sentences above it are notes to editors.
const MOST_PROSE: usize = 2;

/// Parts the stories of a file.
pub(in crate::import::wire) fn part(paragraphs: Vec<Paragraph>, is_place: &dyn Fn(&str) -> bool) -> Vec<RawStory> {
    let mut pieces = vec![RawStory::default()];
    for paragraph in paragraphs {
        // Two signs at one end are one.
        if let [.., before, RawStory { paragraphs: fresh, .. }] = pieces.as_mut_slice()
            && let (true, Some((end, _))) = (fresh.is_empty() && marks::is_end(&paragraph.text), &mut before.end)
        {
            end.push(' ');
            end.push_str(&paragraph.text);
            continue;
        }
        let piece = pieces.last_mut().expect("there is one");
        if marks::is_end(&paragraph.text) && !piece.paragraphs.is_empty() && piece.end.is_none() {
            piece.end = Some((paragraph.text, paragraph.line));
            pieces.push(RawStory::default());
        } else {
            piece.paragraphs.push(paragraph);
        }
    }
    let mut stories: Vec<RawStory> = Vec::new();
    for piece in pieces.into_iter().filter(|piece| !piece.paragraphs.is_empty()) {
        match stories.last_mut() {
            // Notes after the end belong to the story before them.
            Some(story) if !opens_story(&piece.paragraphs, story, is_place) => {
                if let Some((text, line)) = story.end.take() {
                    story.paragraphs.push(Paragraph { text, line, is_columns: false, opens: true });
                }
                story.paragraphs.extend(piece.paragraphs);
                story.end = piece.end;
            }
            _ => stories.push(piece),
        }
    }
    stories.into_iter().flat_map(|story| by_datelines(story, is_place)).collect()
}

/// The paragraph that opens with the dateline of a story: a little may stand above it, but no story.
pub(super) fn dateline_at(paragraphs: &[Paragraph], is_place: &dyn Fn(&str) -> bool) -> Option<(usize, DatelineMatch)> {
    let mut prose = 0;
    for (at, paragraph) in paragraphs.iter().take(HEADER).enumerate().filter(|(_, paragraph)| !paragraph.is_columns) {
        let text = paragraph.text.as_str();
        if let Some(found) = dateline::scan(text, is_place) {
            return Some((at, found));
        }
        let is_prose = text.chars().count() > 80 && text.ends_with(['.', '”', '"']);
        prose += usize::from(is_prose && !embargo::is_embargo(text));
        if prose > MOST_PROSE {
            return None;
        }
    }
    None
}

/// Whether paragraphs after a sign are a story of their own, rather than notes to the one above.
fn opens_story(paragraphs: &[Paragraph], above: &RawStory, is_place: &dyn Fn(&str) -> bool) -> bool {
    let is_signed = paragraphs.last().is_some_and(|last| credits::credits(&last.text).is_some());
    // Where the story above has no dateline, this one need not have one.
    let is_like = paragraphs.len() >= 2 && (is_signed || dateline_at(&above.paragraphs, is_place).is_none());
    if is_like || dateline_at(paragraphs, is_place).is_some() {
        return true;
    }
    paragraphs.iter().take(HEADER).any(|paragraph| {
        headers::tag(&paragraph.text).is_some_and(|(_, rest)| !rest.is_empty()) || headers::is_byline(&paragraph.text)
    })
}

/// Parts where a dateline follows credits.
fn by_datelines(story: RawStory, is_place: &dyn Fn(&str) -> bool) -> Vec<RawStory> {
    let is_credits = |at: usize| credits::credits(&story.paragraphs[at].text).is_some();
    let mut cuts = Vec::new();
    let mut from = 0;
    for at in 1..story.paragraphs.len() {
        let after_credits = is_credits(at - 1) && !is_credits(at);
        let ahead = &story.paragraphs[at..story.paragraphs.len().min(at + 8)];
        if after_credits && at > from && dateline_at(ahead, is_place).is_some() {
            cuts.push(at);
            from = at;
        }
    }
    let RawStory { paragraphs, end } = story;
    let mut parts = vec![RawStory::default()];
    for (at, paragraph) in paragraphs.into_iter().enumerate() {
        if cuts.contains(&at) {
            parts.push(RawStory::default());
        }
        parts.last_mut().expect("there is one").paragraphs.push(paragraph);
    }
    parts.last_mut().expect("there is one").end = end;
    parts
}
