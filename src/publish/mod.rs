//! Floor 6: what was rendered goes live, all or nothing.
//!
//! In: routes with their bytes, or the files to copy. Out: an output folder that holds exactly those, and whatever else
//! the user keeps there; a [`Summary`] of what changed. Files whose bytes are the same are not touched.
//!
//! Deliberately not here: what a page is, why it must be rendered again, and where else it is deployed to.
//!
//! Private outputs, such as e-mails, are published like all others, but below `<output>/.dateline/private/`, which is
//! never deployed nor served (see [`Route::private`]).
//!
//! Everything that this floor keeps is in `<output>/.dateline/`: the `ledger` of what was written, the `lock`,
//! `private/`, and, while a command runs, `staging/` and `journal`. See `commit.rs` for what happens when it is interrupted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::base::route::Route;

mod clean;
mod commit;
mod compare;
mod files;
mod foreign;
mod guard;
pub mod ledger;
mod lock;
mod publication;
mod reason;
mod settled;
mod staging;
#[cfg(test)]
mod tests;

pub use crate::base::rank::Rank;
pub use clean::{Cleaned, clean};
pub use compare::{compare, standing};
pub use ledger::Entry;
pub use publication::Publication;
pub use reason::Reason;
pub use settled::{Audited, Settled};

/// Our own folder in the output.
pub const OWN: &str = ".dateline";
const LEDGER: &str = "ledger";
const NEXT: &str = "ledger.next";
const JOURNAL: &str = "journal";
const STAGING: &str = "staging";
const LOCK: &str = "lock";
const FOREIGN: &str = "foreign";
const SETTLED: &str = "settled";

/// What keeps Apache from showing our folder to readers, wherever the output folder is served as it is.
const HTACCESS: &str = ".htaccess";
const DENIED: &str = "<IfModule mod_authz_core.c>\nRequire all denied\n</IfModule>\n<IfModule !mod_authz_core.c>\nDeny from all\n</IfModule>\n";

/// Writes it where it is missing.
fn deny(own: &Path) -> disk::Result<()> {
    let file = own.join(HTACCESS);
    if disk::exists(&file) { Ok(()) } else { disk::write(&file, DENIED.as_bytes()) }
}

fn own_folder(output: &Path) -> PathBuf {
    output.join(OWN)
}

/// What an output consists of.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// The bytes of this file, which are copied and never all in memory, and the digest that they had when the file was
    /// read: what is said of them elsewhere on the site must be true of what goes out.
    File(&'a Path, Digest),
}

impl Content<'_> {
    /// Makes sure that bytes with this digest are those that were meant.
    fn expect(&self, digest: Digest) -> Result<(), Diagnostic> {
        match self {
            Self::File(file, known) if *known != digest => {
                Err(Diagnostic::error(codes::CHANGING, format!("`{}` changed while the site was made", file.display()))
                    .help(WHOLE))
            }
            _ => Ok(()),
        }
    }
}

/// What to do about files that come, go and change while a site is made.
const WHOLE: &str =
    "whatever writes this file should make it elsewhere and move it here once it is whole; then build again";

/// The problem of a file that was to be published and cannot be read. That it is gone, or a folder in its place, is one of its own.
pub fn unread(error: disk::Error, content: &Content<'_>) -> Diagnostic {
    let is_gone = error.is_gone() || error.kind() == std::io::ErrorKind::IsADirectory;
    match content {
        Content::File(file, _) if is_gone && error.path() == *file => {
            Diagnostic::error(codes::VANISHED, format!("`{}` went away while the site was made", file.display()))
                .help(WHOLE)
        }
        _ => error.into(),
    }
}

/// How to publish.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Trust no record: no output is taken to be up to date, and all are compared with the files by their bytes.
    pub clean: bool,
    /// The command that is running, for others that find the output locked.
    pub command: String,
    /// Folders that are never outputs, such as the user's home.
    pub protected: Vec<PathBuf>,
}

/// What a publication did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Routes that were not there before.
    pub added: Vec<Route>,
    /// Routes with other bytes than before, or whose file someone had changed or removed.
    pub changed: Vec<Route>,
    /// Routes that are no longer there.
    pub removed: Vec<Route>,
    /// How many outputs were left as they were.
    pub unchanged: usize,
    /// Files in the output folder that are not Dateline's, by path.
    pub foreign: Vec<String>,
    /// How many outputs were made, by reason.
    pub reasons: BTreeMap<Reason, usize>,
}
