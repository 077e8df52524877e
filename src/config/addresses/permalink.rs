//! `permalink`: the URL pattern of articles.

use jiff::civil;

use crate::base::route::Route;

/// A checked pattern such as `/{year}/{month}/{day}/{slug}/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permalink(pub(in crate::config) String);

impl Permalink {
    /// The default pattern.
    pub const DEFAULT: &str = "/{year}/{month}/{day}/{slug}/";

    /// Checks a pattern; the error is a message.
    pub fn new(pattern: &str) -> Result<Self, String> {
        if !pattern.contains("{slug}") {
            return Err("it must contain `{slug}`, or all articles would share a page".to_owned());
        }
        let example = Self(pattern.to_owned()).fill(civil::Date::constant(2023, 10, 17), "slug");
        if let Some(at) = example.find(['{', '}']) {
            return Err(format!(
                "it knows `{{year}}`, `{{month}}`, `{{day}}` and `{{slug}}`, not `{}`",
                &example[at..]
            ));
        }
        if !example.ends_with('/') && !matches!(example.rsplit_once('.'), Some((_, "html"))) {
            return Err("it must end with `/` or `.html`".to_owned());
        }
        // Most file systems limit names to 255 bytes.
        if example.split('/').any(|name| name.len() > 255) {
            return Err("a part of it is longer than the name of a file can be".to_owned());
        }
        Route::new(&example).map_err(|e| e.to_string())?;
        Ok(Self(pattern.to_owned()))
    }

    /// The pattern as written.
    pub fn pattern(&self) -> &str {
        &self.0
    }

    /// The route of an article.
    pub fn route(&self, date: civil::Date, slug: &str) -> Route {
        Route::own(&self.fill(date, slug))
    }

    fn fill(&self, date: civil::Date, slug: &str) -> String {
        self.0
            .replace("{year}", &format!("{:04}", date.year()))
            .replace("{month}", &format!("{:02}", date.month()))
            .replace("{day}", &format!("{:02}", date.day()))
            .replace("{slug}", slug)
    }
}
