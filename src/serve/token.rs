//! The secret that the desk has and no other page.

/// A secret of the process, by which the desk's own requests are known.
#[derive(Clone)]
pub struct DeskToken(String);

impl DeskToken {
    /// Makes a token of random bytes.
    pub fn new(random: [u8; 16]) -> Self {
        Self(random.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The text for the page that may write.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether `given` is this token, in a time that does not depend on where they differ.
    pub(super) fn is(&self, given: &str) -> bool {
        let pairs = self.0.bytes().zip(given.bytes());
        let differs = pairs.fold(0, |differs, (one, other)| std::hint::black_box(differs | (one ^ other)));
        self.0.len() == given.len() && differs == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_only_itself() {
        let token = DeskToken::new([7; 16]);
        assert!(token.text().len() == 32 && token.is(token.text()));
        for other in ["", "0", &"0".repeat(32), &token.text()[1..], &format!("{}0", token.text())] {
            assert!(!token.is(other), "{other}");
        }
    }
}
