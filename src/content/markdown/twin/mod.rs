pub(super) mod build;
pub(super) mod destinations;
mod fill;
mod html;
mod links;
pub(super) mod mark;
pub(super) mod trail;
