//! Fills the permalink patterns of Hugo and Jekyll: `/:year/:month/:title/`.

use jiff::civil::Date;

/// The values for the tokens of a pattern.
#[derive(Default)]
pub(in crate::import::moving) struct Filling<'a> {
    pub(in crate::import::moving) date: Option<Date>,
    /// The hours, minutes and seconds.
    pub(in crate::import::moving) clock: [String; 3],
    /// The folders that contain the file.
    pub(in crate::import::moving) sections: Vec<String>,
    /// The values of tokens that do not depend on the date, by name.
    pub(in crate::import::moving) texts: Vec<(&'a str, String)>,
}

/// The result of filling a pattern.
#[derive(Debug, PartialEq)]
pub(in crate::import::moving) struct Filled {
    pub(in crate::import::moving) address: String,
    /// The equivalent permalink pattern of ours; none when it needs more than the date and the slug.
    pub(in crate::import::moving) ours: Option<String>,
}

/// The tokens that correspond to our `{slug}`.
const SLUGS: &[&str] =
    &["title", "slug", "slugorfilename", "slugorcontentbasename", "filename", "contentbasename", "name"];
/// A placeholder for `{slug}` until the whole pattern is known.
const SLUG: char = '\u{1}';

impl Filling<'_> {
    /// Fills a pattern; none when it has a token without a value.
    pub(in crate::import::moving) fn fill(&self, pattern: &str) -> Option<Filled> {
        let (mut out, mut ours) = (String::new(), Some(String::new()));
        let both = |text: &str, out: &mut String, ours: &mut Option<String>| {
            out.push_str(text);
            if let Some(ours) = ours {
                ours.push_str(text);
            }
        };
        let mut rest = pattern;
        while let Some(at) = rest.find(':') {
            both(&rest[..at], &mut out, &mut ours);
            rest = &rest[at + 1..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            // `:title_suffix` is a token followed by text: the longest known token wins.
            let (length, value) = (1..=end).rev().find_map(|end| Some((end, self.value(&rest[..end])?)))?;
            let token = &rest[..length];
            rest = &rest[length..];
            let range = rest.strip_prefix('[').and_then(|range| range.split_once(']'));
            let value = match range {
                Some((range, after)) => {
                    rest = after;
                    if token == "sections" { self.some_sections(range) } else { value }
                }
                None => value,
            };
            out.push_str(&value);
            match token {
                "year" | "month" | "day" => ours = ours.map(|ours| format!("{ours}{{{token}}}")),
                "2006" => ours = ours.map(|ours| ours + "{year}"),
                "01" => ours = ours.map(|ours| ours + "{month}"),
                "02" => ours = ours.map(|ours| ours + "{day}"),
                "output_ext" => ours = ours.map(|ours| ours + &value),
                token if SLUGS.contains(&token) => ours = ours.map(|ours| format!("{ours}{SLUG}")),
                _ if value.is_empty() => {}
                // The value is specific to this story, so no pattern of ours is equivalent.
                _ => ours = None,
            }
        }
        both(rest, &mut out, &mut ours);
        Some(Filled { address: single_slashes(&out), ours: ours.and_then(|ours| with_slug(&single_slashes(&ours))) })
    }

    /// Returns a range of the folders: `0`, `last`, `1:`, `:last`, `1:3`.
    fn some_sections(&self, range: &str) -> String {
        let count = self.sections.len();
        let index = |text: &str| match text {
            "last" => count.checked_sub(1),
            text => text.parse().ok(),
        };
        let (from, to) = match range.split_once(':') {
            Some((from, to)) => {
                let from = if from.is_empty() { Some(0) } else { index(from) };
                (from, if to.is_empty() { Some(count) } else { index(to) })
            }
            None => (index(range), index(range).map(|at| at + 1)),
        };
        let (Some(from), Some(to)) = (from, to) else { return String::new() };
        self.sections.get(from.min(count)..to.min(count)).unwrap_or_default().join("/")
    }

    fn value(&self, token: &str) -> Option<String> {
        if let Some((_, text)) = self.texts.iter().find(|(name, _)| *name == token) {
            return Some(text.clone());
        }
        if token == "sections" {
            return Some(self.sections.join("/"));
        }
        if let Some(at) = ["hour", "minute", "second"].iter().position(|name| *name == token) {
            return Some(self.clock[at].clone()).filter(|text| !text.is_empty());
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
            token => return layout(token).and_then(|format| Some(self.date?.strftime(&format).to_string())),
        };
        let text = self.date?.strftime(format).to_string();
        Some(if matches!(token, "monthname" | "weekdayname") { text.to_lowercase() } else { text })
    }
}

