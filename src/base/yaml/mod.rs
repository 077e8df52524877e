//! YAML → checked values. This is the only file that names `serde_yaml`, so that it can be replaced by a fork with the
//! same interface.
//!
//! In: a text, and the type that it is to be. Out: a value without what does not fit, and problems with their places.
//! Deliberately not here: what a value means.
//!
//! A valid text is parsed once, by `serde_yaml`, and checked. For any problem at all, the tree with positions is
//! compared with the JSON Schema of the raw type; whatever does not fit is reported and left out, and the rest is
//! parsed and checked again, now with places. One run therefore reports all problems of a text.

pub mod any;
mod complaint;
mod compose;

pub mod emit;
pub mod lenient;
mod nodes;
pub mod positions;
pub(crate) mod scalar;
pub mod scalars;
pub mod source;
pub mod spanned;
mod validate;
mod values;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use self::positions::Positions;
use self::source::{KeyPath, LeftOut, Problems, Source};
use self::spanned::{Duplicate, Fault, FoundNode, SpannedYaml};
use self::values::Values;
use crate::base::codes;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::text::lines::Lines;

/// Largest accepted text, in bytes.
pub const LIMIT: usize = 1 << 20;
/// Open brackets from which the depth is checked before parsing, because libyaml takes quadratic time in it.
const BRACKETS: usize = 64;

/// Parses and checks a text. `check` turns raw into checked values; it returns `None` when a required value is missing
/// or was rejected, and need not report that where the schema has `required`. `synonyms` maps keys of other programs to
/// Dateline's.
pub fn read<R, T>(
    source: Source<'_>,
    synonyms: &[(&str, &str)],
    check: impl Fn(R, &mut Problems) -> Option<T>,
) -> (Option<(T, LeftOut)>, Report)
where
    R: DeserializeOwned + JsonSchema,
{
    if source.text.len() > LIMIT {
        return (None, only(too_large(source.head())));
    }
    if brackets(source.text) <= BRACKETS
        && let Ok(raw) = serde_yaml::from_str(source.text)
    {
        let mut problems = Problems::default();
        let value = check(raw, &mut problems);
        if value.is_some() && problems.is_empty() {
            return (value.map(|value| (value, LeftOut::default())), Report::default());
        }
    }
    slowly(source, synonyms, check)
}

/// Places of the keys at these paths, for problems that only show when documents meet. The start of the file when the
/// text has no tree.
pub fn places(source: Source<'_>, paths: &[String], positions: &Positions) -> Vec<Place> {
    let (tree, lines) = positions.get(source.text);
    let place = |path: &String| match tree {
        Some(tree) => {
            let at = KeyPath::Key(path.clone());
            spot(source, lines, &at, &tree.find_kept(steps(path).iter().map(String::as_str)))
        }
        None => source.head(),
    };
    paths.iter().map(place).collect()
}

/// The JSON Schema (draft 2020-12) of a raw type.
pub fn schema<R: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_deserialize().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<R>().to_value()
}

/// Reports that a text is larger than [`LIMIT`].
pub fn too_large(place: Place) -> Diagnostic {
    Diagnostic::error(codes::YAML_LIMIT, "there is more than 1 MB of YAML here")
        .at(place)
        .help("move the text below the front matter")
}

fn slowly<R, T>(
    source: Source<'_>,
    synonyms: &[(&str, &str)],
    check: impl Fn(R, &mut Problems) -> Option<T>,
) -> (Option<(T, LeftOut)>, Report)
where
    R: DeserializeOwned + JsonSchema,
{
    let tree = match spanned::parse(source.text) {
        Err(fault) if fault.code == codes::YAML_LIMIT => return (None, only(place(source, fault))),
        tree => tree,
    };
    // `serde_yaml`, which parses every other file, decides what is valid YAML.
    if brackets(source.text) <= BRACKETS
        && let Err(error) = serde_yaml::from_str::<IgnoredAny>(source.text)
    {
        let at = error.location().map_or(0, |location| location.index());
        let complaint = error.to_string();
        return match tree {
            _ if !complaint.contains("EOF while parsing") => (None, only(complaint::explain(source, &complaint, at))),
            Ok(tree) => through_tree(source, tree, synonyms, check),
            Err(fault) => (None, only(place(source, fault))),
        };
    }
    match tree {
        Ok(tree) => through_tree(source, tree, synonyms, check),
        Err(fault) if brackets(source.text) > BRACKETS => (None, only(place(source, fault))),
        Err(_) => without_tree(source, check),
    }
}

