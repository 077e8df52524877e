//! What the targets share: small sites in a temporary folder, and requests for them.

use std::path::Path;

use dateline::pipeline::{Now, Request};
use dateline::site::Scope;

/// Writes files, each a path below `folder` and its text.
pub fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().expect("it is in a folder")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }
}

/// The site in `root`, as of one instant.
pub fn request(root: &Path) -> Request {
    Request {
        root: root.to_owned(),
        config: root.join("dateline.yaml"),
        language: None,
        base_url: None,
        origin: None,
        now: Now::Text("2023-10-18T12:00:00Z".to_owned()),
        scope: Scope::default(),
    }
}
