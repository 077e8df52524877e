//! A desk in the browser: the files of Sveltia CMS, with a configuration for this site.
//!
//! In: the site's time zone and address, and where its repository is. Out: the files of `static/admin/`. The fields of each kind
//! come from the schema that front matter is checked with ([`schema`](crate::content::schema)), so that a key that is
//! new there is in the desk too. Deliberately not here: how the script is made, which is `packaging/cms/`.

mod backend;
mod collections;
mod fields;
mod losses;

use std::io::Read;

use flate2::read::GzDecoder;

use super::NewFile;
use crate::content::folders::ADMIN;

pub use backend::Backend;
pub use collections::{SiteFacts, config};
pub use losses::losses;

/// The page that loads the script.
const PAGE: &str = include_str!("index.html");
/// The script, compressed with gzip: a quarter of its size.
const SCRIPT: &[u8] = include_bytes!("vendor/sveltia-cms.js.gz");
/// The font with its icons.
const ICONS: &[u8] = include_bytes!("vendor/material-symbols-outlined.woff2");
const LICENCES: &str = include_str!("vendor/LICENSES.txt");

/// The files of the desk of a site.
pub fn files(site: &SiteFacts, backend: &Backend) -> Vec<NewFile> {
    let mut script = Vec::new();
    // It is a part of this program, and a test reads it.
    let _ = GzDecoder::new(SCRIPT).read_to_end(&mut script);
    let file = |name: &str, bytes: Vec<u8>| NewFile { path: format!("{ADMIN}/{name}"), bytes };
    vec![
        file("index.html", PAGE.into()),
        file("config.yml", config(site, backend).into_bytes()),
        file("sveltia-cms.js", script),
        file("material-symbols-outlined.woff2", ICONS.into()),
        file("LICENSES.txt", LICENCES.into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::Zone;

    #[test]
    fn the_script_is_whole_and_loads_no_font_from_elsewhere() {
        let backend = Backend::parse("github:owner/repository").expect("a backend");
        let files = files(&SiteFacts { zone: Zone::utc(), address: None, depth: 2 }, &backend);
        let script = files.iter().find(|file| file.path == format!("{ADMIN}/sveltia-cms.js")).expect("a script");
        let text = String::from_utf8_lossy(&script.bytes);
        assert!(text.len() > 2_000_000 && text.trim_end().ends_with(");"), "{}", text.len());
        assert!(text.contains("url(material-symbols-outlined.woff2)") && !text.contains("cdn.jsdelivr.net"));
        assert!(!text.contains("sourceMappingURL"));
    }
}
