//! The words of the interface that the program says itself.

use super::SiteContext;

impl SiteContext {
    /// A word of the interface.
    pub(in crate::plan) fn say(&self, name: &str) -> String {
        self.site.config.words.text(name).to_owned()
    }

    /// A word of the interface about `{site}`, the publication.
    pub(in crate::plan) fn say_of(&self, name: &str) -> String {
        self.site.config.words.filled(name, &[("site", &self.site.config.title)])
    }
}
