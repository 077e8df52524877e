//! Former addresses, as they are written and as they are answered.

use crate::base::route::Route;
use crate::base::web::media;

/// The address that an alias means: with or without a slash at its end, a folder is one address.
pub(in crate::plan) fn of_alias(alias: &Route) -> Route {
    let path = alias.as_str();
    // Hosts show the page of a folder under both names.
    if let Some(folder) = path.strip_suffix("/index.html") {
        return Route::own(&format!("{folder}/"));
    }
    if media::is_page(path) { alias.clone() } else { Route::own(&format!("{}/", path.trim_end_matches('/'))) }
}

/// The address that a key of `redirects` means. What has the name of a file is one, unless it ends with a slash.
pub(super) fn of_redirect(from: &Route) -> Route {
    let is_file = !from.as_str().ends_with('/') && media::is_known(from.as_str());
    if is_file { from.clone() } else { of_alias(from) }
}
