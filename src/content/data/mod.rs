//! Data files: `data/**` in CSV, JSON, YAML or TOML → values for templates, and tables for blocks.
//!
//! In: the text of a file. Out: a [`DataFile`], or a problem with file, line and column. Deliberately not here: who asks for
//! it, which is a page's template or a block of a text.

mod parse;
pub mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::base::digest::Digest;
use crate::base::report::Report;
use crate::base::text::near::Near;
use table::DataTable;

pub use parse::{csv, of_toml};

/// The endings of the names of data files.
pub const ENDINGS: [&str; 5] = ["csv", "json", "yaml", "yml", "toml"];

/// All data files, by their paths below `data/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Data {
    files: BTreeMap<String, Arc<DataFile>>,
}

/// A data file.
#[derive(Clone, Debug)]
pub struct DataFile {
    /// Digest of its name and text.
    pub digest: Digest,
    /// Its value. Of a CSV file that is a list of maps, one for each row, by the names of the first row.
    pub value: Value,
    table: Option<DataTable>,
}

impl PartialEq for DataFile {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl Eq for DataFile {}

impl DataFile {
    /// Its rows, when it is a list of maps.
    pub fn table(&self) -> Option<&DataTable> {
        self.table.as_ref()
    }
}

impl Data {
    /// Reads the files of a list of paths below `data/`, each with its text.
    pub fn read(texts: &[(String, String)]) -> (Self, Report) {
        let mut report = Report::default();
        let mut files = BTreeMap::new();
        for (path, text) in texts {
            match parse::value(path, text) {
                Ok((value, table)) => {
                    let table = table.or_else(|| DataTable::of(&value));
                    let digest = Digest::of(format!("{path}\0{text}").as_bytes());
                    files.insert(path.clone(), Arc::new(DataFile { digest, value, table }));
                }
                Err(problem) => report.push(*problem),
            }
        }
        (Self { files }, report)
    }

    /// The file at a path below `data/`.
    pub fn get(&self, path: &str) -> Option<&Arc<DataFile>> {
        self.files.get(path.strip_prefix("data/").unwrap_or(path))
    }

    /// The path that was probably meant.
    pub fn near(&self, path: &str) -> Option<String> {
        Near::of(self.files.keys().map(String::as_str)).to(path).map(str::to_owned)
    }
}
