//! Parses lines into blocks as kramdown 2.4 does, in the order in which it tries its parsers.
//!
//! In: the lines of a text. Out: a [`Document`] of blocks, whose texts are not parsed yet. Deliberately not here: spans.

mod definitions;
mod elements;
mod lists;
pub(super) mod tables;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::tables::Table;
use crate::import::moving::text::kramdown::attributes::{self, Attributes};
use crate::import::moving::text::kramdown::lines::{
    Line, begins_html, definition_marker, fence, heading, indent, is_end_of_block, is_rule, list_marker, near,
    unindented,
};
use crate::import::moving::text::kramdown::masks::is_tags;
use crate::import::moving::text::kramdown::options::Options;

/// A block with the line on which it begins.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) at: u32,
    pub(super) attributes: Attributes,
}

/// The kind of a block, with its content.
#[derive(Debug)]
pub(super) enum BlockKind {
    Blank,
    /// An end-of-block marker, `^`.
    End,
    /// A block without output, to which no attributes apply.
    Nothing,
    Paragraph(Vec<Line>),
    Heading(u8, String),
    Code(String, Vec<Line>),
    Rule,
    Quote(Vec<Block>),
    /// A list: whether it is ordered, and its items.
    List(bool, Vec<ListItem>),
    /// A definition list.
    Definitions(Vec<Definition>),
    Table(Table),
    /// Raw HTML.
    Html(Vec<Line>),
    /// An HTML element with Markdown blocks in it: its start tag, its name, its content.
    Element(String, String, Vec<Block>),
    /// An HTML element with Markdown spans in it: its start tag, its name, its content.
    Spans(String, String, Vec<Line>),
    Math(Vec<Line>),
    Note(String, Vec<Block>),
    /// A link definition: its label, destination and title.
    Link(String, String, Option<String>),
    /// A line of masked Liquid tags, which are not part of the kramdown text.
    Calls(String),
}

/// An item of a list.
#[derive(Debug)]
pub(super) struct ListItem {
    pub(super) at: u32,
    pub(super) blocks: Vec<Block>,
}

/// A term or a definition of a definition list.
#[derive(Debug)]
pub(super) enum Definition {
    Term(Line),
    Text(Vec<Block>),
}

/// The definitions of a text, and the messages about it.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) named: BTreeMap<String, Attributes>,
    pub(super) abbreviations: BTreeMap<String, String>,
    pub(super) links: BTreeMap<String, (String, Option<String>)>,
    pub(super) notes: BTreeSet<String>,
    /// The messages about markup that is left out, with their lines.
    pub(super) said: Vec<(u32, &'static str)>,
    /// The number of open blocks.
    depth: usize,
}

/// The maximum nesting depth of blocks. Below it, all lines are paragraphs, because each level takes several frames of
/// the stack.
const DEEPEST: usize = 60;

pub(super) const ATTRIBUTES: &str = "attributes of kramdown (`{: … }`) are left out";
pub(super) const OPTIONS: &str = "`{::options}` of kramdown is left out";

/// The parser of blocks.
pub(super) struct Reader<'d> {
    pub(super) options: &'d Options,
    pub(super) document: &'d mut Document,
    pub(super) blocks: Vec<Block>,
    /// The attributes that apply to the next block.
    pub(super) pending: Attributes,
    /// The fences that no later line closes, so that the search for an end is not repeated.
    open_fences: Vec<(char, usize)>,
    /// The lines that end extensions, by their names, once they are needed.
    pub(super) extension_ends: Option<HashMap<String, Vec<usize>>>,
    /// The line from which on no comment ends.
    pub(super) no_comment_ends: usize,
}

/// Parses lines into blocks.
pub(super) fn read(options: &Options, document: &mut Document, lines: Vec<Line>) -> Vec<Block> {
    read_on(options, document, Vec::new(), lines)
}

/// Parses more lines after existing blocks, whose last paragraph may continue.
pub(super) fn read_on(
    options: &Options,
    document: &mut Document,
    blocks: Vec<Block>,
    mut lines: Vec<Line>,
) -> Vec<Block> {
    document.depth += 1;
    let is_deep = document.depth > DEEPEST;
    let mut reader = Reader {
        options,
        document,
        blocks,
        pending: Attributes::default(),
        open_fences: Vec::new(),
        extension_ends: None,
        no_comment_ends: usize::MAX,
    };
    let mut at = 0;
    while at < lines.len() {
        at = if is_deep && !lines[at].is_blank() { reader.paragraph(&lines, at) } else { reader.one(&mut lines, at) };
    }
    reader.document.depth -= 1;
    reader.blocks
}

