//! Media types by file name.

use mime_guess::mime;

/// The media type of a file (RFC 9110, section 8.3), with `charset` for text.
pub fn media_type(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    if !name.contains('.') {
        // Extensionless files of hosts, such as `_redirects` and `CNAME`.
        return mime::TEXT_PLAIN_UTF_8.to_string();
    }
    if is_page(name) {
        return mime::TEXT_HTML_UTF_8.to_string();
    }
    let guess = mime_guess::from_path(name).first_or_octet_stream();
    let is_text = guess.type_() == mime::TEXT
        || matches!(
            guess.essence_str(),
            "application/json" | "application/javascript" | "application/xml" | "image/svg+xml"
        );
    if is_text { format!("{guess}; charset=utf-8") } else { guess.to_string() }
}

/// The media type of a picture, by the path of its address; host, query and fragment are ignored. `None` when the path
/// does not tell: a wrong type hides a picture from readers, a missing one does not.
pub fn picture_type(address: &str) -> Option<String> {
    let address = address.split(['?', '#']).next().unwrap_or(address);
    let path = match address.split_once("//") {
        Some((scheme, rest)) if scheme.is_empty() || scheme.ends_with(':') => rest.split_once('/')?.1,
        _ => address,
    };
    let guess = mime_guess::from_path(path.rsplit('/').next().unwrap_or(path)).first()?;
    (guess.type_() == mime::IMAGE).then(|| guess.essence_str().to_owned())
}

/// The media type of an audio file, by its name.
pub fn audio_type(src: &str) -> Option<&'static str> {
    let path = src.split(['?', '#']).next().unwrap_or("");
    Some(match path.rsplit('.').next()?.to_ascii_lowercase().as_str() {
        "mp3" => "audio/mpeg",
        "m4a" | "mp4" | "aac" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        _ => return None,
    })
}

/// Extensions that web servers use for pages. A file of this site with such a name counts as a page.
const PAGES: [&str; 20] = [
    "html", "htm", "xhtml", "shtml", "shtm", "stm", "php", "php3", "php4", "php5", "phtml", "asp", "aspx", "ashx",
    "jsp", "jspx", "cfm", "cfml", "jhtml", "dhtml",
];

/// Whether a file name is that of an HTML page.
pub fn is_page(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| PAGES.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// Whether a file name has a known extension.
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
            ("old/index.PHP", "text/html; charset=utf-8"),
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

    #[test]
    fn the_path_of_a_picture_tells_its_type_or_nothing_does() {
        for (address, media_type) in [
            ("https://img.example/p.jpg?w=100", Some("image/jpeg")),
            ("https://img.example/p.avif#x", Some("image/avif")),
            ("//img.example/a/p.SVG?v=a.png#b.gif", Some("image/svg+xml")),
            ("/2023/10/17/visit/my%20pic.webp", Some("image/webp")),
            ("https://img.example/image?id=3", None),
            ("https://img.example/image?file=p.jpg", None),
            ("https://pictures.jpg", None),
            ("https://img.example/p.jpg/", None),
            ("https://img.example/p.mp3", None),
            ("", None),
        ] {
            assert_eq!(super::picture_type(address).as_deref(), media_type, "{address}");
        }
    }
}
