//! SVG: what could run code or ask another host is taken out, and what editors write for themselves.
//!
//! In an `<img>` no browser runs scripts, but whoever opens the file itself gets a page of the site's own host. In: the text of
//! a file. Out: the text to publish, and what was taken out that a reader might miss. All else stays byte for byte.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::svg_rules::{self, Verdict};

/// What is published of an SVG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The text, where it is another.
    pub text: Option<String>,
    /// What was taken out, and where it is in the bytes of the file.
    pub removed: Vec<(String, Range<usize>)>,
}

/// An SVG that is no well-formed XML, so that no browser shows it: why, and at which byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed(pub String, pub usize);

/// Most bytes of an entity's value: names of entities in values of others make pages of nothing.
const LONGEST_ENTITY: usize = 1024;

/// Whether a file of this name is an SVG.
pub fn is_name(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"))
}

/// Takes out of an SVG what does not belong into a picture.
pub fn cleaned(text: &str) -> Result<Cleaned, Malformed> {
    let mut reader = Reader::from_str(text);
    let mut pass = Pass { text, ..Pass::default() };
    loop {
        let start = reader.buffer_position() as usize;
        let event =
            reader.read_event().map_err(|error| Malformed(error.to_string(), reader.error_position() as usize))?;
        let range = start..reader.buffer_position() as usize;
        if matches!(event, Event::Eof) {
            break;
        }
        pass.event(&event, range)?;
    }
    if pass.depth > 0 {
        return Err(Malformed("an element is not closed".to_owned(), text.len()));
    }
    let Pass { out, removed, .. } = pass;
    Ok(Cleaned { text: (out != text).then_some(out), removed })
}

#[derive(Default)]
struct Pass<'t> {
    text: &'t str,
    out: String,
    removed: Vec<(String, Range<usize>)>,
    /// How many elements are open.
    depth: usize,
    /// The depth of the element that is being left out with all that is in it.
    left_out: Option<usize>,
    /// The start of the style sheet that is being read.
    style: Option<(Range<usize>, usize)>,
    /// The entities that the document defines itself, as drawing programs do.
    entities: HashMap<String, String>,
}