/// Converts a layout of dates in Go, such as `2006` or `Jan_2`, to a format; none when there is something else in it.
fn layout(text: &str) -> Option<String> {
    const PARTS: &[(&str, &str)] = &[
        ("2006", "%Y"),
        ("January", "%B"),
        ("Monday", "%A"),
        ("Jan", "%b"),
        ("Mon", "%a"),
        ("002", "%j"),
        ("01", "%m"),
        ("02", "%d"),
        ("06", "%y"),
        ("_2", "%e"),
        ("1", "%-m"),
        ("2", "%-d"),
        ("_", "_"),
    ];
    let (mut rest, mut format) = (text, String::new());
    while !rest.is_empty() {
        let (part, of_ours) = PARTS.iter().find(|(part, _)| rest.starts_with(part))?;
        format.push_str(of_ours);
        rest = &rest[part.len()..];
    }
    format.contains('%').then_some(format)
}

/// Returns a path with a leading slash and without repeated slashes.
fn single_slashes(path: &str) -> String {
    let mut out = format!("/{path}");
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    out
}

/// Converts a filled pattern to one of ours, whose slug must be the whole last segment; none when that is not possible.
fn with_slug(pattern: &str) -> Option<String> {
    let pattern = pattern.strip_suffix("/index.html").unwrap_or(pattern);
    let (folders, last) = pattern.trim_end_matches('/').rsplit_once('/')?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'{' | b'}');
    if !last.contains(SLUG) || last.contains('{') || !folders.bytes().all(plain) {
        return None;
    }
    let is_file = is_html(last) && !pattern.ends_with('/');
    Some(format!("{folders}/{}", if is_file { "{slug}.html" } else { "{slug}/" }))
}

/// Whether an address names an HTML file. The comparison is case-sensitive, as on hosts.
pub(in crate::import::moving) fn is_html(address: &str) -> bool {
    std::path::Path::new(address).extension().is_some_and(|ending| ending == "html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_filled() {
        let filling = Filling {
            date: Date::new(2015, 3, 7).ok(),
            sections: vec!["p".to_owned(), "q".to_owned(), "r".to_owned()],
            texts: vec![
                ("title", "a-b".to_owned()),
                ("categories", "x/y".to_owned()),
                ("none", String::new()),
                ("output_ext", ".html".to_owned()),
            ],
            ..Filling::default()
        };
        for (pattern, address, ours) in [
            ("/:categories/:year/:month/:day/:title:output_ext", "/x/y/2015/03/07/a-b.html", None),
            (
                "/:none/:year/:month/:day/:title:output_ext",
                "/2015/03/07/a-b.html",
                Some("/{year}/{month}/{day}/{slug}.html"),
            ),
            ("/:year/:i_month/:i_day/:title/", "/2015/3/7/a-b/", None),
            ("posts/:short_year/:y_day/:title", "/posts/15/066/a-b", None),
            ("/:sections[1:]/:monthname/:title/", "/q/r/march/a-b/", None),
            ("/:sections[last]/:sections[0]/:sections[:last]/:title/", "/r/p/p/q/a-b/", None),
            ("/:year-:month/:title_x/", "/2015-03/a-b_x/", Some("/{year}-{month}/{slug}/")),
            ("/n/:title", "/n/a-b", Some("/n/{slug}/")),
            ("/n/:title/index.html", "/n/a-b/index.html", Some("/n/{slug}/")),
            ("/:title/:year/", "/a-b/2015/", None),
            ("/:2006/:01/:02/:title/", "/2015/03/07/a-b/", Some("/{year}/{month}/{day}/{slug}/")),
            ("/:06/:1/:2/:title/", "/15/3/7/a-b/", None),
            ("/:Jan/:2006_01/:title/", "/Mar/2015_03/a-b/", None),
        ] {
            let filled = filling.fill(pattern).expect(pattern);
            assert_eq!((filled.address.as_str(), filled.ours.as_deref()), (address, ours), "{pattern}");
        }
        assert_eq!(filling.fill("/:unknown/"), None);
    }
}
