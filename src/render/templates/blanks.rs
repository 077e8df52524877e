//! Templates with spaces in the place of what failed, so that the rest of a page can be rendered: Tera stops at its first fault.
//!
//! An expression goes alone; a tag with all that depends on it: a condition or a loop with its body, and an assignment with
//! whatever names the variable, in all templates. Too much may go, and a fault in that is told in the next run; what is left
//! fails for reasons of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::lexer::{self, TagTokens, Token};
use crate::base::text;

/// Templates by name, with the parts blank that stand around these bytes. A fault whose place nothing can take, such as the head
/// of a component, stays.
pub(super) fn without(
    texts: &BTreeMap<String, String>,
    faults: &BTreeMap<String, BTreeSet<usize>>,
) -> BTreeMap<String, String> {
    let read: Vec<(&str, Template<'_>)> =
        texts.iter().filter_map(|(name, text)| Some((name.as_str(), Template::read(text)?))).collect();
    let mut blank: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    // A variable that a blanked part assigned is missing wherever it is named.
    let (mut missing, mut next) = (BTreeSet::new(), BTreeSet::new());
    for (name, template) in &read {
        let parts = faults.get(*name).into_iter().flatten().filter_map(|at| template.around(*at));
        blank.entry(name).or_default().extend(parts.flat_map(|part| template.take(part, &mut next)));
    }
    while !next.is_empty() {
        missing.extend(std::mem::take(&mut next));
        for (name, template) in &read {
            let known = blank.entry(name).or_default();
            let naming = template.naming(&missing).filter(|part| !known.contains(&part.start)).collect::<Vec<_>>();
            known.extend(naming.into_iter().flat_map(|part| template.take(part, &mut next)));
        }
        next.retain(|name| !missing.contains(name));
    }
    let mut mended = texts.clone();
    for (name, template) in read {
        let text = mended.get_mut(name).expect("it was read from there");
        let mut bytes = std::mem::take(text).into_bytes();
        for part in parts(&blank[name]) {
            text::blank(&mut bytes[template.pieces[part.start].0.start..template.pieces[part.end - 1].0.end]);
        }
        *text = String::from_utf8(bytes).unwrap_or_default();
    }
    mended
}

/// Numbers as ranges of those that follow each other.
fn parts(numbers: &BTreeSet<usize>) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for number in numbers {
        match parts.last_mut() {
            Some(last) if last.end == *number => last.end += 1,
            _ => parts.push(*number..number + 1),
        }
    }
    parts
}

/// A template in pieces, and for each the range of pieces that goes with it.
struct Template<'t> {
    pieces: Vec<TagTokens<'t>>,
    parts: Vec<Option<Range<usize>>>,
}

impl<'t> Template<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let pieces = lexer::pieces(text)?;
        let mut parts: Vec<Option<Range<usize>>> = Vec::new();
        // Open blocks: the start of each, and its further tags, such as `else`.
        let mut open: Vec<Vec<usize>> = Vec::new();
        for (at, (range, tokens)) in pieces.iter().enumerate() {
            parts.push(None);
            match of(&text[range.clone()], tokens) {
                Does::Stand => parts[at] = Some(at..at + 1),
                Does::Open => open.push(vec![at]),
                Does::GoOn => open.last_mut()?.push(at),
                Does::Close => {
                    let members = open.pop()?;
                    let is_fixed = matches!(pieces[members[0]].1.get(1), Some(Token::Word("block" | "component")));
                    let whole = (!is_fixed).then_some(members[0]..at + 1);
                    members.into_iter().chain([at]).for_each(|member| parts[member].clone_from(&whole));
                }
                Does::Nothing => {}
            }
        }
        Some(Self { pieces, parts })
    }

    /// The part that goes with what stands around a byte.
    fn around(&self, at: usize) -> Option<Range<usize>> {
        let index = self.pieces.iter().position(|(range, _)| range.contains(&at))?;
        self.parts[index].clone()
    }

    /// The parts that name one of these variables.
    fn naming<'s>(&'s self, names: &'s BTreeSet<&str>) -> impl Iterator<Item = Range<usize>> + 's {
        self.pieces
            .iter()
            .zip(&self.parts)
            .filter(|((_, tokens), _)| names_one(tokens, names))
            .filter_map(|(_, part)| part.clone())
    }

    /// The pieces of a part; what is assigned in it is added to `missing`.
    fn take(&self, part: Range<usize>, missing: &mut BTreeSet<&'t str>) -> Range<usize> {
        for (_, tokens) in &self.pieces[part.clone()] {
            if let [Token::TagStart, Token::Word("set" | "set_global"), Token::Word(name), ..] = tokens.as_slice() {
                missing.insert(name);
            }
        }
        part
    }
}

