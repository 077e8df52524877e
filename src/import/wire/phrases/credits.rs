//! Parses the credit line of a story: `(Reporting by A in X and B in Y; Editing by C)`.

use super::names::{Person, people};

/// The part that a person had in a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import::wire) enum Role {
    Reporting,
    Writing,
    Compiled,
    Additional,
    Editing,
    Other,
}

/// A role and the people who had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import::wire) struct Clause {
    pub(in crate::import::wire) role: Role,
    /// The role as written: `Additional reporting`.
    pub(in crate::import::wire) words: String,
    pub(in crate::import::wire) people: Vec<Person>,
}

impl Clause {
    /// Returns the role with the preposition that joins it to names: `Editing by`.
    pub(in crate::import::wire) fn said(&self) -> String {
        if self.words.starts_with("contributed") { self.words.clone() } else { format!("{} by", self.words) }
    }
}

/// The words for roles, in lower case.
const ROLES: [(&str, Role); 22] = [
    ("reporting", Role::Reporting),
    ("reported", Role::Reporting),
    ("writing", Role::Writing),
    ("written", Role::Writing),
    ("compiled", Role::Compiled),
    ("compiling", Role::Compiled),
    ("editing", Role::Editing),
    ("edited", Role::Editing),
    ("translated", Role::Other),
    ("translation", Role::Other),
    ("translating", Role::Other),
    ("research", Role::Other),
    ("researched", Role::Other),
    ("graphics", Role::Other),
    ("graphic", Role::Other),
    ("photos", Role::Other),
    ("photo", Role::Other),
    ("photography", Role::Other),
    ("fact-checking", Role::Other),
    ("fact-checked", Role::Other),
    ("produced", Role::Other),
    ("video", Role::Other),
];

/// Parses a credit line into clauses. Returns none when any part of it is neither a role nor a name.
pub(in crate::import::wire) fn credits(text: &str) -> Option<Vec<Clause>> {
    let text = text.trim();
    if text.len() > 1500 {
        return None;
    }
    let text = match text.strip_prefix(['(', '[']) {
        Some(rest) => rest.trim_end_matches('.').strip_suffix([')', ']'])?.trim(),
        None => text,
    };
    if let Some(clause) = contributed(text) {
        return Some(vec![clause]);
    }
    let starts = starts(text);
    if starts.first().is_none_or(|(at, ..)| *at != 0) {
        return None;
    }
    let mut clauses = Vec::with_capacity(starts.len());
    for (index, (at, words, after)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(text.len(), |(next, ..)| *next);
        let list = without_sign(&text[at + after..end]);
        clauses.push(Clause { role: role(words)?, words: (*words).to_owned(), people: people(list)? });
    }
    Some(clauses)
}

/// Parses `Wire reporters A in X and B in Y contributed to this report.`
fn contributed(text: &str) -> Option<Clause> {
    let text = text.strip_suffix('.').unwrap_or(text);
    let (list, words) = text.split_at(text.find(" contributed to this ")?);
    let words = words.trim_start();
    let known = ["report", "story", "article"].iter().any(|end| words == format!("contributed to this {end}"));
    let posts = [
        "writers ",
        "writer ",
        "reporters ",
        "reporter ",
        "correspondents ",
        "correspondent ",
        "journalists ",
        "journalist ",
    ];
    let post = posts.iter().filter_map(|post| list.find(post).map(|at| at + post.len())).max().unwrap_or(0);
    let people = people(&list[post..]).filter(|_| known)?;
    Some(Clause { role: Role::Additional, words: words.to_owned(), people })
}

/// Whether a line begins with a role, whatever follows it.
pub(in crate::import::wire) fn opens(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['(', '[']);
    line.starts_with(char::is_uppercase) && phrase(line).is_some()
}

/// Whether a credit line continues on the next line.
pub(in crate::import::wire) fn goes_on(text: &str) -> bool {
    let text = text.trim();
    let open = text.starts_with('(') && !text.contains(')');
    open || text.ends_with([',', ';']) || [" and", " by", " in", " &"].iter().any(|end| text.ends_with(end))
}

