//! Parses the names of people and places in by-lines and credits.

/// A person in a by-line or a credit line, with the place they reported from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::wire) struct Person {
    pub(in crate::import::wire) name: String,
    /// The place after `in`, which several people may share.
    pub(in crate::import::wire) place: Option<String>,
}

/// Lower-case particles in names of people.
const PARTICLES: [&str; 30] = [
    "de", "del", "della", "der", "den", "di", "da", "das", "dos", "du", "la", "le", "las", "los", "van", "von", "zu",
    "ter", "ten", "bin", "ibn", "bint", "al", "el", "ben", "y", "e", "af", "av", "ould",
];
/// Lower-case particles in names of places.
pub(super) const PLACE_PARTICLES: &[&str] = &[
    "de", "del", "la", "las", "los", "le", "les", "el", "al", "du", "di", "da", "do", "dos", "of", "on", "the", "sur",
    "sous", "am", "an", "der", "upon", "and",
];
/// Words that stand for a group of people instead of a name.
const DESKS: [&str; 9] = ["newsroom", "newsrooms", "staff", "desk", "bureau", "bureaus", "team", "writer", "writers"];

/// Parses a list of people such as `Mara Voss in Kesh, Tomas Lind and J. Okoro Jr.`. Returns none when any entry is not
/// a name.
pub(in crate::import::wire) fn people(list: &str) -> Option<Vec<Person>> {
    let list = list.trim();
    let mut people: Vec<Person> = Vec::new();
    let mut open = 0;
    for part in parts(list) {
        let part = without_article(part);
        let (name, place) = match part.split_once(" in ") {
            Some((name, place)) => (name.trim(), Some(place.trim())),
            None => (part, None),
        };
        if !is_name(name) || place.is_some_and(|place| !is_place(place)) {
            return None;
        }
        people.push(Person { name: name.to_owned(), place: None });
        if let Some(place) = place {
            // The place applies to all people before it who have none.
            people[open..].iter_mut().for_each(|person| person.place = Some(place.to_owned()));
            open = people.len();
        }
    }
    (!people.is_empty()).then_some(people)
}

/// Splits a list at commas and `and`. After a comma, `Jr.` belongs to the name and `D.C.` to the place.
fn parts(list: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while at < list.len() {
        let rest = &list[at..];
        let sign = [", and ", " and ", ", ", " & ", ","].into_iter().find(|sign| rest.starts_with(sign));
        let Some(sign) = sign else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let after = &rest[sign.len()..];
        let word = after.split([' ', ',', ';']).next().unwrap_or("");
        let continues = sign.trim() == "," && belongs_before(word) && !list[from..at].is_empty();
        if !continues {
            parts.push(list[from..at].trim());
            from = at + sign.len();
        }
        at += sign.len();
    }
    parts.push(list[from..].trim());
    parts
}

/// Drops the article of a group: `the Kesh newsroom` becomes `Kesh newsroom`.
fn without_article(part: &str) -> &str {
    let is_desk = part.rsplit(' ').next().is_some_and(|word| DESKS.contains(&word.to_lowercase().as_str()));
    part.strip_prefix("the ").filter(|_| is_desk).unwrap_or(part)
}

/// Whether a word after a comma belongs to the entry before it: a suffix such as `Jr.`, or a region such as `D.C.`.
fn belongs_before(word: &str) -> bool {
    let bare = word.trim_end_matches('.');
    let region = word.ends_with('.') && bare.contains('.') && bare.split('.').all(|part| part.len() == 1);
    matches!(bare, "Jr" | "Sr" | "II" | "III" | "IV") || region
}

/// Whether a text is a name: at most seven words, each capitalized, a particle, or a word for a group.
pub(super) fn is_name(text: &str) -> bool {
    // Only the comma of a suffix can be left here: `Amos Fell, Jr.`
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_end_matches(',')).collect();
    (1..=7).contains(&words.len())
        && words.iter().any(|word| is_capitalized(word))
        && words.iter().all(|word| {
            is_capitalized(word) || PARTICLES.contains(word) || DESKS.contains(&word.to_lowercase().as_str())
        })
}

