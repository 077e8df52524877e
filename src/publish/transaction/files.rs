//! The set of files that a publication consists of.

use super::commit;
use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::route::Route;
use crate::publish::records::ledger::Ledger;

/// The files of a ledger, sorted by path for binary search.
pub(in crate::publish) struct Files(Vec<String>);

impl Files {
    /// Lists the files. Fails when two outputs claim one file, or one claims a file that another needs as a folder.
    pub(in crate::publish) fn of(ledger: &Ledger) -> Result<Self, Diagnostic> {
        let mut files: Vec<String> = ledger.entries().iter().map(|entry| entry.route.file()).collect();
        files.sort_unstable();
        let files = Self(files);
        let twice = files.0.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| &*pair[0]);
        match twice.or_else(|| files.folders().find(|folder| files.has(folder))) {
            Some(file) => Err(clash(&Route::read_back(&format!("/{file}")).unwrap_or_else(|_| Route::own("/")))),
            None => Ok(files),
        }
    }

    /// Whether the set contains `file`.
    pub(in crate::publish) fn has(&self, file: &str) -> bool {
        self.0.binary_search_by(|other| other.as_str().cmp(file)).is_ok()
    }

    /// The ancestor folders of all files, each once.
    pub(in crate::publish) fn folders(&self) -> impl Iterator<Item = &str> {
        let previous = std::iter::once("").chain(self.0.iter().map(String::as_str));
        previous.zip(&self.0).flat_map(|(previous, file)| {
            // The files of a folder are neighbours in the order, so a folder is new unless the previous file is in it
            // too.
            let shared = |folder: &str| previous.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            commit::above(file).filter(move |folder| !shared(folder))
        })
    }
}

/// The error for two outputs that claim one file.
pub(in crate::publish) fn clash(route: &Route) -> Diagnostic {
    Diagnostic::error(codes::ROUTE_CONFLICT, format!("two outputs claim `{route}`"))
        .help("give one of the two another slug")
}
