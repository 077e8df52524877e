//! Converts file names, titles and slugs to path segments exactly as each generator does.

use deunicode::deunicode_char;

use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::values::{get, text_of, truth};
use crate::import::moving::unicode::{is_digit, is_letter, is_mark, lower_of_go, lower_of_ruby, without_accents};

/// The settings of a Hugo site for paths.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::import::moving) struct Hugo {
    /// Whether `disablePathToLower` is set.
    pub(in crate::import::moving) keeps_capitals: bool,
    /// Whether `removePathAccents` is set.
    pub(super) drops_accents: bool,
}

impl Hugo {
    pub(in crate::import::moving) fn of(settings: &Settings) -> Self {
        let is_set = |name: &str| get(&settings.keys, name).and_then(truth).unwrap_or(false);
        Self { keeps_capitals: is_set("disablePathToLower"), drops_accents: is_set("removePathAccents") }
    }

    /// Converts a file path. Unlike in a title, each space becomes a hyphen first: `Foo - Bar` becomes `foo---bar`.
    /// With `disablePathToLower` this step is skipped.
    pub(in crate::import::moving) fn path(self, path: &str) -> String {
        if self.keeps_capitals { self.part(path) } else { self.part(&path.replace(' ', "-")) }
    }

    /// Converts a slug or a title: `Foo - Bar` becomes `foo-bar`.
    pub(in crate::import::moving) fn part(self, text: &str) -> String {
        let text = sanitized(text);
        let text = if self.drops_accents { without_accents(&text) } else { text };
        if self.keeps_capitals { text } else { lower_of_go(&text) }
    }

    /// Returns the value of a pattern token such as `:title`. Hugo parses it as a URL, in which a trailing `#` is an
    /// empty fragment, and decodes it like a query, in which `+` is a space, and so becomes a hyphen.
    pub(in crate::import::moving) fn token(self, text: &str) -> String {
        self.part(&self.part(text).trim_end_matches('#').replace('+', " "))
    }
}

/// Hugo's rule for the characters of paths.
fn sanitized(text: &str) -> String {
    let is_allowed = |at: usize, c: char| {
        is_letter(c)
            || is_digit(c)
            || is_mark(c)
            || matches!(c, '.' | '/' | '\\' | '_' | '#' | '+' | '~' | '-' | '@')
            || (c == '%'
                && text.as_bytes().get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)))
    };
    if text.char_indices().all(|(at, c)| is_allowed(at, c)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let (mut hyphen_due, mut was_hyphen) = (false, false);
    for (at, c) in text.char_indices() {
        if is_allowed(at, c) {
            was_hyphen = c == '-';
            if hyphen_due && !was_hyphen {
                out.push('-');
            }
            hyphen_due = false;
            out.push(c);
        } else if !out.is_empty() && !was_hyphen && c.is_whitespace() {
            hyphen_due = true;
        }
    }
    out
}

/// The modes of Jekyll's `slugify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import::moving) enum Jekyll {
    /// The mode of `:title`: keeps case and some punctuation.
    Pretty,
    /// The mode of `:slug`, `:name` and `:slugified_categories`: letters, marks and digits in lower case.
    Default,
}

/// Converts a path segment as Jekyll does: one hyphen for each run of other characters, none at the ends.
pub(in crate::import::moving) fn jekyll(text: &str, mode: Jekyll) -> String {
    let stays =
        |c: char| is_letter(c) || is_mark(c) || is_digit(c) || (mode == Jekyll::Pretty && "._~!$&'()+,;=@".contains(c));
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if stays(c) {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.strip_prefix('-').unwrap_or(&out);
    let out = out.strip_suffix('-').unwrap_or(out);
    if mode == Jekyll::Pretty { out.to_owned() } else { lower_of_ruby(out) }
}

/// Cleans an address as Jekyll does: no `..`, no `./`, no repeated slashes.
pub(in crate::import::moving) fn jekyll_address(address: &str) -> String {
    let mut out = format!("/{address}").replace("..", "/").replace("./", "");
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    out
}

/// The strategies of Zola's `slugify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import::moving) enum Zola {
    /// Transliterates to ASCII in lower case, with hyphens.
    On,
    /// Removes characters that are invalid in file names; in anchors, replaces only spaces.
    Safe,
    /// Changes nothing in paths; in anchors, replaces only spaces.
    Off,
}

impl Zola {
    /// Returns the strategy for `paths`, `anchors` or `taxonomies`; `On` when the setting is missing or Boolean.
    pub(in crate::import::moving) fn of(settings: &Settings, what: &str) -> Self {
        let chosen = settings.map("slugify").and_then(|map| text_of(map, what));
        match chosen.as_deref() {
            Some("off") => Self::Off,
            Some("safe") => Self::Safe,
            _ => Self::On,
        }
    }