impl Reader<'_> {
    /// Adds a message that attributes are left out, if Markdown cannot express them.
    pub(super) fn leave(&mut self, attributes: &Attributes, at: u32) {
        if attributes.has_more() || attributes.id.is_some() {
            self.document.said.push((at, ATTRIBUTES));
        }
    }

    pub(super) fn push(&mut self, kind: BlockKind, at: u32) {
        let attributes = std::mem::take(&mut self.pending);
        self.blocks.push(Block { kind, at, attributes });
    }

    /// Parses one block, and returns the index of the line after it.
    fn one(&mut self, lines: &mut [Line], at: usize) -> usize {
        let line = &lines[at];
        let from = line.at;
        if line.is_blank() {
            if !matches!(self.blocks.last(), Some(Block { kind: BlockKind::Blank, .. })) {
                self.push(BlockKind::Blank, from);
            }
            return at + 1;
        }
        if unindented(&line.text).is_some() {
            return self.indented_code(lines, at);
        }
        if fence(&line.text, self.options.is_gfm).is_some()
            && let Some(next) = self.fenced_code(lines, at)
        {
            return next;
        }
        if near(&line.text).is_some_and(|bare| bare.starts_with('>')) {
            return self.quote(lines, at);
        }
        if let Some((level, words)) = heading(&line.text, self.options.is_gfm)
            && (self.options.is_gfm || self.is_after_boundary())
        {
            let bare = words.trim_end_matches('#');
            let closes = bare.len() < words.len() && (!self.options.is_gfm || bare.ends_with([' ', '\t']));
            let words = if closes { bare.trim_end() } else { words };
            if !words.is_empty() {
                self.push(BlockKind::Heading(level, words.to_owned()), from);
                return at + 1;
            }
        }
        if is_rule(&line.text) {
            self.push(BlockKind::Rule, from);
            return at + 1;
        }
        if list_marker(&line.text).is_some() {
            return self.list(lines, at);
        }
        if definition_marker(&line.text).is_some()
            && let Some(next) = self.definitions(lines, at)
        {
            return next;
        }
        if near(&line.text).is_some_and(|bare| bare.starts_with('<'))
            && let Some(next) = self.html(lines, at)
        {
            return next;
        }
        self.rare(lines, at).unwrap_or_else(|| self.paragraph(lines, at))
    }

    /// Parses the less common kinds of blocks; none when the line is a paragraph.
    fn rare(&mut self, lines: &[Line], at: usize) -> Option<usize> {
        let line = &lines[at];
        let (bare, from) = (near(&line.text)?, line.at);
        if let Some(next) = lines.get(at + 1).filter(|_| self.is_after_boundary()) {
            let under = next.text.trim_end();
            if under.starts_with(['=', '-']) && under.bytes().all(|byte| matches!(byte, b'=' | b'-')) {
                let level = if under.starts_with('-') { 2 } else { 1 };
                self.push(BlockKind::Heading(level, bare.trim().to_owned()), from);
                return Some(at + 2);
            }
        }
        if bare.starts_with("$$")
            && self.is_after_boundary()
            && let Some(next) = self.math(lines, at)
        {
            return Some(next);
        }
        if self.is_after_boundary()
            && let Some((table, next)) = tables::read(lines, at)
            && is_before_boundary(lines, next)
        {
            self.push(BlockKind::Table(table), from);
            return Some(next);
        }
        if let Some(next) = self.note(bare, lines, at).or_else(|| self.link(bare, lines, at)) {
            return Some(next);
        }
        if let Some((name, about)) = bare.strip_prefix("*[").and_then(|rest| rest.split_once("]:"))
            && !name.is_empty()
        {
            self.document.abbreviations.insert(name.to_owned(), about.trim().to_owned());
            self.push(BlockKind::Nothing, from);
            return Some(at + 1);
        }
        if bare.starts_with("{:") {
            return self.extension(bare, lines, at);
        }
        if is_end_of_block(&line.text) {
            self.push(BlockKind::End, from);
            return Some(at + 1);
        }
        if is_tags(bare) {
            self.push(BlockKind::Calls(bare.to_owned()), from);
            return Some(at + 1);
        }
        None
    }

    pub(super) fn is_after_boundary(&self) -> bool {
        !self.pending.is_empty()
            || self
                .blocks
                .last()
                .is_none_or(|block| matches!(block.kind, BlockKind::Blank | BlockKind::End | BlockKind::Calls(_)))
    }

    fn ends_paragraph(&self, line: &Line) -> bool {
        let is_gfm = self.options.is_gfm;
        ends_all(line)
            || definition_marker(&line.text).is_some()
            || (is_gfm
                && (list_marker(&line.text).is_some()
                    || heading(&line.text, true).is_some()
                    || near(&line.text).is_some_and(|bare| bare.starts_with('>'))
                    || fence(&line.text, true).is_some()))
    }

    fn paragraph(&mut self, lines: &[Line], at: usize) -> usize {
        let mut end = at + 1;
        while end < lines.len() && !self.ends_paragraph(&lines[end]) {
            end += 1;
        }
        let own = lines[at..end].iter().cloned();
        if let Some(Block { kind: BlockKind::Paragraph(before), .. }) = self.blocks.last_mut() {
            before.extend(own);
        } else {
            let own = own.collect();
            self.push(BlockKind::Paragraph(own), lines[at].at);
        }
        end
    }

    fn indented_code(&mut self, lines: &[Line], at: usize) -> usize {
        let mut code: Vec<Line> = Vec::new();
        let mut end = at;
        while end < lines.len() {
            let next = (end..lines.len()).find(|next| !lines[*next].is_blank());
            let Some(next) = next.filter(|next| unindented(&lines[*next].text).is_some()) else { break };
            code.extend(lines[end..next].iter().map(|line| Line::new("", line.at)));
            end = next;
            while let Some(line) = lines.get(end)
                && !line.is_blank()
            {
                match unindented(&line.text) {
                    Some(text) => code.push(Line::new(text, line.at)),
                    None if ends_all(line) => break,
                    // A line with less indentation continues the line before it.
                    None => code.iter_mut().last().into_iter().for_each(|last| last.text += &format!(" {}", line.text)),
                }
                end += 1;
            }
            if lines.get(end).is_some_and(|line| !line.is_blank()) {
                break;
            }
        }
        self.push(BlockKind::Code(String::new(), code), lines[at].at);
        end
    }

    fn fenced_code(&mut self, lines: &[Line], at: usize) -> Option<usize> {
        let is_gfm = self.options.is_gfm;
        let (sign, length) = fence(&lines[at].text, is_gfm)?;
        let info = near(&lines[at].text)?[length..].trim();
        let is_known = |(of, least): &(char, usize)| *of == sign && *least <= length;
        if info.contains(char::is_whitespace) || self.open_fences.iter().any(is_known) {
            return None;
        }
        let closes = |line: &Line| {
            let rest = fence(&line.text, is_gfm).filter(|(of, count)| *of == sign && *count >= length);
            rest.is_some_and(|(_, count)| near(&line.text).is_some_and(|bare| bare[count..].trim().is_empty()))
        };
        let Some(end) = (at + 1..lines.len()).find(|end| closes(&lines[*end])) else {
            self.open_fences.push((sign, length));
            return None;
        };
        let language = info.split('?').next().unwrap_or_default().to_owned();
        self.push(BlockKind::Code(language, lines[at + 1..end].to_vec()), lines[at].at);
        Some(end + 1)
    }

    fn quote(&mut self, lines: &[Line], at: usize) -> usize {
        let mut end = at + 1;
        while end < lines.len() && !ends_all(&lines[end]) {
            end += 1;
        }
        let bare = |line: &Line| {
            let inner = near(&line.text).and_then(|bare| bare.strip_prefix('>'));
            let inner = inner.map(|inner| inner.strip_prefix(' ').unwrap_or(inner));
            Line::new(inner.unwrap_or(&line.text), line.at)
        };
        let inside = read(self.options, self.document, lines[at..end].iter().map(bare).collect());
        self.push(BlockKind::Quote(inside), lines[at].at);
        end
    }

    fn math(&mut self, lines: &[Line], at: usize) -> Option<usize> {
        let mut close = None;
        for (index, line) in lines.iter().enumerate().skip(at) {
            let from = if index == at { indent(&line.text) + 2 } else { 0 };
            if let Some(found) = line.text.get(from..).and_then(|rest| rest.find("$$")) {
                close = Some((index, from + found));
                break;
            }
        }
        let (end, column) = close?;
        if !lines[end].text[column + 2..].trim().is_empty() || !is_before_boundary(lines, end + 1) {
            return None;
        }
        let mut inside: Vec<Line> = lines[at..=end].to_vec();
        inside[end - at].text.truncate(column);
        inside[0].text = inside[0].text.trim_start().chars().skip(2).collect();
        inside.retain(|line| !line.is_blank());
        self.push(BlockKind::Math(inside), lines[at].at);
        Some(end + 1)
    }
}

/// Whether a block may end before a line.
pub(super) fn is_before_boundary(lines: &[Line], at: usize) -> bool {
    lines
        .get(at)
        .is_none_or(|line| line.is_blank() || is_end_of_block(&line.text) || attributes::of_block(&line.text).is_some())
}

/// Whether a line ends any block that continues without markers.
pub(super) fn ends_all(line: &Line) -> bool {
    line.is_blank()
        || attributes::of_block(&line.text).is_some()
        || is_end_of_block(&line.text)
        || begins_html(&line.text)
        || is_tags(&line.text)
}
