//! Writes kramdown blocks as lines of Markdown, and records their intended reading.
//!
//! In: blocks and spans. Out: lines of `CommonMark`. Deliberately not here: the comparison of both readings.

mod markup;
mod phrases;

use std::collections::BTreeMap;

use self::phrases::destination;
use crate::content::markdown::Reading;
use crate::import::moving::text::kramdown::attributes::Effect;
use crate::import::moving::text::kramdown::blocks::tables::Table;
use crate::import::moving::text::kramdown::blocks::{ATTRIBUTES, Block, BlockKind, Definition, Document, ListItem};
use crate::import::moving::text::kramdown::lines::Line;
use crate::import::moving::text::kramdown::options::Options;
use crate::import::moving::text::kramdown::spans::abbreviations;
use crate::import::moving::text::kramdown::spans::{self, Span};

/// The writer of blocks.
pub(super) struct Writer<'d> {
    pub(super) options: &'d Options,
    pub(super) document: &'d Document,
    /// The attribute list definitions.
    pub(super) named: BTreeMap<&'d str, Effect>,
    /// The intended reading of the output, to be compared with the real one.
    pub(super) reading: Reading,
    /// The source line of each mark in `reading`.
    pub(super) rows: Vec<u32>,
    /// The messages about markup that is left out, with their lines.
    pub(super) said: Vec<(u32, &'static str)>,
}

const TOC: &str = "a list of contents (`{:toc}`) is left out";
const FORMULA: &str = "a formula of kramdown (`$$`) is kept as code";
const DEEP: &str = "a passage with too many marks without an end is left as it is";

