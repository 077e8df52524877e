//! The options of kramdown in `_config.yml`.

use crate::import::moving::source::settings::Settings;
use crate::import::moving::source::values::{Keys, get, text_of, truth};

/// The parser options of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of the other program")]
pub(in crate::import::moving) struct Options {
    /// Whether `input` is GFM, the default of Jekyll.
    pub(super) is_gfm: bool,
    /// Whether each line break is a hard one (`hard_wrap`).
    pub(super) breaks_lines: bool,
    /// Whether Markdown is parsed in all HTML elements (`parse_block_html`).
    pub(super) reads_html: bool,
    /// Whether Markdown is parsed in HTML elements within a line (`parse_span_html`).
    pub(super) reads_spans: bool,
    /// Whether `<<` becomes a guillemet.
    pub(super) is_typographic: bool,
}

impl Options {
    /// Returns the options of a Jekyll site; none when it uses another Markdown parser.
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
