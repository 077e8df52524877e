//! Recognizes datelines in running text. This is stricter than `content::dateline`: a dash in the first sentence rarely
//! ends a dateline, and no word of a story may become a place by mistake.

use jiff::civil::Weekday;

use super::headers;
use super::names::{PLACE_PARTICLES, cased_place};
use crate::content::dateline::{day, weekday};
use crate::import::wire::inference::Sure;

/// A dateline at the start of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::wire) struct DatelineMatch {
    /// The places, converted to title case if the wire writes them in capitals.
    pub(in crate::import::wire) places: Vec<String>,
    /// The region or country after the places.
    pub(in crate::import::wire) region: Option<String>,
    /// The date, as far as it is given.
    pub(in crate::import::wire) day: Option<Day>,
    /// The agency that the dateline credits.
    pub(in crate::import::wire) agency: Option<String>,
    /// The dateline as written, with its dash.
    pub(in crate::import::wire) raw: String,
    /// The byte offset in the paragraph at which the story begins.
    pub(in crate::import::wire) end: usize,
    /// The confidence that this is a dateline.
    pub(in crate::import::wire) sure: Sure,
}

/// The date in a dateline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::wire) struct Day {
    /// The date as written.
    pub(in crate::import::wire) text: String,
    /// The weekday, if the dateline names one.
    pub(in crate::import::wire) weekday: Option<Weekday>,
    /// The year, if the dateline gives it; otherwise it is inferred.
    pub(in crate::import::wire) year: Option<i16>,
    /// The month, from 1 to 12.
    pub(in crate::import::wire) month: i8,
    /// The day of the month, from 1.
    pub(in crate::import::wire) number: i8,
}

/// Upper-case words at the start of a story that are not places.
const ACRONYMS: &[&str] = &[
    "NATO",
    "OPEC",
    "EU",
    "UN",
    "U.N.",
    "IMF",
    "WTO",
    "WHO",
    "FIFA",
    "UEFA",
    "IOC",
    "ICC",
    "IAEA",
    "ASEAN",
    "BRICS",
    "CEO",
    "GDP",
    "NEWS",
    "BREAKING",
    "URGENT",
    "ALERT",
    "UPDATE",
    "EXCLUSIVE",
    "ANALYSIS",
    "EXPLAINER",
    "FACTBOX",
    "TIMELINE",
    "NOTE",
    "CORRECTION",
];

/// The maximum length of a dateline, in characters.
const LONGEST: usize = 160;

/// The separator between a dateline and the story.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A dash with a space on at least one side, or after a bracket.
    Dash,
    /// A dash between two characters without spaces.
    Tight,
    Colon,
    /// No separator: the story follows the agency directly.
    Agency,
}

/// Returns the dateline at the start of a paragraph, or none. `is_place` tells whether the site knows a place of this
/// name.
pub(in crate::import::wire) fn scan(text: &str, is_place: &dyn Fn(&str) -> bool) -> Option<DatelineMatch> {
    let first = text.chars().next().filter(|c| c.is_alphabetic() && !c.is_lowercase());
    first?;
    ends(text).into_iter().find_map(|(head, end, sign)| {
        let rest = text[end..].chars().next();
        let mut found = read(&text[..head], sign, rest, is_place)?;
        text[..end].trim_end().clone_into(&mut found.raw);
        found.end = end;
        Some(found)
    })
}

/// Returns each possible end of a dateline: its byte offset, the offset at which the story begins, and the separator.
fn ends(text: &str) -> Vec<(usize, usize, Sign)> {
    let mut ends = Vec::new();
    let limit = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '―');
    let mut from = 0;
    for (at, c) in text[..limit].char_indices().filter(|(_, c)| is_dash(*c) || matches!(c, ':' | ')' | '/')) {
        let after = at + c.len_utf8();
        if at < from {
            continue;
        }
        if matches!(c, ')' | '/') {
            let stop = usize::from(text[after..].starts_with('.'));
            let spaces = text[after + stop..].len() - text[after + stop..].trim_start().len();
            let dash = text[after + stop..].trim_start().starts_with(is_dash);
            if spaces > 0 && !dash {
                ends.push((after, after + stop + spaces, Sign::Agency));
            }
            continue;
        }
        let end = text[after..].find(|c| !is_dash(c)).map_or(text.len(), |more| after + more);
        let end = if c == ':' { after } else { end };
        let rest = text[end..].trim_start();
        let spaced = text[..at].ends_with([' ', ')', '/', '.']) || rest.len() < text[end..].len() || rest.is_empty();
        let sign = match c {
            ':' => Sign::Colon,
            _ if spaced => Sign::Dash,
            _ => Sign::Tight,
        };
        ends.push((at, text.len() - rest.len(), sign));
        from = end;
    }
    ends
}

