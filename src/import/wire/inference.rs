//! What the importer concluded from which words.

use std::fmt;

/// How sure a conclusion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// The copy says so, or the desk does.
    Certain,
    /// Nothing speaks against it.
    Likely,
    /// To be looked at.
    Guess,
}

impl fmt::Display for Sure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Guess => "a guess",
        })
    }
}

/// One conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inference {
    /// The key of the front matter, or the part of the text, that it is about.
    pub what: &'static str,
    /// What was concluded.
    pub value: String,
    /// From which words, or why.
    pub from: String,
    /// The line of the file on which these words start; 0 when there are none.
    pub line: u32,
    /// How sure it is.
    pub sure: Sure,
}

impl fmt::Display for Inference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, value, from, line, sure } = self;
        write!(f, "{what}: {value}, from {from}")?;
        if *line > 0 {
            write!(f, " on line {line}")?;
        }
        write!(f, " ({sure})")
    }
}
