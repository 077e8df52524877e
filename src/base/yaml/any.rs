//! Reading and writing arbitrary YAML maps of other programs.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::lenient::Extra;
use super::spanned;
use super::values::Values;
use super::{BRACKETS, LIMIT, brackets};

/// Parses a map. The first of duplicate keys wins, because other programs accept duplicates. The error is a message.
pub fn parse(text: &str) -> Result<Map<String, Value>, String> {
    if text.len() > LIMIT {
        return Err("there is more than 1 MB of YAML".to_owned());
    }
    let mut complaint = String::new();
    if brackets(text) <= BRACKETS {
        match serde_yaml::from_str::<Option<Extra>>(text) {
            Ok(read) => return Ok(read.map(|Extra(map)| map).unwrap_or_default()),
            Err(error) => complaint = error.to_string(),
        }
    }
    let tree = spanned::parse(text).map_err(|fault| fault.message)?;
    let doubles = tree.duplicates().iter().map(|double| double.slot).collect();
    let tree = tree.without(&doubles);
    Extra::deserialize(Values(tree.root())).map(|Extra(map)| map).map_err(|error| match complaint {
        complaint if complaint.is_empty() => error.to_string(),
        complaint => complaint,
    })
}

/// Parses any value. The error is a message with line and column, from 1, where they are known.
pub fn value(text: &str) -> Result<Value, (String, Option<(u32, u32)>)> {
    if text.len() > LIMIT || brackets(text) > BRACKETS {
        return Err(("there is more YAML, or deeper, than data needs: write JSON or CSV".to_owned(), None));
    }
    serde_yaml::from_str(text).map_err(|error| {
        let place = error.location().map(|at| (at.line() as u32, at.column() as u32));
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        (message, place)
    })
}

/// Writes a map in block style, without `---`.
pub fn emit(map: &Map<String, Value>) -> String {
    // A map with string keys can always be written.
    serde_yaml::to_string(map).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_of_other_programs_are_read_and_written() {
        let read = parse("title: A\ntags: [a, 1]\ntitle: B\nx: {y: 2015-03-17}\n").expect("a map");
        assert_eq!(read["title"], "A");
        assert_eq!(read["x"]["y"], "2015-03-17");
        assert_eq!(parse("").expect("nothing").len(), 0);
        assert_eq!(parse("# only a comment\n").expect("nothing").len(), 0);
        assert!(parse("- a\n").is_err() && parse("a: [").is_err() && parse("a: b: c\n").is_err());
        assert_eq!(parse(&emit(&read)), Ok(read));
    }
}
