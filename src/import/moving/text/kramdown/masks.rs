//! Masks Liquid calls, which are evaluated before kramdown parses the text. Each is replaced by a single word.

use super::lines::Line;
use crate::import::moving::text::places::Places;

/// The delimiters of masks: the start of a tag, the start of an output, and the end of either.
const TAG: char = '\u{e000}';
const OUTPUT: char = '\u{e001}';
const END: char = '\u{e002}';

pub(super) fn is_mask(c: char) -> bool {
    matches!(c, TAG | OUTPUT | END)
}

/// Returns the lines of a text with its calls masked, and the calls; none when the text contains the delimiters itself.
pub(super) fn mask(body: &str) -> Option<(Vec<Line>, Vec<&str>)> {
    if body.contains(is_mask) {
        return None;
    }
    let mut calls = Vec::new();
    let mut places = Places::new(body);
    let mut lines = vec![Line::new("", 0)];
    let (mut at, mut row) = (0, 0_u32);
    while at < body.len() {
        let rest = &body[at..];
        let own = rest.find(['\n', '{']).unwrap_or(rest.len());
        last(&mut lines).push_str(&rest[..own]);
        at += own;
        let rest = &body[at..];
        if rest.starts_with('\n') {
            row += 1;
            at += 1;
            if at < body.len() {
                lines.push(Line::new("", row));
            }
        } else if let Some(end) = call(body, at, &mut places, last(&mut lines).trim().is_empty()) {
            let length = end - at;
            let sign = if rest.starts_with("{%") { TAG } else { OUTPUT };
            last(&mut lines).push_str(&format!("{sign}{}{END}", calls.len()));
            calls.push(&rest[..length]);
            row += rest[..length].matches('\n').count() as u32;
            at += length;
        } else if !rest.is_empty() {
            last(&mut lines).push('{');
            at += 1;
        }
    }
    for line in &mut lines {
        line.text.truncate(line.text.trim_end_matches('\r').len());
    }
    Some((lines, calls))
}

fn last(lines: &mut Vec<Line>) -> &mut String {
    if lines.is_empty() {
        lines.push(Line::new("", 0));
    }
    let index = lines.len() - 1;
    &mut lines[index].text
}

/// Returns the offset after the call at a byte offset. A `highlight` tag includes its code and its end tag.
fn call(body: &str, at: usize, places: &mut Places<'_>, starts_line: bool) -> Option<usize> {
    let text = &body[at..];
    let close = if text.starts_with("{{") {
        "}}"
    } else if text.starts_with("{%") {
        "%}"
    } else {
        return None;
    };
    let end = places.next(close, at + 2)?;
    let name = body[at + 2..end].trim_matches('-').split_whitespace().next().unwrap_or_default();
    if close == "%}" && name == "highlight" && starts_line {
        let last = places.next("endhighlight", end + 2);
        return last.and_then(|last| Some(places.next("%}", last)? + 2)).or(Some(end + 2));
    }
    Some(end + 2)
}

/// Whether a line consists of masked tags only.
pub(super) fn is_tags(line: &str) -> bool {
    let line = line.trim();
    let mut inside = false;
    line.starts_with(TAG)
        && line.chars().all(|c| {
            let own = inside || c == TAG || c.is_whitespace();
            inside = (inside && c != END) || c == TAG;
            own
        })
}

/// Replaces the masks in lines by their calls.
pub(super) fn unmask(lines: Vec<Line>, calls: &[&str]) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    for Line { text, at } in lines {
        if !text.contains(is_mask) {
            out.push(Line { text, at });
            continue;
        }
        let mut whole = String::new();
        let mut rest = text.as_str();
        while let Some(start) = rest.find([TAG, OUTPUT]) {
            whole.push_str(&rest[..start]);
            let inside = &rest[start + TAG.len_utf8()..];
            let end = inside.find(END).unwrap_or(inside.len());
            let index: Option<usize> = inside[..end].parse().ok();
            whole.push_str(index.and_then(|index| calls.get(index)).copied().unwrap_or_default());
            rest = inside.get(end + END.len_utf8()..).unwrap_or_default();
        }
        whole.push_str(rest);
        out.extend(whole.split('\n').zip(at..).map(|(text, at)| Line::new(text.trim_end_matches('\r'), at)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_set_aside_and_come_back() {
        for body in [
            "a {{ b | c: '*' }} d\n{% include x\n y %}\ne\n",
            "{% highlight sh %}\n* a\n{% endhighlight %}\n\nb {% raw %}{{ c }}{% endraw %}",
            "{ { {{ open\n\n{% too",
            "",
        ] {
            let (lines, calls) = mask(body).expect("no signs");
            let back: Vec<String> = unmask(lines, &calls).into_iter().map(|line| line.text).collect();
            assert_eq!(back.join("\n"), body.trim_end_matches('\n'));
        }
        let (lines, _) =
            mask("{% highlight sh %}\n* a\n{% endhighlight %}\nb {% x %}\n{% y %} {% z %}").expect("no signs");
        let found: Vec<_> = lines.iter().map(|line| (line.at, is_tags(&line.text))).collect();
        assert_eq!(found, [(0, true), (3, false), (4, true)]);
    }
}