fn names_one(tokens: &[Token<'_>], names: &BTreeSet<&str>) -> bool {
    let is_field = |at: usize| at > 0 && tokens[at - 1] == Token::Dot;
    tokens
        .iter()
        .enumerate()
        .any(|(at, token)| matches!(token, Token::Word(word) if names.contains(word) && !is_field(at)))
}

/// The role of a tag or expression.
enum Does {
    /// It stands alone.
    Stand,
    /// It opens something that has an end.
    Open,
    /// It goes on with what is open.
    GoOn,
    /// It closes what is open.
    Close,
    /// Nothing that can be taken away.
    Nothing,
}

fn of(source: &str, tokens: &[Token<'_>]) -> Does {
    match tokens {
        [Token::TagStart, Token::Word(word), rest @ ..] => match *word {
            "if" | "for" | "filter" | "block" | "component" => Does::Open,
            "set" | "set_global" if !rest.contains(&Token::Equals) => Does::Open,
            "set" | "set_global" | "include" => Does::Stand,
            "elif" | "else" => Does::GoOn,
            _ if word.starts_with("end") => Does::Close,
            _ => Does::Nothing,
        },
        [Token::TagStart, ..] => {
            let inside = source.trim_start_matches("{%").trim_end_matches("%}");
            let inside = inside.trim_matches(|c: char| c == '-' || c.is_ascii_whitespace());
            match (inside.starts_with("</"), inside.ends_with("/>")) {
                (true, _) => Does::Close,
                (false, true) => Does::Stand,
                (false, false) => Does::Open,
            }
        }
        _ => Does::Stand,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blanked(template: &str) -> String {
        let at = template.find("bad").expect("it has a fault");
        let texts = BTreeMap::from([("a".to_owned(), template.to_owned())]);
        let faults = BTreeMap::from([("a".to_owned(), BTreeSet::from([at]))]);
        without(&texts, &faults).remove("a").expect("it is there").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_fault_goes_with_all_that_depends_on_it_and_with_nothing_else() {
        for (template, left) in [
            ("a {{ bad.x }} b {{ c }}", "a b {{ c }}"),
            ("a {% if bad %}x{% elif y %}{{ z }}{% else %}{% endif %} b", "a b"),
            ("a {% if x %}1{% elif bad %}2{% endif %} b", "a b"),
            ("a {% if x %}{{ bad }}{% endif %} b", "a {% if x %} {% endif %} b"),
            ("{%- for x in bad -%}{% if x %}{% endif %}{%- endfor -%} b", "b"),
            (
                "{% block a %}{% filter upper %}{{ bad }}{% endfilter %}{% endblock a %}",
                "{% block a %}{% filter upper %} {% endfilter %}{% endblock a %}",
            ),
            ("{% <panel title={bad}> %}x{% </panel> %}{% <card /> %}", "{% <card /> %}"),
            ("{% set x = bad %}{{ x.y }} {{ a.x }} {% if x %}b{% set z = 1 %}{% endif %}{{ z }}c", "{{ a.x }} c"),
            ("{% set x | bad %}a{% endset %}{{ x }}b", "b"),
            (
                "{# bad #}{% component c(x=bad) %}a{% endcomponent c %}",
                "{# bad #}{% component c(x=bad) %}a{% endcomponent c %}",
            ),
            (
                "{% raw %}{{ bad }}{% endraw %}{% if \"%}\" %}{% endif %}",
                "{% raw %}{{ bad }}{% endraw %}{% if \"%}\" %}{% endif %}",
            ),
        ] {
            assert_eq!(blanked(template), left, "{template}");
        }
    }
}
