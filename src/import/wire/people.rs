//! Assigns the people of by-lines and credits to authors, contributors and editors.

use super::inference::{Inference, Sure};
use crate::import::wire::copy::story::Story;
use crate::import::wire::phrases::credits::Role;
use crate::import::wire::phrases::headers;
use crate::import::wire::phrases::names::{Person, cased};

/// The people who made a story, by role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct People {
    /// The names of the by-lines, or of the reporters in the credits when there is no by-line.
    pub(super) authors: Vec<String>,
    /// All other names of the credits, apart from editors.
    pub(super) contributors: Vec<String>,
    /// The names of editors in the credits.
    pub(super) editors: Vec<String>,
    /// The role, name and place of every person, as written in the copy, for `extra.wire`.
    pub(super) credits: Vec<Vec<(&'static str, String)>>,
}

impl People {
    /// Assigns the people of a story to roles, and records the inferences.
    pub(super) fn of(story: &Story, inferences: &mut Vec<Inference>) -> Self {
        let mut people = Self::default();
        for byline in &story.bylines {
            let (text, named) = &byline.it;
            let is_person = |at: usize, person: &Person| at == 0 || !headers::is_employer(&person.name);
            let named: Vec<Person> =
                named.iter().enumerate().filter(|(at, one)| is_person(*at, one)).map(|(_, one)| one.clone()).collect();
            if named.is_empty() {
                continue;
            }
            for person in &named {
                people.add_author(person);
                people.note("By", person);
            }
            inferences.push(said("authors", &named, text, byline.line));
        }
        let signed = !people.authors.is_empty();
        let clauses = || story.credits.iter().flat_map(|line| line.it.1.iter().map(move |clause| (line, clause)));
        let reported = clauses().any(|(_, clause)| matches!(clause.role, Role::Reporting | Role::Writing));
        for (line, clause) in clauses() {
            let what = match clause.role {
                Role::Reporting | Role::Writing if !signed => "authors",
                Role::Compiled if !signed && !reported => "authors",
                Role::Editing => "editors",
                _ => "contributors",
            };
            // Credits often repeat the authors, which does not make them contributors.
            let repeats = what == "contributors"
                && clause.people.iter().all(|person| people.authors.contains(&cased(&person.name)));
            for person in &clause.people {
                match what {
                    "authors" => people.add_author(person),
                    "editors" => add(&mut people.editors, person),
                    _ if people.authors.contains(&cased(&person.name)) => {}
                    _ => add(&mut people.contributors, person),
                }
                people.note(&clause.words, person);
            }
            if !repeats {
                inferences.push(said(what, &clause.people, &clause.said(), line.line));
            }
        }
        // A person who is named as a contributor first may turn out to be an author.
        let authors = people.authors.clone();
        people.contributors.retain(|name| !authors.contains(name));
        people
    }

    fn add_author(&mut self, person: &Person) {
        add(&mut self.authors, person);
    }

    fn note(&mut self, role: &str, person: &Person) {
        let mut note = vec![("role", role.to_owned()), ("name", cased(&person.name))];
        if let Some(place) = &person.place {
            note.push(("place", place.clone()));
        }
        self.credits.push(note);
    }
}

fn add(names: &mut Vec<String>, person: &Person) {
    let name = cased(&person.name);
    if !names.contains(&name) {
        names.push(name);
    }
}

fn said(what: &'static str, people: &[Person], words: &str, line: u32) -> Inference {
    let names: Vec<String> = people
        .iter()
        .map(|person| match &person.place {
            Some(place) => format!("{} in {place}", cased(&person.name)),
            None => cased(&person.name),
        })
        .collect();
    Inference { what, value: names.join(", "), from: format!("`{words}`"), line, sure: Sure::Certain }
}
