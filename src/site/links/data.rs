//! The rows that blocks show, from data files.

use std::sync::Arc;

use super::resolver::{Findings, Resolver};
use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::text::did_you_mean;
use crate::content::document::Document;
use crate::content::markdown::blocks::Figure;
use crate::content::markdown::{Body, Filling, Span};

impl Resolver<'_> {
    /// What a block shows of its rows. Reports rows that are not there, or that it cannot show.
    pub(super) fn block(
        &self,
        document: &Document,
        body: &Body,
        number: u32,
        span: Span,
        found: &mut Findings,
    ) -> Filling {
        let Some(block) = body.blocks.get(number as usize).filter(|block| block.has_rows()) else {
            return Filling::Close;
        };
        let mut report = |message: String, help: String| {
            let problem = Diagnostic::error(codes::BAD_DATA, message).at(span.place(&document.path));
            found.report.push(problem.help(help));
            Filling::Close
        };
        let data = self.targets.data;
        let table = match (&block.rows, block.value("data")) {
            (Some(rows), _) => rows,
            (None, Some(path)) => match data.get(path).map(|file| file.table()) {
                Some(Some(table)) => table,
                Some(None) => {
                    let help = "write a CSV file, or a list of maps".to_owned();
                    return report(format!("`data/{path}` has no rows and columns"), help);
                }
                None => {
                    let help = match data.near(path) {
                        Some(near) => did_you_mean(near),
                        None => "put it there, or write the rows into the block, in a code block".to_owned(),
                    };
                    return report(format!("there is no file `{path}` under `data/`"), help);
                }
            },
            (None, None) => {
                let help = "name a file below `data/`, or write the rows into the block, in a code block".to_owned();
                return report(format!("`{}` has no data", block.kind), help);
            }
        };
        match Figure::of(block, table) {
            Ok(figure) => Filling::Figure(Arc::new(figure)),
            Err((message, help)) => report(message, help),
        }
    }
}
