//! Reports blocks that are not closed, and values that no block takes.

use std::borrow::Cow;

use super::events::Events;
use super::parsed::Parsed;
use crate::base::codes;
use crate::base::report::{Diagnostic, Report};
use crate::base::text::{did_you_mean, nearest};
use crate::base::web::address;
use crate::content::markdown::blocks::fence::{Argument, Fence, Opening};
use crate::content::markdown::blocks::kinds::{CHART, EMBED, ID, Kind, SIGNUP, TAKEN, kind};
use crate::content::markdown::blocks::{BARS, LINES, MULTIPLES};

/// The text with the boundaries of blocks as words: a backslash before their colons. For texts of programs that have no
/// blocks.
pub fn without_blocks(text: &str) -> Cow<'_, str> {
    let fences = Parsed::fences(text);
    if fences.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len() + fences.len());
    let mut from = 0;
    for fence in fences {
        words.extend([&text[from..fence.start], "\\"]);
        from = fence.start;
    }
    words.push_str(&text[from..]);
    Cow::Owned(words)
}

/// Deepest nesting of blocks.
const DEEPEST: usize = 10;

impl Events<'_> {
    /// Reports what is wrong with the blocks of a text. A name that no block has is reported when templates are known, since a site
    /// may have a component for it.
    pub(super) fn check_blocks(&self, file: &str, report: &mut Report) {
        let mut open: Vec<&Opening> = Vec::new();
        for Fence { range, opening, closes } in self.fences() {
            if let Some(opening) = opening {
                self.check_opening(opening, file, report);
                open.push(opening);
            }
            if *closes && open.pop().is_none() {
                let problem = Diagnostic::warning(codes::BAD_BLOCK, "this line closes no block");
                let help = "remove it, or write `\\:::` where colons are meant";
                report.push(problem.at(self.span(range).place(file)).help(help));
            }
        }
        for opening in open {
            let problem = Diagnostic::error(codes::BAD_BLOCK, format!("the block `{}` is not closed", opening.name));
            let help = "write a line `:::` after it, at the start of the line and not within a list";
            report.push(problem.at(self.span(&opening.at).place(file)).help(help));
        }
    }

    /// Reports blocks that are nested too deep, and drops the events of such a text: each would be a copy of all within it.
    pub(super) fn check_nesting(&mut self, file: &str, report: &mut Report) {
        let mut depth = 0usize;
        let too_deep = self.fences().find_map(|Fence { opening, closes, .. }| {
            depth += usize::from(opening.is_some());
            let found = opening.as_ref().filter(|_| depth > DEEPEST).map(|opening| opening.at.clone());
            depth = depth.saturating_sub(usize::from(*closes));
            found
        });
        let Some(at) = too_deep else { return };
        let problem = Diagnostic::error(codes::TOO_DEEP, format!("more than {DEEPEST} blocks `:::` are nested"));
        report.push(problem.at(self.span(&at).place(file)).help("close what is open, with a line `:::`"));
        self.clear();
    }

    fn check_opening(&self, opening: &Opening, file: &str, report: &mut Report) {
        let mut push = |range, message: String, help: String| {
            report.push(Diagnostic::error(codes::BAD_BLOCK, message).at(self.span(range).place(file)).help(help));
        };
        let known = kind(&opening.name);
        let example = known.map_or("::: name key=\"value\"", |kind| kind.example);
        if let Some((fault, range)) = &opening.fault {
            return push(range, (*fault).to_owned(), format!("write it as `{example}`"));
        }
        let mut seen: Vec<&str> = Vec::new();
        for argument in &opening.arguments {
            let name = match (&argument.name, known) {
                (Some(name), _) => name.as_str(),
                (None, Some(kind)) if kind.is_bare => kind.arguments[0],
                (None, Some(kind)) => {
                    let message = format!("`{}` takes no value without a name", kind.name);
                    push(&argument.range, message, format!("write it as `{example}`"));
                    continue;
                }
                (None, None) => "",
            };
            if seen.contains(&name) {
                let what = if name.is_empty() { "a value without a name".to_owned() } else { format!("`{name}`") };
                push(&argument.range, format!("{what} occurs twice"), "remove one of the two".to_owned());
            }
            seen.push(name);
            if let Some((message, help)) = unknown(name, known) {
                push(&argument.range, message, help);
            }
        }
        match opening.name.as_str() {
            EMBED => match opening.arguments.iter().find(|of| of.name.as_deref().is_none_or(|name| name == "url")) {
                None => push(&opening.at, "`embed` has no address".to_owned(), format!("write it as `{example}`")),
                Some(Argument { value, range, .. }) if address::web(value).is_none() => {
                    let message = format!("`{value}` is not an address of the web");
                    push(range, message, "write one that starts with `https://`".to_owned());
                }
                Some(_) => {}
            },
            SIGNUP if self.has_no_signup() => {
                let help =
                    "add `signup: {action: \"https://…\"}` to `dateline.yaml`: the address that the form is sent to";
                push(&opening.at, "the site has no form for readers to subscribe".to_owned(), help.to_owned());
            }
            _ => {}
        }
        let kind = opening.arguments.iter().find(|argument| argument.name.as_deref() == Some("type"));
        let kinds = [BARS, LINES, MULTIPLES];
        if let Some(Argument { value, range, .. }) = kind.filter(|_| opening.name == CHART)
            && !kinds.contains(&value.as_str())
        {
            let known = kinds.map(|kind| format!("`{kind}`")).join(", ");
            push(range, format!("there is no chart of the type `{value}`"), format!("write one of {known}"));
        }
        let height = opening.arguments.iter().find(|argument| argument.name.as_deref() == Some("height"));
        if let Some(Argument { value, range, .. }) = height.filter(|_| opening.name == EMBED)
            && !value.parse::<u32>().is_ok_and(|pixels| (50..=5000).contains(&pixels))
        {
            push(
                range,
                format!("`{value}` is no height"),
                "write the pixels, from 50 to 5000: `height=420`".to_owned(),
            );
        }
    }
}

/// What is wrong with the name of an argument.
fn unknown(name: &str, kind: Option<&Kind>) -> Option<(String, String)> {
    let Some(kind) = kind else {
        let is_taken = TAKEN.contains(&name);
        return is_taken.then(|| (format!("no value can be called `{name}`"), "give it another name".to_owned()));
    };
    if name == ID || kind.arguments.contains(&name) {
        return None;
    }
    let help = match nearest(name, kind.arguments.iter().copied()) {
        Some(near) => did_you_mean(near),
        None => format!("write it as `{}`", kind.example),
    };
    Some((format!("`{}` takes no `{name}`", kind.name), help))
}
