//! The rule about failed links: text that was meant as one.

use std::ops::Range;

use super::addresses::Naming;
use crate::base::report::Place;
use crate::base::rules;
use crate::base::text::truncate;
use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::check::texts::wording::head_texts;
use crate::content::markdown::Block;

/// Text that was meant as a link.
pub(in crate::check) fn unmade_link(subject: &Subject<'_>, found: &mut Findings) {
    for block in &subject.prose.blocks {
        for (range, help) in in_block(block, &subject.text[subject.body..]) {
            let source = block.source(&range);
            let message =
                format!("`{}` did not become a link", truncate(&block.text[range].replace('\u{fffc}', "…"), 60));
            found.push(rules::UNMADE_LINK, subject.place(&source), message, help);
        }
    }
    for link in &subject.prose.links {
        let source = subject.text[subject.body..].get(link.range.clone()).unwrap_or_default();
        if source.rsplit_once("](").is_some_and(|(_, rest)| has_name(rest)) {
            say_marks("title", subject.place(&link.range), found);
        }
    }
    slips(&Naming::of(subject), found);
    for (path, text) in head_texts(subject) {
        if has_marks(text) {
            let keys: Vec<&str> = path.split('/').collect();
            say_marks(keys[0], subject.document.place(&keys), found);
        }
    }
}

/// Addresses that cannot work as written.
pub(in crate::check) fn slips(naming: &Naming<'_>, found: &mut Findings) {
    for named in &naming.named {
        if let Some(help) = slip(&named.address) {
            let message = format!("`{}` is not an address", truncate(&named.address, 80));
            found.push(rules::UNMADE_LINK, (naming.place)(named.range.clone()), message, help);
        }
    }
}

/// Whether a plain text contains link syntax.
pub(in crate::check) fn has_marks(text: &str) -> bool {
    let starts = ["](http", "](/", "] (http", "<a href", "](../", "](mailto:"];
    starts.iter().any(|start| text.contains(start)) || text.contains(".md)") && text.contains("](") || has_name(text)
}

/// Whether a plain text names a story in double brackets.
fn has_name(text: &str) -> bool {
    text.split_once("[[").is_some_and(|(_, rest)| rest.contains("]]"))
}

/// Reports link syntax in a value.
pub(in crate::check) fn say_marks(key: &str, place: Place, found: &mut Findings) {
    let message = format!("`{key}` is plain text: readers see the marks of a link in it");
    let help = "write the words alone, and link to it where links are possible: in a text, under `sources`";
    found.push(rules::UNMADE_LINK, place, message, help);
}

/// The problem of an address, as a message.
fn slip(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    let scheme = ["https:", "http:"].into_iter().find(|scheme| lower.starts_with(scheme))?;
    let rest = &lower[scheme.len()..];
    let Some(host) = rest.strip_prefix("//") else {
        return Some(format!("write `{scheme}//{}`", address[scheme.len()..].trim_start_matches('/')));
    };
    let twice = ["https://", "http://", "https//", "http//", "https:/", "http:/"];
    let again = twice.into_iter().find(|again| host.starts_with(again))?;
    let at = address.len() - host.len() + again.len();
    let scheme = if again.starts_with("https") { "https" } else { "http" };
    Some(format!("write `{scheme}://{}`", &address[at..]))
}

/// Link syntax in the words of a block, with help. `source` is the text of the block.
fn in_block(block: &Block, source: &str) -> Vec<(Range<usize>, String)> {
    let text = block.text.as_str();
    let mut found = Vec::new();
    // The source after a byte of the words, unless a backslash escapes that byte.
    let after = |at: usize| {
        let range = block.source(&(at..at + 1));
        let is_plain = !source.get(..range.start)?.ends_with('\\');
        source.get(range.end..).filter(|_| is_plain)
    };
    let mut open = None;
    let mut closed: Option<usize> = None;
    for (at, sign) in text.char_indices() {
        let rest = &text[at + sign.len_utf8()..];
        match sign {
            '[' => {
                if rest.starts_with('[') && after(at).is_some() {
                    let end = text[at..].find(['\n', '.']).map_or(text.len(), |end| at + end);
                    found.push((at..end, "a link to a story is `[[slug]]`, on one line".to_owned()));
                }
                if closed.is_some_and(|start| text[start..at].ends_with(')')) && after(at).is_some_and(is_address) {
                    let start = closed.unwrap_or(at);
                    found
                        .push((start..at + 1, "the words stand in `[ ]`, the address in `( )` behind them".to_owned()));
                }
                open = Some(at);
            }
            ']' => {
                let Some(start) = open.take() else { continue };
                let trimmed = rest.trim_start();
                let gap = rest.len() - trimmed.len();
                let bracket = at + 1 + gap;
                if !trimmed.starts_with('(') || after(at).is_none() || after(start).is_none() {
                    continue;
                }
                let is_picture = gap == 0 && text[..start].ends_with('!');
                let is_target = |target: &&str| is_address(target) || is_file_with_spaces(target, is_picture);
                let Some(target) = after(bracket).filter(is_target) else { continue };
                let help = if gap > 0 {
                    "write `(` right behind `]`".to_owned()
                } else if target.find(')').is_none_or(|end| target[..end].contains('\n')) {
                    "close the address with `)`".to_owned()
                } else {
                    "put an address with spaces in `< >`, or write `%20` for each space".to_owned()
                };
                found.push((start..bracket + 1, help));
            }
            '(' => closed = Some(at),
            '<' if after(at).is_some_and(|rest| rest.starts_with("http")) => {
                let help = "an address in `< >` has no spaces; write `[words](address)`";
                found.push((at..at + 1, help.to_owned()));
            }
            _ => {}
        }
    }
    found
}

/// Extensions of the files that stories link to.
const LINKED: [&str; 13] =
    ["md", "jpg", "jpeg", "png", "gif", "svg", "webp", "avif", "pdf", "csv", "xlsx", "docx", "html"];

/// Whether a text starts like a file whose name has spaces: `my pic.jpg)`. Of a picture the name may have any ending.
fn is_file_with_spaces(text: &str, is_picture: bool) -> bool {
    let Some((name, _)) = text.split_once(')').filter(|(name, _)| !name.contains(['\n', '"', '(', '\''])) else {
        return false;
    };
    let ending = name.trim_end().rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    name.trim().contains(' ') && (is_picture || ending.is_some_and(|ending| LINKED.contains(&ending.as_str())))
}

/// Whether a text starts like the destination of a link.
pub(in crate::check) fn is_address(text: &str) -> bool {
    let starts = ["https:", "http:", "www.", "mailto:", "/", "../", "./", "<http"];
    let word = text.split(|c: char| c.is_whitespace() || matches!(c, ')' | '#')).next().unwrap_or("");
    let is_source = word.strip_suffix(".md").is_some_and(|name| !name.is_empty());
    starts.iter().any(|start| text.starts_with(start)) || is_source
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_two_beginnings_are_no_addresses() {
        for (address, right) in [
            ("https://https://a.example/x", Some("https://a.example/x")),
            ("https://http://a.example/x", Some("http://a.example/x")),
            ("http://https//a.example", Some("https://a.example")),
            ("https:/a.example/", Some("https://a.example/")),
            ("https:a.example/", Some("https://a.example/")),
        ] {
            assert_eq!(slip(address), right.map(|right| format!("write `{right}`")), "{address}");
        }
        for address in
            ["https://web.archive.org/web/2020/https://a.example/", "https://https.example/", "/https://x", "x"]
        {
            assert_eq!(slip(address), None, "{address}");
        }
    }
}
