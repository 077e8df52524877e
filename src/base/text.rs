//! Text helpers: slugs, folded names, nearest spelling, plain-text cuts, direction.

use std::borrow::Cow;

use deunicode::deunicode_char;
use icu_normalizer::ComposingNormalizerBorrowed;

/// Unicode Normalization Form C (UAX #15): texts that are canonically equivalent are the same in it. Names, paths and
/// addresses are compared in this form, since disks and keyboards disagree about `é` as one character or two.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { ComposingNormalizerBorrowed::new_nfc().normalize(text) }
}

/// A readable slug in ASCII: `Łódź’s “oil & gas” deal` is `lodzs-oil-and-gas-deal`. Empty when nothing is left.
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

/// Signs that distinguish names (`C++` is not `C`), spelled out.
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
/// Letters of every script are kept, in lower case; accents count.
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
    // A name without letters, such as `🙂`, is itself.
    if folded.is_empty() { composed(name.trim()).to_lowercase() } else { folded }
}

/// Combining marks belong to the letter before them, above all in Indic scripts.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

/// The known word that `word` most likely meant. For words of which there are many, [`Near`](super::near::Near) says the
/// same.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let near = known.into_iter().filter_map(|known| Some((distance(&lower, &known.to_lowercase())?, known)));
    near.min().map(|(_, known)| known)
}

/// How many slips of the pen lie between two texts in lower case (optimal string alignment), when they are near.
pub fn distance(one: &str, other: &str) -> Option<usize> {
    let (length, other_length) = (one.chars().count(), other.chars().count());
    let allowed = 1 + length.min(other_length) / 4;
    if length.abs_diff(other_length) > allowed {
        return None;
    }
    Some(strsim::osa_distance(one, other)).filter(|distance| *distance <= allowed)
}

/// Whether two folded names are so alike that one may be a slip for the other: one letter is off in a long word, a
/// word stands in the plural or elsewhere, or a space is missing. Names that differ in a figure, such as those of two
/// years, are not alike.
pub fn are_alike(one: &str, other: &str) -> bool {
    let figures = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let squeezed = |name: &str| name.replace(' ', "");
    if one == other || figures(one) != figures(other) {
        return false;
    }
    if squeezed(one) == squeezed(other) {
        return true;
    }
    let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (mut one, mut other) = (words(one), words(other));
    if one.len() != other.len() {
        return false;
    }
    one.sort_unstable();
    other.sort_unstable();
    let mut differing = one.iter().zip(&other).filter(|(one, other)| one != other);
    match (differing.next(), differing.next()) {
        (None, _) => true,
        (Some((one, other)), None) => {
            let shorter = one.chars().count().min(other.chars().count());
            let is_plural = |one: &str, other: &str| one.strip_prefix(other) == Some("s") && other.len() > 2;
            let allowed = match shorter {
                0..=5 => 0,
                6..=9 => 1,
                _ => 2,
            };
            is_plural(one, other) || is_plural(other, one) || strsim::osa_distance(one, other) <= allowed
        }
        _ => false,
    }
}

/// Text without the characters that neither HTML nor XML 1.0 may hold: control characters but for tabs and line ends, and
/// code points that are no characters. They come from word processors and wires; nobody can see them.
pub fn without_controls(text: String) -> String {
    if text.chars().all(is_sound) { text } else { text.chars().filter(|c| is_sound(*c)).collect() }
}

/// Whether documents may hold a character.
pub fn is_sound(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => false,
        _ => u32::from(c) & 0xfffe != 0xfffe && !('\u{fdd0}'..='\u{fdef}').contains(&c),
    }
}

/// Cuts plain text to at most `limit` characters, at a word's end, with an ellipsis.
pub fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let end = text.char_indices().nth(limit).map_or(text.len(), |(at, _)| at);
    let kept = &text[..end];
    let kept = kept.rfind(char::is_whitespace).filter(|at| *at > limit / 2).map_or(kept, |at| &kept[..at]);
    format!("{}…", kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '-')))
}

/// `1 story`, `3 stories`.
pub fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Whether a text has the form of a BCP 47 language tag: `en`, `pt-BR`, `zh-Hans`.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or("");
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// `rtl` for languages written from right to left, else `ltr`. A script in the tag decides: `az-Arab`, `ar-Latn`.
pub fn direction(language: &str) -> &'static str {
    let mut parts = language.split(['-', '_']).map(str::to_ascii_lowercase);
    let primary = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let is_rtl = match script.as_deref() {
        Some(script) => {
            ["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"].contains(&script)
        }
        None => matches!(
            &*primary,
            "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ks" | "nqo" | "ps" | "sd" | "syr" | "ug" | "ur" | "yi"
        ),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

/// Plain text that begins as its language runs. What shows plain text guesses its direction from its first letter (Unicode
/// Standard Annex 9, P2): a headline in Arabic that begins with `ABC` needs a mark before it.
pub fn begun<'t>(text: &'t str, language: &str) -> Cow<'t, str> {
    let is_rtl = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    let first = text.chars().find(|c| c.is_alphabetic());
    let is_misread = first.is_some_and(|first| !is_rtl(first)) && text.chars().any(|c| c.is_alphabetic() && is_rtl(c));
    if is_misread && direction(language) == "rtl" { format!("\u{200f}{text}").into() } else { text.into() }
}

