//! Former addresses in use, to ensure that no two of them need the same file, or one a file where the other needs a
//! folder.

use std::collections::BTreeMap;

/// The owner of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A page that Dateline generates.
    Dateline,
    /// The story from this file of the source site.
    Moved(String),
    /// This file, which the new site has already.
    There(String),
}

impl Owner {
    /// Returns the reason why another file cannot have the address.
    pub(in crate::import::moving) fn reason(&self) -> String {
        match self {
            Self::Dateline => "Dateline makes a page there itself".to_owned(),
            Self::Moved(file) => format!("`{file}` has it"),
            Self::There(file) => format!("`{file}` of the new site has it"),
        }
    }
}

/// The addresses in use by the files that answer them, with their owners.
#[derive(Default)]
pub(super) struct Claims {
    /// All claimed addresses, by path without `/index.html`.
    answered: BTreeMap<String, Owner>,
    /// The paths that are files.
    files: BTreeMap<String, Owner>,
    /// The paths that are folders.
    folders: BTreeMap<String, Owner>,
}

impl Claims {
    /// Claims an address for an owner. Fails with the owner of the same address, or of one that is in its way.
    pub(super) fn claim(&mut self, address: &str, owner: &Owner) -> Result<(), Owner> {
        let form = file_of(address);
        let is_file = !address.ends_with('/') && form.rsplit('/').next().is_some_and(|last| last.contains('.'));
        let above: Vec<&str> =
            form.match_indices('/').map(|(at, _)| &form[..at]).filter(|path| !path.is_empty()).collect();
        let blocking = self
            .answered
            .get(&form)
            .or_else(|| self.folders.get(&form).filter(|_| is_file))
            .or_else(|| self.files.get(&form).filter(|_| !is_file))
            .or_else(|| above.iter().find_map(|path| self.files.get(*path)));
        if let Some(blocking) = blocking {
            return Err(blocking.clone());
        }
        for folder in above {
            self.folders.entry(folder.to_owned()).or_insert_with(|| owner.clone());
        }
        if is_file {
            self.files.insert(form.clone(), owner.clone());
        } else {
            self.folders.entry(form.clone()).or_insert_with(|| owner.clone());
            self.files.insert(format!("{form}/index.html"), owner.clone());
        }
        self.answered.insert(form, owner.clone());
        Ok(())
    }
}

/// Returns the path of the file that answers an address, in lower case.
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
            let claimed = claims.claim(address, &Owner::Moved(address.to_owned()));
            assert_eq!(claimed.is_ok(), is_free, "{address}");
        }
        assert_eq!(claims.claim("/d.e", &Owner::Dateline), Err(Owner::Moved("/d.e/f/".to_owned())));
    }
}
