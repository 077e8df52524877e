//! Settings of kramdown, as `_config.yml` has them.

use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::values::{Keys, get, text_of, truth};

/// How a site reads its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of the other program")]
pub(in crate::import::moving) struct Options {
    /// Whether it is the dialect of GitHub, as in Jekyll without a word about it.
    pub(super) is_gfm: bool,
    /// Whether each end of a line is a break.
    pub(super) breaks_lines: bool,
    /// Whether Markdown is read in every element of HTML.
    pub(super) reads_html: bool,
    /// Whether marks are read in elements within a line.
    pub(super) reads_spans: bool,
    /// Whether `<<` is a quotation mark.
    pub(super) is_typographic: bool,
}

impl Options {
    /// What a site of Jekyll says; none where it has another Markdown.
    pub(in crate::import::moving) fn of(settings: &Settings) -> Option<Self> {
        if text_of(&settings.keys, "markdown").is_some_and(|name| !name.eq_ignore_ascii_case("kramdown")) {
            return None;
        }
        let empty = Keys::new();
        let keys = settings.map("kramdown").unwrap_or(&empty);
        let is = |name: &str, otherwise: bool| get(keys, name).and_then(truth).unwrap_or(otherwise);
        let is_gfm = text_of(keys, "input").is_none_or(|input| input.eq_ignore_ascii_case("gfm"));
        let quirks = get(keys, "gfm_quirks").map(ToString::to_string).unwrap_or_default();
        Some(Self {
            is_gfm,
            breaks_lines: is_gfm && is("hard_wrap", false),
            reads_html: is("parse_block_html", false),
            reads_spans: is("parse_span_html", true),
            is_typographic: !quirks.contains("no_auto_typographic"),
        })
    }
}
