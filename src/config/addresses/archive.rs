//! `archive`: the URL pattern of years, months and days.

use jiff::civil::Date;

use crate::base::route::Route;
use crate::base::yaml::lenient::Text;
use crate::base::yaml::source::Problems;
use crate::config::values::bad;

/// A checked pattern such as `/archive/{year}/{month}/`. It gives the address of a month or a day; those of the
/// enclosing months and years are its prefixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivePattern {
    /// The part before the year: `/archive/`.
    root: String,
    days: bool,
}

impl ArchivePattern {
    /// The default pattern.
    pub const DEFAULT: &str = "/archive/{year}/{month}/";

    /// The default pattern, checked.
    pub fn usual() -> Self {
        Self { root: "/archive/".to_owned(), days: false }
    }

    /// Checks a pattern; the error is a message.
    pub fn new(pattern: &str) -> Result<Self, String> {
        let (root, days) = match pattern.strip_suffix("{day}/") {
            Some(month) => (month.strip_suffix("{year}/{month}/"), true),
            None => (pattern.strip_suffix("{year}/{month}/"), false),
        };
        let root =
            root.ok_or("it must end with `{year}/{month}/`, or with `{year}/{month}/{day}/` for pages of days")?;
        if !root.starts_with('/') || !root.ends_with('/') {
            return Err("it must begin with `/`, and the year must be a part of its own".to_owned());
        }
        if let Some(at) = root.find(['{', '}']) {
            return Err(format!("the part before `{{year}}` must be the same for all: `{}` is not", &root[at..]));
        }
        Route::new(root).map_err(|reason| reason.to_string())?;
        Ok(Self { root: root.to_owned(), days })
    }

    /// The same pattern below a path such as `/ar`.
    pub(in crate::config) fn below(&self, prefix: &str) -> Self {
        Self { root: format!("{prefix}{}", self.root), days: self.days }
    }

    /// Whether days have pages of their own.
    pub fn has_days(&self) -> bool {
        self.days
    }

    /// The address of a year.
    pub fn year(&self, year: i16) -> String {
        format!("{}{year:04}/", self.root)
    }

    /// The address of a month.
    pub fn month(&self, year: i16, month: i8) -> String {
        format!("{}{month:02}/", self.year(year))
    }

    /// The address of a day.
    pub fn day(&self, day: Date) -> String {
        format!("{}{:02}/", self.month(day.year(), day.month()), day.day())
    }
}

pub(in crate::config) fn check(text: Option<Text>, problems: &mut Problems) -> ArchivePattern {
    let Some(Text(text)) = text else { return ArchivePattern::usual() };
    ArchivePattern::new(text.trim()).unwrap_or_else(|reason| {
        let problem = bad(format!("`{text}` cannot be the pattern of the archive: {reason}"));
        problems.value("archive", problem.help(format!("the usual one is `{}`", ArchivePattern::DEFAULT)));
        ArchivePattern::usual()
    })
}
