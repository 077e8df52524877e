//! Parses lists and definition lists. The first line of an item decides what belongs to it, by the column at which its
//! text begins.

use crate::import::moving::text::kramdown::attributes;
use crate::import::moving::text::kramdown::blocks::{
    Block, BlockKind, Definition, ListItem, Reader, ends_all, read, read_on,
};
use crate::import::moving::text::kramdown::lines::{
    Line, definition_marker, indent, is_end_of_block, is_rule, list_marker,
};

/// The column of an item's text, which lines must reach to belong to the item.
struct Indentation(usize);

impl Indentation {
    /// Returns the first line of an item without its marker, and the column at which its text begins.
    fn of(marker: usize, rest: &str) -> (String, Self) {
        let bare = rest.trim_start();
        let only = attributes::of_span(bare).is_some_and(|(length, _)| bare[length..].trim().is_empty());
        if bare.is_empty() || only {
            return (bare.to_owned(), Self(4));
        }
        let mut column = marker;
        for c in rest[..rest.len() - bare.len()].chars() {
            column += if c == '\t' { 4 - column % 4 } else { 1 };
        }
        (bare.to_owned(), Self(column))
    }

    /// Returns a line without the indentation of the item; none when it is not indented far enough.
    fn takes(&self, text: &str) -> Option<String> {
        let bare = text.trim_start_matches(['\t', ' ']);
        let mut columns = 0;
        for c in text[..text.len() - bare.len()].chars() {
            columns += if c == '\t' { 4 } else { 1 };
        }
        (columns >= self.0).then(|| format!("{}{bare}", " ".repeat(columns - self.0)))
    }

    /// Returns the deepest indentation of a marker of the same list, in columns.
    fn limit(&self) -> usize {
        self.0.saturating_sub(1).min(3)
    }
}

