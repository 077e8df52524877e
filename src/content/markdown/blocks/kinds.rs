//! The kinds of blocks that every site has, and what each takes.

/// A kind of block.
pub(in crate::content::markdown) struct Kind {
    /// Its name.
    pub(in crate::content::markdown) name: &'static str,
    /// The names of its arguments; the first may be written without its name where `is_bare`.
    pub(in crate::content::markdown) arguments: &'static [&'static str],
    /// Whether the first argument may be written bare.
    pub(in crate::content::markdown) is_bare: bool,
    /// What to write, for messages.
    pub(in crate::content::markdown) example: &'static str,
}

/// The names of the kinds that every site has.
pub const KINDS: [&str; 6] = [PULLQUOTE, GALLERY, EMBED, SIGNUP, TABLE, CHART];

/// A sentence of the text that stands out.
pub(in crate::content::markdown) const PULLQUOTE: &str = "pullquote";
/// Pictures that belong together.
pub(in crate::content::markdown) const GALLERY: &str = "gallery";
/// A link to a film, post or chart elsewhere, which a click loads.
pub(in crate::content::markdown) const EMBED: &str = "embed";
/// The form by which readers subscribe.
pub(in crate::content::markdown) const SIGNUP: &str = "signup";

/// Rows of a data file.
pub(in crate::content::markdown) const TABLE: &str = "table";
/// The drawing of such rows.
pub(in crate::content::markdown) const CHART: &str = "chart";

/// The argument of every block: its anchor.
pub(in crate::content::markdown) const ID: &str = "id";

/// The name of a bare argument of a block that only the site has.
pub(in crate::content::markdown) const VALUE: &str = "value";

/// Names that a component sees for something else.
pub(in crate::content::markdown) const TAKEN: [&str; 2] = ["kind", "body"];

const ALL: [Kind; 6] = [
    Kind { name: PULLQUOTE, arguments: &["by"], is_bare: false, example: "::: pullquote by=\"A. Speaker\"" },
    Kind { name: GALLERY, arguments: &["title"], is_bare: false, example: "::: gallery title=\"The harbour\"" },
    Kind {
        name: EMBED,
        arguments: &["url", "title", "height"],
        is_bare: true,
        example: "::: embed https://www.youtube.com/watch?v=… title=\"What it shows\"",
    },
    Kind {
        name: SIGNUP,
        arguments: &["title", "button"],
        is_bare: false,
        example: "::: signup title=\"Every morning\"",
    },
    Kind {
        name: TABLE,
        arguments: &["data", "title", "columns", "source"],
        is_bare: true,
        example: "::: table members.csv title=\"Members\" columns=\"Year, Members\"",
    },
    Kind {
        name: CHART,
        arguments: &["data", "title", "type", "x", "y", "unit", "source"],
        is_bare: true,
        example: "::: chart members.csv type=lines title=\"Members by year\"",
    },
];

/// The kind of a name, if every site has it.
pub(in crate::content::markdown) fn kind(name: &str) -> Option<&'static Kind> {
    ALL.iter().find(|kind| kind.name == name)
}
