//! Suggestions for misspelt paths. The last segment decides: paths of stories from one day share nearly everything
//! else, and a story looked up under the wrong date is still that story.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::near::Near;

/// Known paths, indexed by their last segment.
pub struct NearPaths {
    /// Paths by last segment.
    by_name: BTreeMap<Box<str>, Vec<Box<str>>>,
    names: Near,
}

impl NearPaths {
    /// Indexes the given paths.
    pub fn of<'a>(known: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_name: BTreeMap<Box<str>, Vec<Box<str>>> = BTreeMap::new();
        for path in known {
            by_name.entry(name(path).into()).or_default().push(path.into());
        }
        let names = Near::of(by_name.keys().map(|name| &**name));
        Self { by_name, names }
    }

    /// The known path that `path` most likely meant: among paths with the same last segment, or the nearest one, the
    /// path with the longest common prefix.
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

/// The last meaningful segment of a path: `visit` for `/2023/10/17/visit/`, and also when the path ends in
/// `index.html`.
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
