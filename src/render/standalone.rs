//! Templates of the program itself, such as that of the dashboard: they are apart from the site's, so that no theme
//! changes them.

use serde::Serialize;
use tera::{Context, Tera};

use crate::base::codes;
use crate::base::report::Diagnostic;

/// An HTML template that stands alone.
pub struct Standalone(Tera);

impl Standalone {
    const NAME: &str = "standalone.html";

    /// Reads a template of the program.
    pub fn new(text: &str) -> Result<Self, Box<Diagnostic>> {
        let mut tera = Tera::new();
        tera.add_raw_template(Self::NAME, text).map_err(fail)?;
        Ok(Self(tera))
    }

    /// Renders it; the fields of `value` are its variables.
    pub fn render<T: Serialize>(&self, value: &T) -> Result<String, Box<Diagnostic>> {
        let context = Context::from_serialize(value).map_err(fail)?;
        self.0.render(Self::NAME, &context).map_err(fail)
    }
}

/// A fault in such a template is a fault of the program.
fn fail(error: tera::Error) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(codes::INTERNAL, error.to_string()))
}
