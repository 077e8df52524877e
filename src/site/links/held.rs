//! The addresses and files of withheld documents: their routes, former routes, everything below these, and the files in
//! their folders. No link may point there, and no other document may publish those files.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::base::text;
use crate::site::documents::lookup::Documents;
use crate::site::documents::visibility::Showing;
use crate::site::ids::DocId;

pub(in crate::site) struct Held<'a> {
    /// Routes in composed form (NFC), without a trailing slash.
    addresses: HashMap<Cow<'a, str>, DocId>,
    /// The folder of each document named `index.md`, and whether that document is withheld.
    folders: HashMap<Cow<'a, str>, (DocId, bool)>,
}

impl<'a> Held<'a> {
    pub(in crate::site) fn of(documents: &'a Documents, shown: &[Showing]) -> Self {
        let mut addresses = HashMap::new();
        let mut folders = HashMap::new();
        for ((id, document), showing) in documents.numbered().zip(shown) {
            if let Some(folder) = document.path.strip_suffix("/index.md") {
                folders.insert(text::composed(folder), (id, showing.is_withheld()));
            }
            if showing.is_withheld() {
                for route in document.route.iter().chain(document.aliases()) {
                    addresses.insert(text::composed(bare(route.as_str())), id);
                }
            }
        }
        // The front page is a prefix of every address, so that it must not be listed.
        addresses.remove("");
        Self { addresses, folders }
    }

    /// The withheld document at this percent-decoded path of the site, or at a prefix of it.
    pub(in crate::site) fn at(&self, path: &str) -> Option<DocId> {
        let path = text::composed(path);
        let mut rest = bare(path.strip_suffix("index.html").unwrap_or(&path));
        while !rest.is_empty() {
            if let Some(id) = self.addresses.get(rest) {
                return Some(*id);
            }
            rest = rest.rsplit_once('/')?.0;
        }
        None
    }

    /// The withheld document whose folder contains the file at `path`, relative to the site's root. The innermost
    /// folder with a document decides.
    pub(in crate::site) fn beside(&self, path: &str) -> Option<DocId> {
        let mut folder = path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            if let Some((id, is_withheld)) = self.folders.get(above) {
                return is_withheld.then_some(*id);
            }
            folder = above;
        }
        None
    }
}

/// The path without trailing slashes.
pub(in crate::site) fn bare(address: &str) -> &str {
    address.trim_end_matches('/')
}
