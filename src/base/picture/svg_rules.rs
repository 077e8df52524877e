//! What of an SVG is a picture: which elements, attributes and addresses.

/// What becomes of an element or attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    /// It goes, and nobody misses it.
    Drop,
    /// It goes, and these words say what it was.
    Remove(String),
}

/// Elements that run code, hold pages, or play what is not in the file.
const ACTIVE: [&str; 13] = [
    "script",
    "foreignobject",
    "handler",
    "listener",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "canvas",
    "link",
    "base",
    "meta",
];

/// The name without the prefix of its namespace, in lower case.
pub(super) fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

/// What becomes of an element. Each attribute has its name, its value as written, and its value.
pub(super) fn element(name: &str, attributes: &[(String, String, String)]) -> Verdict {
    let local = local(name);
    if ACTIVE.contains(&&*local) {
        return Verdict::Remove(format!("`<{name}>`"));
    }
    let is_foreign = name.split_once(':').is_some_and(|(prefix, _)| prefix != "svg");
    if local == "metadata" || is_foreign {
        return Verdict::Drop;
    }
    // What moves an attribute can write one that would be taken out.
    let target = attributes
        .iter()
        .find(|(key, ..)| self::local(key) == "attributename")
        .map(|(.., value)| self::local(value.trim()));
    let moves = matches!(&*local, "set" | "animate" | "animatemotion" | "animatetransform" | "animatecolor");
    if moves && target.is_some_and(|target| target == "href" || target.starts_with("on")) {
        return Verdict::Remove(format!("`<{name}>`"));
    }
    Verdict::Keep
}

/// What becomes of an attribute of an element.
pub(super) fn attribute(element: &str, name: &str, value: &str) -> Verdict {
    let local = local(name);
    let removed = || Verdict::Remove(format!("the attribute `{name}`"));
    if name == "xmlns" || name.starts_with("xmlns:") {
        return Verdict::Keep;
    }
    if local.starts_with("on") {
        return removed();
    }
    if local == "href" || local == "src" {
        let is_right = if self::local(element) == "a" { is_plain_link(value) } else { is_own(value) };
        return if is_right { Verdict::Keep } else { removed() };
    }
    if name.split_once(':').is_some_and(|(prefix, _)| !matches!(prefix, "xlink" | "xml")) {
        return Verdict::Drop;
    }
    if asks_elsewhere(value) || local == "values" && value.to_ascii_lowercase().contains("javascript:") {
        return removed();
    }
    Verdict::Keep
}

/// An address as browsers read it, which leave out blanks and control characters.
fn read(address: &str) -> String {
    address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_ascii_lowercase()
}

/// Whether an address is in the file itself, beside it, or a picture in the text.
fn is_own(address: &str) -> bool {
    let address = read(address).replace('\\', "/");
    let pictures = ["png", "jpeg", "jpg", "gif", "webp", "avif"];
    if let Some(data) = address.strip_prefix("data:image/") {
        return pictures.iter().any(|kind| data.strip_prefix(kind).is_some_and(|rest| rest.starts_with([';', ','])));
    }
    let scheme = address.split(['/', '?', '#']).next().unwrap_or("");
    !address.starts_with("//") && !scheme.contains(':')
}

/// Whether a link leads to a page.
fn is_plain_link(address: &str) -> bool {
    let address = read(address);
    ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme)) || is_own(&address)
}

/// Whether a style sheet, or the value of an attribute, makes a browser ask for what is not in the file (CSS Syntax, level 3: a
/// backslash stands before a sign or its number).
pub(super) fn asks_elsewhere(text: &str) -> bool {
    if !text.contains(['(', '@', '\\']) {
        return false;
    }
    let text = unescaped(text).to_ascii_lowercase();
    let functions = ["url(", "image(", "image-set(", "src("];
    let asks = |function: &str| {
        text.match_indices(function).any(|(at, _)| {
            let inside = text[at + function.len()..].split(')').next().unwrap_or("");
            let address = inside.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
            !is_own(address)
        })
    };
    text.contains("@import") || functions.into_iter().any(asks)
}

/// A text of CSS without escapes and comments.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '/' if rest.starts_with('*') => rest = rest.split_once("*/").map_or("", |(_, rest)| rest),
            '\\' => {
                let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
                if let Ok(number) = u32::from_str_radix(&rest[..digits], 16) {
                    out.extend(char::from_u32(number));
                    rest = &rest[digits..];
                    rest = rest.strip_prefix([' ', '\n', '\t']).unwrap_or(rest);
                }
            }
            c => out.push(c),
        }
    }
    out
}
