//! The reasons for rendering an output. [`Reason::find`], which determines the reason, is in `staleness.rs`.

/// The first reason that applies, in the order of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The ledger has no entry for the route.
    New,
    /// The ledger is not used, because of `--clean`.
    Clean,
    /// The key differs: the view, its templates or the program changed.
    Inputs,
    /// The site answers a question of the template differently from before.
    Answers,
    /// The file in the output folder has another size or time than the ledger says.
    Touched,
}

impl Reason {
    /// All reasons, in the order of the checks.
    pub const ALL: [Self; 5] = [Self::New, Self::Clean, Self::Inputs, Self::Answers, Self::Touched];

    /// The identifier in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Clean => "clean",
            Self::Inputs => "inputs",
            Self::Answers => "answers",
            Self::Touched => "touched",
        }
    }

    /// The reason as a clause about the output, for `dateline why`.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::New => "nothing was recorded for it",
            Self::Clean => "no record was trusted",
            Self::Inputs => "what it shows, its templates or the program changed",
            Self::Answers => "the site gave another answer to a question that its template asks",
            Self::Touched => "its file was not as it was written",
        }
    }

    /// The adjective phrase after a count: `12 with other inputs`.
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
