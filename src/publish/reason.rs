//! Why an output is made again.

use super::ledger::Entry;
use crate::base::digest::Digest;

/// The first reason that was found, in the order in which they are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Nothing is recorded for its route.
    New,
    /// No record is trusted: `--clean`.
    Clean,
    /// What it shows, its templates or the program are not the same.
    Inputs,
    /// The site gives another answer to a question that its template asked.
    Answers,
    /// Its file is not as it was written.
    Touched,
}

impl Reason {
    /// All reasons, in the order in which they are looked for.
    pub const ALL: [Self; 5] = [Self::New, Self::Clean, Self::Inputs, Self::Answers, Self::Touched];

    /// Why an output must be made; `None` when it stands as recorded, made from the same key with the same answers.
    /// `holds` tells whether recorded answers are still the site's, `stands` whether the file is as recorded.
    pub fn find(
        recorded: Option<&Entry>,
        key: Digest,
        holds: impl FnOnce(&[(String, Digest)]) -> bool,
        stands: impl FnOnce(&Entry) -> bool,
    ) -> Option<Self> {
        match recorded {
            None => Some(Self::New),
            Some(entry) if entry.key != key => Some(Self::Inputs),
            Some(entry) if !holds(&entry.questions) => Some(Self::Answers),
            Some(entry) if !stands(entry) => Some(Self::Touched),
            Some(_) => None,
        }
    }

    /// The word for it in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Clean => "clean",
            Self::Inputs => "inputs",
            Self::Answers => "answers",
            Self::Touched => "touched",
        }
    }

    /// A whole sentence about an output.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::New => "nothing was recorded for it",
            Self::Clean => "no record was trusted",
            Self::Inputs => "what it shows, its templates or the program changed",
            Self::Answers => "the site gave another answer to a question that its template asks",
            Self::Touched => "its file was not as it was written",
        }
    }

    /// For people: `12 with other inputs`.
    pub fn words(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Clean => "not trusted",
            Self::Inputs => "with other inputs",
            Self::Answers => "with other answers",
            Self::Touched => "changed by someone else",
        }
    }
}
