//! The numbers of lists in plain text, by the list's style: `3`, `c`, `iii`.

/// The style of a list's numbers, the attribute `type` of `<ol>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Decimal,
    Letters { is_upper: bool },
    Roman { is_upper: bool },
}

const ROMAN: &[(i32, &str)] = &[
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

impl Style {
    /// The style that an attribute names.
    pub(super) fn of(kind: &str) -> Self {
        match kind {
            "a" | "A" => Self::Letters { is_upper: kind == "A" },
            "i" | "I" => Self::Roman { is_upper: kind == "I" },
            _ => Self::Decimal,
        }
    }

    /// A number in this style; in digits where the style has no such number.
    pub(super) fn written(self, number: i32) -> String {
        let (written, is_upper) = match self {
            Self::Letters { is_upper } if number > 0 => (letters(number), is_upper),
            Self::Roman { is_upper } if (1..4000).contains(&number) => (roman(number), is_upper),
            _ => return number.to_string(),
        };
        if is_upper { written.to_uppercase() } else { written }
    }
}

/// `a` to `z`, then `aa`.
fn letters(mut number: i32) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        letters.extend(char::from_digit(10 + (number - 1).rem_euclid(26).unsigned_abs(), 36));
        number = (number - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

fn roman(mut number: i32) -> String {
    let mut written = String::new();
    for (value, sign) in ROMAN {
        while number >= *value {
            written.push_str(sign);
            number -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_the_style_of_their_list() {
        for (kind, number, expected) in [
            ("1", 3, "3"),
            ("a", 3, "c"),
            ("A", 28, "AB"),
            ("i", 1989, "mcmlxxxix"),
            ("I", 4, "IV"),
            ("i", 4000, "4000"),
            ("a", 0, "0"),
            ("i", -2, "-2"),
        ] {
            assert_eq!(Style::of(kind).written(number), expected, "{kind} {number}");
        }
    }
}
