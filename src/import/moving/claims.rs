//! Former addresses that are spoken for, so that no two of the new site want one file, and none a folder where another
//! wants a file.

use std::collections::BTreeSet;

/// Addresses by the files that answer them.
#[derive(Default)]
pub(super) struct Claims {
    /// Files, each by its path without `/index.html`.
    answered: BTreeSet<String>,
    /// Those of them that are no folders.
    files: BTreeSet<String>,
    /// Folders above files.
    folders: BTreeSet<String>,
}

impl Claims {
    /// Claims an address; false when another has it, or stands in its way.
    pub(super) fn claim(&mut self, address: &str) -> bool {
        let form = file_of(address);
        let is_file = !address.ends_with('/') && form.rsplit('/').next().is_some_and(|last| last.contains('.'));
        let above: Vec<&str> =
            form.match_indices('/').map(|(at, _)| &form[..at]).filter(|path| !path.is_empty()).collect();
        let is_blocked = self.answered.contains(&form)
            || is_file && self.folders.contains(&form)
            || !is_file && self.files.contains(&form)
            || above.iter().any(|path| self.files.contains(*path));
        if is_blocked {
            return false;
        }
        self.folders.extend(above.into_iter().map(str::to_owned));
        if is_file {
            self.files.insert(form.clone());
        } else {
            self.folders.insert(form.clone());
            self.files.insert(format!("{form}/index.html"));
        }
        self.answered.insert(form)
    }
}

/// The file that would answer an address, without regard to capitals.
pub(super) fn file_of(address: &str) -> String {
    let lower = address.to_lowercase();
    let lower = lower.strip_suffix("index.html").filter(|rest| rest.ends_with('/')).unwrap_or(&lower);
    lower.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_claimed_once_and_no_folder_is_a_file() {
        let mut claims = Claims::default();
        for (address, is_free) in [
            ("/a/", true),
            ("/A", false),
            ("/a/index.html", false),
            ("/a.html", true),
            ("/a.html/", false),
            ("/a.html/b/", false),
            ("/c.html/", true),
            ("/c.html", false),
            ("/d.e/f/", true),
            ("/d.e", false),
            ("/a/index.html/", false),
        ] {
            assert_eq!(claims.claim(address), is_free, "{address}");
        }
    }
}
