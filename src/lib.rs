//! Dateline.

pub mod base;
pub mod cli;
pub mod config;
pub mod content;
pub mod pipeline;
pub mod plan;
pub mod publish;
pub mod render;
pub mod scaffold;
pub mod site;
