//! The syntax of output formats around text: tags, character references, JSON escapes, destinations of Markdown links.

use std::path::Path;

use super::words::Words;
use crate::base::html;
use crate::base::route::Route;
use crate::base::text::windows_1252;

/// The separator between the visible text and the text from inside tags. It is part of no word, so no headline matches
/// across it.
const BREAK: u8 = 1;

/// The longest tag in bytes. A stray `<` in a text must not swallow the rest of it.
const LONGEST_TAG: usize = 16 * 1024;

/// The escaping rules of a file's format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// Whether a backslash escapes the next character, as in JSON (RFC 8259, section 7).
    json: bool,
    /// Whether `](…)` encloses the destination of a Markdown link.
    markdown: bool,
    /// Whether the text has no markup and no escapes.
    plain: bool,
}

impl Form {
    /// Plain text without markup or escapes.
    pub(super) const PLAIN: Self = Self { json: false, markdown: false, plain: true };

    /// Returns the form of a file by the extension of its name. Tags and character references are recognized in all of
    /// them.
    pub(super) fn of(name: &str) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is = |known: &[&str]| known.iter().any(|known| extension.eq_ignore_ascii_case(known));
        Self { json: is(&["json", "js", "mjs", "webmanifest", "map"]), markdown: is(&["md", "txt"]), plain: false }
    }
}

impl Words {
    /// Normalizes a text: the visible words first, then the words from inside tags and link destinations.
    pub(super) fn of(source: &[u8], form: Form) -> Self {
        let mut reader = Reader { source, form, at: 0, text: Self::start(), aside: Self::start() };
        reader.read();
        let Reader { mut text, mut aside, .. } = reader;
        text.gap(source.len());
        aside.gap(source.len());
        text.text.push(BREAK);
        text.at.push(text.at.last().copied().unwrap_or(0));
        text.text.append(&mut aside.text);
        text.at.append(&mut aside.at);
        text
    }
}

/// A character of the text after its escapes are resolved.
#[derive(Clone, Copy)]
struct Read {
    c: char,
    /// The offset of the byte after it in the source.
    end: usize,
    /// Whether it was written as a character reference, such as `&lt;`.
    escaped: bool,
}

