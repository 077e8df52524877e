//! Composes the parser's events into nodes (YAML 1.2.2, section 3.1.2).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::nodes::{NodeKind, YamlNode};
use crate::base::codes::{self, Code};

/// Deepest nesting that is accepted.
const DEPTH: usize = 64;
const TOO_DEEP: &str = "the YAML is nested more than 64 levels deep";
/// Most values after expansion of aliases. Beyond that the document is an expansion attack ("billion laughs").
const EXPANDED: usize = 100_000;
/// Why a text has no tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `yaml-syntax` or `yaml-limit`.
    pub code: Code,
    /// Message.
    pub message: String,
    /// Help.
    pub help: Option<&'static str>,
    /// Byte range.
    pub range: Range<usize>,
}

/// Composes a text: its nodes, and the index of the root.
pub(super) fn compose(text: &str) -> Result<(Vec<YamlNode>, usize), Fault> {
    Composer { text, bytes: Bytes::of(text), nodes: Vec::new(), anchors: HashMap::new() }.document()
}

/// Converts the parser's character offsets to bytes; ASCII needs no table.
enum Bytes {
    Same(usize),
    Table(Vec<u32>),
}

impl Bytes {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Same(text.len());
        }
        Self::Table(text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect())
    }

    fn at(&self, index: usize) -> usize {
        match self {
            Self::Same(len) => index.min(*len),
            Self::Table(table) => table.get(index).or(table.last()).map_or(0, |at| *at as usize),
        }
    }
}

struct Composer<'t> {
    text: &'t str,
    bytes: Bytes,
    nodes: Vec<YamlNode>,
    anchors: HashMap<usize, usize>,
}

/// A list or map that is not closed yet.
struct Open {
    start: usize,
    anchor: usize,
    mapping: bool,
    children: Vec<usize>,
}

impl Composer<'_> {
    fn document(mut self) -> Result<(Vec<YamlNode>, usize), Fault> {
        let mut parser = Parser::new_from_str(self.text);
        let mut stack: Vec<Open> = Vec::new();
        let mut root = None;
        let mut expanded = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.syntax(error.info(), error.marker().index()))?;
            let range = self.range(span);
            let done = match event {
                Event::Scalar(text, style, anchor, _) => {
                    let plain = style == ScalarStyle::Plain;
                    let range = range.start..range.start + quoted(&self.text[range.clone()]).unwrap_or(range.len());
                    // The parser reports an absent value as `~` of length zero.
                    let text = if plain && range.is_empty() { String::new() } else { text.into_owned() };
                    self.add(
                        YamlNode { range, kind: NodeKind::Scalar { text, plain }, size: 1, index: OnceLock::new() },
                        anchor,
                    )
                }
                Event::Alias(anchor) => {
                    let Some(&id) = self.anchors.get(&anchor) else {
                        return Err(limit("an alias is inside the value that it repeats", range));
                    };
                    expanded += self.nodes[id].size;
                    if expanded > EXPANDED {
                        return Err(limit("the aliases in this YAML stand for far too many values", range));
                    }
                    id
                }
                Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                    if stack.len() >= DEPTH {
                        return Err(limit(TOO_DEEP, range));
                    }
                    let mapping = matches!(event, Event::MappingStart(..));
                    stack.push(Open { start: range.start, anchor, mapping, children: Vec::new() });
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    let Some(open) = stack.pop() else { continue };
                    self.close(open, range.end)
                }
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(Fault {
                        code: codes::YAML_SYNTAX,
                        message: "a second YAML document starts here".to_owned(),
                        help: Some("keep one: `---` and `...` cannot occur inside it"),
                        range,
                    });
                }
                Event::DocumentStart(_)
                | Event::DocumentEnd
                | Event::StreamStart
                | Event::StreamEnd
                | Event::Nothing => continue,
            };
            match stack.last_mut() {
                Some(open) => open.children.push(done),
                None => root = Some(done),
            }
        }
        let root = root.unwrap_or_else(|| {
            let kind = NodeKind::Scalar { text: String::new(), plain: true };
            self.add(YamlNode { range: 0..0, kind, size: 1, index: OnceLock::new() }, 0)
        });
        Ok((self.nodes, root))
    }

    fn add(&mut self, node: YamlNode, anchor: usize) -> usize {
        self.nodes.push(node);
        let id = self.nodes.len() - 1;
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
        id
    }

    fn close(&mut self, open: Open, end: usize) -> usize {
        let Open { start, anchor, mapping, children } = open;
        let size = 1 + children.iter().map(|id| self.nodes[*id].size).sum::<usize>();
        let end = start + self.text[start..end.max(start)].trim_end().len();
        let kind = if mapping {
            NodeKind::Mapping(children.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
        } else {
            NodeKind::Sequence(children)
        };
        self.add(YamlNode { range: start..end, kind, size, index: OnceLock::new() }, anchor)
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.bytes.at(span.start.index());
        let end = self.bytes.at(span.end.index()).max(start);
        start..start + self.text[start..end].trim_end().len()
    }

    fn syntax(&self, info: &str, index: usize) -> Fault {
        let at = self.bytes.at(index);
        if info.contains("recursion limit") {
            return limit(TOO_DEEP, at..at + 1);
        }
        Fault { code: codes::YAML_SYNTAX, message: format!("this is not YAML: {info}"), help: None, range: at..at + 1 }
    }
}

/// The length of a quoted scalar with its quotation marks: the parser's span goes on over a comment that follows. `None` for
/// other text.
fn quoted(text: &str) -> Option<usize> {
    let mark = *text.as_bytes().first().filter(|mark| matches!(mark, b'"' | b'\''))?;
    let mut bytes = text.bytes().enumerate().skip(1).peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if mark == b'"' => drop(bytes.next()),
            // Two single quotation marks are one inside the text.
            b'\'' if mark == byte && bytes.peek().is_some_and(|(_, next)| *next == mark) => drop(bytes.next()),
            byte if byte == mark => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn limit(message: &str, range: Range<usize>) -> Fault {
    Fault {
        code: codes::YAML_LIMIT,
        message: message.to_owned(),
        help: Some("write the values out, and keep them flat"),
        range,
    }
}