impl Pass<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) -> Result<(), Malformed> {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                self.start(tag, range, true)?;
            }
            Event::Empty(tag) => self.start(tag, range, false)?,
            Event::End(_) => {
                self.end(range);
                self.depth = self.depth.saturating_sub(1);
            }
            // What editors say of themselves.
            Event::Comment(_) | Event::Eof => {}
            Event::PI(instruction) => {
                if instruction.target() == "xml-stylesheet" {
                    self.note("a style sheet of another file", range);
                }
            }
            Event::DocType(kind) => self.entities = entities(kind),
            Event::GeneralRef(name) => {
                let name: &str = name;
                match self.entities.get(name).cloned() {
                    Some(value) => self.keep(&value),
                    None if is_known(name) => self.keep_range(range),
                    None => return Err(Malformed(format!("nothing defines the entity `&{name};`"), range.start)),
                }
            }
            Event::Text(_) | Event::CData(_) | Event::Decl(_) => self.keep_range(range),
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>, range: Range<usize>, is_open: bool) -> Result<(), Malformed> {
        if self.left_out.is_some() {
            return Ok(());
        }
        let name = tag.name();
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| Malformed(error.to_string(), range.start))?;
            let entities = &self.entities;
            let value = quick_xml::escape::unescape_with(&attribute.value, |name| {
                entities.get(name).map(String::as_str).or_else(|| quick_xml::escape::resolve_predefined_entity(name))
            });
            let value = value.map_err(|error| Malformed(error.to_string(), range.start))?.into_owned();
            attributes.push((attribute.key.as_ref().to_owned(), attribute.value.into_owned(), value));
        }
        match svg_rules::element(name.as_ref(), &attributes) {
            Verdict::Keep => {}
            verdict => {
                self.verdict(verdict, range);
                self.left_out = is_open.then_some(self.depth);
                return Ok(());
            }
        }
        let mut written = format!("<{}", name.as_ref());
        let mut is_whole = true;
        for (key, raw, value) in attributes {
            match svg_rules::attribute(name.as_ref(), &key, &value) {
                Verdict::Keep => {
                    let raw = if raw.contains('&') && !self.entities.is_empty() {
                        is_whole = false;
                        quick_xml::escape::escape(value.as_str()).into_owned()
                    } else {
                        raw
                    };
                    let quote = if raw.contains('"') { '\'' } else { '"' };
                    written.push_str(&format!(" {key}={quote}{raw}{quote}"));
                }
                verdict => {
                    is_whole = false;
                    self.verdict(verdict, range.clone());
                }
            }
        }
        if is_open && svg_rules::local(name.as_ref()) == "style" {
            self.style = Some((range.clone(), self.out.len()));
        }
        if is_whole {
            self.keep_range(range);
        } else {
            written.push_str(if is_open { ">" } else { "/>" });
            self.keep(&written);
        }
        Ok(())
    }

    fn end(&mut self, range: Range<usize>) {
        if let Some(depth) = self.left_out {
            self.left_out = (depth != self.depth).then_some(depth);
            return;
        }
        if let Some((start, written)) = self.style.take()
            && svg_rules::asks_elsewhere(&self.out[written..])
        {
            self.out.truncate(written);
            return self.note("a style sheet that asks another host", start);
        }
        self.keep_range(range);
    }

    fn verdict(&mut self, verdict: Verdict, range: Range<usize>) {
        if let Verdict::Remove(what) = verdict {
            self.note(&what, range);
        }
    }

    fn note(&mut self, what: &str, range: Range<usize>) {
        self.removed.push((what.to_owned(), range));
    }

    fn keep(&mut self, text: &str) {
        if self.left_out.is_none() {
            self.out.push_str(text);
        }
    }

    fn keep_range(&mut self, range: Range<usize>) {
        let text = self.text;
        self.keep(&text[range]);
    }
}

/// Whether XML itself knows an entity (XML 1.0, section 4.6), or it is the number of a character.
fn is_known(name: &str) -> bool {
    name.starts_with('#') || quick_xml::escape::resolve_predefined_entity(name).is_some()
}

