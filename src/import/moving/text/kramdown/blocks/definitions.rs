//! Parses definition blocks, which affect other blocks: footnotes, link definitions, attribute lists; and extensions.

use std::collections::HashMap;

use crate::import::moving::text::kramdown::attributes::{self, Attributes};
use crate::import::moving::text::kramdown::blocks::{Block, BlockKind, OPTIONS, Reader, ends_all, read};
use crate::import::moving::text::kramdown::lines::{Line, near, unindented};

impl Reader<'_> {
    /// Parses a footnote definition, and returns the next line; none when there is no definition.
    pub(in super::super) fn note(&mut self, bare: &str, lines: &[Line], at: usize) -> Option<usize> {
        let (name, first) = bare.strip_prefix("[^")?.split_once("]:")?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        if !is_name {
            return None;
        }
        let mut own = vec![Line::new(first.trim_start(), lines[at].at)];
        let mut end = at + 1;
        while end < lines.len() {
            let next = (end..lines.len()).find(|next| !lines[*next].is_blank());
            let Some(next) = next.filter(|next| unindented(&lines[*next].text).is_some()) else { break };
            own.extend(lines[end..next].iter().cloned());
            end = next;
            while let Some(line) = lines.get(end)
                && !line.is_blank()
                && (unindented(&line.text).is_some() || !ends_all(line))
            {
                own.push(Line::new(unindented(&line.text).unwrap_or(&line.text), line.at));
                end += 1;
            }
        }
        let inside = read(self.options, self.document, own);
        self.document.notes.insert(name.to_owned());
        self.push(BlockKind::Note(name.to_owned(), inside), lines[at].at);
        Some(end)
    }

    /// Parses a link definition, whose title may be on the next line, and returns the line after it.
    pub(in super::super) fn link(&mut self, bare: &str, lines: &[Line], at: usize) -> Option<usize> {
        let (label, rest) = bare.strip_prefix('[')?.split_once("]:")?;
        let rest = rest.trim();
        if label.is_empty() || label.contains(']') || rest.is_empty() {
            return None;
        }
        let quoted = |text: &str| {
            let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            text[1..].strip_suffix(quote).filter(|title| !title.is_empty()).map(str::to_owned)
        };
        let (to, title) = match rest.find([' ', '\t']) {
            Some(gap) if quoted(rest[gap..].trim()).is_some() => (&rest[..gap], quoted(rest[gap..].trim())),
            Some(gap) if rest[gap..].trim_start().starts_with(['"', '\'']) => return None,
            _ => (rest, None),
        };
        let below = lines.get(at + 1).filter(|_| title.is_none()).and_then(|line| quoted(line.text.trim()));
        let next = at + 1 + usize::from(below.is_some());
        let to = to.strip_prefix('<').and_then(|to| to.strip_suffix('>')).unwrap_or(to).to_owned();
        let title = title.or(below);
        let key = label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        self.document.links.insert(key, (to.clone(), title.clone()));
        self.push(BlockKind::Link(label.to_owned(), to, title), lines[at].at);
        Some(next)
    }

    /// Parses an attribute list or an extension, and returns the line after it.
    pub(in super::super) fn extension(&mut self, bare: &str, lines: &[Line], at: usize) -> Option<usize> {
        let from = lines[at].at;
        if let Some((name, found)) = attributes::named(bare) {
            self.document.named.entry(name.to_owned()).or_default().extend(&found);
            self.push(BlockKind::Nothing, from);
            return Some(at + 1);
        }
        if let Some(inside) = attributes::of_block(bare) {
            let found = Attributes::read(inside);
            match self.blocks.last_mut() {
                Some(block) if !matches!(block.kind, BlockKind::Blank | BlockKind::End | BlockKind::Nothing) => {
                    block.attributes.extend(&found);
                    let goes_on = lines.get(at + 1).is_some_and(|next| attributes::of_block(&next.text).is_some());
                    if !goes_on {
                        self.blocks.push(Block {
                            kind: BlockKind::Nothing,
                            at: from,
                            attributes: Attributes::default(),
                        });
                    }
                }
                _ => self.pending.extend(&found),
            }
            return Some(at + 1);
        }
        let found = attributes::extension(bare).filter(|found| bare[found.length..].trim().is_empty())?;
        if found.name == "options" {
            self.document.said.push((from, OPTIONS));
        }
        if found.is_whole {
            self.push(BlockKind::Nothing, from);
            return Some(at + 1);
        }
        let end = self.extension_end(found.name, lines, at + 1)?;
        match found.name {
            "nomarkdown" if found.about.is_empty() || found.about.contains("html") => {
                self.push(BlockKind::Html(lines[at + 1..end].to_vec()), from);
            }
            _ => self.push(BlockKind::Nothing, from),
        }
        Some(end + 1)
    }
    /// Returns the line at or after `from` that consists of the end tag of an extension, `{:/name}` or `{:/}`. All such
    /// lines are indexed once.
    fn extension_end(&mut self, name: &str, lines: &[Line], from: usize) -> Option<usize> {
        let ends = self.extension_ends.get_or_insert_with(|| {
            let mut ends: HashMap<String, Vec<usize>> = HashMap::new();
            for (at, line) in lines.iter().enumerate() {
                let tag =
                    near(&line.text).and_then(|bare| bare.strip_prefix("{:/")).and_then(|tag| tag.split_once('}'));
                if let Some((name, _)) = tag.filter(|(_, rest)| rest.trim().is_empty()) {
                    ends.entry(name.to_owned()).or_default().push(at);
                }
            }
            ends
        });
        let next = |name: &str| ends.get(name).and_then(|all| all.get(all.partition_point(|at| *at < from)));
        [next(name), next("")].into_iter().flatten().min().copied()
    }
}
