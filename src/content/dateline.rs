//! Parses datelines as newsrooms write them: `BEIJING, Oct 17 (Agency)`.
//!
//! The parser is lenient: the key says that this is a dateline, so whatever does not fit belongs to the place, and no
//! word is lost. Capitals and the form of the date are kept as written.

use jiff::civil::{Date, Weekday};

use super::head::Dateline;

/// Parses a dateline; `None` when there is no text.
pub fn parse(text: &str) -> Option<Dateline> {
    let text = without_dash(text.trim());
    let (text, agency) = split_agency(text);
    let text = text.trim_end_matches([',', ' ']);
    let (place, date) = split_date(text);
    let (places, region) = match place.split_once(", ") {
        Some((places, region)) => (places, Some(region.trim())),
        None => (place, None),
    };
    let dateline = Dateline {
        places: split_places(places.trim()),
        region: region.filter(|region| !region.is_empty()).map(str::to_owned),
        date: date.map(str::to_owned),
        agency: agency.map(str::to_owned),
    };
    (!dateline.text().is_empty()).then_some(dateline)
}

/// The date in a dateline, with its year if it has one: `Oct 17`, `Tues, Nov. 24, 2026`, `17 October 2025`,
/// `2025-10-17`. `None` for dates that do not exist.
pub fn day(text: &str) -> Option<(Option<i16>, i8, i8)> {
    if let Ok(date) = text.parse::<Date>() {
        return (text.len() == 10).then_some((Some(date.year()), date.month(), date.day()));
    }
    // Weekday, day, month and year are four words; a fifth shows that the text is no date.
    let mut words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).take(5).collect();
    if words.first().is_some_and(|word| weekday(word).is_some()) {
        words.remove(0);
    }
    let (month, day, year) = match words.as_slice() {
        [a, b] => (a, b, None),
        [a, b, year] => (a, b, Some(number(year).filter(|_| year.len() == 4)?)),
        _ => return None,
    };
    let (month, day) = match month_number(month) {
        Some(month) => (month, day_number(day)?),
        None => (month_number(day)?, day_number(month)?),
    };
    // Without a year, a leap year is assumed, so that 29 February is valid.
    Date::new(year.unwrap_or(2024), month, day).ok().map(|_| (year, month, day))
}

fn number(text: &str) -> Option<i16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn day_number(text: &str) -> Option<i8> {
    let text = text.trim_end_matches('.');
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    number(digits)?.try_into().ok()
}

/// The weekday that a word names, in full or abbreviated to three letters or more: `Tues.`
pub fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches(['.', ',']).to_ascii_lowercase();
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let index = names.iter().position(|name| word.len() >= 3 && name.starts_with(&word))?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

fn month_number(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let index = MONTHS
        .iter()
        .position(|month| word == *month || word == month[..3] || (word == "sept" && month.starts_with("sept")))?;
    i8::try_from(index + 1).ok()
}

fn without_dash(text: &str) -> &str {
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '―' | ':') || c.is_whitespace();
    let cut = text.trim_end_matches(dash);
    // `.-` is one sign, but a full stop alone may end an abbreviation.
    let cut = if text[cut.len()..].starts_with('-') {
        cut.strip_suffix(").").map_or(cut, |_| &cut[..cut.len() - 1])
    } else {
        cut
    };
    cut.trim_end()
}

/// Splits off `(Agency)` or `/AGENCY/` at the end.
fn split_agency(text: &str) -> (&str, Option<&str>) {
    let bare = text.strip_suffix('.').unwrap_or(text);
    let found = match bare.as_bytes().last() {
        Some(b')') => bare.rfind('(').map(|at| (at, &bare[at + 1..bare.len() - 1])),
        Some(b'/') => bare[..bare.len() - 1].rfind('/').map(|at| (at, &bare[at + 1..bare.len() - 1])),
        _ => None,
    };
    match found {
        Some((at, agency)) if (2..=60).contains(&agency.trim().chars().count()) && !agency.contains([')', '/']) => {
            (text[..at].trim_end(), Some(agency.trim()))
        }
        _ => (text, None),
    }
}

