//! The addresses and files of withheld documents: their routes, former routes, everything below these, and the files in
//! their folders. No link may point there, and no other document may publish those files. Also the files of withdrawn
//! stories, which other documents should not show.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::base::text;
use crate::config::Config;
use crate::content::document::{Content, Document};
use crate::site::documents::heads::is_withdrawn;
use crate::site::documents::lookup::Documents;
use crate::site::documents::visibility::Showing;
use crate::site::ids::DocId;

pub(in crate::site) struct Held<'a> {
    /// Routes in composed form (NFC), without a trailing slash, each with its document if that is withheld.
    addresses: HashMap<Cow<'a, str>, Option<DocId>>,
    /// The folder of each document named `index.md`, and what became of that document.
    folders: HashMap<Cow<'a, str>, (DocId, FolderStatus)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FolderStatus {
    Live,
    Withheld,
    Withdrawn,
}

impl FolderStatus {
    fn of(document: &Document, showing: Showing) -> Self {
        match &document.content {
            _ if showing.is_withheld() => Self::Withheld,
            Content::Article(head, _) if is_withdrawn(head) => Self::Withdrawn,
            _ => Self::Live,
        }
    }
}

impl<'a> Held<'a> {
    pub(in crate::site) fn of(documents: &'a Documents, shown: &[Showing], config: &Config) -> Self {
        let mut addresses = HashMap::new();
        let mut folders = HashMap::new();
        for ((id, document), showing) in documents.numbered().zip(shown) {
            if let Some(folder) = document.path.strip_suffix("/index.md") {
                folders.insert(text::composed(folder), (id, FolderStatus::of(document, *showing)));
            }
            // An address on another host is none of this one.
            let is_here = config.other_host(document.language()).is_none();
            for route in document.route.iter().chain(document.aliases()).filter(|_| is_here) {
                let entry = addresses.entry(text::composed(bare(route.as_str()))).or_insert(None);
                if showing.is_withheld() {
                    *entry = Some(id);
                }
            }
        }
        // The front page is a prefix of every address, so that it must not be listed.
        addresses.remove("");
        Self { addresses, folders }
    }

    /// The withheld document at this percent-decoded path of the site, or at a prefix of it. The longest prefix with a
    /// document decides: a page below a withheld one may be public.
    pub(in crate::site) fn at(&self, path: &str) -> Option<DocId> {
        let path = text::composed(path);
        let mut rest = bare(path.strip_suffix("index.html").unwrap_or(&path));
        while !rest.is_empty() {
            if let Some(id) = self.addresses.get(rest) {
                return *id;
            }
            rest = rest.rsplit_once('/')?.0;
        }
        None
    }

    /// The withheld document whose folder contains the file at `path`, relative to the site's root. The innermost
    /// folder with a document decides.
    pub(in crate::site) fn beside(&self, path: &str) -> Option<DocId> {
        self.of_file(path, FolderStatus::Withheld)
    }

    /// The withdrawn story whose folder contains the file at `path`.
    pub(in crate::site) fn beside_withdrawn(&self, path: &str) -> Option<DocId> {
        self.of_file(path, FolderStatus::Withdrawn)
    }

    fn of_file(&self, path: &str, wanted: FolderStatus) -> Option<DocId> {
        let mut folder = path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            if let Some((id, state)) = self.folders.get(above) {
                return (*state == wanted).then_some(*id);
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