fn through_tree<R, T>(
    source: Source<'_>,
    tree: SpannedYaml,
    synonyms: &[(&str, &str)],
    check: impl Fn(R, &mut Problems) -> Option<T>,
) -> (Option<(T, LeftOut)>, Report)
where
    R: DeserializeOwned + JsonSchema,
{
    let mut report = Report::default();
    let lines = Lines::of(source.text);
    let at = |range| source.place_within(&lines, range);
    let violations = validate::validate(&tree, source.text, &schema::<R>(), synonyms);
    for (range, problem) in violations.problems {
        report.push(problem.at(range.map_or_else(|| source.head(), at)));
    }
    let mut left_out = violations.slots;
    for Duplicate { first, later, slot } in tree.duplicates() {
        let key = later.text().unwrap_or_default();
        let line = at(first.range()).line;
        report.push(
            Diagnostic::error(codes::DUPLICATE_KEY, format!("`{key}` occurs twice"))
                .at(at(later.range()))
                .help(format!("it is already on line {line}; keep one of them")),
        );
        left_out.insert(slot);
    }
    let mut refused = tree.list_entries(&left_out);
    let tree = tree.without(&left_out);
    let mut value = None;
    if !violations.nothing {
        match R::deserialize(Values(tree.root())) {
            Ok(raw) => {
                let mut problems = Problems::default();
                value = check(raw, &mut problems);
                let (problems, left_out) = problems.into_parts();
                refused.extend(left_out.iter().map(|path| tree.find(steps(path).iter().map(String::as_str)).value));
                for (which, mut problem) in problems {
                    if let KeyPath::Missing(key) = &which
                        && tree.root().get(key).is_some()
                    {
                        problem.message = format!("`{key}` is empty");
                    }
                    if !violations.keys.contains(which.path()) {
                        report.push(problem.at(find(source, &lines, &tree, &which)));
                    }
                }
            }
            Err(error) => report.push(misread(source, &error)),
        }
    }
    if value.is_none() && !report.has_errors() {
        report.push(misread(source, &"something that it needs is missing"));
    }
    report.sort();
    (value.map(|value| (value, LeftOut(refused))), report)
}

/// Handles a text that `serde_yaml` accepts and the other parser does not: without columns, but nothing is lost.
fn without_tree<R, T>(
    source: Source<'_>,
    check: impl Fn(R, &mut Problems) -> Option<T>,
) -> (Option<(T, LeftOut)>, Report)
where
    R: DeserializeOwned,
{
    let mut report = Report::default();
    let mut problems = Problems::default();
    let value = match serde_yaml::from_str(source.text) {
        Ok(raw) => check(raw, &mut problems),
        Err(error) => {
            let place = error.location().map_or_else(|| source.head(), |at| source.place(at.index()..at.index() + 1));
            report.push(Diagnostic::error(codes::WRONG_TYPE, error.to_string()).at(place));
            None
        }
    };
    for (_, problem) in problems.into_parts().0 {
        report.push(problem.at(source.head()));
    }
    if value.is_none() && !report.has_errors() {
        report.push(misread(source, &"something that it needs is missing"));
    }
    (value.map(|value| (value, LeftOut::default())), report)
}

fn misread(source: Source<'_>, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::error(codes::WRONG_TYPE, format!("this YAML cannot be read: {error}")).at(source.head())
}

fn steps(path: &str) -> Vec<String> {
    path.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
}

fn find(source: Source<'_>, lines: &Lines, tree: &SpannedYaml, at: &KeyPath) -> Place {
    spot(source, lines, at, &tree.find(steps(at.path()).iter().map(String::as_str)))
}

