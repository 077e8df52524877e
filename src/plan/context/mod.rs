//! The site, together with data that many pages share and that is made only once.
//!
//! In: a [`Site`](crate::site::Site) and the static files. Out: a [`SiteContext`], its cards and links, and answers to the
//! questions of templates. Deliberately not here: routes of outputs, and whole pages.

pub(super) mod briefing_view;
mod cards;
mod editions;
pub(super) mod files;
mod frames;
mod globals;
mod mailings;
mod mentions;
mod months;
mod name_index;
pub(super) mod nodes;
pub mod questions;
mod site_context;
mod translations;
mod words;

pub use globals::SiteView;
pub use site_context::SiteContext;
