//! The routes of an edition's e-mails, and the edition's title there.

use crate::base::route::Route;
use crate::plan::EmailForm;
use crate::site::Edition;

/// The private route that the e-mail of an edition is written to.
pub fn route(edition: &Edition, form: EmailForm) -> Route {
    Route::private(&format!("{}/{}", edition.route.as_str().trim_end_matches('/'), form.file()))
}

/// The name of an edition in addresses: `2023-10-17`, or `ar/2023-10-17` below the path of a further language.
pub fn name(edition: &Edition) -> String {
    edition.route.as_str().trim_matches('/').replacen("briefings/", "", 1)
}
