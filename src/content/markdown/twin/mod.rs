pub(super) mod build;
pub(super) mod destinations;
mod fill;
mod html;
mod links;
pub(super) mod trail;
