//! Former addresses, as they are written and as they are answered.

use crate::base::route::Route;
use crate::base::web::media;

pub(in crate::plan) use crate::content::address::of_alias;

/// The address that a key of `redirects` means. What has the name of a file is one, unless it ends with a slash.
pub(super) fn of_redirect(from: &Route) -> Route {
    let is_file = !from.as_str().ends_with('/') && media::is_known(from.as_str());
    if is_file { from.clone() } else { of_alias(from) }
}