/// The entities of a document type: those with plain values, which no other entity is in.
fn entities(kind: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    for declaration in kind.split("<!ENTITY").skip(1) {
        let mut words = declaration.trim_start().splitn(2, char::is_whitespace);
        let (Some(name), Some(rest)) = (words.next(), words.next()) else { continue };
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { continue };
        let Some((value, _)) = rest[1..].split_once(quote) else { continue };
        if value.len() <= LONGEST_ENTITY && !value.contains(['&', '<', '%']) {
            found.entry(name.to_owned()).or_insert_with(|| value.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> (String, Vec<String>) {
        let found = cleaned(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"));
        let removed = found.removed.into_iter().map(|(what, range)| format!("{what}: {}", &text[range])).collect();
        (found.text.unwrap_or_else(|| text.to_owned()), removed)
    }

    #[test]
    fn a_drawing_stays_byte_for_byte() {
        let drawing = "<?xml version='1.0'?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"  viewBox='0 0 9 9'><style>a{fill:url(#g)}</style>\
            <defs><linearGradient id='g'/></defs><a href=\"https://example.org/\"><text x='1'>A &amp; b</text></a><use href='#g'/>\
            <image href=\"data:image/png;base64,AA==\"/><animate attributeName='x' to='3'/></svg>\n";
        assert_eq!(cleaned(drawing), Ok(Cleaned { text: None, removed: Vec::new() }));
    }

    #[test]
    fn what_runs_or_asks_elsewhere_is_taken_out() {
        for (inside, left, removed) in [
            ("<script>alert(1)</script>", "", "`<script>`"),
            ("<s:script xmlns:s='http://www.w3.org/2000/svg' href='x.js'/>", "", "`<s:script>`"),
            ("<g onclick='x()' id='a'/>", "<g id=\"a\"/>", "the attribute `onclick`"),
            ("<g OnLoad='x()'/>", "<g/>", "the attribute `OnLoad`"),
            ("<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'>x</b></foreignObject>", "", "`<foreignObject>`"),
            ("<iframe src='https://a.example'/>", "", "`<iframe>`"),
            ("<a href='java&#10;script:x()'><path/></a>", "<a><path/></a>", "the attribute `href`"),
            ("<image xlink:href='https://a.example/p.png'/>", "<image/>", "the attribute `xlink:href`"),
            ("<use href='//a.example/x.svg#y'/>", "<use/>", "the attribute `href`"),
            ("<image href='data:image/svg+xml,&lt;svg/&gt;'/>", "<image/>", "the attribute `href`"),
            ("<set attributeName='xlink:href' to='javascript:x()'/>", "", "`<set>`"),
            ("<animate attributeName=' onclick' values='x()'/>", "", "`<animate>`"),
            ("<rect fill='url(https://a.example/x.svg#y)'/>", "<rect/>", "the attribute `fill`"),
            ("<rect style='fill: u\\72l(//a.example/x)'/>", "<rect/>", "the attribute `style`"),
            ("<style>@import 'https://a.example/x.css';</style>", "", "a style sheet that asks another host"),
            (
                "<style><![CDATA[a{fill:url( \"https://a.example\")}]]></style>",
                "",
                "a style sheet that asks another host",
            ),
            ("<?xml-stylesheet href='x.css'?>", "", "a style sheet of another file"),
        ] {
            let (out, found) = of(&format!("<svg>{inside}</svg>"));
            assert_eq!(out, format!("<svg>{left}</svg>"), "{inside}");
            assert!(found.len() == 1 && found[0].starts_with(&format!("{removed}: <")), "{inside}: {found:?}");
        }
    }

    #[test]
    fn what_editors_write_for_themselves_goes_in_silence() {
        let (out, removed) = of(
            "<!-- Made by Ann --><svg xmlns:inkscape='http://www.inkscape.org/' inkscape:export-filename='/home/ann/a.png'>\
             <metadata><rdf:RDF><dc:creator>Ann</dc:creator></rdf:RDF></metadata><inkscape:grid/><path id='p'/></svg>",
        );
        assert_eq!(
            (&*out, removed.len()),
            ("<svg xmlns:inkscape=\"http://www.inkscape.org/\"><path id='p'/></svg>", 0)
        );
    }

    #[test]
    fn entities_of_drawing_programs_are_written_out() {
        let (out, _) = of(
            "<!DOCTYPE svg [ <!ENTITY ns 'http://www.w3.org/2000/svg'> <!ENTITY x \"&ns;&ns;\"> ]><svg xmlns='&ns;'><text>&ns;</text></svg>",
        );
        assert_eq!(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>http://www.w3.org/2000/svg</text></svg>");
        for (malformed, at) in [("<svg>&none;</svg>", 5), ("<svg><g></svg>", 8), ("<svg>", 5), ("<svg a=1/>", 0)] {
            assert_eq!(cleaned(malformed).map_err(|Malformed(_, at)| at), Err(at), "{malformed}");
        }
    }

    proptest! {
        #[test]
        fn what_was_cleaned_is_clean(text in "(<(svg|g|script|style|a|!--)( (on[a-c]|href|x)=['\"](url\\(|javascript:|//|&#58;|#)?[a-z]?['\"])?/?>|</(svg|g|a|style|script)>|&amp;|x|-->){0,12}") {
            if let Ok(Cleaned { text: Some(first), .. }) = cleaned(&text) {
                let again = cleaned(&first).expect("it was well-formed");
                prop_assert_eq!(again, Cleaned { text: None, removed: Vec::new() });
            }
        }
    }
}
