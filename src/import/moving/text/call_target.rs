//! The target of a template call, as a marker in the text until links are resolved. Two stories may have had the same
//! address, while a call means only one of them.

/// The delimiters of markers: Unicode noncharacters, which no input text contains.
const STORY: char = '\u{fdd0}';
const FILE: char = '\u{fdd1}';
const END: char = '\u{fdd2}';

/// The target of a call, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import::moving) enum CallTarget {
    /// A story, by its index among all stories.
    Story(usize),
    /// Another file, by its index among all files.
    File(usize),
}

impl CallTarget {
    /// Returns the marker that stands for the target in a text.
    pub(in crate::import::moving) fn mark(self) -> String {
        match self {
            Self::Story(index) => format!("{STORY}{index}{END}"),
            Self::File(index) => format!("{FILE}{index}{END}"),
        }
    }

    /// Parses the first marker in a text; returns it with the text before and after it.
    pub(in crate::import::moving) fn first(text: &str) -> Option<(&str, Self, &str)> {
        let at = text.find([STORY, FILE])?;
        let (number, behind) = text[at + STORY.len_utf8()..].split_once(END)?;
        let index = number.parse().ok()?;
        let named = if text[at..].starts_with(STORY) { Self::Story(index) } else { Self::File(index) };
        Some((&text[..at], named, behind))
    }

    /// Replaces all markers in a text by addresses.
    pub(in crate::import::moving) fn shown(text: String, address: impl Fn(Self) -> String) -> String {
        if !text.contains(END) {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, named, behind)) = Self::first(rest) {
            out.push_str(before);
            out.push_str(&address(named));
            rest = behind;
        }
        out + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_is_found_again() {
        let text = format!("a {}#b {}", CallTarget::Story(12).mark(), CallTarget::File(0).mark());
        assert_eq!(
            CallTarget::first(&text).map(|(before, named, _)| (before, named)),
            Some(("a ", CallTarget::Story(12)))
        );
        assert_eq!(CallTarget::shown(text, |named| format!("{named:?}")), "a Story(12)#b File(0)");
    }
}
