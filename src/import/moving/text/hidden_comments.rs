//! Removes comments that readers of the source site never saw: those of Liquid, kramdown, shortcodes and templates.
//!
//! They are removed rather than converted to HTML comments, which would become visible within code or across a blank
//! line.

use std::collections::HashMap;

use super::code_spans::{Ahead, Mask};
use crate::import::moving::source::story::{Program, RemovedLines};

/// A text without its comments.
#[derive(Debug, Default, PartialEq)]
pub(super) struct PublicText {
    pub(in crate::import::moving) text: String,
    /// The removed comments: the line in the original text, from 0, and the syntax.
    pub(in crate::import::moving) hidden: Vec<(u32, &'static str)>,
    /// The line breaks that were removed, by one pass after another.
    gone: Vec<RemovedLines>,
}

impl PublicText {
    /// Returns the original number of a line, both from 0.
    pub(in crate::import::moving) fn original(&self, line: u32) -> u32 {
        self.gone.iter().rev().fold(line, |line, gone| gone.original(line))
    }
}

/// A comment to remove: its length in bytes, and its syntax.
type Note = (usize, &'static str);

/// Removes comments from a text. `shows_comments` tells that the site's own `comment` shortcode shows its content.
pub(in crate::import::moving) fn without(program: Program, body: &str, shows_comments: bool) -> PublicText {
    match program {
        Program::Hugo => pass(body, &|ahead, at, is_code, _| hugo(ahead, at, is_code, shows_comments)),
        // Zola has none: `{# … #}` is text in its content.
        Program::Zola => pass(body, &|_, _, _, _| Passage::Nothing),
        Program::Jekyll => {
            // Liquid is processed first, everywhere; kramdown reads its output.
            let blocks = LiquidBlocks::of(body);
            let first = pass(body, &|ahead, at, _, _| liquid(ahead, at, &blocks));
            let second =
                pass(&first.text, &|ahead, at, is_code, starts_line| kramdown(ahead, at, is_code, starts_line));
            let mut hidden = first.hidden.clone();
            hidden.extend(second.hidden.iter().map(|(line, what)| (first.original(*line), *what)));
            hidden.sort_unstable();
            PublicText { text: second.text, hidden, gone: [first.gone, second.gone].concat() }
        }
    }
}

/// A function that classifies the passage at a byte offset, given whether it is in code and whether it starts a line.
type Find<'f> = dyn Fn(&mut Ahead<'_>, usize, bool, bool) -> Passage + 'f;

/// The classification of a passage.
enum Passage {
    /// A comment.
    Note(Note),
    /// Visible text of this many bytes, which is not examined further.
    Shown(usize),
    /// Not the start of a comment.
    Nothing,
}

fn pass(body: &str, find: &Find<'_>) -> PublicText {
    let mut public = PublicText { text: String::with_capacity(body.len()), ..PublicText::default() };
    let mut gone = RemovedLines::default();
    let (mut mask, mut ahead) = (Mask::new(body), Ahead::new(body));
    let (mut at, mut old_line, mut new_line) = (0, 0_u32, 0_u32);
    let lines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count() as u32;
    while let Some(next) = body[at..].find('{') {
        let start = at + next;
        let before = &body[at..start];
        public.text.push_str(before);
        old_line += lines(before);
        new_line += lines(before);
        let starts_line = is_alone(&body[..start]);
        let length = match find(&mut ahead, start, mask.end(start).is_some(), starts_line) {
            Passage::Note((length, what)) => {
                public.hidden.push((old_line, what));
                let count = lines(&body[start..start + length]);
                if count > 0 {
                    gone.add(new_line + 1, count);
                    old_line += count;
                }
                at = start + length;
                continue;
            }
            Passage::Shown(length) => length,
            Passage::Nothing => 1,
        };
        let shown = &body[start..start + length];
        public.text.push_str(shown);
        old_line += lines(shown);
        new_line += lines(shown);
        at = start + length;
    }
    public.text.push_str(&body[at..]);
    public.gone.push(gone);
    public
}

/// Whether only blanks precede this position on its line.
fn is_alone(before: &str) -> bool {
    before.trim_end_matches([' ', '\t']).chars().next_back().is_none_or(|c| c == '\n')
}

/// Parses the Liquid tag at a byte offset: its name, its arguments, and the offset after it.
fn tag<'t>(ahead: &mut Ahead<'t>, at: usize) -> Option<(&'t str, &'t str, usize)> {
    if !ahead.rest(at).starts_with("{%") {
        return None;
    }
    let end = ahead.find("%}", at + 2)?;
    let inside = ahead.text[at + 2..end].trim_start_matches('-').trim_end_matches('-').trim();
    let name = inside.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    Some((name, inside[name.len()..].trim(), end + 2))
}

