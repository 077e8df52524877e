//! Writing texts as YAML scalars.

/// A text as a YAML scalar: plain where that is certain to be read as the same text, otherwise quoted.
pub fn scalar(text: &str) -> String {
    let starts_plain = text.chars().next().is_some_and(char::is_alphabetic);
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | ',' | '.' | '\'' | '’' | '–' | '—' | '?' | '(' | ')' | '/')
    };
    let word =
        matches!(text.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
    if starts_plain && !word && text.chars().all(plain) {
        text.to_owned()
    } else {
        serde_json::to_string(text).expect("a text is always JSON, and JSON is YAML")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_themselves_in_yaml() {
        for (text, written) in [
            ("Ministers agree on grain corridor", "Ministers agree on grain corridor"),
            ("Analysis: what now?", "\"Analysis: what now?\""),
            ("“Quoted” # not a comment", "\"“Quoted” # not a comment\""),
            ("2023", "\"2023\""),
            ("No", "\"No\""),
            ("A \"b\" \\ c", r#""A \"b\" \\ c""#),
        ] {
            assert_eq!(scalar(text), written);
        }
    }
}