    /// Converts a path segment.
    pub(in crate::import::moving) fn path(self, text: &str) -> String {
        match self {
            Self::On => zola_slug(text),
            Self::Safe => {
                let text = text.trim_end_matches([' ', '.']);
                text.chars().filter(|c| !r#"<>:"/\|?*"#.contains(*c)).collect()
            }
            Self::Off => text.to_owned(),
        }
    }

    /// Converts the title of a heading to its id.
    pub(in crate::import::moving) fn anchor(self, text: &str) -> String {
        match self {
            Self::On => zola_slug(text),
            Self::Safe | Self::Off => text.replace(|c: char| c.is_ascii_whitespace(), "_"),
        }
    }
}

/// The algorithm of the crate `slug`, which Zola uses: ASCII, with one hyphen for each run of other characters.
fn zola_slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let ascii = if c.is_ascii() { None } else { Some(deunicode_char(c).unwrap_or("-")) };
        let own = c.to_string();
        for c in ascii.unwrap_or(&own).chars() {
            if c.is_ascii_alphanumeric() {
                out.push(c.to_ascii_lowercase());
            } else if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
        }
    }
    out.strip_suffix('-').unwrap_or(&out).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected paths are the output of Hugo 0.168 for these names.
    #[test]
    fn parts_are_those_of_hugo() {
        let (plain, capitals) = (Hugo::default(), Hugo { keeps_capitals: true, ..Hugo::default() });
        for (name, path, capital, token) in [
            ("Foo - Bar", "foo---bar", "Foo-Bar", "foo-bar"),
            ("Krieg & Frieden", "krieg--frieden", "Krieg-Frieden", "krieg-frieden"),
            ("हिन्दी समाचार", "हिन्दी-समाचार", "हिन्दी-समाचार", "हिन्दी-समाचार"),
            ("ข่าวใหม่", "ข่าวใหม่", "ข่าวใหม่", "ข่าวใหม่"),
            ("c# tips", "c#-tips", "c#-tips", "c#-tips"),
            ("x @home", "x-@home", "x-@home", "x-@home"),
            ("-lead-", "-lead-", "-lead-", "-lead-"),
            ("100% sure", "100-sure", "100-sure", "100-sure"),
            ("it's (great), no!", "its-great-no", "its-great-no", "its-great-no"),
            ("a+b~c", "a+b~c", "a+b~c", "a-b~c"),
            ("50%off", "50off", "50off", "50off"),
            ("ΝΕΑ ΤΗΣ", "νεα-τησ", "ΝΕΑ-ΤΗΣ", "νεα-τησ"),
            ("İlk Sayı", "ilk-sayı", "İlk-Sayı", "ilk-sayı"),
            ("Titel: Ärger & Co -- N1", "titel-ärger--co----n1", "Titel-Ärger-Co--N1", "titel-ärger-co--n1"),
        ] {
            assert_eq!(plain.path(name), path);
            assert_eq!(capitals.path(name), capital);
            assert_eq!(plain.token(name), token);
        }
        let bare = Hugo { drops_accents: true, ..plain };
        assert_eq!((bare.path("Café"), bare.path("हिन्दी")), ("cafe".to_owned(), "हिनदी".to_owned()));
    }

    /// The expected paths are the output of Jekyll 4.3.1 for these names.
    #[test]
    fn parts_are_those_of_jekyll() {
        for (name, pretty, slug) in [
            ("a--b", "a-b", "a-b"),
            ("trail-", "trail", "trail"),
            ("50%-off", "50-off", "50-off"),
            ("Foo Bar", "Foo-Bar", "foo-bar"),
            ("हिन्दी", "हिन्दी", "हिन्दी"),
            ("ΝΕΑ ΤΗΣ", "ΝΕΑ-ΤΗΣ", "νεα-τησ"),
            ("What's New, 2.0!", "What's-New,-2.0!", "what-s-new-2-0"),
        ] {
            assert_eq!((jekyll(name, Jekyll::Pretty).as_str(), jekyll(name, Jekyll::Default).as_str()), (pretty, slug));
        }
        assert_eq!(jekyll_address("/x//a..b/c./d"), "/x/a/b/cd");
    }

    /// The expected paths follow from the source code of Zola 0.22, because no package registry has the program.
    #[test]
    fn parts_are_those_of_zola() {
        for (name, on, safe, anchor) in [
            ("Hello, World!", "hello-world", "Hello, World!", "Hello,_World!"),
            ("C++ / C#", "c-c", "C++  C#", "C++_/_C#"),
            ("Größe & Umfang", "grosse-umfang", "Größe & Umfang", "Größe_&_Umfang"),
            ("北京", "bei-jing", "北京", "北京"),
            ("it's. ", "it-s", "it's", "it's._"),
        ] {
            assert_eq!((Zola::On.path(name), Zola::Safe.path(name)), (on.to_owned(), safe.to_owned()));
            assert_eq!((Zola::On.anchor(name), Zola::Off.anchor(name)), (on.to_owned(), anchor.to_owned()));
            assert_eq!(Zola::Off.path(name), name);
        }
    }
}
