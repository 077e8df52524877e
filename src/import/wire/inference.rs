//! The inferences of the importer: values of the front matter, and the words they are based on.

use std::fmt;

/// The confidence of an inference, highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// The copy states it, or an option does.
    Certain,
    /// It follows from the copy, and nothing contradicts it.
    Likely,
    /// It may be wrong, and an editor should check it.
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

/// An inference from the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inference {
    /// The front matter key, or the part of the text, that the inference is about.
    pub what: &'static str,
    /// The inferred value.
    pub value: String,
    /// The words that it is based on, or the reason.
    pub from: String,
    /// The line on which these words start, from 1; 0 when there are no such words.
    pub line: u32,
    /// The confidence.
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
