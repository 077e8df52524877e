//! Where the e-mails of an edition are, and what the edition is called.

use crate::base::route::Route;
use crate::plan::EmailForm;
use crate::site::Edition;

/// Where the e-mail of an edition is written to.
pub fn route(edition: &Edition, form: EmailForm) -> Route {
    Route::private(&format!("{}/{}", edition.route.as_str().trim_end_matches('/'), form.file()))
}

/// The name of an edition in addresses: `2023-10-17`.
pub fn name(edition: &Edition) -> &str {
    edition.route.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or("")
}
