//! An HTML tokenizer with byte ranges: tags, attributes, text and character references. No tree is built, so neither
//! depth nor mistakes of a writer matter; what is no tag is text (WHATWG HTML, section 13.2.5, for what occurs).

use std::borrow::Cow;
use std::ops::Range;

use super::references::character;

/// Elements whose content is text up to their end tag.
pub const RAW_TEXT: &[&str] = &["script", "style", "textarea", "title"];

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'h> {
    /// A start tag.
    Open(Tag<'h>),
    /// An end tag, with its name as written.
    Close(&'h str),
    /// Text, with character references unresolved.
    Text(&'h str),
    /// A comment, a doctype or a processing instruction.
    Comment,
}

/// A start tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag<'h> {
    /// Name, as written.
    pub name: &'h str,
    /// Attributes, in order.
    pub attributes: Vec<Attribute<'h>>,
    /// Whether it ends in `/>`. That ends an element of SVG or `MathML`, and means nothing in HTML.
    pub is_self_closing: bool,
}

/// An attribute of a start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'h> {
    /// Name, as written.
    pub name: &'h str,
    /// Value, with character references unresolved; empty when there is none.
    pub value: &'h str,
    /// Range of the value in the HTML, without its quotes.
    pub range: Range<usize>,
    /// Range of the attribute in the HTML, with its name and quotes.
    pub whole: Range<usize>,
}

impl Tag<'_> {
    /// Whether the tag has this name, ignoring case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, with character references resolved.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let found = self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name));
        found.map(|attribute| decode(attribute.value))
    }

    /// The Markdown mark of a task list's checkbox; `None` for other elements.
    pub fn task(&self) -> Option<&'static str> {
        let is_box = self.is("input") && self.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
        is_box.then(|| if self.get("checked").is_some() { "[x]" } else { "[ ]" })
    }
}

/// Tokenises HTML. Each token comes with its byte range.
pub fn tokens(html: &str) -> Tokens<'_> {
    Tokens { html, at: 0, raw: None }
}

/// The tokens of a piece of HTML.
pub struct Tokens<'h> {
    html: &'h str,
    at: usize,
    /// The open raw text element.
    raw: Option<&'static str>,
}

impl<'h> Iterator for Tokens<'h> {
    type Item = (Token<'h>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = self.html.get(start..).filter(|rest| !rest.is_empty())?;
        let text_end = match self.raw.take() {
            Some(name) => end_tag(rest, name),
            None => tag_start(rest),
        };
        if text_end > 0 {
            self.at = start + text_end;
            return Some((Token::Text(&rest[..text_end]), start..self.at));
        }
        let token = if let Some(comment) = rest.strip_prefix("<!--") {
            self.at = comment.find("-->").map_or(self.html.len(), |at| start + 4 + at + 3);
            Token::Comment
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            self.at = rest.find('>').map_or(self.html.len(), |at| start + at + 1);
            Token::Comment
        } else if let Some(name) = rest.strip_prefix("</") {
            self.at = rest.find('>').map_or(self.html.len(), |at| start + at + 1);
            Token::Close(&name[..name_length(name)])
        } else {
            let name = &rest[1..=name_length(&rest[1..])];
            let mut attributes = Vec::new();
            let end = read_attributes(self.html, start + 1 + name.len(), &mut attributes, false);
            self.at = end.unwrap_or(self.html.len());
            self.raw = RAW_TEXT.iter().find(|raw| name.eq_ignore_ascii_case(raw)).copied();
            let is_self_closing = is_self_closing(&self.html[..self.at], &attributes);
            Token::Open(Tag { name, attributes, is_self_closing })
        };
        Some((token, start..self.at))
    }
}

/// The result of reading a start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartTag<'h> {
    /// A tag, and its length in bytes.
    Whole(Tag<'h>, usize),
    /// A tag that does not end within the text.
    Open,
    /// No tag: none begins, or a `<` outside quotation marks follows before it ends.
    Broken,
}

/// Reads the start tag at the beginning of a text, as Markdown has it: what does not end is no tag, and neither is what
/// another `<` interrupts. Nothing behind such a `<` is read, so that thousands of unended tags take linear time.
pub fn start_tag(html: &str) -> StartTag<'_> {
    let Some(rest) = html.strip_prefix('<').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) else {
        return StartTag::Broken;
    };
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '<');
    let name = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let mut attributes = Vec::new();
    match read_attributes(html, 1 + name.len(), &mut attributes, true) {
        Some(end) if html[..end].ends_with('>') && !is_open(html, &attributes) => {
            let is_self_closing = is_self_closing(&html[..end], &attributes);
            StartTag::Whole(Tag { name, attributes, is_self_closing }, end)
        }
        Some(_) => StartTag::Open,
        None => StartTag::Broken,
    }
}

