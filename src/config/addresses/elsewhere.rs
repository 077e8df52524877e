//! `elsewhere`: paths that another program on the same host answers, to which links are valid.

use std::collections::BTreeMap;

use super::base_url::BaseUrl;
use super::redirects::former_route;
use crate::base::route::Route;
use crate::base::yaml::lenient::{Many, Text};
use crate::base::yaml::source::Problems;
use crate::config::values::bad;

/// Entries by path: single paths, and whole folders, which end in `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere(BTreeMap<String, usize>);

impl Elsewhere {
    /// Whether another program answers a decoded path of this site.
    pub fn answers(&self, path: &str) -> bool {
        self.entry(path).is_some()
    }

    /// The index, among the accepted entries, of the entry that matches a path.
    pub fn entry(&self, path: &str) -> Option<usize> {
        if self.0.is_empty() {
            return None;
        }
        let above = path.match_indices('/').map(|(at, _)| &path[..=at]);
        let whole = format!("{}/", path.trim_end_matches('/'));
        above.chain([path, whole.as_str()]).find_map(|path| self.0.get(path).copied())
    }
}

pub(in crate::config) fn check(raw: Option<Many<Text>>, base: Option<&BaseUrl>, problems: &mut Problems) -> Elsewhere {
    let Some(Many(raw)) = raw else { return Elsewhere::default() };
    let none = BaseUrl::new("", "");
    let mut entries = BTreeMap::new();
    let mut kept = 0;
    for (index, Text(text)) in raw.into_iter().enumerate() {
        let written = text.trim();
        let problem = match former_route(written, base.unwrap_or(&none)) {
            Ok(route) if route.as_str() == "/" => bad("`/` is the whole site, and no other program’s"),
            Ok(route) if route.as_str().contains('*') => {
                bad(format!("`{written}` is not a path: wildcards are not supported"))
            }
            Ok(route) => {
                entries.entry(Route::to_string(&route)).or_insert(kept);
                kept += 1;
                continue;
            }
            Err((reason, _)) => bad(format!("`{written}` is not a path of this site: {reason}")),
        };
        let help = "write a path such as `/status`, or with a `/` at its end a folder and all below it: `/extensions/`";
        problems.leave_out(format!("elsewhere/{index}"));
        problems.value(format!("elsewhere/{index}"), problem.help(help));
    }
    Elsewhere(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_answered_with_all_below_it() {
        let routes = ["/extensions/", "/status", "/a b/"];
        let elsewhere = Elsewhere(routes.iter().enumerate().map(|(at, route)| ((*route).to_owned(), at)).collect());
        for path in ["/extensions/", "/extensions", "/extensions/x/y.zip", "/status", "/a b/c"] {
            assert!(elsewhere.answers(path), "{path}");
        }
        for path in ["/", "/extension/", "/extensions2/", "/status/x", "/statuses", "/x/extensions/"] {
            assert!(!elsewhere.answers(path), "{path}");
        }
    }
}
