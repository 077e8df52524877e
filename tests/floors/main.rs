//! The architecture, enforced: floors, circles of files, file length, and the homes of crates.

mod circles;
mod reader;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use circles::folders;
use reader::Crate;

/// What a floor must not import although it is lower.
const FORBIDDEN: &[(&str, &str)] =
    &[("publish", "content"), ("publish", "site"), ("publish", "plan"), ("publish", "render"), ("publish", "config")];

/// Third-party crates, and the only places that may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("walkdir", &["base/disk"]),
    ("same_file", &["base/disk"]),
    ("serde_yaml", &["base/yaml"]),
    ("saphyr_parser", &["base/yaml"]),
    ("rmp_serde", &["base/digest"]),
    ("annotate_snippets", &["base/report/print"]),
    ("pulldown_cmark", &["content/markdown"]),
    ("pulldown_cmark_escape", &["content/markdown"]),
    ("ammonia", &["content/markdown"]),
    ("imagesize", &["content/asset"]),
    ("tera", &["render"]),
    ("quick_xml", &["base/picture", "render/machines"]),
    ("icu_calendar", &["base/locale"]),
    ("icu_datetime", &["base/locale"]),
    ("icu_decimal", &["base/locale"]),
    ("icu_locale_core", &["base/locale"]),
    ("icu_plurals", &["base/locale"]),
    ("icu_normalizer", &["base/text", "pipeline/audit", "import/moving/unicode"]),
    ("aho_corasick", &["site/topics/names", "pipeline/audit"]),
    ("css_inline", &["render/email"]),
    ("mail_builder", &["render/email"]),
    ("object_store", &["deploy"]),
    ("reqwest", &["announce/post", "check/external"]),
    ("csv", &["content/data"]),
    ("toml", &["import/moving/source/values", "content/data"]),
    ("regex_automata", &["import/moving/source/patterns"]),
    ("icu_properties", &["import/moving/unicode"]),
    ("form_urlencoded", &["announce/websub"]),
    ("rustls", &["deploy/store", "announce/post", "check/external"]),
    ("img_parts", &["base/picture"]),
    ("exif", &["base/picture"]),
    ("image", &["base/picture"]),
    ("fast_image_resize", &["base/picture"]),
    ("jpeg_encoder", &["base/picture"]),
    ("webp", &["base/picture"]),
    ("flate2", &["deploy/manifest", "scaffold/cms"]),
    ("configparser", &["deploy/store"]),
    ("percent_encoding", &["base/web/escape", "deploy/rules"]),
    ("url", &["base/web/address"]),
    ("futures_util", &["deploy"]),
    ("notify", &["watch"]),
    ("axum", &["serve"]),
    ("tokio", &["serve", "deploy", "announce/post", "check/external"]),
    ("tokio_stream", &["serve"]),
    ("http_range_header", &["serve"]),
    ("mime_guess", &["base/web/media"]),
    ("opener", &["cli"]),
    ("getrandom", &["cli"]),
    ("ctrlc", &["cli"]),
    ("signal_hook", &["cli"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("anstream", &["cli"]),
    ("unicode_width", &["cli", "base/text/wrap"]),
];

const LONGEST: usize = 400;

#[test]
fn imports_go_down_the_floors() {
    let (floors, files) = (floors(), files());
    let top = folders(&files).into_iter().find(|folder| folder.name.is_empty()).expect("the root");
    let wrong: Vec<String> = top
        .edges
        .iter()
        .filter(|((from, to), _)| {
            let is_forbidden = FORBIDDEN.contains(&(from, to));
            from != "mod" && (is_forbidden || floors.get(from) <= floors.get(to))
        })
        .map(|(_, (file, path))| format!("{file} names `{path}`"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_has_a_floor() {
    let modules: BTreeSet<String> = sources()
        .keys()
        .map(|path| path.split('/').next().unwrap_or("").trim_end_matches(".rs").to_owned())
        .filter(|name| name != "lib" && name != "main")
        .collect();
    assert_eq!(modules, floors().into_keys().collect());
}

/// More types than this must not share a name.
const NAMESAKES: usize = 2;

/// Types that are visible outside their file.
#[test]
fn a_name_stands_for_few_types() {
    let files = files();
    let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (module, source) in &files.sources {
        for name in &source.types {
            names.entry(name).or_default().push(module);
        }
    }
    names.retain(|_, modules| modules.len() > 1);
    for (name, modules) in &names {
        println!("{name:20} {}", modules.join(", "));
    }
    names.retain(|_, modules| modules.len() > NAMESAKES);
    assert!(names.is_empty(), "call them by what they belong to: {names:#?}");
}

/// Prints the floors of every folder (`cargo test --test floors circle -- --nocapture`): each file names items of
/// files on lower ones alone.
#[test]
fn no_files_or_folders_name_each_other_in_a_circle() {
    let mut circles = Vec::new();
    for folder in folders(&files()) {
        for (floor, nodes) in folder.floors().into_iter().enumerate() {
            println!("{:30} {floor:2}  {}", folder.name, nodes.join(", "));
        }
        circles.extend(folder.circles());
    }
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn a_circle_is_found_however_a_file_names_another() {
    let planted = |a: &str, b: &str| {
        let files = [("", "mod x;"), ("x", "mod a;\nmod b;\nmod c;\npub use b::Make;"), ("x::a", a), ("x::b", b)];
        let files = Crate::read(files.into_iter().chain([("x::c", "pub fn c() {}")]));
        folders(&files).iter().flat_map(circles::Folder::circles).collect::<Vec<_>>()
    };
    let b = "pub struct Make;\npub fn b() {}";
    let back = "use super::a;\npub struct Make;\npub fn b() { a::a() }";
    for a in [
        "use super::{b::{self, Make}, c};\npub fn a() { c::c() }",
        "use super::{c, b::b};\npub fn a() {}",
        "pub use crate::x::{b::Make as Other, c::c};\npub fn a() {}",
        "pub fn a() { super::b::b() }",
        "pub fn a() { println!(\"{:?}\", crate::x::b::b()) }",
        "use crate::x;\npub fn a() { let _ = x::b::b; }",
        "use super::Make;\npub fn a() {}",
        "#[serde(with = \"super::b::b\")]\nstruct A;\npub fn a() {}",
        "use super::b::*;\npub fn a() {}",
    ] {
        assert_eq!(planted(a, b), [""; 0], "{a}");
        assert_eq!(planted(a, back).len(), 1, "{a}");
    }
    let unrelated = [
        "use super::c;\npub fn a() { c::c() } // super::b::b()",
        "pub fn a() { println!(\"super::b::b()\") }",
        "pub fn a() {}\n#[cfg(test)]\nmod tests { use super::super::b; }",
    ];
    for a in unrelated {
        assert_eq!(planted(a, back), [""; 0], "{a}");
    }
    let child =
        Crate::read([("", "mod x;"), ("x", "mod y;\npub struct X(y::Y);"), ("x::y", "pub struct Y(super::X);")]);
    assert_eq!(folders(&child).iter().flat_map(circles::Folder::circles).count(), 1, "a parent and its child");
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|(path, text)| (path, without_tests(&text).lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "split by what the parts are about: {long:#?}");
}

#[test]
fn crates_stay_at_home() {
    let mut wrong = Vec::new();
    for (module, source) in &files().sources {
        for (name, homes) in HOMES.iter().filter(|(name, _)| source.names_crate(name)) {
            let folder = module.replace("::", "/");
            if !homes.iter().any(|home| folder.starts_with(home)) {
                wrong.push(format!("{module} names `{name}`, whose home is {homes:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_panics_on_input_and_nothing_is_silenced_without_a_reason() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (number, line) in without_comments(&without_tests(&text)).lines().enumerate() {
            let silenced = line.contains("#[allow") || line.contains("#![allow");
            if line.contains(".unwrap()") || line.contains("todo!(") || line.contains("unimplemented!(") || silenced {
                wrong.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The floors, from the table on the page of the library: a module may name items of modules with a lower number.
fn floors() -> BTreeMap<String, u8> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("the library");
    let row = |line: &str| {
        let mut cells = line.strip_prefix("//! | ")?.split(" | ");
        let (number, module) = (cells.next()?.parse().ok()?, cells.next()?);
        Some((module.trim_matches(['[', '`', ']']).to_owned(), number))
    };
    text.lines().filter_map(row).collect()
}

/// The library, as far as its files name each other.
fn files() -> Crate {
    let sources = sources();
    let files = sources.iter().filter(|(path, _)| *path != "main.rs");
    let modules: Vec<(String, &str)> = files.map(|(path, text)| (module(path), text.as_str())).collect();
    Crate::read(modules.iter().map(|(module, text)| (module.as_str(), *text)))
}

/// The path of a module: the empty one for the root.
fn module(path: &str) -> String {
    let path = if path == "lib.rs" { "" } else { path };
    path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::")
}

/// The text up to the tests at its end.
fn without_tests(text: &str) -> String {
    let end = text.find("\n#[cfg(test)]\nmod ").map_or(text.len(), |at| at + 1);
    text[..end].to_owned()
}

fn without_comments(text: &str) -> String {
    text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line }).collect::<Vec<_>>().join("\n")
}

/// All sources by their path below `src/`, tests in files of their own left out.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != "tests") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && path.file_name().is_none_or(|name| name != "tests.rs")
            {
                let name = path.strip_prefix(&root).expect("it is inside").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).expect("a source"));
            }
        }
    }
    assert!(found.len() > 20, "the sources are there");
    found
}
