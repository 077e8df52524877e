//! Addresses of other sites in a compiled text.

use super::Body;

impl Body {
    /// The addresses of links and pictures that are not of this site, in the order of the text, as they stand in it.
    pub fn outside(&self) -> impl Iterator<Item = String> {
        let starts = ["href=\"http", "src=\"http"].map(|start| self.html.match_indices(start).map(|(at, _)| at));
        let mut starts: Vec<usize> = starts.into_iter().flatten().collect();
        starts.sort_unstable();
        let value = |at: usize| {
            let value = self.html[at..].split('"').nth(1)?;
            let url = value.replace("&amp;", "&").replace("&#x27;", "'").replace("&#39;", "'");
            (url.starts_with("http://") || url.starts_with("https://")).then_some(url)
        };
        starts.into_iter().filter_map(value)
    }
}
