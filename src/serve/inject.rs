//! The client script that the server injects into pages, and the fingerprints by which it detects that a page has
//! changed.

use super::html::{OWN, escape};
use crate::base::digest::{Digest, Digester};
use crate::base::html::{self, Token};

/// The identity of a page as a tab shows it. Style sheets are kept apart because the client can replace them without
/// reloading the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    pub(super) page: Digest,
    pub(super) sheets: Vec<String>,
}

impl Fingerprint {
    /// Computes the fingerprint of a page: `page` digests the HTML without its style sheet links, together with the
    /// files that it embeds. `file` returns the digest of the file at an address, if the site has one there.
    pub(super) fn of(html: &str, file: impl Fn(&str) -> Option<Digest>) -> Self {
        let mut digester = Digester::new();
        let mut sheets = Vec::new();
        let mut from = 0;
        for (token, range) in html::tokens(html) {
            let Token::Open(tag) = token else { continue };
            if tag.is("link")
                && tag.get("rel").as_deref() == Some("stylesheet")
                && let Some(href) = tag.get("href")
            {
                digester.part(&html.as_bytes()[from..range.start]);
                from = range.end;
                // Appended as a query, so that tabs reload style sheets whose URL did not change.
                let digest = file(&href).map_or_else(String::new, |digest| format!("?{}", digest.short()));
                sheets.push(format!("{href}{digest}"));
                continue;
            }
            for address in tag.addresses() {
                if let Some(digest) = file(&html::decode(address.value)) {
                    digester.value(&digest);
                }
            }
        }
        digester.part(&html.as_bytes()[from..]);
        Self { page: digester.finish(), sheets }
    }
}

/// Returns the page with the client script before `</body>`, or at the end when there is no such tag. `preview` is the
/// banner text for pages that readers cannot see yet.
pub(super) fn inject(html: &str, fingerprint: &Fingerprint, preview: Option<&str>) -> String {
    let preview = preview.map_or_else(String::new, |preview| format!(" data-preview=\"{}\"", escape(preview)));
    let sheets = escape(&serde_json::json!(fingerprint.sheets).to_string());
    let script = format!(
        "<script src=\"{OWN}client.js\" defer data-page=\"{}\" data-sheets=\"{sheets}\"{preview}></script>",
        fingerprint.page
    );
    match html.rfind("</body>") {
        Some(at) => format!("{}{script}{}", &html[..at], &html[at..]),
        None => format!("{html}{script}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Fingerprint {
        Fingerprint::of(html, |address| address.contains("picture").then(|| Digest::of(b"picture")))
    }

    #[test]
    fn style_sheets_are_told_apart_from_the_page() {
        let page = |sheet: &str, text: &str| {
            of(&format!("<link rel=\"stylesheet\" href=\"{sheet}\"><link rel=\"icon\" href=\"/i\"><p>{text}</p>"))
        };
        assert_eq!(page("/a.css", "x").page, page("/b.css", "x").page);
        assert_eq!(page("/a.css", "x").sheets, ["/a.css"]);
        assert_ne!(page("/a.css", "x").page, page("/a.css", "y").page);
    }

    #[test]
    fn a_file_in_the_page_counts() {
        let html = "<img src=\"/a/picture\"><a href=\"/b\">b</a>";
        let other = Fingerprint::of(html, |address| address.contains("picture").then(|| Digest::of(b"other")));
        assert_ne!(of(html), other);
    }

    #[test]
    fn the_script_goes_before_the_end_of_the_body() {
        let html = "<body><p>x</p></body></html>";
        let page = inject(html, &of(html), Some("Draft"));
        assert!(page.starts_with("<body><p>x</p><script src=\"/_dateline/client.js\""), "{page}");
        assert!(page.ends_with("data-preview=\"Draft\"></script></body></html>"), "{page}");
    }
}
