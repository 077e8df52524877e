//! What all families of outputs draw on: the site, with what many pages share made once.
//!
//! In: a [`Site`](crate::site::Site) and the static files. Out: a [`Desk`], its cards and links, and answers to the
//! questions of templates. Deliberately not here: routes of outputs, and whole pages.

pub(super) mod briefing_view;
mod cards;
mod desk;
pub(super) mod files;
mod globals;
mod mentions;
mod months;
mod name_index;
pub(super) mod nodes;
pub mod questions;

pub use desk::Desk;
pub use globals::SiteView;
