//! The depth to which templates include each other. Tera follows includes by recursion, so that a long chain would overflow the stack
//! of the thread, which ends the process without a word.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::lexer;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place};

/// The longest chain of includes. No theme comes near, and the stack of a thread holds several times as many.
const MOST: usize = 64;

/// The problem of a chain of includes that is too long, at its start. A circle is for Tera to report.
pub(super) fn too_deep(own: &BTreeMap<String, String>) -> Option<Diagnostic> {
    let includes: HashMap<&str, Vec<String>> = own
        .iter()
        .map(|(name, text)| (name.as_str(), lexer::names(text).map_or_else(Vec::new, |names| names.includes)))
        .collect();
    let (mut depths, mut begun) = (HashMap::<&str, usize>::new(), HashSet::<&str>::new());
    for start in own.keys().map(String::as_str) {
        // By hand, since this must not overflow either: a name, and how many of its includes were looked at.
        let mut open: Vec<(&str, usize)> = if begun.insert(start) { vec![(start, 0)] } else { Vec::new() };
        while let Some((name, next)) = open.pop() {
            let known = &includes[name];
            if let Some(child) = known.get(next) {
                open.push((name, next + 1));
                let child = includes.get_key_value(child.as_str()).map(|(child, _)| *child);
                open.extend(child.filter(|child| begun.insert(child)).map(|child| (child, 0)));
            } else {
                let below = known.iter().filter_map(|child| depths.get(child.as_str())).max();
                depths.insert(name, below.map_or(0, |depth| depth + 1));
            }
        }
    }
    let (name, depth) = depths.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?;
    let problem = || {
        let message = format!("`{name}` includes a template that includes another, {depth} deep; {MOST} is the most");
        let first = includes[name].first().map_or("", String::as_str);
        let at = own[name].find(first).unwrap_or_default();
        Diagnostic::error(codes::TEMPLATE_SYNTAX, message)
            .at(Place::bytes(format!("templates/{name}"), &own[name], at, at + first.len()))
            .help("put what they have in common into one template, or let one of them `extend` the next")
    };
    (depth > MOST).then(problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: usize) -> BTreeMap<String, String> {
        let text = |at: usize| if at == length { "x".to_owned() } else { format!("{{% include \"t{}\" %}}", at + 1) };
        (0..=length).map(|at| (format!("t{at}"), text(at))).collect()
    }

    #[test]
    fn long_chains_of_includes_are_an_error_and_circles_are_not_ours() {
        assert!(too_deep(&chain(MOST)).is_none());
        let problem = too_deep(&chain(5_000)).expect("a problem");
        let place = problem.place.expect("a place");
        assert_eq!((place.file.as_str(), place.line, place.column), ("templates/t0", 1, 13));
        assert!(problem.message.contains("5000 deep"), "{}", problem.message);
        let circle = [("a", "{% include \"b\" %}"), ("b", "{% include \"a\" %}{% include \"c\" %}")];
        assert!(too_deep(&circle.map(|(name, text)| (name.to_owned(), text.to_owned())).into()).is_none());
    }
}