fn is_place(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=6).contains(&words.len())
        && words[0].starts_with(char::is_uppercase)
        && words.iter().all(|word| {
            is_capitalized(word.trim_end_matches(','))
                || PARTICLES.contains(word)
                || matches!(*word, "of" | "the" | "on")
        })
}

/// Whether a word can be part of a name: letters with a capital among them, initials, `O’Hara`, `al-Amin`,
/// `Smith-Jones`, or letters of a script without case.
fn is_capitalized(word: &str) -> bool {
    let sound = |c: char| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '‘');
    let first = word.split('-').any(|part| part.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()));
    let apostrophe = word.split(['\'', '’']).nth(1).is_some_and(|part| part.starts_with(char::is_uppercase));
    word.chars().all(sound) && (first || apostrophe) && !word.trim_end_matches('.').is_empty()
}

/// Converts an upper-case name to title case: `MARA VAN DER VOSS` becomes `Mara van der Voss`. Other names stay as they
/// are.
pub(in crate::import::wire) fn cased(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || name.chars().filter(|c| c.is_alphabetic()).count() < 4 {
        return name.to_owned();
    }
    titled(name, &PARTICLES)
}

/// Converts an upper-case place to title case: `ST. ELMO-SUR-MER` becomes `St. Elmo-sur-Mer`. Other places stay as they
/// are.
pub(super) fn cased_place(place: &str) -> String {
    if place.chars().any(char::is_lowercase) {
        return place.to_owned();
    }
    titled(place, PLACE_PARTICLES)
}

/// Converts a text to title case. Particles in `small` are in lower case unless they come first; initials stay as they
/// are.
fn titled(text: &str, small: &[&str]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_alphabetic() || matches!(c, '\'' | '’' | '.') {
            word.push(c);
            continue;
        }
        let lower = word.to_lowercase();
        if word.trim_end_matches('.').contains('.') {
            out.push_str(&word);
        } else if !out.is_empty() && small.contains(&lower.as_str()) {
            out.push_str(&lower);
        } else {
            let mut capital = true;
            for letter in word.chars() {
                if capital {
                    out.push(letter);
                } else {
                    out.extend(letter.to_lowercase());
                }
                // `O’HARA` becomes `O’Hara`, and `KESH’S` becomes `Kesh’s`.
                capital = matches!(letter, '\'' | '’') && word.chars().nth(1) == Some(letter);
            }
        }
        word.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_all_before() {
        let read = |list: &str| {
            let show = |person: &Person| format!("{}@{}", person.name, person.place.as_deref().unwrap_or("-"));
            people(list).map(|people| people.iter().map(show).collect::<Vec<_>>().join("|"))
        };
        for (list, expected) in [
            ("Mara Voss", Some("Mara Voss@-")),
            (
                "Mara Voss in Port Salis, Tomas Lind and J. Okoro Jr. in Kesh",
                Some("Mara Voss@Port Salis|Tomas Lind@Kesh|J. Okoro Jr.@Kesh"),
            ),
            ("Amos Fell, Jr., and Lea de la Cruz", Some("Amos Fell, Jr.@-|Lea de la Cruz@-")),
            ("Ana Reyes in Harbor, D.C. and Bo Dahl", Some("Ana Reyes@Harbor, D.C.|Bo Dahl@-")),
            ("the Kesh newsroom", Some("Kesh newsroom@-")),
            ("Kesh newsroom", Some("Kesh newsroom@-")),
            ("the committee showed that exports fell", None),
            ("", None),
        ] {
            assert_eq!(read(list).as_deref(), expected, "{list}");
        }
    }

    #[test]
    fn capitals_become_names() {
        assert_eq!(cased("MARA VAN DER VOSS"), "Mara van der Voss");
        assert_eq!(cased("SEAN O’HARA-LIND"), "Sean O’Hara-Lind");
        assert_eq!(cased("Mara Voss"), "Mara Voss");
        assert_eq!(cased_place("ST. ELMO-SUR-MER"), "St. Elmo-sur-Mer");
        assert_eq!(cased_place("WASHINGTON D.C."), "Washington D.C.");
    }
}
