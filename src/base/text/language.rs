//! Language tags (BCP 47) and writing direction.

use std::borrow::Cow;

/// Whether a text is shaped like a BCP 47 language tag: `en`, `pt-BR`, `zh-Hans`.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or("");
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Scripts that run from right to left.
const RTL_SCRIPTS: &[&str] = &["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"];

/// Languages that are usually written in such a script (CLDR, likely subtags), with former codes.
const RTL: &[&str] = &[
    "acm", "acq", "acw", "aeb", "afb", "aii", "ajp", "apc", "apd", "ar", "arb", "arc", "arq", "ars", "ary", "arz",
    "ayl", "azb", "bal", "bcc", "bgn", "bqi", "ckb", "dcc", "dv", "fa", "glk", "haz", "hbo", "he", "hno", "iw", "ji",
    "jpr", "jrb", "khw", "ks", "lki", "lrc", "luz", "mzn", "nqo", "pbt", "pbu", "pes", "pnb", "prs", "ps", "pst",
    "rhg", "sam", "sd", "sdh", "skr", "syc", "syr", "ug", "ur", "ydd", "yi", "yih",
];

/// Languages that are written from right to left in these regions alone.
const RTL_REGIONS: &[(&str, &[&str])] = &[
    ("az", &["iq", "ir"]),
    ("ha", &["cm", "sd"]),
    ("kk", &["af", "cn", "ir", "mn"]),
    ("ku", &["iq", "ir", "lb"]),
    ("ky", &["cn"]),
    ("ms", &["cc"]),
    ("pa", &["pk"]),
    ("tg", &["pk"]),
    ("uz", &["af"]),
];

/// Languages of `RTL` that are written from left to right in these regions.
const LTR_REGIONS: &[(&str, &[&str])] = &[("sd", &["in"]), ("ug", &["kz", "mn"])];

/// `rtl` for languages that are written from right to left, otherwise `ltr`. A script subtag decides (`az-Arab`,
/// `ar-Latn`), or else the language and its region (`uz-AF`).
pub fn direction(language: &str) -> &'static str {
    let mut parts = language.split(['-', '_']).map(str::to_ascii_lowercase);
    let primary = parts.next().unwrap_or_default();
    // After a singleton come extensions, whose subtags are neither script nor region.
    let parts: Vec<String> = parts.take_while(|part| part.len() > 1).collect();
    let is_alphabetic = |part: &&String| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let script = parts.iter().find(|part| part.len() == 4 && is_alphabetic(part));
    let region = parts.iter().find(|part| part.len() == 2 && is_alphabetic(part));
    let is_in = |regions: &[(&str, &[&str])]| {
        let of = regions.iter().find(|(language, _)| *language == primary).map_or([].as_slice(), |(_, of)| *of);
        region.is_some_and(|region| of.contains(&region.as_str()))
    };
    let is_rtl = match script {
        Some(script) => RTL_SCRIPTS.contains(&script.as_str()),
        None if RTL.contains(&primary.as_str()) => !is_in(LTR_REGIONS),
        None => is_in(RTL_REGIONS),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

/// Plain text with a right-to-left mark in front where it needs one. Software that displays plain text guesses the
/// direction from the first letter (Unicode Standard Annex 9, rule P2), and would guess wrong for an Arabic headline
/// that starts with `ABC`.
pub fn with_direction_mark<'t>(text: &'t str, language: &str) -> Cow<'t, str> {
    let is_rtl = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    let first = text.chars().find(|c| c.is_alphabetic());
    let is_misread = first.is_some_and(|first| !is_rtl(first)) && text.chars().any(|c| c.is_alphabetic() && is_rtl(c));
    if is_misread && direction(language) == "rtl" { format!("\u{200f}{text}").into() } else { text.into() }
}

/// Names of languages in themselves (CLDR 46, `localeDisplayNames`), as a list of languages shows them.
const AUTONYMS: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("az", "Azərbaycan"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("hy", "Հայերեն"),
    ("id", "Indonesia"),
    ("is", "Íslenska"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ka", "ქართული"),
    ("kk", "Қазақ тілі"),
    ("ko", "한국어"),
    ("ky", "Кыргызча"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("mn", "Монгол"),
    ("ms", "Melayu"),
    ("nb", "Norsk bokmål"),
    ("nl", "Nederlands"),
    ("nn", "Norsk nynorsk"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("so", "Soomaali"),
    ("sq", "Shqip"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("sw", "Kiswahili"),
    ("ta", "தமிழ்"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("uz", "Oʻzbekcha"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
];

/// The name of a language in itself, by its tag or the longest beginning of it that is known; otherwise the tag.
pub fn autonym(tag: &str) -> &str {
    let whole = tag.to_ascii_lowercase();
    let mut rest = &*whole;
    loop {
        if let Ok(at) = AUTONYMS.binary_search_by(|(known, _)| (*known).cmp(rest)) {
            return AUTONYMS[at].1;
        }
        let Some((shorter, _)) = rest.rsplit_once('-') else { return tag };
        rest = shorter;
    }
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
            ("iw", "rtl"),
            ("prs-AF", "rtl"),
            ("arz", "rtl"),
            ("uz-AF", "rtl"),
            ("uz", "ltr"),
            ("pa-PK", "rtl"),
            ("pa-Guru-PK", "ltr"),
            ("pa-IN", "ltr"),
            ("sd-IN", "ltr"),
            ("en-u-nu-arab", "ltr"),
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
            assert_eq!(with_direction_mark(text, language), expected, "{text}");
        }
    }

    #[test]
    fn languages_are_named_in_themselves() {
        assert!(AUTONYMS.is_sorted_by_key(|(tag, _)| *tag));
        let names = ["ar-EG", "zh-Hans-CN", "zh-CN", "PT-br", "xx"].map(autonym);
        assert_eq!(names, ["العربية", "简体中文", "中文", "Português", "xx"]);
    }
}
