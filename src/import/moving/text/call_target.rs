//! What a call of a template names, as it stands in a text until the links of the text are read: two stories may have had
//! one address, and a call means one of them.

/// Opens what is marked; no text that was read holds these.
const STORY: char = '\u{fdd0}';
const FILE: char = '\u{fdd1}';
const END: char = '\u{fdd2}';

/// What a call names, by its place among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import::moving) enum CallTarget {
    /// A story.
    Story(usize),
    /// Another file.
    File(usize),
}

impl CallTarget {
    /// As it stands in a text.
    pub(in crate::import::moving) fn mark(self) -> String {
        match self {
            Self::Story(index) => format!("{STORY}{index}{END}"),
            Self::File(index) => format!("{FILE}{index}{END}"),
        }
    }

    /// The first that is marked in a text, with what stands before and behind it.
    pub(in crate::import::moving) fn first(text: &str) -> Option<(&str, Self, &str)> {
        let at = text.find([STORY, FILE])?;
        let (number, behind) = text[at + STORY.len_utf8()..].split_once(END)?;
        let index = number.parse().ok()?;
        let named = if text[at..].starts_with(STORY) { Self::Story(index) } else { Self::File(index) };
        Some((&text[..at], named, behind))
    }

    /// A text with the address of each in the place of its mark.
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
