//! The names of the files in `.dateline/`, the private folder in the output folder.

use std::path::{Path, PathBuf};

use crate::base::disk;

/// The private folder in the output folder.
pub const OWN: &str = ".dateline";

pub(super) const LEDGER: &str = "ledger";

pub(super) const NEXT: &str = "ledger.next";

pub(super) const JOURNAL: &str = "journal";

pub(super) const STAGING: &str = "staging";

pub(super) const LOCK: &str = "lock";

pub(super) const FOREIGN: &str = "foreign";

pub(super) const SETTLED: &str = "settled";
pub(super) const INPUTS: &str = "inputs";

/// The file that makes Apache refuse requests for the private folder, in case the output folder is served as it is.
pub(super) const HTACCESS: &str = ".htaccess";

pub(super) const DENIED: &str = "<IfModule mod_authz_core.c>\nRequire all denied\n</IfModule>\n<IfModule !mod_authz_core.c>\nDeny from all\n</IfModule>\n";

/// Writes the `.htaccess` unless there is one.
pub(super) fn deny(own: &Path) -> disk::Result<()> {
    let file = own.join(HTACCESS);
    if disk::exists(&file) { Ok(()) } else { disk::write(&file, DENIED.as_bytes()) }
}

pub(super) fn own_folder(output: &Path) -> PathBuf {
    output.join(OWN)
}