fn liquid(ahead: &mut Ahead<'_>, at: usize, blocks: &LiquidBlocks) -> Passage {
    let Some((name, about, from)) = tag(ahead, at) else { return Passage::Nothing };
    let end = blocks.ends.get(&from).copied();
    let whole = end.unwrap_or(ahead.text.len()) - at;
    // A block whose condition is never true is a comment, unless it has another branch.
    let mut never = |what| match end {
        Some(end) if !["else", "elsif"].iter().any(|word| ahead.find(word, at).is_some_and(|found| found < end)) => {
            Passage::Note((end - at, what))
        }
        _ => Passage::Shown(from - at),
    };
    match name {
        "raw" => Passage::Shown(whole),
        "comment" => Passage::Note((whole, "{% comment %}")),
        "capture" => Passage::Note((whole, "{% capture %}")),
        "if" if about == "false" || about == "nil" => never("{% if false %}"),
        "unless" if about == "true" => never("{% unless true %}"),
        name if name.starts_with('#') => Passage::Note((from - at, "{% # … %}")),
        // Liquid reads nothing within a tag.
        _ => Passage::Shown(from - at),
    }
}

/// The blocks of Liquid that matter here, with their ends.
struct LiquidBlocks {
    /// The offset after the end tag of each block, by that after its start tag.
    ends: HashMap<usize, usize>,
}

impl LiquidBlocks {
    /// Matches the start and end tags of a text. Everything between `raw` and `endraw` is skipped.
    fn of(text: &str) -> Self {
        const KINDS: &[(&str, &str)] =
            &[("comment", "endcomment"), ("capture", "endcapture"), ("if", "endif"), ("unless", "endunless")];
        let mut ends = HashMap::new();
        let mut open: [Vec<usize>; 4] = [const { Vec::new() }; 4];
        let (mut ahead, mut at, mut raw) = (Ahead::new(text), 0, None);
        while let Some(start) = ahead.find("{%", at) {
            let Some((name, _, end)) = tag(&mut ahead, start) else { break };
            at = end;
            match raw {
                Some(from) if name == "endraw" => {
                    ends.insert(from, end);
                    raw = None;
                }
                Some(_) => {}
                None if name == "raw" => raw = Some(end),
                None => {
                    for (kind, (opening, closing)) in open.iter_mut().zip(KINDS) {
                        if name == *opening {
                            kind.push(end);
                        } else if name == *closing {
                            ends.extend(kind.pop().map(|from| (from, end)));
                        }
                    }
                }
            }
        }
        Self { ends }
    }
}

/// Recognizes `{::comment}` … `{:/comment}` or `{:/}`; within code it is text.
fn kramdown(ahead: &mut Ahead<'_>, at: usize, is_code: bool, starts_line: bool) -> Passage {
    let rest = ahead.rest(at);
    let Some(after) = rest.strip_prefix("{::comment").filter(|_| !is_code) else { return Passage::Nothing };
    let Some(open) = ahead.find("}", at).filter(|_| after.starts_with([' ', '}', '/'])) else {
        return Passage::Nothing;
    };
    let open = open - at - (rest.len() - after.len());
    let what = "{::comment}";
    let from = rest.len() - after.len() + open + 1;
    if after[..open].ends_with('/') {
        return Passage::Note((from, what));
    }
    let is_block = starts_line && rest[from..].lines().next().is_none_or(|line| line.trim().is_empty());
    let mut at = from;
    while let Some(next) = rest[at..].find("{:/") {
        at += next;
        let stop = ["{:/comment}", "{:/}"].into_iter().find(|stop| rest[at..].starts_with(stop));
        let alone = is_alone(&rest[..at]);
        match stop {
            Some(stop) if !is_block || alone => return Passage::Note((at + stop.len(), what)),
            _ => at += 3,
        }
    }
    // kramdown shows an unclosed comment, but it was meant as one, so it is hidden.
    Passage::Note((rest.len(), what))
}