/// Parses a candidate; none when any part of it cannot belong to a dateline. `next` is the character after the
/// separator.
fn read(head: &str, sign: Sign, next: Option<char>, is_place: &dyn Fn(&str) -> bool) -> Option<DatelineMatch> {
    let (rest, agency) = split_agency(head.trim_end());
    let (rest, mut agency) = (rest.trim_end(), agency.map(str::to_owned));
    let (mut place, mut day) = split_day(rest);
    if day.is_none() && agency.is_none() {
        // In `CITY, Oct. 17, Kyodo -`, the date before the last comma shows that the rest is an agency.
        if let Some((before, name)) = rest.rsplit_once(", ")
            && is_titled(name, 3)
            && let (before, Some(found)) = split_day(before)
        {
            (place, day, agency) = (before, Some(found), Some(name.to_owned()));
        }
    }
    let (places, region) = match place.split_once(", ") {
        Some((places, region)) => (places.trim(), Some(region.trim())),
        None => (place.trim(), None),
    };
    let (dated, named) = (day.is_some(), agency.is_some());
    let capitals = !places.chars().any(char::is_lowercase) || is_mixed(places);
    let list = split_places(places, capitals);
    let sound = |place: &&str| if capitals { is_capital_place(place) } else { is_titled(place, 4) };
    if list.is_empty() || !list.iter().all(sound) || region.is_some_and(|region| !is_region(region)) {
        return None;
    }
    let allowed = match sign {
        Sign::Dash => true,
        Sign::Tight => (dated || named) && !next.is_some_and(|c| c.is_ascii_digit() || c.is_lowercase()),
        Sign::Colon => dated || named && capitals,
        Sign::Agency => dated && named,
    };
    let opens = next.is_none_or(|c| !c.is_lowercase());
    let sure = match (dated, named) {
        _ if !allowed || !dated && !opens => return None,
        (true, true) => Sure::Certain,
        (false, false) if !capitals || list.iter().any(|place| ACRONYMS.contains(place)) => return None,
        (false, false) if region.is_some() => Sure::Likely,
        (false, false) if list.iter().all(|place| is_place(&cased_place(place)) || is_place(place)) => Sure::Guess,
        (false, false) => return None,
        (true, false) | (false, true) => Sure::Likely,
    };
    Some(DatelineMatch {
        places: list.into_iter().map(cased_place).collect(),
        region: region.map(str::to_owned),
        day,
        agency,
        raw: String::new(),
        end: 0,
        sure,
    })
}

/// Splits off a final `(Agency)` or `/AGENCY/`, with or without a period.
fn split_agency(head: &str) -> (&str, Option<&str>) {
    let bare = head.strip_suffix('.').unwrap_or(head);
    let found = match bare.as_bytes().last() {
        Some(b')') => bare.rfind('(').map(|at| (at, &bare[at + 1..bare.len() - 1])),
        Some(b'/') => bare[..bare.len() - 1].rfind('/').map(|at| (at, &bare[at + 1..bare.len() - 1])),
        _ => None,
    };
    match found {
        Some((at, agency)) if is_agency(agency) => (&head[..at], Some(agency.trim())),
        _ => (head, None),
    }
}

fn is_agency(name: &str) -> bool {
    let name = name.trim();
    let figures = name.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4);
    let single = !name.contains(' ');
    let capital = name.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
    let is_tag = headers::tag(name).is_some();
    (2..=60).contains(&name.chars().count())
        && !is_tag
        && !name.contains(['(', '%', '/'])
        && !figures
        && (single && name.len() <= 12 || capital)
        && name.chars().any(char::is_alphabetic)
}

/// Splits a candidate into its place and its date, which must extend to the end.
fn split_day(head: &str) -> (&str, Option<Day>) {
    let head = head.trim_end_matches([',', ' ']);
    for (at, sign) in head.char_indices().filter(|(_, sign)| matches!(sign, ',' | '.' | ' ')) {
        let rest = head[at + sign.len_utf8()..].trim_start_matches([',', ' ']).trim_end();
        let bare = rest.strip_suffix('.').unwrap_or(rest);
        // A date follows a comma, a period or a region between commas. Directly after a name, as in `KESH May 3`, it
        // may be part of the sentence.
        let separated = sign != ' ' || head[..at].ends_with([',', '.']);
        if let Some((year, month, number)) = day(bare).filter(|_| separated) {
            let place = &head[..at
                + usize::from(
                    sign == '.' && head[..at].rsplit([' ', ',']).next().is_some_and(|word| word.contains('.')),
                )];
            let weekday = bare.split([' ', ',']).next().and_then(weekday);
            let found = Day { text: bare.to_owned(), weekday, year, month, number };
            return (place.trim_end_matches([',', ' ']), Some(found));
        }
    }
    (head, None)
}

