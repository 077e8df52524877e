//! The default theme, embedded: the repository's own `templates/` and `static/`.

macro_rules! embedded {
    ($include:ident, $folder:literal, $($name:literal),* $(,)?) => {
        &[$(($name, $include!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $folder, "/", $name)))),*]
    };
}

/// The prefix under which a site's template reaches the built-in one of the same name.
pub(super) const PREFIX: &str = "builtin/";

/// The built-in templates, by name.
pub const TEMPLATES: &[(&str, &str)] = embedded!(
    include_str,
    "templates",
    "404.html",
    "archive.html",
    "article.html",
    "base.html",
    "briefing.html",
    "briefings.html",
    "components.html",
    "corrections.html",
    "email.html",
    "email.txt",
    "front.html",
    "labels.html",
    "month.html",
    "page.html",
    "pair.html",
    "people.html",
    "person.html",
    "redirect.html",
    "thread.html",
    "threads.html",
    "topic-page.html",
    "topic.html",
    "topics.html",
    "year.html",
);

/// The built-in static files, by path.
pub const STATICS: &[(&str, &[u8])] = embedded!(include_bytes, "static", "favicon.svg", "style.css");

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// The names of all files of a folder of the repository.
    fn files(folder: &str) -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let (entries, _) = crate::base::disk::walk(&root, folder);
        entries.into_iter().map(|entry| entry.path).collect()
    }

    #[test]
    fn every_file_of_the_theme_is_embedded() {
        assert_eq!(files("templates"), TEMPLATES.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(files("static"), STATICS.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
    }
}