struct Reader<'s> {
    source: &'s [u8],
    form: Form,
    at: usize,
    text: Words,
    aside: Words,
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(byte) = self.source.get(self.at).copied() {
            if byte.is_ascii_alphanumeric() {
                self.text.put(byte.to_ascii_lowercase(), self.at);
                self.at += 1;
                continue;
            }
            let markup = !self.form.plain;
            if markup && self.form.markdown && byte == b']' && self.source.get(self.at + 1) == Some(&b'(') {
                self.destination();
                continue;
            }
            let read = self.next(self.at);
            if markup && read.c == '<' && self.tag(read) {
                continue;
            }
            self.text.push(read.c, self.at);
            self.at = read.end;
        }
    }

    /// Decodes the character at a byte offset.
    fn next(&self, at: usize) -> Read {
        let byte = self.source[at];
        match byte {
            b'&' if !self.form.plain => self.reference(at),
            b'\\' if self.form.json => self.escape(at),
            _ if byte.is_ascii() => Read { c: char::from(byte), end: at + 1, escaped: false },
            _ => {
                let bytes = &self.source[at..self.source.len().min(at + 4)];
                // A byte that is invalid in UTF-8 is read as Windows-1252, or else as a space, which separates words.
                let text = match std::str::from_utf8(bytes) {
                    Ok(text) => text,
                    Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or(""),
                };
                let single = windows_1252::decode(byte).unwrap_or(' ');
                text.chars().next().map_or(Read { c: single, end: at + 1, escaped: false }, |c| Read {
                    c,
                    end: at + c.len_utf8(),
                    escaped: false,
                })
            }
        }
    }

    /// Decodes a character reference, including one that is escaped repeatedly: `&amp;#39;` is an apostrophe.
    fn reference(&self, at: usize) -> Read {
        let lone = Read { c: '&', end: at + 1, escaped: false };
        let (mut from, mut found) = (at + 1, lone);
        for _ in 0..4 {
            let rest = &self.source[from..self.source.len().min(from + 12)];
            let Some(length) = rest.iter().position(|byte| *byte == b';') else { break };
            let Some(c) = std::str::from_utf8(&rest[..length]).ok().and_then(named) else { break };
            from += length + 1;
            found = Read { c, end: from, escaped: true };
            if c != '&' {
                break;
            }
        }
        found
    }

    /// Decodes a JSON escape, including UTF-16 surrogate pairs (RFC 8259, section 7).
    fn escape(&self, at: usize) -> Read {
        let unit = |at: usize| {
            let digits = self.source.get(at..at + 6)?.strip_prefix(b"\\u")?;
            u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        };
        if let Some(first) = unit(at) {
            let pair = [first, unit(at + 6).unwrap_or(0)];
            return match char::decode_utf16(pair).next() {
                Some(Ok(c)) => Read { c, end: at + if c.len_utf16() == 2 { 12 } else { 6 }, escaped: false },
                _ => Read { c: ' ', end: at + 6, escaped: false },
            };
        }
        match self.source.get(at + 1) {
            Some(b'n' | b'r' | b't' | b'b' | b'f' | b'\\') => Read { c: ' ', end: at + 2, escaped: false },
            Some(_) => {
                let read = self.next(at + 1);
                Read { end: read.end, ..read }
            }
            None => Read { c: ' ', end: at + 1, escaped: false },
        }
    }

    /// Consumes a tag at this position and returns true; returns false and consumes nothing when this is no tag.
    fn tag(&mut self, open: Read) -> bool {
        if self.source[open.end..].starts_with(b"![CDATA[") {
            self.text.gap(self.at);
            self.at = open.end + b"![CDATA[".len();
            return true;
        }
        let comment = self.source[open.end..].starts_with(b"!--");
        let closing = self.source.get(open.end) == Some(&b'/');
        let from = open.end + usize::from(closing);
        let length =
            self.source[from.min(self.source.len())..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = String::from_utf8_lossy(&self.source[from..from + length]).to_ascii_lowercase();
        let inline = html::is_inline(&name);
        let is_tag = match self.source.get(from) {
            Some(b'!' | b'?') => !open.escaped,
            Some(byte) if byte.is_ascii_alphabetic() => !open.escaped || html::is_known(&name),
            _ => false,
        };
        if !is_tag {
            return false;
        }
        if name == "script" {
            self.form.json = !closing;
        }
        if !inline {
            self.text.gap(self.at);
        }
        self.aside.gap(self.at);
        let mut at = from;
        let mut quote = None;
        while at < self.source.len() && at - from < LONGEST_TAG {
            if comment && self.source[at..].starts_with(b"-->") {
                at += 3;
                break;
            }
            let read = self.next(at);
            match (read.c, quote) {
                ('>', None) if !comment => {
                    at = read.end;
                    break;
                }
                ('"' | '\'', None) if !comment => quote = Some(read.c),
                (c, Some(open)) if c == open => quote = None,
                _ => {}
            }
            self.aside.push(read.c, at);
            at = read.end;
        }
        self.aside.gap(at);
        self.at = at;
        true
    }

    /// Consumes the destination of a Markdown link; its text is kept apart from the visible text, like that of tags.
    fn destination(&mut self) {
        self.at += 2;
        self.aside.gap(self.at);
        while let Some(byte) = self.source.get(self.at).copied().filter(|byte| !matches!(byte, b')' | b'\n')) {
            let read = if byte.is_ascii() {
                Read { c: char::from(byte), end: self.at + 1, escaped: false }
            } else {
                self.next(self.at)
            };
            self.aside.push(read.c, self.at);
            self.at = read.end;
        }
        self.aside.gap(self.at);
        self.at = (self.at + 1).min(self.source.len());
    }
}

/// Resolves the character reference or the JSON escape at a byte offset. Returns the character and the offset after it.
pub(super) fn unescaped(source: &[u8], at: usize) -> (char, usize) {
    let form = Form { json: true, ..Form::default() };
    let reader = Reader { source, form, at, text: Words::default(), aside: Words::default() };
    let read = reader.next(at);
    (read.c, read.end)
}

/// Resolves the name of a character reference. An unknown name becomes a no-break space: it most likely stands for a
/// symbol, and symbols only separate words.
fn named(name: &str) -> Option<char> {
    if name.starts_with('#') {
        return html::character(name);
    }
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then(|| html::character(name).unwrap_or('\u{a0}'))
}