/// Words of a text, where scripts without spaces count about as many words as a reader needs time for.
pub fn count_words(text: &str) -> usize {
    let (mut words, mut ideographs, mut in_word) = (0, 0usize, false);
    // Plain ASCII, which most texts are, needs no decoding.
    if text.is_ascii() {
        for byte in text.bytes() {
            let counts = byte.is_ascii_alphanumeric();
            words += usize::from(counts && !in_word);
            in_word = (in_word || counts) && (byte > b' ');
        }
        return words;
    }
    for c in text.chars() {
        if is_ideograph(c) {
            ideographs += 1;
            in_word = false;
        } else if c.is_alphanumeric() {
            words += usize::from(!in_word);
            in_word = true;
        } else if c.is_whitespace() {
            in_word = false;
        }
    }
    words + ideographs.div_ceil(2)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// Minutes to read so many words, at 230 words a minute.
pub fn minutes(words: usize) -> usize {
    words.div_ceil(230).max(1)
}

/// Escapes text for HTML content and quoted attributes.
pub fn escape_html(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

/// Puts spaces in the place of bytes, but for the ends of lines, so that all else keeps its line and column.
pub fn blank(bytes: &mut [u8]) {
    cover(bytes, b' ');
}

fn cover(bytes: &mut [u8], with: u8) {
    for byte in bytes.iter_mut().filter(|byte| **byte != b'\n') {
        *byte = with;
    }
}

/// A text with one ASCII character in the place of all that stands between pairs of delimiters, such as those of comments,
/// and of these; all else keeps its line and column. A pair without its end reaches to the end of the text.
pub fn cover_between(text: &str, pairs: &[(&str, &str)], with: char) -> String {
    debug_assert!(with.is_ascii());
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    let next = |at: usize| {
        let found = pairs.iter().filter_map(|(start, end)| Some((at + text[at..].find(start)?, *start, *end)));
        found.min_by_key(|(at, ..)| *at)
    };
    while let Some((from, start, end)) = next(at) {
        let inside = from + start.len();
        let to = text[inside..].find(end).map_or(text.len(), |length| inside + length + end.len());
        cover(&mut bytes[from..to], with as u8);
        at = to;
    }
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_languages_have_a_direction() {
        for (tag, expected) in [
            ("ar", "rtl"),
            ("AR-eg", "rtl"),
            ("fa_IR", "rtl"),
            ("az-Arab-IR", "rtl"),
            ("ar-Latn", "ltr"),
            ("de", "ltr"),
        ] {
            assert_eq!(direction(tag), expected, "{tag}");
        }
        for (text, language, expected) in [
            ("عنوان", "ar", "عنوان"),
            ("ABC عنوان", "ar", "\u{200f}ABC عنوان"),
            ("12 عنوان", "ar", "12 عنوان"),
            ("Briefing of 26", "ar", "Briefing of 26"),
            ("ABC عنوان", "en", "ABC عنوان"),
        ] {
            assert_eq!(begun(text, language), expected, "{text}");
        }
    }

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

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("tpoics", ["topics", "title"]), Some("topics"));
        assert_eq!(nearest("sumary", ["summary", "status"]), Some("summary"));
        assert_eq!(nearest("weather", ["topics", "title"]), None);
    }

    #[test]
    fn a_slip_of_the_pen_is_alike_and_another_name_is_not() {
        for (one, other) in [
            ("grain corridor", "grain corridors"),
            ("grain corridor", "corridor grain"),
            ("wildfire", "wild fire"),
            ("ukraine", "ukrane"),
            ("internation court", "international court"),
        ] {
            assert!(are_alike(one, other) && are_alike(other, one), "{one} / {other}");
        }
        for (one, other) in [
            ("iran", "iraq"),
            ("niger", "nigeria"),
            ("north korea", "south korea"),
            ("austria", "australia"),
            ("election 2023", "election 2024"),
            ("icc", "icj"),
            ("icc", "icc"),
        ] {
            assert!(!are_alike(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn cuts_end_at_a_word() {
        assert_eq!(cut("The court ruled on Monday, in The Hague.", 27), "The court ruled on Monday…");
        assert_eq!(cut("short", 10), "short");
    }

    #[test]
    fn words_are_counted_in_scripts_without_spaces() {
        assert_eq!(count_words("two words — and more"), 4);
        assert_eq!(count_words("北京时间"), 2);
    }
}
