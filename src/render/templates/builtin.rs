//! The default theme, embedded: the repository's own `templates/` and `static/`, listed by `build.rs`.

/// The prefix under which a site's template reaches the built-in one of the same name.
pub(super) const PREFIX: &str = "builtin/";

include!(concat!(env!("OUT_DIR"), "/theme.rs"));

#[cfg(test)]
mod tests {
    #[test]
    fn every_file_of_the_theme_is_embedded() {
        let names = |theme: &[(&'static str, &[u8])]| theme.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let templates: Vec<(&str, &[u8])> =
            super::TEMPLATES.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        for (folder, embedded) in [("templates", names(&templates)), ("static", names(super::STATICS))] {
            let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let (entries, _) = crate::base::disk::walk(&root, folder);
            assert_eq!(embedded, entries.iter().map(|entry| entry.path.as_str()).collect::<Vec<_>>(), "{folder}");
        }
    }
}
