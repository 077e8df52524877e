//! The file that a configuration was read from: its name and its text, for messages and for keys.

use std::sync::Arc;

use super::Config;
use crate::base::digest::{Digest, Digester};
use crate::base::report::Place;
use crate::base::yaml::marked;
use crate::base::yaml::source::Source;

/// A configuration as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    file: Arc<str>,
    text: Arc<str>,
}

impl Written {
    /// The text of a file.
    pub(super) fn new(file: &str, text: &str) -> Self {
        Self { file: file.into(), text: text.into() }
    }
}

impl Config {
    /// The file's name, relative to the site's root: `dateline.yaml`, or what `--config` names.
    pub fn file(&self) -> &str {
        &self.written.file
    }

    /// The file's text.
    pub fn text(&self) -> &str {
        &self.written.text
    }

    /// Where a value stands, by its path: `["gone", "0"]`. The value's parent, or the whole file, when it is not there.
    pub fn place(&self, path: &[&str]) -> Place {
        let source = Source::whole(&self.written.file, &self.written.text);
        match marked::parse(source.text) {
            Ok(tree) if tree.find(path.iter().copied()).key.is_some() || path.len() > 1 => {
                source.place(tree.find(path.iter().copied()).value)
            }
            _ => Place::file(&*self.written.file),
        }
    }

    /// The digest of all settings: of the file's name and text, and of the address that the command line may have put in
    /// the place of `base_url`. The text and not only what was understood of it, since a setting that changes nothing on a
    /// page may still change a message.
    pub fn digest(&self) -> Digest {
        let Written { file, text } = &self.written;
        let mut digester = Digester::new();
        digester.part(file.as_bytes()).part(text.as_bytes()).part(self.base_url.whole().as_bytes());
        digester.finish()
    }
}
