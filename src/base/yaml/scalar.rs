//! Types of YAML scalars.

/// Type of a scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// `~`, `null` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer in the range of `i64`.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text,
}

/// The type of a plain scalar, by the rules of `serde_yaml`.
pub(crate) fn of_plain(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "true" | "True" | "TRUE" => return Scalar::Bool(true),
        "false" | "False" | "FALSE" => return Scalar::Bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" => return Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Scalar::Float(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => return Scalar::Float(f64::NAN),
        _ => {}
    }
    let digits = text.trim_start_matches(['+', '-']);
    if text.len() > digits.len() + 1 || !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return Scalar::Text;
    }
    let negative = text.starts_with('-');
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(rest) = digits.strip_prefix(prefix) {
            let number = i64::from_str_radix(rest, radix).ok().filter(|_| !rest.starts_with(['+', '-']));
            return number.map_or(Scalar::Text, |n| Scalar::Int(if negative { -n } else { n }));
        }
    }
    if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Scalar::Text;
    }
    let number = text.strip_prefix('+').unwrap_or(text);
    if let Ok(whole) = number.parse() {
        return Scalar::Int(whole);
    }
    number.parse().ok().filter(|float: &f64| float.is_finite()).map_or(Scalar::Text, Scalar::Float)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_mean_what_serde_yaml_says() {
        for (text, scalar) in [
            ("", Scalar::Null),
            ("yes", Scalar::Text),
            ("True", Scalar::Bool(true)),
            ("007", Scalar::Text),
            ("0x1F", Scalar::Int(31)),
            ("-5", Scalar::Int(-5)),
            ("+5", Scalar::Int(5)),
            ("--5", Scalar::Text),
            ("1e3", Scalar::Float(1000.0)),
            ("1_000", Scalar::Text),
            ("2023-10-17", Scalar::Text),
            ("infinity", Scalar::Text),
        ] {
            assert_eq!(of_plain(text), scalar, "{text}");
        }
    }
}