fn spot(source: Source<'_>, lines: &Lines, at: &KeyPath, found: &FoundNode) -> Place {
    match (at, found.key.clone()) {
        (KeyPath::Missing(_), None) => source.head(),
        (KeyPath::Missing(_) | KeyPath::Key(_), Some(key)) => source.place_within(lines, key),
        // A value below its key has no line of its own to show.
        (KeyPath::Value(_), Some(key)) if source.text[key.end..found.value.start.max(key.end)].contains('\n') => {
            source.place_within(lines, key)
        }
        (KeyPath::Value(_), Some(key)) if found.value.is_empty() => source.place_within(lines, key),
        _ => source.place_within(lines, found.value.clone()),
    }
}

fn place(source: Source<'_>, fault: Fault) -> Diagnostic {
    let Fault { code, message, help, range } = fault;
    let problem = Diagnostic::error(code, message).at(source.place(range));
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

fn only(problem: Diagnostic) -> Report {
    let mut report = Report::default();
    report.push(problem);
    report
}

/// Upper bound of the bracket nesting.
fn brackets(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => {
                open += 1;
                most = most.max(open);
            }
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::Deserialize;

    use super::*;
    use crate::base::yaml::lenient::{Extra, Many, Table, Text, TextOr};

    #[derive(Debug, PartialEq, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Raw {
        #[schemars(required)]
        title: Option<Text>,
        topics: Option<Many<Text>>,
        kind: Option<Kind>,
        draft: Option<bool>,
        priority: Option<i64>,
        updates: Option<Many<Update>>,
        sources: Option<Many<TextOr<Update>>>,
        codes: Option<Table<Text>>,
        extra: Option<Extra>,
    }

    #[derive(Debug, PartialEq, Deserialize, JsonSchema)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        /// News.
        Report,
        EditorsNote,
    }

    #[derive(Debug, PartialEq, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Update {
        at: Text,
        text: Option<Text>,
    }

    fn read_raw(text: &str) -> (Option<Raw>, Report) {
        let source = Source { file: "a.md", text, first_line: 2 };
        let (read, report) = read(source, &[("tags", "topics")], |raw: Raw, _| raw.title.is_some().then_some(raw));
        (read.map(|(raw, _)| raw), report)
    }

    fn lines(report: &Report) -> Vec<String> {
        let line = |problem: &Diagnostic| {
            let place = problem.place.as_ref().expect("a place");
            let fix = problem.replacement.as_ref().map(|fix| format!(" → {fix}")).unwrap_or_default();
            format!("{}:{}-{} {}{fix}", place.line, place.column, place.end_column, problem.message)
        };
        report.diagnostics().iter().map(line).collect()
    }

    #[test]
    fn loose_values_are_read_as_written() {
        let (raw, report) = read_raw(
            "title: 1.10\ntopics: 2.50\ndraft: true\nkind: editors-note\nupdates: {at: 2023-10-17}\nsources: [a, {at: 007}, true]\ncodes: {medtop: 04000000}\nextra: {1: [1, 2.5, x, null, .inf], b: {c: true}}\n",
        );
        let raw = raw.unwrap_or_else(|| panic!("{:?}", lines(&report)));
        assert!(report.is_empty());
        assert_eq!(raw.title, Some(Text("1.10".into())));
        assert_eq!(raw.topics, Some(Many(vec![Text("2.50".into())])));
        assert_eq!((raw.draft, raw.kind), (Some(true), Some(Kind::EditorsNote)));
        assert_eq!(raw.updates.map(|Many(list)| list[0].at.0.clone()), Some("2023-10-17".into()));
        let Some(Many(sources)) = raw.sources else { panic!() };
        assert!(matches!(&sources[..], [TextOr::Text(a), TextOr::Map(Update { at, .. }), TextOr::Text(t)]
            if a == "a" && at.0 == "007" && t == "true"));
        assert_eq!(raw.codes, Some(Table(vec![("medtop".into(), Text("04000000".into()))])));
        assert_eq!(
            serde_json::to_value(raw.extra.expect("there").0).expect("JSON"),
            serde_json::json!({"1": [1, 2.5, "x", null, "inf"], "b": {"c": true}})
        );
    }

    #[test]
    fn every_problem_comes_in_one_run_with_its_place() {
        let (raw, report) = read_raw(
            "title: x\r\ntpoics: [a]\r\ntags: b\r\nkind: reprot\r\ndraft: yes\r\npriority: \"3\"\r\nupdates:\r\n  - at: 1\r\n    txt: é\r\n  - text: y\r\n  - [z]\r\ncodes: {a: 1, a: 2}\r\nextra:\r\n  x: 1\r\n  y: {z: 1, z: 2}\r\ntitle: w\r\nweather: sun\r\n",
        );
        assert_eq!(
            lines(&report),
            [
                "3:1-7 unknown key `tpoics` → topics",
                "4:1-5 unknown key `tags` → topics",
                "5:7-13 `kind` cannot be `reprot` → report",
                "6:8-11 `draft` must be `true` or `false`, not the text `yes` → true",
                "7:11-14 `priority` must be a whole number, not the text `3` → 3",
                "10:5-8 unknown key `txt` → text",
                "11:5-12 an entry of `updates` has no `at`",
                "12:5-8 an entry of `updates` must be a map of `at` and `text`, not a list",
                "13:15-16 `a` occurs twice",
                "16:13-14 `z` occurs twice",
                "17:1-6 `title` occurs twice",
                "18:1-8 unknown key `weather`",
            ]
        );
        let raw = raw.expect("what is right is read");
        assert_eq!(raw.title, Some(Text("x".into())));
        assert_eq!(raw.updates.map(|Many(list)| list.len()), Some(1));
    }

    #[test]
    fn what_is_missing_or_empty_is_said_once() {
        for (text, line) in [
            ("", "1:1-4 `title` is missing"),
            ("# note\n", "1:1-4 `title` is missing"),
            ("draft: true\n", "1:1-4 `title` is missing"),
            ("draft: true\ntitle:\n", "3:1-6 `title` is empty"),
            ("title: [a]\n", "2:8-11 `title` must be a text, not a list"),
            ("- a\n", "2:1-4 this must be a map, not a list"),
            ("just text\n", "2:1-10 this must be a map, not the text `just text`"),
            ("title: x\n<<: {a: 1}\n", "3:1-3 merge keys (`<<`) are not read"),
            ("title: x\n[a]: 1\n", "3:1-4 a key must be a text, not a list or a map"),
            (
                "title: x\npriority: 99999999999999999999\n",
                "3:11-31 `priority` must be a whole number, not `99999999999999999999`",
            ),
        ] {
            assert_eq!(lines(&read_raw(text).1), [line], "{text:?}");
        }
    }

    #[test]
    fn bombs_and_towers_take_no_time() {
        let bomb = (1..12).fold("title: x\nextra:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, n| {
            format!("{text}  a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "))
        });
        let towers = [
            "[".repeat(1 << 20),
            "{a: ".repeat(1 << 17),
            "- ".repeat(1 << 18),
            (0..2000).fold(String::new(), |text, depth| format!("{text}{}a:\n", " ".repeat(depth % 500))),
            (0..1000).fold(String::new(), |text, depth| format!("{text}{}a:\n", " ".repeat(depth))),
            "x".repeat(LIMIT + 1),
            format!("title: x\nextra: {}1{}", "[".repeat(2000), "]".repeat(2000)),
            bomb,
        ];
        for text in towers {
            let (raw, report) = read_raw(&text);
            assert!(raw.is_none() && report.has_errors(), "{}", &text[..40]);
        }
    }

    #[test]
    fn many_brackets_in_a_text_are_no_tower() {
        let text = format!("title: x\nextra:\n  art: |\n    {}\n", "[".repeat(500));
        let (raw, report) = read_raw(&text);
        assert!(raw.is_some() && report.is_empty(), "{:?}", lines(&report));
    }
}
