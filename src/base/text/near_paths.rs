//! The path that was most likely meant. Its last part decides: of two stories of one day nearly all of the path is the same,
//! and a story that was looked for under another day is still that story.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::near::Near;

/// Paths, and what finds those whose last part is near to that of another.
pub struct NearPaths {
    /// By the last part.
    by_name: BTreeMap<Box<str>, Vec<Box<str>>>,
    names: Near,
}

impl NearPaths {
    /// The index of these paths.
    pub fn of<'a>(known: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_name: BTreeMap<Box<str>, Vec<Box<str>>> = BTreeMap::new();
        for path in known {
            by_name.entry(name(path).into()).or_default().push(path.into());
        }
        let names = Near::of(by_name.keys().map(|name| &**name));
        Self { by_name, names }
    }

    /// The known path that `path` most likely meant: of those with the same last part, or with the nearest, the one that
    /// begins most like it.
    pub fn to(&self, path: &str) -> Option<&str> {
        let named = name(path);
        let known = if self.by_name.contains_key(named) { named } else { self.names.to(named)? };
        let shared = |other: &str| path.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
        self.by_name
            .get(known)?
            .iter()
            .map(|path| &**path)
            .min_by_key(|other| (Reverse(shared(other)), other.len(), *other))
    }
}

/// The last part of a path that says something: that of `/2023/10/17/visit/` is `visit`, also when it has an `index.html`.
fn name(path: &str) -> &str {
    path.trim_end_matches("index.html").trim_end_matches('/').rsplit('/').next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_decides() {
        let known = [
            "/",
            "/about/",
            "/2023/10/16/visit/",
            "/2023/10/17/port/",
            "/2023/10/17/visit/",
            "/topics/icc/",
            "/2023/10/",
        ];
        let near = NearPaths::of(known);
        for (path, meant) in [
            ("/2023/10/17/visti/", Some("/2023/10/17/visit/")),
            ("/2022/01/01/visit/", Some("/2023/10/16/visit/")),
            ("/visit", Some("/2023/10/16/visit/")),
            ("/2023/10/17/ship/", None),
            ("/2023/10/17/storm/", None),
            ("/abuot/index.html", Some("/about/")),
            ("/topic/icc/", Some("/topics/icc/")),
            ("", Some("/")),
        ] {
            assert_eq!(near.to(path), meant, "{path}");
        }
        assert_eq!(NearPaths::of([]).to("/x/"), None);
    }
}
