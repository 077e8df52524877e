//! Splits a file into its stories: at end marks, and at datelines that follow the credits of the story before.

use super::paragraphs::Paragraph;
use crate::import::wire::phrases::credits;
use crate::import::wire::phrases::dateline::{self, DatelineMatch};
use crate::import::wire::phrases::embargo;
use crate::import::wire::phrases::headers;
use crate::import::wire::phrases::marks;

/// The paragraphs of one story, before it is parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import::wire) struct RawStory {
    pub(in crate::import::wire) paragraphs: Vec<Paragraph>,
    /// The end mark, with its line.
    pub(in crate::import::wire) end: Option<(String, u32)>,
}

/// The number of paragraphs from the start of a story in which a dateline is searched for.
const HEADER: usize = 12;
/// The maximum number of paragraphs of prose above a dateline, which are notes to editors.
const MOST_PROSE: usize = 2;

/// Splits the paragraphs of a file into stories. `is_place` tells whether the site knows a place of this name.
pub(in crate::import::wire) fn part(paragraphs: Vec<Paragraph>, is_place: &dyn Fn(&str) -> bool) -> Vec<RawStory> {
    let mut pieces = vec![RawStory::default()];
    for paragraph in paragraphs {
        // Two end marks in a row are joined into one.
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
            // Notes after an end mark belong to the story before it.
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

/// Returns the index of the paragraph that opens with the story's dateline, and the dateline; none when there is none
/// near the start, or a story's worth of prose is above it.
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

/// Whether the paragraphs after an end mark are a story of their own, rather than notes to the story above.
fn opens_story(paragraphs: &[Paragraph], above: &RawStory, is_place: &dyn Fn(&str) -> bool) -> bool {
    let is_signed = paragraphs.last().is_some_and(|last| credits::credits(&last.text).is_some());
    // When the story above has no dateline, this one does not need one either.
    let is_like = paragraphs.len() >= 2 && (is_signed || dateline_at(&above.paragraphs, is_place).is_none());
    if is_like || dateline_at(paragraphs, is_place).is_some() {
        return true;
    }
    paragraphs.iter().take(HEADER).any(|paragraph| {
        headers::tag(&paragraph.text).is_some_and(|(_, rest)| !rest.is_empty()) || headers::is_byline(&paragraph.text)
    })
}

/// Splits a story at each dateline that follows credits.
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