/// Splits at the first position from which the rest is a date.
fn split_date(text: &str) -> (&str, Option<&str>) {
    let text = text.trim_end();
    for (at, sign) in text.char_indices().filter(|(_, sign)| matches!(sign, ',' | '.' | ' ')) {
        let rest = text[at + sign.len_utf8()..].trim_start();
        let bare = rest.strip_suffix('.').unwrap_or(rest);
        if day(bare).is_some() {
            // The full stop of `D.C.` belongs to the place.
            let stop = sign == '.' && text[..at].rsplit([' ', ',']).next().is_some_and(|word| word.contains('.'));
            let place = &text[..at + usize::from(stop)];
            return (place.trim_end_matches([',', ' ']), Some(bare));
        }
    }
    if day(text).is_some() { ("", Some(text)) } else { (text, None) }
}

/// Splits `WASHINGTON/BEIJING` and `WASHINGTON and BEIJING`, but not `Trinidad and Tobago`.
fn split_places(text: &str) -> Vec<String> {
    let capitals = !text.replace(" and ", " ").chars().any(char::is_lowercase);
    let text = if capitals { text.replace(" and ", "/").replace(" & ", "/") } else { text.to_owned() };
    text.split('/').map(str::trim).filter(|place| !place.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_taken_apart() {
        for (text, places, region, date, agency) in [
            ("BEIJING, Oct 17 (Agency)", "BEIJING", "", "Oct 17", "Agency"),
            ("BEIJING", "BEIJING", "", "", ""),
            ("WASHINGTON/BEIJING", "WASHINGTON|BEIJING", "", "", ""),
            ("WASHINGTON and BEIJING, Oct 17", "WASHINGTON|BEIJING", "", "Oct 17", ""),
            ("Trinidad and Tobago", "Trinidad and Tobago", "", "", ""),
            ("NORDHAVEN, Oct 17 (Harbor Wire)-", "NORDHAVEN", "", "Oct 17", "Harbor Wire"),
            ("PORT SALIS, Nov. 23 (HW) --", "PORT SALIS", "", "Nov. 23", "HW"),
            ("NORDHAVEN/PORT SALIS, Dec 31 (Harbor Wire) -", "NORDHAVEN|PORT SALIS", "", "Dec 31", "Harbor Wire"),
            ("OSTMARK, Veltravia (HW) —", "OSTMARK", "Veltravia", "", "HW"),
            ("ST. ELMO-SUR-MER, Sept. 4, 2025 –", "ST. ELMO-SUR-MER", "", "Sept. 4, 2025", ""),
            ("Nordhaven, 17 October 2025 (AGP) -", "Nordhaven", "", "17 October 2025", "AGP"),
            ("NORDHAVEN, October 17. /NTAS/.", "NORDHAVEN", "", "October 17", "NTAS"),
            ("KESH, Tues, Nov 24 (HW) -", "KESH", "", "Tues, Nov 24", "HW"),
            ("New Kesh, Nov 3 (KTI)", "New Kesh", "", "Nov 3", "KTI"),
            ("KESH, Feb 29 (HW)", "KESH", "", "Feb 29", "HW"),
            ("KESH, Feb 30 (HW)", "KESH", "Feb 30", "", "HW"),
            ("WASHINGTON, D.C., 2025-10-17", "WASHINGTON", "D.C.", "2025-10-17", ""),
            ("Madrid, 17 oct (EFE).-", "Madrid", "", "17 oct", "EFE"),
            ("北京，10月17日", "北京，10月17日", "", "", ""),
            ("ABOARD AIR FORCE ONE", "ABOARD AIR FORCE ONE", "", "", ""),
            ("somewhere (in between", "somewhere (in between", "", "", ""),
            ("Oct 17 (AP)", "", "", "Oct 17", "AP"),
        ] {
            let found = parse(text).unwrap_or_else(|| panic!("{text}"));
            let parts = [found.region.as_deref(), found.date.as_deref(), found.agency.as_deref()];
            assert_eq!(found.places.join("|"), places, "{text}");
            assert_eq!(parts.map(Option::unwrap_or_default), [region, date, agency], "{text}");
        }
        for text in ["", "  ", "—", "/"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost(text in "[A-Za-zé0-9 ,./()&-]{0,40}") {
            let words = |text: &str| -> Vec<String> {
                let mut words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && *w != "and").map(str::to_owned).collect();
                words.sort();
                words
            };
            let shown = parse(&text).map(|dateline| dateline.text()).unwrap_or_default();
            proptest::prop_assert_eq!(words(&shown), words(&text));
        }
    }
}
