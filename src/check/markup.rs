//! Tags and their attributes in what was rendered. No parser: what it does not understand, it passes over.

use std::borrow::Cow;

/// Calls `tag` for each start tag with its name, in small letters or as written, and its attributes as written.
/// Comments, scripts and styles are passed over.
pub(super) fn tags<'h>(html: &'h str, mut tag: impl FnMut(&'h str, &[(&'h str, &'h str)])) {
    let mut attributes = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
        let name = &rest[..end];
        rest = read_attributes(&rest[end..], &mut attributes);
        tag(name, &attributes);
        for raw in ["script", "style"] {
            if name.eq_ignore_ascii_case(raw) {
                let close = format!("</{raw}");
                rest = rest.find(&close).map_or("", |at| &rest[at..]);
            }
        }
    }
}

/// Reads attributes up to the end of their tag; what comes after it.
fn read_attributes<'h>(html: &'h str, attributes: &mut Vec<(&'h str, &'h str)>) -> &'h str {
    attributes.clear();
    let mut rest = html;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let name = &rest[..end];
        if name.is_empty() {
            // Not even a name: `<a ="x">`.
            let Some(next) = rest.chars().next() else { return "" };
            rest = &rest[next.len_utf8()..];
            continue;
        }
        rest = rest[end..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            attributes.push((name, ""));
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (text, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len())),
        };
        attributes.push((name, text));
        rest = after;
    }
}

/// A text with the character references that writers use resolved.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        if let Some((end, c)) = end.and_then(|end| Some((end, character(&rest[1..end])?))) {
            plain.push(c);
            rest = &rest[end + 1..];
        } else {
            plain.push('&');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_in_any_form() {
        let html = "<!-- <a href=\"no\"> --><A class=x\n href='/a/?b&amp;c'>x</a><img src=/p.png/><a href = \"/d/\" hidden>\
            <script>\"<a href='no'>\"</script><br/><a ='x' href=e>1 < 2<a href=\"open";
        let mut found = Vec::new();
        tags(html, |name, attributes| {
            for (key, value) in attributes {
                found.push(format!("{name} {key}={}", plain(value)));
            }
        });
        assert_eq!(
            found,
            [
                "A class=x",
                "A href=/a/?b&c",
                "img src=/p.png/",
                "a href=/d/",
                "a hidden=",
                "a 'x'=",
                "a href=e",
                "a href=open"
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[<>a-z=\"'/ !é&;#-]{0,60}") {
            tags(&text, |_, attributes| attributes.iter().for_each(|(_, value)| drop(plain(value))));
        }
    }
}