/// Whether an output is an e-mail (`.eml`), whose text is encoded as `quoted-printable`.
pub(super) fn is_message(route: &Route) -> bool {
    Path::new(route.as_str()).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("eml"))
}

/// Decodes `quoted-printable` (RFC 2045, section 6.7): soft line breaks are removed, `=XX` becomes its byte. Malformed
/// sequences stay as they are.
pub(super) fn unquoted(message: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(message.len());
    let mut at = 0;
    while let Some(byte) = message.get(at).copied() {
        let rest = &message[at + 1..];
        let soft = [&b"\r\n"[..], b"\n"].into_iter().find(|end| byte == b'=' && rest.starts_with(end));
        let code = || u8::from_str_radix(std::str::from_utf8(rest.get(..2)?).ok()?, 16).ok();
        if let Some(end) = soft {
            at += 1 + end.len();
        } else if let (b'=', Some(code)) = (byte, code()) {
            text.push(code);
            at += 3;
        } else {
            text.push(byte);
            at += 1;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str, text: &str) -> String {
        String::from_utf8_lossy(&Words::of(text.as_bytes(), Form::of(name)).text).into_owned()
    }

    #[test]
    fn one_text_has_one_form_in_all_formats() {
        let plain = Words::plain("Müller’s \"port\" – talks… <b>");
        assert_eq!(plain, " muller s port talks b ");
        for (name, text) in [
            ("a.html", "<p>Mu\u{308}ller&#x27;s <em>“po</em>rt” &#8211;\u{a0}talks&hellip; &lt;b&gt;"),
            ("a.html", "M&uuml;ller&rsquo;s &quot;PORT&quot; --\n  talks...<wbr> &ldquo;b"),
            ("a.xml", "M&amp;uuml;ller&amp;#39;s port&lt;br /&gt;&lt;i&gt;talks&lt;/i&gt; b"),
            ("a.json", "\"M\\u00fcller\\u2019s \\\"port\\\"\\ntalks \\u003cem class=\\\"x\\\"\\u003eb\""),
            ("a.md", "Mül\u{ad}ler's **port** [talks](/x/y/ \"z\") b"),
            ("a.txt", "> Müller's port talks <https://x.example/> b"),
            ("a.html", "<script type=\"application/ld+json\">{\"a\":\"Müller\\u0027s port\\ttalks\"}</script> b"),
        ] {
            let found = words(name, text);
            assert!(found.contains(plain.trim_end_matches("b ").trim_end()), "{name} {text}: {found}");
        }
        assert_eq!(Words::plain("STRASSE 部长 会面"), " strasse 部 长 会 面 ");
        assert_eq!(Words::plain("ΤΗΣ ΠΟΛΗΣ"), Words::plain("της πόλης"));
        assert_eq!(Words::plain("KAPIYI İLK kez"), Words::plain("kapıyı ilk KEZ"));
        assert_eq!(Words::plain("CO₂, 10⁶ m²"), " co2 106 m2 ");
        assert_eq!(Words::plain("Straße 部长\n会面"), " strasse 部 长 会 面 ");
    }

    #[test]
    fn what_stands_in_tags_comes_aside_and_interrupts_nothing() {
        let found = words(
            "a.html",
            "port <a href=\"/x/\" title=\"a > b\">talks</a> <!-- secret <p> deal -->collapse<td>x</td>",
        );
        assert_eq!(found.split('\u{1}').next(), Some(" port talks collapse x "));
        assert!(found.contains(" title a b ") && found.contains(" secret p deal "), "{found}");
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "é <b>Port</b>\n talks.";
        let words = Words::of(text.as_bytes(), Form::of("a.html"));
        let at = String::from_utf8_lossy(&words.text).find(" port talks ").expect("it is there");
        assert_eq!(&text[words.source(at..at + " port talks ".len())], "Port</b>\n talks");
    }

    #[test]
    fn odd_bytes_are_no_danger() {
        for text in
            [&b"<"[..], b"&", b"&#", b"&#x;", b"<a", b"<!--", b"\\u12", b"\xff\xfe<\x80", b"](", b"&amp;&amp;", b"="]
        {
            for name in ["a.html", "a.json", "a.md"] {
                Words::of(text, Form::of(name));
            }
            unquoted(text);
        }
        assert_eq!(unquoted(b"a=E2=80=99s po=\r\nrt=3D"), "a’s port=".as_bytes());
    }
}