/// Whether a tag at the end of a text has a slash before its `>`. One after an unquoted value belongs to the value.
fn is_self_closing(html: &str, attributes: &[Attribute<'_>]) -> bool {
    let last = attributes.last().map_or(0, |attribute| attribute.whole.end);
    html.ends_with("/>") && last + "/>".len() <= html.len()
}

/// Whether the text ends within the quoted value of the last attribute.
fn is_open(html: &str, attributes: &[Attribute<'_>]) -> bool {
    attributes.last().is_some_and(|last| {
        last.range.end == html.len() && last.whole.end == html.len() && html[..last.range.start].ends_with(['"', '\''])
    })
}

/// The ranges of the outermost elements with one of these names, from the start tag to the end tag. One that is never
/// closed ends with the text.
pub fn within(html: &str, names: &[&str]) -> Vec<Range<usize>> {
    let is_one = |name: &str| names.iter().any(|wanted| name.eq_ignore_ascii_case(wanted));
    let (mut found, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (token, range) in tokens(html) {
        match token {
            Token::Open(tag) if is_one(tag.name) => {
                start = if depth == 0 { range.start } else { start };
                depth += 1;
            }
            Token::Close(name) if is_one(name) && depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(start..range.end);
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        found.push(start..html.len());
    }
    found
}

fn name_length(text: &str) -> usize {
    text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(text.len())
}

/// Start of the next tag or comment, or the length of `html`.
fn tag_start(html: &str) -> usize {
    let mut from = 0;
    while let Some(found) = html[from..].find('<') {
        let at = from + found;
        let after = html[at + 1..].strip_prefix('/').unwrap_or(&html[at + 1..]);
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_tag || html[at + 1..].starts_with(['!', '?']) {
            return at;
        }
        from = at + 1;
    }
    html.len()
}

/// Start of the end tag of a raw text element.
fn end_tag(html: &str, name: &str) -> usize {
    let is_end = |at: usize| {
        let after = &html[at + 2..];
        after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && !after[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
    };
    html.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at)).unwrap_or(html.len())
}

/// Reads attributes from byte `at` to the end of the tag. Returns the byte after it; `None` when `is_strict` and a `<`
/// outside quotation marks comes first.
fn read_attributes<'h>(
    html: &'h str,
    mut at: usize,
    attributes: &mut Vec<Attribute<'h>>,
    is_strict: bool,
) -> Option<usize> {
    let skip = |at: usize, skipped: fn(char) -> bool| {
        html[at..].find(|c: char| !skipped(c)).map_or(html.len(), |length| at + length)
    };
    loop {
        at = skip(at, |c| c.is_ascii_whitespace() || c == '/');
        if html[at..].starts_with('>') {
            return Some(at + 1);
        }
        if is_strict && html[at..].starts_with('<') {
            return None;
        }
        let interrupts = |c: char| is_strict && c == '<';
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/') || interrupts(c);
        let end = html[at..].find(ends).map_or(html.len(), |length| at + length);
        let name = &html[at..end];
        if name.is_empty() {
            // A stray character instead of a name: `<a ="x">`.
            let Some(next) = html[at..].chars().next() else { return Some(html.len()) };
            at += next.len_utf8();
            continue;
        }
        let equals = skip(end, |c| c.is_ascii_whitespace());
        if !html[equals..].starts_with('=') {
            attributes.push(Attribute { name, value: "", range: end..end, whole: at..end });
            at = equals;
            continue;
        }
        let value = skip(equals + 1, |c| c.is_ascii_whitespace());
        let quote = html[value..].chars().next().filter(|c| matches!(c, '"' | '\''));
        let start = value + usize::from(quote.is_some());
        let ends = |c: char| match quote {
            Some(quote) => c == quote,
            None => c.is_ascii_whitespace() || c == '>' || interrupts(c),
        };
        let end = html[start..].find(ends).map_or(html.len(), |length| start + length);
        let past = (end + usize::from(quote.is_some())).min(html.len());
        attributes.push(Attribute { name, value: &html[start..end], range: start..end, whole: at..past });
        at = past;
    }
}

/// Resolves the character references that writers use.
pub fn decode(text: &str) -> Cow<'_, str> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_tag_is_whole_open_or_none() {
        for (html, expected) in [
            ("<a href='/x' b>y", Some("<a href='/x' b>")),
            ("<a title=\"<b>\">y", Some("<a title=\"<b>\">")),
            ("<br/>", Some("<br/>")),
            ("<a href=/x/>", Some("<a href=/x/>")),
            ("<a <b>", None),
            ("<a b=<c>", None),
            ("<a<b>", None),
            ("a<b>", None),
            ("</a>", None),
            ("< a>", None),
        ] {
            let found = start_tag(html);
            let whole = match &found {
                StartTag::Whole(_, length) => Some(&html[..*length]),
                StartTag::Open | StartTag::Broken => None,
            };
            assert_eq!(whole, expected, "{html}");
            assert_eq!(found == StartTag::Broken, expected.is_none(), "{html}");
        }
        for html in ["<a", "<a b", "<a b=", "<a b=\"c", "<a b=\"c>", "<a b='c\"", "<a b=\"", "<a ="] {
            assert_eq!(start_tag(html), StartTag::Open, "{html}");
        }
    }

    #[test]
    fn elements_are_found_from_their_start_to_their_end() {
        let html = "a<pre>b<PRE>c</PRE></pre>d<!-- <pre> --><prefix></pre><p title='<pre>'><textarea>e";
        let found: Vec<&str> = within(html, &["pre", "textarea"]).into_iter().map(|range| &html[range]).collect();
        assert_eq!(found, ["<pre>b<PRE>c</PRE></pre>", "<textarea>e"]);
    }

    #[test]
    fn tags_are_found_in_any_form() {
        let html = "<!-- <a href=\"no\"> --><A class=x\n href='/a/?b&amp;c'>x</a><img src=/p.png/><a href = \"/d/\" hidden>\
            <script>\"<a href='no'>\"</script><br/><a ='x' href=e>1 < 2<a href=\"open";
        let mut found = Vec::new();
        for (token, _) in tokens(html) {
            if let Token::Open(tag) = token {
                for Attribute { name, value, range, whole } in &tag.attributes {
                    assert_eq!(&html[range.clone()], *value);
                    assert!(html[whole.clone()].starts_with(name));
                    found.push(format!("{} {name}={}", tag.name, decode(value)));
                }
            }
        }
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

    #[test]
    fn text_comments_and_ends_are_told_apart() {
        let tell = |html: &str| {
            let tokens = tokens(html).map(|(token, _)| match token {
                Token::Open(tag) => format!("+{}", tag.name),
                Token::Close(name) => format!("-{name}"),
                Token::Text(text) => format!("{text:?}"),
                Token::Comment => "!".to_owned(),
            });
            tokens.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(tell("a<b>c</b ><!-- x > -->d"), "\"a\" +b \"c\" -b ! \"d\"");
        assert_eq!(tell("1 < 2 <3 </ <!doctype html>x"), "\"1 < 2 <3 </ \" ! \"x\"");
        assert_eq!(
            tell("<style>a > b {}</STYLE>x<script>\"</div>\"</script>"),
            "+style \"a > b {}\" -STYLE \"x\" +script \"\\\"</div>\\\"\" -script"
        );
        assert_eq!(tell("<p title=\"a > b\">x"), "+p \"x\"");
    }

    #[test]
    fn self_closing_tags_are_told_apart() {
        let is_self_closing =
            |html: &str| matches!(tokens(html).next(), Some((Token::Open(tag), _)) if tag.is_self_closing);
        for html in ["<path/>", "<path d='M0' />", "<path d=M0 />", "<path hidden/>", "<path d=\"/\"/>"] {
            assert!(is_self_closing(html), "{html}");
        }
        for html in ["<path>", "<path d=M0/>", "<path d='/'>", "<path /", "<path d=\"/>"] {
            assert!(!is_self_closing(html), "{html}");
        }
    }

    #[test]
    fn references_are_resolved() {
        assert_eq!(decode("a &amp;amp; &#x27;b&#39; &nbsp;c &unknown; & d"), "a &amp; 'b' \u{a0}c &unknown; & d");
        assert_eq!(
            decode("&eacute;&Ccedil;&Scaron;&aring;&Oslash;&ndash;&hellip;&euro;&xacute;&acute;&uuml"),
            "éÇŠåØ–…€&xacute;&acute;&uuml"
        );
    }

    proptest::proptest! {
        #[test]
        fn tokens_cover_any_text(text in "[<>a-z=\"'/ !?é&;#-]{0,60}") {
            let mut end = 0;
            for (token, range) in tokens(&text) {
                proptest::prop_assert!(range.start == end && range.end > range.start);
                end = range.end;
                if let Token::Open(tag) = token {
                    for Attribute { name, value, range: inner, whole } in &tag.attributes {
                        proptest::prop_assert!(text[whole.clone()].starts_with(name) && &text[inner.clone()] == *value);
                        drop(decode(value));
                    }
                    for address in tag.addresses() {
                        proptest::prop_assert_eq!(&text[address.range.clone()], address.value);
                    }
                }
            }
            proptest::prop_assert_eq!(end, text.len());
        }
    }
}
