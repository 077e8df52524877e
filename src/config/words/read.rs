//! The files of words, as written → checked.

use std::collections::BTreeMap;

use super::catalog::{Catalog, OWN, Word, names_in};
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text::{did_you_mean, nearest};
use crate::base::yaml;
use crate::base::yaml::lenient::{Table, Text, TextOr};
use crate::base::yaml::source::{Problems, Source, step};

type RawWords = Table<TextOr<Table<Text>>>;

fn word(raw: TextOr<Table<Text>>) -> Word {
    match raw {
        TextOr::Text(text) => Word::Plain(text.into()),
        TextOr::Map(Table(forms)) => {
            Word::Table(forms.into_iter().map(|(name, Text(text))| (name, text.into())).collect())
        }
    }
}

/// The words of a shipped file, of which a test says that they are right.
pub(super) fn shipped(text: &str) -> BTreeMap<String, Word> {
    let (read, _) = yaml::read(Source::whole("", text), &[], |Table(raw): RawWords, _| {
        Some(raw.into_iter().map(|(name, raw)| (name, word(raw))).collect())
    });
    read.map(|(words, _)| words).unwrap_or_default()
}

impl Catalog {
    /// Takes the words of a file in place of its own.
    pub(in crate::config) fn read(&mut self, path: &str, text: &str) -> Report {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (read, report) = yaml::read(Source::whole(path, text), &[], |Table(raw): RawWords, problems| {
            let mut words = Vec::new();
            for (name, raw) in raw {
                let word = word(raw);
                if self.check(&name, &word, problems) {
                    words.push((name, word));
                }
            }
            Some(words)
        });
        for (name, word) in read.into_iter().flat_map(|(words, _)| words) {
            self.missing.remove(&name);
            self.words.insert(name, word);
        }
        report
    }

    /// Whether a word can stand in place of the one that there is.
    fn check(&self, name: &str, word: &Word, problems: &mut Problems) -> bool {
        let at = step(name);
        let bad = |message: String| Diagnostic::error(codes::BAD_VALUE, message);
        match (self.words.get(name), word) {
            (_, Word::Table(_)) if name == OWN => true,
            (_, Word::Plain(_)) if name == OWN => {
                problems.value(
                    at,
                    bad(format!("`{OWN}` is a map of words for your own templates"))
                        .help("write `extra: {name: text}`"),
                );
                false
            }
            (None, _) => {
                let known = self.names().filter(|known| *known != OWN);
                let problem = Diagnostic::error(codes::UNKNOWN_KEY, format!("there is no word `{name}`"));
                problems.key(
                    at,
                    match nearest(name, known) {
                        Some(near) => problem.help(did_you_mean(near)).replace_with(near.to_owned()),
                        None => problem.help(format!("words for your own templates stand under `{OWN}`")),
                    },
                );
                false
            }
            (Some(Word::Plain(usual)), Word::Plain(own)) => {
                let known = names_in(usual);
                let strange = names_in(own).into_iter().find(|name| !known.contains(name)).map(ToOwned::to_owned);
                if let Some(strange) = &strange {
                    let problem = bad(format!("nothing fills in `{{{strange}}}` here"));
                    problems.value(at, problem.help(told(&known)));
                }
                strange.is_none()
            }
            (Some(Word::Table(_)), Word::Plain(own)) => {
                problems.value(
                    at,
                    bad(format!("`{name}` counts, and has one text for each plural form")).help(self.forms(own)),
                );
                false
            }
            (Some(Word::Table(usual)), Word::Table(own)) => {
                let plurals = self.language.plurals();
                let mut is_right = true;
                for strange in own.keys().filter(|form| !plurals.contains(&form.as_str())) {
                    let problem = bad(format!("the language has no plural form `{strange}`"));
                    problems.key(format!("{at}/{}", step(strange)), problem.help(self.forms("…")));
                    is_right = false;
                }
                if let Some(lost) = plurals.iter().find(|form| !own.contains_key(**form)) {
                    let problem =
                        Diagnostic::error(codes::MISSING_KEY, format!("`{name}` lacks the plural form `{lost}`"));
                    problems.key(at.clone(), problem.help(self.forms("…")));
                    is_right = false;
                }
                let known: Vec<&str> = usual.values().flat_map(|text| names_in(text)).collect();
                for (form, text) in own {
                    if let Some(strange) = names_in(text).into_iter().find(|name| !known.contains(name)) {
                        let problem = bad(format!("nothing fills in `{{{strange}}}` here"));
                        problems.value(format!("{at}/{}", step(form)), problem.help(told(&known)));
                        is_right = false;
                    }
                }
                is_right
            }
            (Some(Word::Plain(usual)), Word::Table(_)) => {
                let problem = bad(format!("`{name}` is one text"));
                problems.value(at, problem.help(format!("write it like the usual `{usual}`")));
                false
            }
        }
    }

    /// How a word with plural forms is written.
    fn forms(&self, text: &str) -> String {
        let forms =
            self.language.plurals().iter().map(|form| format!("{form}: \"{text}\"")).collect::<Vec<_>>().join(", ");
        format!("write `{{{forms}}}`, with `{{count}}` for the number")
    }
}

/// What can be filled in.
fn told(known: &[&str]) -> String {
    match known {
        [] => "this word has nothing to fill in; write it without braces".to_owned(),
        names => {
            let mut names: Vec<String> = names.iter().map(|name| format!("`{{{name}}}`")).collect();
            names.dedup();
            format!("it has {}", names.join(", "))
        }
    }
}
