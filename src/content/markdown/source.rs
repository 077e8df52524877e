//! The input of the compiler.

use crate::config::Config;

/// A text to compile, with everything that its compilation depends on.
#[derive(Clone, Copy)]
pub struct MarkdownSource<'a> {
    /// Path of the file, for messages.
    pub file: &'a str,
    /// The text after the front matter.
    pub text: &'a str,
    /// Line of the file on which `text` starts, from 1.
    pub first_line: u32,
    /// Prefix for the ids of footnotes, so that several texts can share a page.
    pub prefix: &'a str,
    /// Whether the ids of headings get the prefix too: for texts that always share a page.
    pub shared: bool,
    /// Whether the page has a Markdown twin.
    pub twin: bool,
    /// Settings of the site.
    pub config: &'a Config,
}