impl Writer<'_> {
    /// Writes blocks. With `in_item`, a list may follow a paragraph without a blank line.
    pub(super) fn blocks(&mut self, blocks: &[Block], in_item: bool) -> Vec<Line> {
        let mut out: Vec<Line> = Vec::new();
        let mut before: Option<&BlockKind> = None;
        // The second of two adjacent lists gets other markers, which keeps them apart.
        let mut is_other = false;
        let mut after_blank = true;
        for block in blocks {
            if matches!(block.kind, BlockKind::Blank) {
                if !after_blank {
                    out.push(Line::new("", block.at));
                }
                after_blank = true;
                continue;
            }
            is_other = match (before, &block.kind) {
                (Some(BlockKind::List(one, _)), BlockKind::List(other, _)) if one == other => !is_other,
                (Some(BlockKind::List(..)), BlockKind::Blank | BlockKind::End | BlockKind::Nothing) => is_other,
                _ => false,
            };
            let lines = self.block(block, is_other);
            if lines.is_empty() {
                continue;
            }
            let goes_on =
                in_item && matches!((before, &block.kind), (Some(BlockKind::Paragraph(_)), BlockKind::List(..)));
            let is_link = matches!((before, &block.kind), (Some(BlockKind::Link(..)), BlockKind::Link(..)));
            if !after_blank && !goes_on && !is_link && before.is_some() {
                out.push(Line::new("", block.at));
            }
            out.extend(lines);
            after_blank = false;
            before = Some(&block.kind);
        }
        while out.last().is_some_and(Line::is_blank) {
            out.pop();
        }
        out
    }

    fn block(&mut self, block: &Block, is_other: bool) -> Vec<Line> {
        let at = block.at;
        let mut attributes = block.attributes.effect();
        for name in &block.attributes.names {
            self.named.get(name.as_str()).into_iter().for_each(|named| attributes.extend(named));
        }
        if attributes.is_toc && matches!(block.kind, BlockKind::List(..)) {
            self.said.push((at, TOC));
            return Vec::new();
        }
        if attributes.has_more {
            self.said.push((at, ATTRIBUTES));
        }
        let mut out = Vec::new();
        let id = attributes.id.as_deref();
        match (&block.kind, id) {
            (
                BlockKind::Heading(..)
                | BlockKind::Paragraph(_)
                | BlockKind::Blank
                | BlockKind::End
                | BlockKind::Nothing,
                _,
            )
            | (_, None) => {}
            (_, Some(id)) => {
                let tag = format!("<div id=\"{id}\"></div>");
                self.reading.html_block(&tag);
                out.extend([Line::new(tag, at), Line::new("", at)]);
            }
        }
        self.row(at);
        out.extend(self.kind(block, &attributes, is_other));
        self.reading.gap();
        self.row(at);
        out
    }

    fn kind(&mut self, block: &Block, attributes: &Effect, is_other: bool) -> Vec<Line> {
        let at = block.at;
        match &block.kind {
            BlockKind::Blank | BlockKind::End | BlockKind::Nothing => Vec::new(),
            BlockKind::Paragraph(lines) => self.paragraph(lines, attributes.id.as_deref()),
            BlockKind::Heading(level, words) => vec![self.heading(*level, words, attributes.id.as_deref(), at)],
            BlockKind::Code(language, lines) => {
                self.code(attributes.language.as_deref().unwrap_or(language), lines, at)
            }
            BlockKind::Rule => {
                self.reading.block("hr");
                vec![Line::new("***", at)]
            }
            BlockKind::Quote(blocks) => {
                self.reading.block("quote");
                let mut inside = self.blocks(blocks, false);
                self.reading.end_block("quote");
                if let Some(first) = inside.first_mut().filter(|line| line.text.starts_with("[!")) {
                    // `[!…]` begins an alert only in Dateline; in kramdown it was text.
                    first.text.insert(0, '\\');
                }
                inside.into_iter().map(|line| Line::new(format!("> {}", line.text).trim_end(), line.at)).collect()
            }
            BlockKind::List(counts, items) => self.list(*counts, items, is_other),
            BlockKind::Definitions(parts) => self.definitions(parts),
            BlockKind::Table(table) => self.table(table, at),
            BlockKind::Html(lines) => {
                let lines = markup::block(lines);
                for line in &lines {
                    self.reading.html_block(&format!("{}\n", line.text));
                }
                lines
            }
            BlockKind::Element(tag, name, blocks) => {
                let mut out = vec![Line::new(tag, at), Line::new("", at)];
                self.reading.html_block(tag);
                out.extend(self.blocks(blocks, false));
                let end = format!("</{name}>");
                let last = out.last().map_or(at, |line| line.at);
                self.reading.html_block(&end);
                out.extend([Line::new("", last), Line::new(end, last)]);
                out
            }
            BlockKind::Spans(tag, name, lines) => self.element(tag, name, lines, at),
            BlockKind::Math(lines) => {
                self.said.push((at, FORMULA));
                self.code("math", lines, at)
            }
            BlockKind::Note(name, blocks) => {
                self.reading.block(format!("note {name}"));
                let inside = self.blocks(blocks, false);
                self.reading.end_block("note");
                indented(&format!("[^{name}]: "), 4, inside, at)
            }
            BlockKind::Link(label, to, title) => {
                vec![Line::new(format!("[{label}]: {}", destination(to, title.as_deref())), at)]
            }
            BlockKind::Calls(text) => {
                self.reading.text(text);
                vec![Line::new(text, at)]
            }
        }
    }

    /// Records the source line of all marks since the last call.
    fn row(&mut self, at: u32) {
        self.rows.resize(self.reading.marks().len(), at);
    }

    /// Parses and writes the spans of a text; returns both forms.
    fn spans(&mut self, text: &str, at: u32) -> (Vec<Span>, String) {
        let spans = spans::read(self.options, self.document, text).unwrap_or_else(|| {
            self.said.push((at, DEEP));
            vec![Span::Text(text.to_owned())]
        });
        let spans = abbreviations::within(spans, self.document);
        self.left(&spans, at);
        let written = phrases::write(&spans, text, self.document);
        (spans, written)
    }

    fn left(&mut self, spans: &[Span], at: u32) {
        for span in spans {
            match span {
                Span::Left(what) => self.said.push((at, what)),
                Span::Math(_) => self.said.push((at, FORMULA)),
                Span::Marked(_, _, inner) | Span::Link(inner, ..) => self.left(inner, at),
                _ => {}
            }
        }
    }

    pub(super) fn paragraph(&mut self, lines: &[Line], id: Option<&str>) -> Vec<Line> {
        let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
        let first = lines.first().map_or(0, |line| line.at);
        let (mut spans, mut written) = self.spans(text.trim(), first);
        if let Some(id) = id {
            let tags = [format!("<span id=\"{id}\">"), "</span>".to_owned()];
            written.insert_str(0, &tags.concat());
            spans.splice(0..0, tags.map(Span::Html));
        }
        phrases::read_into(&spans, &mut self.reading);
        let at = |index: usize| lines.get(index).or(lines.last()).map_or(first, |line| line.at);
        written.split('\n').enumerate().map(|(index, text)| Line::new(text, at(index))).collect()
    }

    fn heading(&mut self, level: u8, words: &str, id: Option<&str>, at: u32) -> Line {
        let own = words.rsplit_once("{#").and_then(|(words, id)| {
            let id = id.strip_suffix('}')?;
            let is_id = id.starts_with(char::is_alphabetic) && !id.contains(char::is_whitespace);
            (is_id && words.ends_with([' ', '\t'])).then(|| (words.trim_end(), id))
        });
        let words = own.map_or(words, |(words, _)| words);
        let (spans, written) = self.spans(words, at);
        self.reading.block(format!("h{level}"));
        phrases::read_into(&spans, &mut self.reading);
        let written = match written.strip_suffix('}') {
            // Braces at the end of a heading would be parsed as its attributes.
            Some(rest) => format!("{rest}\\}}"),
            None => written,
        };
        let written = if written.ends_with('#') { format!("{}\\#", &written[..written.len() - 1]) } else { written };
        let id = id.or(own.map(|(_, id)| id)).map(|id| format!(" {{#{id}}}")).unwrap_or_default();
        Line::new(format!("{} {}{id}", "#".repeat(level.into()), written.replace('\n', " ")), at)
    }

    fn code(&mut self, language: &str, lines: &[Line], at: u32) -> Vec<Line> {
        self.reading.block(format!("pre {language}").trim_end());
        let longest = lines.iter().flat_map(|line| line.text.split(|c| c != '`')).map(str::len).max();
        let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
        let text: String = lines.iter().map(|line| format!("{}\n", line.text)).collect();
        if !text.is_empty() {
            self.reading.code_block(&text);
        }
        let last = lines.last().map_or(at, |line| line.at);
        let mut out = vec![Line::new(format!("{fence}{language}"), at)];
        out.extend(lines.iter().cloned());
        out.push(Line::new(fence, last));
        out
    }

    fn list(&mut self, counts: bool, items: &[ListItem], is_other: bool) -> Vec<Line> {
        self.reading.block(if counts { "ol" } else { "ul" });
        let mut out = Vec::new();
        for (item, number) in items.iter().zip(1..) {
            self.reading.block("item");
            let marker = match (counts, is_other) {
                (true, false) => format!("{number}. "),
                (true, true) => format!("{number}) "),
                (false, false) => "* ".to_owned(),
                (false, true) => "- ".to_owned(),
            };
            let ends_blank = matches!(item.blocks.last(), Some(Block { kind: BlockKind::Blank, .. }));
            let mut inside = self.blocks(&item.blocks, true);
            let is_box = |line: &Line| matches!(line.text.as_str(), "[ ]" | "[x]" | "[X]");
            if inside.first().is_some_and(is_box) && inside.get(1).is_none_or(Line::is_blank) {
                // Without text behind it, this is not a task.
                inside[0].text.insert(0, '\\');
            }
            let last = inside.last().map_or(item.at, |line| line.at);
            out.extend(indented(&marker, marker.len(), inside, item.at));
            if ends_blank && number < items.len() {
                out.push(Line::new("", last));
            }
            self.reading.end_block("item");
        }
        self.reading.end_block("list");
        out
    }

    fn definitions(&mut self, parts: &[Definition]) -> Vec<Line> {
        let mut out = Vec::new();
        let mut after_term = true;
        for part in parts {
            match part {
                Definition::Term(line) => {
                    if !after_term {
                        out.push(Line::new("", line.at));
                    }
                    let (spans, mut written) = self.spans(line.text.trim(), line.at);
                    if ["[ ] ", "[x] ", "[X] "].iter().any(|sign| written.starts_with(sign)) {
                        // The text of a term is not a task, although it begins like one.
                        written.insert(0, '\\');
                    }
                    self.reading.block("dt");
                    phrases::read_into(&spans, &mut self.reading);
                    out.push(Line::new(written, line.at));
                }
                Definition::Text(blocks) => {
                    self.reading.block("dd");
                    let at = blocks.first().map_or(0, |block| block.at);
                    let inside = self.blocks(blocks, false);
                    out.extend(indented(": ", 2, inside, at));
                }
            }
            self.reading.gap();
            after_term = matches!(part, Definition::Term(_));
        }
        out
    }

    fn table(&mut self, table: &Table, at: u32) -> Vec<Line> {
        self.reading.block("table");
        let row = |cells: &[String]| format!("| {} |", cells.join(" | "));
        let mut out = Vec::new();
        let rule = format!("|{}|", table.columns.join("|"));
        if !table.has_head {
            // Markdown tables need a header row, so an empty one is written.
            self.reading.block("row");
            table.columns.iter().for_each(|_| self.reading.block("cell"));
            let head = vec![String::new(); table.columns.len()];
            out.extend([Line::new(row(&head), at), Line::new(&rule, at)]);
        }
        for (index, found) in table.rows.iter().enumerate() {
            self.reading.block("row");
            let mut cells = Vec::new();
            for cell in &found.cells {
                let (spans, written) = self.spans(cell, found.at);
                self.reading.block("cell");
                phrases::read_into(&spans, &mut self.reading);
                cells.push(strokes(&written.replace("\\\n", "<br>").replace('\n', " ")));
            }
            out.push(Line::new(row(&cells), found.at));
            if index == 0 && table.has_head {
                out.push(Line::new(&rule, found.at));
            }
        }
        self.reading.end_block("table");
        out
    }

    fn element(&mut self, tag: &str, name: &str, lines: &[Line], at: u32) -> Vec<Line> {
        let level = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok());
        if name == "p" || level.is_some() {
            if tag.contains(' ') {
                self.said.push((at, ATTRIBUTES));
            }
            let words: Vec<&str> = lines.iter().map(|line| line.text.trim()).collect();
            return match level {
                Some(level) => vec![self.heading(level, words.join(" ").trim(), None, at)],
                None => self.paragraph(lines, None),
            };
        }
        let mut out = vec![Line::new(tag, at), Line::new("", at)];
        self.reading.html_block(tag);
        out.extend(self.paragraph(lines, None));
        self.reading.gap();
        let end = format!("</{name}>");
        self.reading.html_block(&end);
        let last = lines.last().map_or(at, |line| line.at);
        out.extend([Line::new("", last), Line::new(end, last)]);
        out
    }
}

/// Escapes the pipes of a table cell.
fn strokes(cell: &str) -> String {
    cell.replace("\\|", "|").replace('|', "\\|")
}

/// Returns lines with a marker before the first, and the others indented by `width`.
fn indented(marker: &str, width: usize, lines: Vec<Line>, at: u32) -> Vec<Line> {
    if lines.is_empty() {
        return vec![Line::new(marker.trim_end(), at)];
    }
    let gap = " ".repeat(width);
    let one = |(index, line): (usize, Line)| {
        let before = if index == 0 { marker } else { &gap };
        Line::new(format!("{before}{}", line.text).trim_end(), line.at)
    };
    lines.into_iter().enumerate().map(one).collect()
}