impl Reader<'_> {
    pub(in super::super) fn list(&mut self, lines: &[Line], at: usize) -> usize {
        let counts = list_marker(&lines[at].text).is_some_and(|(counts, _)| counts);
        let mut items: Vec<(u32, Vec<Vec<Line>>)> = Vec::new();
        let mut indentation = Indentation(0);
        let (mut limit, mut nested, mut after_blank, mut is_ended) = (3, false, false, false);
        let mut end = at;
        while let Some(line) = lines.get(end) {
            if after_blank && is_rule(&line.text) {
                break;
            }
            if is_end_of_block(&line.text) {
                is_ended = true;
                end += 1;
                break;
            }
            let marker = list_marker(&line.text).filter(|(of, _)| *of == counts && indent(&line.text) <= limit);
            if let Some((_, length)) = marker {
                let (mut words, found) = Indentation::of(length, &line.text[length..]);
                (limit, indentation) = (found.limit(), found);
                if let Some((length, attributes)) = attributes::of_span(&words) {
                    self.leave(&attributes, line.at);
                    words = words.split_off(length).trim_start().into();
                }
                nested = list_marker(&words).is_some();
                after_blank = false;
                items.push((line.at, vec![first_line(words, line.at)]));
            } else if line.is_blank() {
                (nested, after_blank) = (true, true);
                add(&mut items, Line::new("", line.at));
            } else if let Some(text) = indentation.takes(&line.text) {
                if !nested && list_marker(&text).is_some() {
                    items.last_mut().into_iter().for_each(|(_, parts)| parts.push(Vec::new()));
                    nested = true;
                }
                after_blank = false;
                add(&mut items, Line::new(text, line.at));
            } else if !after_blank && !ends_all(line) {
                // A lazy continuation line. A marker of the other kind would begin a list within the item.
                let deep = if nested && list_marker(&line.text).is_some() { indentation.0 + 4 } else { 0 };
                add(&mut items, Line::new(format!("{}{}", " ".repeat(deep), line.text), line.at));
            } else {
                break;
            }
            end += 1;
        }
        let mut found: Vec<ListItem> =
            items.into_iter().map(|(at, parts)| ListItem { at, blocks: self.within(parts) }).collect();
        let mut ends_blank = false;
        if let Some(last) = found.last_mut()
            && matches!(last.blocks.last(), Some(Block { kind: BlockKind::Blank, .. }))
        {
            last.blocks.pop();
            ends_blank = true;
        }
        self.push(BlockKind::List(counts, found), lines[at].at);
        if is_ended {
            self.push(BlockKind::End, lines[at].at);
        } else if ends_blank {
            self.push(BlockKind::Blank, lines[at].at);
        }
        end
    }

    /// Parses the blocks of an item. A nested list begins a part of its own.
    fn within(&mut self, parts: Vec<Vec<Line>>) -> Vec<Block> {
        let mut blocks = Vec::new();
        for part in parts {
            blocks = read_on(self.options, self.document, blocks, part);
        }
        self.unbroken(&mut blocks);
        blocks
    }

    /// Removes a hard line break at the end of a paragraph that another block follows.
    fn unbroken(&self, blocks: &mut [Block]) {
        if let [Block { kind: BlockKind::Paragraph(lines), .. }, next, ..] = blocks
            && !matches!(next.kind, BlockKind::Blank)
            && self.options.is_gfm
            && let Some(last) = lines.last_mut()
        {
            last.text.truncate(last.text.trim_end().trim_end_matches('\\').len());
        }
    }

    pub(in super::super) fn definitions(&mut self, lines: &[Line], at: usize) -> Option<usize> {
        let is_paragraph = |block: Option<&Block>| matches!(block, Some(Block { kind: BlockKind::Paragraph(_), .. }));
        let count = self.blocks.len();
        let after_blank = matches!(self.blocks.last(), Some(Block { kind: BlockKind::Blank, .. }));
        if after_blank {
            let is_one = at < 2 || !lines[at - 2].is_blank();
            if !is_one || count < 2 || !is_paragraph(self.blocks.get(count - 2)) {
                return None;
            }
            self.blocks.pop();
        } else if !is_paragraph(self.blocks.last()) {
            return None;
        }
        let Some(Block { kind: BlockKind::Paragraph(terms), at: from, .. }) = self.blocks.pop() else { return None };
        let mut parts: Vec<Definition> = terms.into_iter().map(Definition::Term).collect();
        let (mut end, mut indentation, mut limit, mut is_after_blank) = (at, Indentation(0), 3, false);
        let mut own: Vec<Vec<Line>> = Vec::new();
        while let Some(line) = lines.get(end) {
            let marker = definition_marker(&line.text).filter(|_| indent(&line.text) <= limit);
            if let Some(length) = marker {
                let (mut words, found) = Indentation::of(length, &line.text[length..]);
                (limit, indentation) = (found.limit(), found);
                if let Some((length, attributes)) = attributes::of_span(&words) {
                    self.leave(&attributes, line.at);
                    words = words.split_off(length).trim_start().into();
                }
                is_after_blank = false;
                own.push(first_line(words, line.at));
            } else if is_end_of_block(&line.text) {
                break;
            } else if line.is_blank() {
                is_after_blank = true;
                own.last_mut().into_iter().for_each(|own| own.push(Line::new("", line.at)));
            } else if let Some(text) = indentation.takes(&line.text) {
                is_after_blank = false;
                own.last_mut().into_iter().for_each(|own| own.push(Line::new(text.clone(), line.at)));
            } else if !is_after_blank && !ends_all(line) {
                own.last_mut().into_iter().for_each(|own| own.push(line.clone()));
            } else {
                break;
            }
            end += 1;
        }
        let mut ends_blank = false;
        for lines in own {
            let mut blocks = read(self.options, self.document, lines);
            ends_blank = matches!(blocks.last(), Some(Block { kind: BlockKind::Blank, .. }));
            if ends_blank {
                blocks.pop();
            }
            self.unbroken(&mut blocks);
            parts.push(Definition::Text(blocks));
        }
        let before = self.blocks.len();
        let has_list = |index: Option<usize>| {
            index
                .and_then(|index| self.blocks.get(index))
                .is_some_and(|block| matches!(block.kind, BlockKind::Definitions(_)))
        };
        let is_blank = matches!(self.blocks.last(), Some(Block { kind: BlockKind::Blank, .. }));
        if is_blank && has_list(before.checked_sub(2)) {
            self.blocks.pop();
        }
        match self.blocks.last_mut() {
            Some(Block { kind: BlockKind::Definitions(list), .. }) => list.extend(parts),
            _ => self.push(BlockKind::Definitions(parts), from),
        }
        if ends_blank {
            self.push(BlockKind::Blank, from);
        }
        Some(end)
    }
}

/// Returns the text after a marker as lines. Without text there is no line, not even a blank one.
fn first_line(words: String, at: u32) -> Vec<Line> {
    if words.is_empty() { Vec::new() } else { vec![Line::new(words, at)] }
}

fn add(items: &mut [(u32, Vec<Vec<Line>>)], line: Line) {
    let part = items.last_mut().and_then(|(_, parts)| parts.last_mut());
    if let Some(part) = part {
        part.push(line);
    }
}