/// Splits a list of places: `NORDHAVEN/PORT SALIS`, and in upper case also `NORDHAVEN and PORT SALIS`.
fn split_places(places: &str, capitals: bool) -> Vec<&str> {
    let mut list: Vec<&str> = places.split('/').collect();
    if capitals {
        list = list
            .into_iter()
            .flat_map(|place| place.split(" and "))
            .flat_map(|place| place.split(" AND "))
            .flat_map(|place| place.split(" & "))
            .collect();
    }
    list.into_iter().map(str::trim).filter(|place| !place.is_empty()).collect()
}

/// Whether the words are in upper case except for particles: `PORT of SPAIN`, `ST. ELMO-sur-MER`.
fn is_mixed(places: &str) -> bool {
    let small = |word: &str| PLACE_PARTICLES.contains(&word) || !word.chars().any(char::is_lowercase);
    let mut words = places.split([' ', '-', '/']).filter(|word| !word.is_empty());
    words.clone().any(|word| word.chars().any(char::is_uppercase)) && words.all(small)
}

fn is_capital_place(place: &str) -> bool {
    let words: Vec<&str> = place.split([' ', '-']).collect();
    let letters = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | ','));
    (1..=6).contains(&words.len())
        && place.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && words[0].chars().any(|c| c.is_alphabetic() && !c.is_lowercase())
        && words.iter().all(|word| letters(word) && !word.is_empty())
}

/// Whether a text consists of at most `most` capitalized words and particles.
fn is_titled(text: &str, most: usize) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'))
    };
    (1..=most).contains(&words.len())
        && capital(words[0])
        && words.iter().all(|word| capital(word) || PLACE_PARTICLES.contains(word))
        && weekday(text).is_none()
}

fn is_region(text: &str) -> bool {
    is_titled(text.trim_end_matches(','), 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_found_and_prose_is_left() {
        let show = |text: &str| {
            let found = scan(text, &|place| place == "Nordhaven")?;
            let day = found.day.as_ref().map_or("-", |day| day.text.as_str());
            let (region, agency) = (found.region.as_deref().unwrap_or("-"), found.agency.as_deref().unwrap_or("-"));
            let rest = text[found.end..].split(' ').next().unwrap_or("");
            Some(format!("{}|{region}|{day}|{agency}|{:?}|{rest}", found.places.join("/"), found.sure))
        };
        for (text, expected) in [
            ("NORDHAVEN, Oct 17 (Harbor Wire)- President Oda", "Nordhaven|-|Oct 17|Harbor Wire|Certain|President"),
            ("PORT SALIS, Nov. 23 (HW) -- Talks resumed.", "Port Salis|-|Nov. 23|HW|Certain|Talks"),
            ("NORDHAVEN/PORT SALIS, Dec 31 (HW) - Both", "Nordhaven/Port Salis|-|Dec 31|HW|Certain|Both"),
            ("OSTMARK, Veltravia (HW) — Rain fell.", "Ostmark|Veltravia|-|HW|Likely|Rain"),
            ("ST. ELMO-SUR-MER, Sept. 4, 2025 – Crews", "St. Elmo-sur-Mer|-|Sept. 4, 2025|-|Likely|Crews"),
            ("Nordhaven, 17 October 2025 (AGP) - Ministers", "Nordhaven|-|17 October 2025|AGP|Certain|Ministers"),
            ("NORDHAVEN, October 17. /NTAS/. The ministry", "Nordhaven|-|October 17|NTAS|Certain|The"),
            ("KESH, Tues, Nov 24 (HW) - Votes", "Kesh|-|Tues, Nov 24|HW|Certain|Votes"),
            ("New Kesh, Nov 3 (KTI) The court", "New Kesh|-|Nov 3|KTI|Certain|The"),
            ("NATO - the alliance - met on Monday.", ""),
            ("NORDHAVEN — Snow closed the port.", "Nordhaven|-|-|-|Guess|Snow"),
            ("OSTMARK — Snow closed the port.", ""),
            ("Energy exports (oil and gas) - a five-point guide.", ""),
            ("Berlin (dpa) - Der Hafen", "Berlin|-|-|dpa|Likely|Der"),
            ("Madrid, 17 oct (EFE).- El puerto", "Madrid|-|17 oct|EFE|Certain|El"),
            ("KESH, Oct. 17, Kesho - The court", "Kesh|-|Oct. 17|Kesho|Certain|The"),
            ("KESH, Feb 30 (HW) — Figures rose.", ""),
            ("KESH, Oct 17-18 (HW) - Talks", ""),
            ("KESH, D.C., Oct 17 (HW) - Talks", "Kesh|D.C.|Oct 17|HW|Certain|Talks"),
            ("ABOARD AIR SHIP ONE (HW) — The president", "Aboard Air Ship One|-|-|HW|Likely|The"),
            ("Acme Rail (AR) - the operator - said", ""),
            ("On Monday (a holiday) - nothing", ""),
            ("The deal, Oct 17 said, is off - for now.", ""),
            ("“KESH, Oct 17 (HW) -", ""),
            ("", ""),
        ] {
            assert_eq!(show(text).unwrap_or_default(), expected, "{text}");
        }
    }
}
