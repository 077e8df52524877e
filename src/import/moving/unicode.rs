//! Unicode categories and normalizations that other generators use: `\p{L}`, `\p{M}`, letters without accents.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

/// Whether a character is a letter, `\p{L}`. The standard library's alphabetic characters include marks of Indic
/// scripts.
pub(super) fn is_letter(c: char) -> bool {
    use GeneralCategory as Of;
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    matches!(
        category(c),
        Of::UppercaseLetter | Of::LowercaseLetter | Of::TitlecaseLetter | Of::ModifierLetter | Of::OtherLetter
    )
}

/// Whether a character is a decimal digit, `\p{Nd}`.
pub(super) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { category(c) == GeneralCategory::DecimalNumber }
}

/// Whether a character is a number of any kind, `\p{N}`.
pub(super) fn is_number(c: char) -> bool {
    is_digit(c) || matches!(category(c), GeneralCategory::LetterNumber | GeneralCategory::OtherNumber)
}

/// Whether a character is a combining mark, such as a virama, `\p{M}`.
pub(super) fn is_mark(c: char) -> bool {
    use GeneralCategory as Of;
    !c.is_ascii() && matches!(category(c), Of::NonspacingMark | Of::SpacingMark | Of::EnclosingMark)
}

/// Whether a character is connector punctuation, such as `_`, `\p{Pc}`.
pub(super) fn is_connector(c: char) -> bool {
    if c.is_ascii() { c == '_' } else { category(c) == GeneralCategory::ConnectorPunctuation }
}

/// Removes accents: decomposes the text, drops nonspacing marks, and composes it again.
pub(super) fn without_accents(text: &str) -> String {
    let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    let bare: String = apart.chars().filter(|c| category(*c) != GeneralCategory::NonspacingMark).collect();
    ComposingNormalizerBorrowed::new_nfc().normalize(&bare).into_owned()
}

/// Returns a text in lower case as Go does: one letter for each, whatever stands beside it.
pub(super) fn lower_of_go(text: &str) -> String {
    text.chars().filter_map(|c| if c == 'İ' { Some('i') } else { c.to_lowercase().next() }).collect()
}

/// Returns a text in lower case as Ruby does: a sigma at the end of a word is none of its own.
pub(super) fn lower_of_ruby(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
