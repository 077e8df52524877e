use super::catalog::{COMPLETE, Catalog, Word, names_in};
use super::read;
use super::shipped::{SHIPPED, candidates};
use crate::base::locale::Language;

#[test]
fn every_shipped_language_has_every_word_with_its_names_and_plurals() {
    let english = Catalog::shipped(COMPLETE);
    let mut wrong = Vec::new();
    for (file, text) in SHIPPED {
        let tag = file.trim_end_matches(".yaml");
        let words = read::shipped(text);
        for (name, word) in &english.words {
            match (word, words.get(name)) {
                (Word::Plain(text), Some(Word::Plain(own))) => {
                    let sorted = |text| {
                        let mut names = names_in(text);
                        names.sort_unstable();
                        names
                    };
                    if sorted(text) != sorted(own) {
                        wrong.push(format!("{tag}: `{name}` fills in others: {own}"));
                    }
                }
                (Word::Table(_), Some(Word::Table(forms))) => {
                    let own: Vec<&str> = forms.keys().map(String::as_str).collect();
                    let mut plurals = Language::of(tag).plurals();
                    plurals.sort_unstable();
                    if own != plurals {
                        wrong.push(format!("{tag}: `{name}` has {own:?} of {plurals:?}"));
                    }
                }
                (_, own) => wrong.push(format!("{tag}: `{name}` is {own:?}")),
            }
        }
        wrong.extend(
            words.keys().filter(|name| !english.words.contains_key(*name)).map(|name| format!("{tag}: `{name}`")),
        );
        let has_ascii = |text: &str| text.contains(['\'', '"', '<', '&']);
        let texts = words.values().flat_map(|word| match word {
            Word::Plain(text) => vec![text.clone()],
            Word::Table(forms) => forms.values().cloned().collect(),
        });
        wrong.extend(texts.filter(|text| has_ascii(text)).map(|text| format!("{tag}: {text}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn words_count_and_are_filled_in() {
    let words = Catalog::shipped("en-US");
    assert_eq!(words.phrase("stories", Some(1), &[]).as_deref(), Some("1 story"));
    assert_eq!(words.phrase("stories", Some(2011), &[]).as_deref(), Some("2,011 stories"));
    assert_eq!(words.filled("page", &[("number", "{number} 3")]), "Page {number} 3");
    assert_eq!((words.phrase("no", None, &[]), words.text("no")), (None, "no"));
}

#[test]
fn a_language_has_the_words_of_the_nearest_one() {
    assert_eq!(candidates("de-AT"), ["de-AT", "de"]);
    assert_eq!(candidates("zh_TW"), ["zh-TW", "zh", "zh-Hant"]);
    assert_eq!(candidates("zh"), ["zh", "zh-Hans"]);
    assert!(Catalog::shipped("tlh").missing.len() > 100);
}
