//! Removes comments that readers of the source site never saw: those of Liquid, kramdown, shortcodes and templates.
//!
//! They are removed rather than converted to HTML comments, which would become visible within code or across a blank
//! line.

use super::code_spans::{Ahead, Mask};
use crate::import::moving::source::story::{Program, old_line};

/// A text without its comments.
#[derive(Debug, Default, PartialEq)]
pub(super) struct PublicText {
    pub(in crate::import::moving) text: String,
    /// The removed comments: the line in the original text, from 0, and the syntax.
    pub(in crate::import::moving) hidden: Vec<(u32, &'static str)>,
    /// The line breaks that were removed: a line of the new text, from 0, and how many were removed before it.
    pub(in crate::import::moving) gone: Vec<(u32, u32)>,
}

/// A comment to remove: its length in bytes, and its syntax.
type Note = (usize, &'static str);

/// Removes comments from a text. `shows_comments` tells that the site's own `comment` shortcode shows its content.
pub(in crate::import::moving) fn without(program: Program, body: &str, shows_comments: bool) -> PublicText {
    let public = pass(body, &|ahead, at, is_code, _| match program {
        Program::Jekyll => liquid(ahead, at),
        Program::Hugo => hugo(ahead, at, is_code, shows_comments),
        // Zola has none: `{# … #}` is text in its content.
        Program::Zola => Passage::Nothing,
    });
    if program != Program::Jekyll {
        return public;
    }
    // Liquid is processed first, everywhere; kramdown reads its output.
    let PublicText { text, mut hidden, mut gone } = public;
    let second = pass(&text, &|ahead, at, is_code, starts_line| kramdown(ahead.rest(at), is_code, starts_line));
    hidden.extend(second.hidden.into_iter().map(|(line, what)| (old_line(&gone, line), what)));
    hidden.sort_unstable();
    // Line numbers are converted from the text between the two passes to the final text.
    for (at, _) in &mut gone {
        *at -= second.gone.iter().filter(|(of, _)| old_line(&second.gone, *of) <= *at).map(|(_, n)| n).sum::<u32>();
    }
    gone.extend(second.gone);
    PublicText { text: second.text, hidden, gone }
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
                    public.gone.push((new_line + 1, count));
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

fn liquid(ahead: &mut Ahead<'_>, at: usize) -> Passage {
    let Some((name, about, from)) = tag(ahead, at) else { return Passage::Nothing };
    let whole = ahead.text.len();
    let mut note = |opening: &str, closing: &str, what| {
        Passage::Note((closed(ahead, from, opening, closing).unwrap_or(whole) - at, what))
    };
    match name {
        "raw" => Passage::Shown(closed(ahead, from, "", "endraw").unwrap_or(whole) - at),
        "comment" => note("comment", "endcomment", "{% comment %}"),
        "capture" => note("capture", "endcapture", "{% capture %}"),
        "if" if about == "false" || about == "nil" => never(ahead, at, from, ("if", "endif", "{% if false %}")),
        "unless" if about == "true" => never(ahead, at, from, ("unless", "endunless", "{% unless true %}")),
        name if name.starts_with('#') => Passage::Note((from - at, "{% # … %}")),
        _ => Passage::Nothing,
    }
}

/// Classifies a block whose condition is never true: a comment, unless it has another branch.
fn never(ahead: &mut Ahead<'_>, at: usize, from: usize, names: (&str, &str, &'static str)) -> Passage {
    let (opening, closing, what) = names;
    match closed(ahead, from, opening, closing) {
        Some(end) if !["else", "elsif"].iter().any(|word| ahead.text[at..end].contains(word)) => {
            Passage::Note((end - at, what))
        }
        _ => Passage::Nothing,
    }
}

/// Returns the offset after the end tag of a Liquid block whose start tag ends at `from`. Nested blocks of the same
/// kind are skipped, and so is everything between `raw` and `endraw`.
fn closed(ahead: &mut Ahead<'_>, from: usize, opening: &str, closing: &str) -> Option<usize> {
    let (mut at, mut depth, mut is_raw) = (from, 1_u32, false);
    while let Some(next) = ahead.find("{%", at) {
        let (name, _, end) = tag(ahead, next)?;
        at = end;
        match name {
            "endraw" if is_raw => is_raw = false,
            _ if is_raw => {}
            "raw" if closing != "endraw" => is_raw = true,
            name if name == closing => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            name if name == opening => depth += 1,
            _ => {}
        }
    }
    None
}

/// Recognizes `{::comment}` … `{:/comment}` or `{:/}`; within code it is text.
fn kramdown(rest: &str, is_code: bool, starts_line: bool) -> Passage {
    let Some(after) = rest.strip_prefix("{::comment").filter(|_| !is_code) else { return Passage::Nothing };
    let Some(open) = after.find('}').filter(|_| after.starts_with([' ', '}', '/'])) else { return Passage::Nothing };
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
        if inside.split(|c: char| c.is_whitespace() || c == '/').next() != Some("comment") || shows_comments {
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
        if inner.trim_start().starts_with("comment")
            && let Some(close) = rest[at..].find("}}")
        {
            return at + close + 2;
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
        let lines: Vec<u32> = (0..5).map(|line| old_line(&public.gone, line)).collect();
        assert_eq!(lines, [0, 1, 4, 5, 7]);
    }
}
