//! Normalising names: Unicode composition, folding to an identity, and slugs.

use std::borrow::Cow;

use deunicode::deunicode_char;
use icu_normalizer::ComposingNormalizerBorrowed;

/// Unicode Normalization Form C (UAX #15), which makes canonically equivalent texts equal. Names, paths and addresses
/// are compared in this form, because file systems and keyboards disagree about whether `é` is one character or two.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { ComposingNormalizerBorrowed::new_nfc().normalize(text) }
}

/// A readable ASCII slug: `Łódź’s “oil & gas” deal` becomes `lodzs-oil-and-gas-deal`. Empty when nothing is left.
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut gap = false;
    let word = |part: &str, slug: &mut String, gap: &mut bool| {
        for c in part.chars() {
            if c.is_ascii_alphanumeric() {
                if *gap && !slug.is_empty() {
                    slug.push('-');
                }
                *gap = false;
                slug.push(c.to_ascii_lowercase());
            } else if c != '\'' {
                *gap = true;
            }
        }
    };
    for c in composed(text).chars() {
        match spelled(c) {
            Some(name) => {
                gap = true;
                word(name, &mut slug, &mut gap);
                gap = true;
            }
            None if c.is_ascii() => word(c.encode_utf8(&mut [0; 4]), &mut slug, &mut gap),
            None if matches!(c, '’' | '‘' | 'ʼ') => {}
            None => word(deunicode_char(c).unwrap_or(" "), &mut slug, &mut gap),
        }
    }
    slug
}

/// Signs that distinguish names (`C++` is not `C`), as words.
fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "and",
        '+' => "plus",
        '#' => "sharp",
        '@' => "at",
        '%' => "percent",
        _ => return None,
    })
}

/// The identity of a name: `ICC`, `icc` and `I.C.C.` fold to the same text, as do `oil & gas` and `Oil and gas`.
/// Letters of every script are kept, in lower case. Accents are significant.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut gap = false;
    let push = |text: &str, folded: &mut String, gap: &mut bool| {
        if *gap && !folded.is_empty() {
            folded.push(' ');
        }
        *gap = false;
        folded.push_str(text);
    };
    for c in composed(name).chars() {
        if let Some(word) = spelled(c) {
            gap = true;
            push(word, &mut folded, &mut gap);
            gap = true;
        } else if c.is_alphanumeric() || is_mark(c) {
            for lower in c.to_lowercase() {
                push(lower.encode_utf8(&mut [0; 4]), &mut folded, &mut gap);
            }
        } else if !matches!(c, '.' | '\'' | '’' | '‘' | 'ʼ') {
            gap = true;
        }
    }
    // A name without letters, such as `🙂`, is its own identity.
    if folded.is_empty() { composed(name.trim()).to_lowercase() } else { folded }
}

/// Combining marks, which belong to the letter before them. They matter most in Indic scripts.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_readable_in_any_script() {
        for (text, slug) in [
            ("Belt and Road", "belt-and-road"),
            ("I.C.C.", "i-c-c"),
            ("Łódź’s “oil & gas” deal", "lodzs-oil-and-gas-deal"),
            ("Tuesday's briefing: żółć & Straße", "tuesdays-briefing-zolc-and-strasse"),
            ("北京", "bei-jing"),
            ("Привет, мир", "privet-mir"),
            ("C++", "c-plus-plus"),
            ("Oil/Gas", "oil-gas"),
            ("  --  ", ""),
        ] {
            assert_eq!(slugify(text), slug, "{text}");
        }
    }

    #[test]
    fn spellings_of_one_name_fold_together_and_others_do_not() {
        for spelling in ["ICC", "icc", "I.C.C.", " Icc "] {
            assert_eq!(fold(spelling), "icc");
        }
        assert_eq!(fold("belt & road"), fold("Belt and Road"));
        assert_eq!(fold("Oil/Gas"), "oil gas");
        assert_ne!(fold("C"), fold("C++"));
        assert_eq!(fold("Cafe\u{301}"), fold("Caf\u{e9}"));
        assert_eq!(fold("\u{1112}\u{1161}\u{11ab}"), fold("\u{d55c}"));
        assert_eq!(slugify("\u{1112}\u{1161}\u{11ab}"), slugify("\u{d55c}"));
        assert_eq!(slugify("fru\u{308}her"), "fruher");
        assert_ne!(fold("北京"), fold("上海"));
    }
}
