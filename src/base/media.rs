//! Media types of files, by their names.

use mime_guess::mime;

/// The media type of a file, with its character set where it is text (RFC 9110, section 8.3).
pub fn media_type(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    if !name.contains('.') {
        // `_redirects`, `CNAME` and their like.
        return mime::TEXT_PLAIN_UTF_8.to_string();
    }
    let guess = mime_guess::from_path(name).first_or_octet_stream();
    let is_text = guess.type_() == mime::TEXT
        || matches!(
            guess.essence_str(),
            "application/json" | "application/javascript" | "application/xml" | "image/svg+xml"
        );
    if is_text { format!("{guess}; charset=utf-8") } else { guess.to_string() }
}

/// Whether the name of a file says what it is.
pub fn is_known(file: &str) -> bool {
    mime_guess::from_path(file.rsplit('/').next().unwrap_or(file)).first().is_some()
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_says_how_it_is_encoded() {
        for (file, media_type) in [
            ("a/index.html", "text/html; charset=utf-8"),
            ("style.css", "text/css; charset=utf-8"),
            ("sitemap.xml", "text/xml; charset=utf-8"),
            ("feed.json", "application/json; charset=utf-8"),
            ("_redirects", "text/plain; charset=utf-8"),
            ("map.svg", "image/svg+xml; charset=utf-8"),
            ("talk.mp3", "audio/mpeg"),
            ("x.unheard-of", "application/octet-stream"),
        ] {
            assert_eq!(super::media_type(file), media_type, "{file}");
        }
    }
}
