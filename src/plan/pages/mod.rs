//! Pages that stand alone: one file for each family, with the routes and the views of its pages.
//!
//! In: the site’s context. Out: outputs, and the [`Page`](super::Page) of each. Deliberately not here: lists that are cut into
//! pages, and what machines read.

pub(super) mod archive;
pub(super) mod article;
pub(super) mod briefing;
pub(super) mod emptied;
pub(super) mod front;
mod front_fill;
pub(super) mod live;
pub(super) mod people;
pub(super) mod redirect;
pub(super) mod standing;
pub(super) mod threads;
pub(super) mod topics;
