//! Why an output is made again. [`Reason::find`], which decides it, is in `staleness.rs`.

/// The first reason that was found, in the order in which they are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Nothing is recorded for its route.
    New,
    /// No record is trusted: `--clean`.
    Clean,
    /// Its key is not the same: what it shows, its templates or the program changed.
    Inputs,
    /// The site gives another answer to a question that its template asked.
    Answers,
    /// Its file is not as it was written.
    Touched,
}

impl Reason {
    /// All reasons, in the order in which they are looked for.
    pub const ALL: [Self; 5] = [Self::New, Self::Clean, Self::Inputs, Self::Answers, Self::Touched];

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
