//! Texts in kramdown, the Markdown of Jekyll → texts that Dateline reads as kramdown read them.
//!
//! In: a text with its calls of Liquid, which stay. Out: the text in `CommonMark`, the lines that its lines come from, and what an editor
//! should look at. A text is read whole, as kramdown 2.4 reads it, and what is written is read back: where the two differ, that is said.

mod abbreviations;
mod attributes;
mod blocks;
mod definitions;
mod destinations;
mod elements;
mod lines;
mod lists;
mod markup;
mod masks;
mod phrases;
mod spans;
mod tables;
mod tags;
mod write;

use self::blocks::Document;
use self::phrases::destination;
use self::write::Writer;
use super::settings::Settings;
use super::values::{get, text_of, truth};
use crate::content::markdown::Reading;

/// How a site reads its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of the other program")]
pub(super) struct Options {
    /// Whether it is the dialect of GitHub, as in Jekyll without a word about it.
    is_gfm: bool,
    /// Whether each end of a line is a break.
    breaks_lines: bool,
    /// Whether Markdown is read in every element of HTML.
    reads_html: bool,
    /// Whether marks are read in elements within a line.
    reads_spans: bool,
    /// Whether `<<` is a quotation mark.
    is_typographic: bool,
}

impl Options {
    /// What a site of Jekyll says; none where it has another Markdown.
    pub(super) fn of(settings: &Settings) -> Option<Self> {
        if text_of(&settings.keys, "markdown").is_some_and(|name| !name.eq_ignore_ascii_case("kramdown")) {
            return None;
        }
        let empty = super::values::Keys::new();
        let keys = settings.map("kramdown").unwrap_or(&empty);
        let is = |name: &str, otherwise: bool| get(keys, name).and_then(truth).unwrap_or(otherwise);
        let is_gfm = text_of(keys, "input").is_none_or(|input| input.eq_ignore_ascii_case("gfm"));
        let quirks = get(keys, "gfm_quirks").map(ToString::to_string).unwrap_or_default();
        Some(Self {
            is_gfm,
            breaks_lines: is_gfm && is("hard_wrap", false),
            reads_html: is("parse_block_html", false),
            reads_spans: is("parse_span_html", true),
            is_typographic: !quirks.contains("no_auto_typographic"),
        })
    }
}

/// A text that is carried over.
#[derive(Debug, Default)]
pub(super) struct Carried {
    pub(super) text: String,
    /// The line that each line comes from, from 0.
    pub(super) lines: Vec<u32>,
    /// Marks that are left out or written otherwise: the line, and what they are.
    pub(super) said: Vec<(u32, &'static str)>,
    /// Where Dateline reads it otherwise than kramdown did.
    pub(super) otherwise: Option<u32>,
}

/// Carries a text over; none where it has to stay as it is.
pub(super) fn carry(options: &Options, body: &str) -> Option<Carried> {
    let (lines, calls) = masks::mask(body)?;
    let mut document = Document::default();
    let blocks = blocks::read(options, &mut document, lines);
    let said = std::mem::take(&mut document.said);
    let one = |(label, (to, title)): (&String, &(String, Option<String>))| {
        format!("[{label}]: {}\n", destination(to, title.as_deref()))
    };
    let definitions = document.links.iter().map(one).collect();
    let mut writer =
        Writer { options, document: &document, definitions, reading: Reading::default(), rows: Vec::new(), said };
    let lines = writer.blocks(&blocks, false);
    let Writer { reading, rows, mut said, .. } = writer;
    let text: String = lines.iter().map(|line| format!("{}\n", line.text)).collect();
    let (meant, read) = (reading.normal(), Reading::of(&text));
    let differs = meant.marks().iter().zip(read.marks()).position(|(one, other)| one != other);
    let is_longer = (meant.marks().len() != read.marks().len()).then(|| meant.marks().len().min(read.marks().len()));
    let otherwise = differs.or(is_longer).map(|at| rows.get(at).or(rows.last()).copied().unwrap_or_default());
    let lines = masks::unmask(lines, &calls);
    said.sort_unstable();
    said.dedup();
    Some(Carried {
        text: lines.iter().map(|line| format!("{}\n", line.text)).collect(),
        lines: lines.iter().map(|line| line.at).collect(),
        said,
        otherwise,
    })
}
