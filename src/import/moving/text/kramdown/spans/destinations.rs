//! Parses links and images, whose destinations may contain spaces in kramdown.

use crate::import::moving::text::kramdown::spans::{Reader, Span, Stop, add};

impl Reader<'_, '_> {
    /// Parses a link or an image, or its bracket as text.
    pub(in super::super) fn link(&mut self, spans: &mut Vec<Span>) -> bool {
        let from = self.at;
        let is_picture = self.rest().starts_with('!');
        let signs = &self.text[from..from + 1 + usize::from(is_picture)];
        let after = &self.rest()[signs.len()..];
        if after.is_empty() || after.starts_with('^') {
            return false;
        }
        let is_within = self.outer.iter().any(|name| matches!(*name, "a" | "img"));
        self.at += signs.len();
        if is_picture || !is_within {
            let start = self.at;
            self.outer.push(if is_picture { "img" } else { "a" });
            let (inner, is_closed) = self.spans(Stop::Bracket);
            self.outer.pop();
            if is_closed {
                let shown = unescaped(&self.text[start..self.at]);
                self.at += 1;
                if let Some((to, title)) = self.destination(&shown) {
                    spans.push(if is_picture { Span::Picture(shown, to, title) } else { Span::Link(inner, to, title) });
                    return true;
                }
            }
        }
        self.at = from + signs.len();
        add(spans, signs);
        true
    }

    /// Parses the destination after a link text: a label or parentheses; none when there is no valid one.
    fn destination(&mut self, shown: &str) -> Option<(String, Option<String>)> {
        let rest = self.rest();
        let start = self.at + rest.len() - rest.trim_start().len();
        let end = self.ends.next("]", start).filter(|_| rest.trim_start().starts_with('['));
        let label = end.map(|end| &self.text[start + 1..end]);
        if label.is_none() && rest.starts_with('(') {
            self.ends.next(")", self.at)?;
            // The lookahead counts toward the budget, too.
            self.budget = self.budget.saturating_sub(paren(rest).unwrap_or(rest.len()));
        }
        if label.is_some() || !rest.starts_with('(') {
            let key = label.filter(|label| !label.is_empty()).unwrap_or(shown);
            let key = key.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let found = self.document.links.get(&key)?.clone();
            if let Some(label) = label {
                self.at += rest.len() - rest.trim_start().len() + label.len() + 2;
            }
            return Some(found);
        }
        let pointed = rest.strip_prefix("(<").and_then(|inside| {
            let (from, end) = (self.at + 2, self.ends.next(">", self.at)?);
            self.ends.next("\n", from).is_none_or(|line| line > end).then(|| (inside, end - from))
        });
        let (to, length) = if let Some((inside, end)) = pointed {
            (inside[..end].to_owned(), end + 3)
        } else {
            let length = paren(rest)?;
            (rest[1..length].trim().to_owned(), length)
        };
        let after = &rest[length..];
        if after.starts_with(')') {
            self.at += length + 1;
            return Some((to, None));
        }
        let quoted = after.trim_start();
        let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let from = self.at + rest.len() - quoted.len();
        let close = self.ends.title(quote, from + 1)? - from;
        let end = close + 1 + quoted[close + 1..].find(')')? + 1;
        let title = quoted[1..close].to_owned();
        self.at += rest.len() - quoted.len() + end;
        Some((to, Some(title)))
    }
}

/// Returns the offset at which a destination in parentheses ends: before the closing one, or before a title.
fn paren(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at),
            ')' => depth = depth.saturating_sub(1),
            c if c.is_whitespace() && chars.peek().is_some_and(|(_, next)| matches!(next, '"' | '\'')) => {
                return Some(at);
            }
            _ => {}
        }
    }
    None
}

/// Removes the backslashes of escaped characters.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match next.filter(|next| c == '\\' && "\\.*_+`<>()[]{}#!:|\"'$=-".contains(*next)) {
            Some(next) => {
                out.push(next);
                chars.next();
            }
            None => out.push(c),
        }
    }
    out
}
