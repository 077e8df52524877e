//! The rules about links: their addresses, wherever a file contains them, and the outputs that they lead to.
//!
//! In: the texts of content files, settings and templates, and rendered outputs. Out: findings. Deliberately not here:
//! requests to other sites, and the words of a link.

pub(super) mod addresses;
pub(super) mod rendered;
pub(super) mod site_files;
pub(super) mod unmade;
pub(super) mod written;
