//! Finds words of a text in its source.

use std::ops::Range;

use crate::base::report::Place;
use crate::check::subject::Subject;
use crate::content::statement::{difference, word};

/// A word, and its range in the Markdown.
type SourceWord = (String, Range<usize>);

/// Words of the source, in order.
fn words(subject: &Subject<'_>) -> Vec<SourceWord> {
    let mut units: Vec<(usize, Vec<SourceWord>)> = Vec::new();
    for block in &subject.prose.blocks {
        let words = pieces(&block.text).map(|range| (word(&block.text[range.clone()]), block.source(&range)));
        let words: Vec<_> = words.collect();
        units.extend(words.first().map(|(_, range)| range.start).map(|start| (start, words)));
    }
    for image in &subject.prose.images {
        let said = image.alt.iter().flat_map(|alt| alt.split_whitespace()).chain(image.title.split_whitespace());
        units.push((image.range.start, said.map(|said| (word(said), image.range.clone())).collect()));
    }
    units.sort_by_key(|(start, _)| *start);
    units.into_iter().flat_map(|(_, words)| words).collect()
}

fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_whitespace().map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// The place of the first words that changed in the text that now begins with `is`, behind the byte `from` of the file. `was`
/// and `now` are the parts that differ; `None` when they are not found.
pub(super) fn change(subject: &Subject<'_>, from: usize, is: &str, was: &str, now: &str) -> Option<Place> {
    let (was, now): (Vec<&str>, Vec<&str>) = (was.split_whitespace().collect(), now.split_whitespace().collect());
    // Of digests, which no source contains, the whole entry is looked for.
    let (_, new) = difference(&was, &now);
    let is_words = now.iter().zip(is.split_whitespace()).all(|(one, other)| *one == other);
    let said: Vec<&str> = if is_words && !now.is_empty() { now } else { is.split_whitespace().collect() };
    let new = if is_words { new } else { 0..said.len().min(1) };
    let source = words(subject);
    let source: Vec<_> = source.iter().filter(|(_, range)| subject.body + range.start >= from).collect();
    // What stands around the change tells it from the same words elsewhere.
    let before = new.start.saturating_sub(4);
    let after = new.end.max(new.start + 1).min(new.start + 6).min(said.len());
    for (start, end) in
        [(before, (after + 2).min(said.len())), (new.start.saturating_sub(1), after), (new.start, after)]
    {
        let wanted = said.get(start..end).filter(|wanted| !wanted.is_empty());
        let Some(wanted) = wanted else { continue };
        let at = source
            .windows(wanted.len())
            .position(|window| window.iter().zip(wanted).all(|((one, _), other)| one == other));
        if let Some(at) = at {
            let marked = &source[at + (new.start - start).min(wanted.len() - 1)..];
            let count = new.len().clamp(1, marked.len());
            let first = &marked[0].1;
            // What goes on behind the line is not marked.
            let last = marked[..count].iter().map(|(_, range)| range.end).max().unwrap_or(first.end);
            return Some(subject.place(&(first.start..last)));
        }
    }
    None
}