/// Returns each role phrase of a credit line: its offset, its words, and its length including `by`, in bytes.
fn starts(text: &str) -> Vec<(usize, &str, usize)> {
    let mut starts = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let opens = at == 0 || {
            let before = text[..at].trim_end();
            before.len() < at && (before.ends_with([';', '.', ',']) || before.ends_with(" and"))
        };
        match phrase(rest).filter(|_| opens) {
            Some((words, length)) => {
                starts.push((at, words, length));
                at += length;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    starts
}

/// Parses a role phrase at the start of a text: its words, and its length including `by` or `:`, in bytes.
fn phrase(text: &str) -> Option<(&str, usize)> {
    let by = [" by: ", " by ", ": "].into_iter().filter_map(|by| Some((text.get(..60).unwrap_or(text).find(by)?, by)));
    let (at, by) = by.min_by_key(|(at, _)| *at)?;
    let words = text[..at].trim();
    role(words).map(|_| (words, at + by.len()))
}

/// Returns the role that a phrase stands for, such as `Additional reporting` or `Reporting and writing`.
fn role(words: &str) -> Option<Role> {
    let lower = words.to_lowercase();
    let (more, rest) = match lower.split_once(' ') {
        Some(("additional" | "further" | "extra", rest)) => (true, rest),
        _ => (false, lower.as_str()),
    };
    let mut found = None;
    for word in rest.split([' ', '/', '&', ',']).filter(|word| !word.is_empty() && *word != "and") {
        let (_, role) = ROLES.iter().find(|(name, _)| *name == word)?;
        found = found.or(Some(*role));
    }
    found.map(|role| if more && role != Role::Editing { Role::Additional } else { role })
}

/// Returns the names of a clause without its final punctuation. The period of `Jr.` and of initials is part of the
/// name.
fn without_sign(list: &str) -> &str {
    let list = list.trim_end();
    let list = list.strip_suffix(" and").unwrap_or(list).trim_end();
    let list = list.trim_end_matches([';', ',']).trim_end();
    let word = list.rsplit(' ').next().unwrap_or("");
    let keeps = super::marks::is_abbreviation(word) && !word.ends_with("..");
    if keeps { list } else { list.trim_end_matches('.') }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Option<String> {
        let person = |person: &Person| match &person.place {
            Some(place) => format!("{}@{place}", person.name),
            None => person.name.clone(),
        };
        let clause = |clause: &Clause| {
            format!("{:?}: {}", clause.role, clause.people.iter().map(person).collect::<Vec<_>>().join(", "))
        };
        credits(text).map(|clauses| clauses.iter().map(clause).collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn credits_are_taken_apart() {
        for (text, expected) in [
            ("Editing by Sana Whitlock", "Editing: Sana Whitlock"),
            (
                "(Reporting by Mara Voss in Port Salis, Tomas Lind and J. Okoro Jr. in Kesh; Additional reporting by Lea de la Cruz; Writing by P. Quist; Editing by Ines Okoro and Bo Dahl)",
                "Reporting: Mara Voss@Port Salis, Tomas Lind@Kesh, J. Okoro Jr.@Kesh; Additional: Lea de la Cruz; Writing: P. Quist; Editing: Ines Okoro, Bo Dahl",
            ),
            ("Compiled by Bo Dahl. Edited by Ines Okoro.", "Compiled: Bo Dahl; Editing: Ines Okoro"),
            ("Reporting by J. Okoro Jr.; editing by Bo D.", "Reporting: J. Okoro Jr.; Editing: Bo D."),
            ("Reporting and writing by Mara Voss, editing by Bo Dahl.", "Reporting: Mara Voss; Editing: Bo Dahl"),
            ("Reporting by Mara Voss and editing by Bo Dahl", "Reporting: Mara Voss; Editing: Bo Dahl"),
            ("Reporting by the committee showed that exports fell in the third quarter.", ""),
            ("Editing by hand takes longer.", ""),
            ("Photos: Ana Reyes", "Other: Ana Reyes"),
            (
                "Harbor Wire writers Ana Reyes in Kesh and Bo Dahl contributed to this report.",
                "Additional: Ana Reyes@Kesh, Bo Dahl",
            ),
            ("Ana Reyes contributed to this story", "Additional: Ana Reyes"),
            ("The ministry contributed to this report.", ""),
            ("Editing by", ""),
            ("(Editing by Bo Dahl", ""),
        ] {
            assert_eq!(show(text).unwrap_or_default(), expected, "{text}");
        }
    }
}
