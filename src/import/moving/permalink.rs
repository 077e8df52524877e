//! Addresses by pattern, as Hugo and Jekyll fill them: `/:year/:month/:title/`.

use jiff::civil::Date;

/// What a pattern is filled with.
pub(super) struct Filling<'a> {
    pub(super) date: Option<Date>,
    /// Values of tokens without a date.
    pub(super) texts: Vec<(&'a str, String)>,
}

impl Filling<'_> {
    /// The address; none when the pattern asks for what is not known.
    pub(super) fn fill(&self, pattern: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find(':') {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(rest.len());
            // `:title_suffix` is a token and a text; the longest token wins.
            let (token, value) = (1..=end).rev().find_map(|end| Some((end, self.value(&rest[..end])?)))?;
            out.push_str(&value);
            rest = &rest[token..];
            // A range of Hugo's sections, such as `[1:]`, means all of them here.
            if rest.starts_with('[') {
                rest = rest.split_once(']').map_or("", |(_, rest)| rest);
            }
        }
        out.push_str(rest);
        while out.contains("//") {
            out = out.replace("//", "/");
        }
        Some(if out.starts_with('/') { out } else { format!("/{out}") })
    }

    fn value(&self, token: &str) -> Option<String> {
        if let Some((_, text)) = self.texts.iter().find(|(name, _)| *name == token) {
            return Some(text.clone());
        }
        let format = match token {
            "year" => "%Y",
            "short_year" => "%y",
            "month" => "%m",
            "i_month" => "%-m",
            "day" => "%d",
            "i_day" => "%-d",
            "yearday" => "%-j",
            "y_day" => "%j",
            "monthname" | "long_month" => "%B",
            "short_month" => "%b",
            "weekdayname" | "long_day" => "%A",
            "short_day" => "%a",
            "weekday" => "%w",
            "week" => "%V",
            "w_year" => "%G",
            "w_day" => "%u",
            _ => return None,
        };
        let text = self.date?.strftime(format).to_string();
        Some(if matches!(token, "monthname" | "weekdayname") { text.to_lowercase() } else { text })
    }
}

/// A part of an address as Hugo writes it: in lower case, without spaces and most signs.
pub(super) fn hugo_part(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '~' | '/') {
            out.push(c);
        } else if (c.is_whitespace() || c == '-') && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}

/// A part of an address as Jekyll writes it: in lower case, with hyphens for all but letters and digits.
pub(super) fn jekyll_part(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_filled() {
        let filling = Filling {
            date: Date::new(2015, 3, 7).ok(),
            texts: vec![
                ("title", "a-b".to_owned()),
                ("categories", "x/y".to_owned()),
                ("output_ext", ".html".to_owned()),
                ("sections", String::new()),
            ],
        };
        for (pattern, address) in [
            ("/:categories/:year/:month/:day/:title:output_ext", "/x/y/2015/03/07/a-b.html"),
            ("/:year/:i_month/:i_day/:title/", "/2015/3/7/a-b/"),
            ("posts/:short_year/:y_day/:title", "/posts/15/066/a-b"),
            ("/:sections[1:]/:monthname/:title/", "/march/a-b/"),
            ("/:year-:month/:title_x/", "/2015-03/a-b_x/"),
        ] {
            assert_eq!(filling.fill(pattern).as_deref(), Some(address), "{pattern}");
        }
        assert_eq!(filling.fill("/:unknown/"), None);
        assert_eq!(hugo_part("What's New in C++?"), "whats-new-in-c++");
        assert_eq!(jekyll_part("What's New, 2.0!"), "what-s-new-2-0");
    }
}
