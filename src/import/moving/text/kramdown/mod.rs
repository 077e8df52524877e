//! Converts texts in kramdown, Jekyll's Markdown dialect, to texts that Dateline parses the same way.
//!
//! In: a text with its Liquid calls, which stay. Out: the text in `CommonMark`, the source line of each line, and the
//! findings for an editor. The whole text is parsed as kramdown 2.4 does, and the output is parsed again by Dateline: a
//! difference between the two is reported.

mod attributes;
mod blocks;
mod ends;
mod lines;
mod masks;
mod options;
mod spans;
mod write;

use self::blocks::Document;
pub(in crate::import::moving) use self::options::Options;
use self::write::Writer;
use crate::content::markdown::Reading;

/// A converted text.
#[derive(Debug, Default)]
pub(super) struct Carried {
    pub(in crate::import::moving) text: String,
    /// The source line of each line, from 0.
    pub(in crate::import::moving) lines: Vec<u32>,
    /// The messages about markup that is left out or written differently, with their lines.
    pub(in crate::import::moving) said: Vec<(u32, &'static str)>,
    /// The first line from which Dateline parses the text differently from kramdown.
    pub(in crate::import::moving) otherwise: Option<u32>,
}

/// Converts a text; none when it must stay as it is.
pub(in crate::import::moving) fn carry(options: &Options, body: &str) -> Option<Carried> {
    let (lines, calls) = masks::mask(body)?;
    let mut document = Document::default();
    let blocks = blocks::read(options, &mut document, lines);
    let said = std::mem::take(&mut document.said);
    let named = document.named.iter().map(|(name, attributes)| (name.as_str(), attributes.effect())).collect();
    let (reading, rows) = (Reading::default(), Vec::new());
    let mut writer = Writer { options, document: &document, named, reading, rows, said };
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
