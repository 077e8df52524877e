//! What the desk would take away from a story that is there already.

use super::collections::kind_of;
use super::fields;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place};
use crate::base::yaml::any;
use crate::content::front;
use crate::content::schema;

/// A warning for each key of a content file whose value the desk would lose. `path` is relative to the site's root.
pub fn losses(path: &str, text: &str) -> Vec<Diagnostic> {
    let Some(kind) = kind_of(path) else { return Vec::new() };
    // What is wrong with a file is for `check` to say.
    let Some(keys) = front::split(path, text).ok().and_then(|parts| any::parse(parts.front).ok()) else {
        return Vec::new();
    };
    let schema = schema::schema();
    let warning = |name: &&str| {
        let message = format!("`{name}` is in a form that the desk in the browser loses");
        Diagnostic::warning(codes::LOST_IN_DESK, message).at(Place::file(path)).help(if *name == "dateline" {
            "write it as a line: `PARIS, Oct 17 (Agency)`"
        } else {
            "write the long form, such as `image: {src: …}` or a list of maps"
        })
    };
    fields::lost(&schema[kind], &keys).iter().map(warning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_lost_and_long_ones_are_not() {
        let lost = |front: &str| -> Vec<String> {
            let found = losses("content/articles/2023/10/a.md", &format!("---\ntitle: A\n{front}\n---\nText.\n"));
            found.iter().map(|problem| problem.message.split('`').nth(1).unwrap_or_default().to_owned()).collect()
        };
        assert_eq!(
            lost("image: a.jpg\ndateline: {places: [PARIS]}\nsources: [Reuters]\nupdates: {at: 2023-10-18}"),
            ["updates", "dateline", "sources", "image"]
        );
        assert_eq!(
            lost("image: {src: a.jpg}\ndateline: PARIS\nsources: [{name: Reuters}]\nupdates: [{at: 2023-10-18}]"),
            [""; 0]
        );
        assert_eq!(lost("authors: World desk\ntopics: Grain\nimage:\nextra: {a: [1]}"), [""; 0], "these are kept");
        assert!(losses("content/other/a.md", "---\nimage: a.jpg\n---\n").is_empty());
        assert!(losses("content/articles/a.md", "no front matter").is_empty());
    }
}