fn hugo(ahead: &mut Ahead<'_>, at: usize, is_code: bool, shows_comments: bool) -> Passage {
    let rest = ahead.rest(at);
    if rest.starts_with("{{/*") || rest.starts_with("{{- /*") {
        // Hugo shows template comments in content. They were meant as comments, unless they are in code.
        let end = ahead.find("*/", at).and_then(|end| ahead.find("}}", end));
        return end.filter(|_| !is_code).map_or(Passage::Nothing, |end| Passage::Note((end + 2 - at, "{{/* … */}}")));
    }
    for (open, close) in [("{{<", ">}}"), ("{{%", "%}}")] {
        if !rest.starts_with(open) {
            continue;
        }
        let Some(end) = ahead.find(close, at + 3) else { continue };
        let inside = ahead.text[at + 3..end].trim_start();
        let from = end + 3;
        let is_comment = inside
            .strip_prefix("comment")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '/'));
        if !is_comment || shows_comments {
            return if inside.starts_with("/*") { Passage::Shown(from - at) } else { Passage::Nothing };
        }
        let is_whole = ahead.text[..end].trim_end().ends_with('/');
        let end = if is_whole { from } else { from + shortcode_end(ahead.rest(from)) };
        return Passage::Note((end - at, "{{< comment >}}"));
    }
    Passage::Nothing
}

/// Returns the offset after `{{< /comment >}}`, or the length of the text when there is none.
fn shortcode_end(rest: &str) -> usize {
    let mut at = 0;
    while let Some(next) = rest[at..].find("{{") {
        at += next + 2;
        let inner = rest[at..].trim_start_matches(['<', '%']).trim_start();
        let Some(inner) = inner.strip_prefix('/') else { continue };
        if inner.trim_start().starts_with("comment") {
            return rest[at..].find("}}").map_or(rest.len(), |close| at + close + 2);
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_go_and_what_is_shown_stays() {
        for (program, text, expected) in [
            (Program::Jekyll, "a {% comment %}b{% comment %}c{% endcomment %}d{% endcomment %} e", "a  e"),
            (Program::Jekyll, "a {%- comment -%} b\n\nc {%- endcomment -%} d", "a  d"),
            (Program::Jekyll, "a `{% comment %}b{% endcomment %}` c", "a `` c"),
            (
                Program::Jekyll,
                "{% raw %}{% comment %}a{% endcomment %}{% endraw %}",
                "{% raw %}{% comment %}a{% endcomment %}{% endraw %}",
            ),
            (Program::Jekyll, "{% comment %}{% raw %}{% endcomment %}{% endraw %}b{% endcomment %}c", "c"),
            (Program::Jekyll, "a {% comment %} b", "a "),
            (Program::Jekyll, "a {% # b %} {% capture x %}c{% endcapture %} d", "a   d"),
            (Program::Jekyll, "{% if false %}a{% endif %}{% if x %}b{% endif %}", "{% if x %}b{% endif %}"),
            (Program::Jekyll, "{% if false %}a{% else %}b{% endif %}", "{% if false %}a{% else %}b{% endif %}"),
            (Program::Jekyll, "{% if x %}{% if false %}a{% endif %}b{% endif %}", "{% if x %}b{% endif %}"),
            (Program::Jekyll, "{% assign a = \"{% comment %}\" %}b", "{% assign a = \"{% comment %}\" %}b"),
            (Program::Jekyll, "a {::comment}b{:/comment} c {::comment}d{:/} e", "a  c  e"),
            (Program::Jekyll, "{::comment}\na {:/comment}\n\nb\n{:/comment}\nc", "\nc"),
            (
                Program::Jekyll,
                "`{::comment}a{:/}` {::comment/} {::options a=\"b\" /}",
                "`{::comment}a{:/}`  {::options a=\"b\" /}",
            ),
            (Program::Hugo, "a {{< comment >}}b{{< /comment >}} {{% comment %}}c\n\nd{{% /comment %}} e", "a   e"),
            (
                Program::Hugo,
                "{{</* comment */>}}a{{</* /comment */>}} {{/* b */}}c",
                "{{</* comment */>}}a{{</* /comment */>}} c",
            ),
            (Program::Hugo, "`{{/* a */}}` {{<comment>}}b", "`{{/* a */}}` "),
            (Program::Zola, "a {# b #} c {#- d\n\ne #}f\n\n## G {#g}", "a {# b #} c {#- d\n\ne #}f\n\n## G {#g}"),
        ] {
            assert_eq!(without(program, text, false).text, expected, "{text}");
        }
        let own = without(Program::Hugo, "{{< comment >}}a{{< /comment >}}", true);
        assert!(own.text.contains('a') && own.hidden.is_empty());
    }

    #[test]
    fn lines_are_counted_past_what_is_gone() {
        let public =
            without(Program::Jekyll, "a\n{% comment %}\nb\n{% endcomment %}\nc\n{::comment}d\ne{:/}f\ng", false);
        assert_eq!(public.text, "a\n\nc\nf\ng");
        assert_eq!(public.hidden, [(1, "{% comment %}"), (5, "{::comment}")]);
        let lines: Vec<u32> = (0..5).map(|line| public.original(line)).collect();
        assert_eq!(lines, [0, 1, 4, 5, 7]);
    }
}
