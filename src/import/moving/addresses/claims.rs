//! Former addresses that are spoken for, so that no two of the new site want one file, and none a folder where another
//! wants a file.

use std::collections::BTreeMap;

/// Who has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A page that Dateline makes itself.
    Dateline,
    /// What this file of the site that moves becomes.
    Moved(String),
    /// This file, which the new site has already.
    There(String),
}

impl Owner {
    /// As the reason why another cannot have what it has.
    pub(in crate::import::moving) fn reason(&self) -> String {
        match self {
            Self::Dateline => "Dateline makes a page there itself".to_owned(),
            Self::Moved(file) => format!("`{file}` has it"),
            Self::There(file) => format!("`{file}` of the new site has it"),
        }
    }
}

/// Addresses by the files that answer them, each with whose it is.
#[derive(Default)]
pub(super) struct Claims {
    /// Files, each by its path without `/index.html`.
    answered: BTreeMap<String, Owner>,
    /// Those of them that are no folders.
    files: BTreeMap<String, Owner>,
    /// Folders above files.
    folders: BTreeMap<String, Owner>,
}

impl Claims {
    /// Claims an address. The error is who has it, or stands in its way.
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
            let claimed = claims.claim(address, &Owner::Moved(address.to_owned()));
            assert_eq!(claimed.is_ok(), is_free, "{address}");
        }
        assert_eq!(claims.claim("/d.e", &Owner::Dateline), Err(Owner::Moved("/d.e/f/".to_owned())));
    }
}
