//! Edit distance: the nearest known word, and whether two names may be one name misspelt.

use std::fmt::Display;

/// The known word that `word` most likely meant. For long lists, [`Near`](super::near::Near) gives the same answer from
/// an index.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let near = known.into_iter().filter_map(|known| Some((distance(&lower, &known.to_lowercase())?, known)));
    near.min().map(|(_, known)| known)
}

/// The question with which every message proposes a correction.
pub fn did_you_mean(proposal: impl Display) -> String {
    format!("did you mean `{proposal}`?")
}

/// Edit distance of two lower-case texts (optimal string alignment), or `None` when it exceeds a quarter of the shorter
/// length plus one.
pub fn distance(one: &str, other: &str) -> Option<usize> {
    let (length, other_length) = (one.chars().count(), other.chars().count());
    let allowed = 1 + length.min(other_length) / 4;
    if length.abs_diff(other_length) > allowed {
        return None;
    }
    Some(strsim::osa_distance(one, other)).filter(|distance| *distance <= allowed)
}

/// Whether two folded names are similar enough for one to be a misspelling of the other: one letter differs in a long
/// word, one word is plural or in another position, or a space is missing. Names with different numbers, such as those
/// of two years, are not alike.
pub fn are_alike(one: &str, other: &str) -> bool {
    let figures = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let squeezed = |name: &str| name.replace(' ', "");
    if one == other || figures(one) != figures(other) {
        return false;
    }
    if squeezed(one) == squeezed(other) {
        return true;
    }
    let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (mut one, mut other) = (words(one), words(other));
    if one.len() != other.len() {
        return false;
    }
    one.sort_unstable();
    other.sort_unstable();
    let mut differing = one.iter().zip(&other).filter(|(one, other)| one != other);
    match (differing.next(), differing.next()) {
        (None, _) => true,
        (Some((one, other)), None) => {
            let shorter = one.chars().count().min(other.chars().count());
            let is_plural = |one: &str, other: &str| one.strip_prefix(other) == Some("s") && other.len() > 2;
            let allowed = match shorter {
                0..=5 => 0,
                6..=9 => 1,
                _ => 2,
            };
            is_plural(one, other) || is_plural(other, one) || strsim::osa_distance(one, other) <= allowed
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("tpoics", ["topics", "title"]), Some("topics"));
        assert_eq!(nearest("sumary", ["summary", "status"]), Some("summary"));
        assert_eq!(nearest("weather", ["topics", "title"]), None);
    }

    #[test]
    fn a_slip_of_the_pen_is_alike_and_another_name_is_not() {
        for (one, other) in [
            ("grain corridor", "grain corridors"),
            ("grain corridor", "corridor grain"),
            ("wildfire", "wild fire"),
            ("ukraine", "ukrane"),
            ("internation court", "international court"),
        ] {
            assert!(are_alike(one, other) && are_alike(other, one), "{one} / {other}");
        }
        for (one, other) in [
            ("iran", "iraq"),
            ("niger", "nigeria"),
            ("north korea", "south korea"),
            ("austria", "australia"),
            ("election 2023", "election 2024"),
            ("icc", "icj"),
            ("icc", "icc"),
        ] {
            assert!(!are_alike(one, other), "{one} / {other}");
        }
    }
}
