//! What the program stands on, against `deny.toml`: licences, versions, sources, and the oldest Rust. All of it is read from
//! `Cargo.lock` and from what Cargo has on this machine. `cargo deny check` reads the same file, and asks for advisories too.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use toml::Table;

fn table(name: &str) -> Table {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("it is there");
    text.parse().unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn list<'t>(table: &'t Table, part: &str, key: &str) -> &'t [toml::Value] {
    table[part][key].as_array().unwrap_or_else(|| panic!("`{key}` of `{part}` is a list"))
}

/// A package of `Cargo.lock`.
struct Package {
    name: String,
    version: String,
    source: Option<String>,
    needs: Vec<String>,
}

fn locked() -> Vec<Package> {
    let lock = table("Cargo.lock");
    let packages = lock["package"].as_array().expect("there are packages");
    let text = |package: &toml::Value, key: &str| package.get(key).and_then(|value| value.as_str().map(str::to_owned));
    let package = |package: &toml::Value| Package {
        name: text(package, "name").expect("it has a name"),
        version: text(package, "version").expect("it has a version"),
        source: text(package, "source"),
        needs: package
            .get("dependencies")
            .and_then(toml::Value::as_array)
            .map(|needs| needs.iter().filter_map(|need| need.as_str().map(str::to_owned)).collect())
            .unwrap_or_default(),
    };
    packages.iter().map(package).collect()
}

fn cargo(args: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("Cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("Cargo writes UTF-8")
}

/// The packages that are compiled on this machine, as Cargo describes them.
fn described() -> Vec<Value> {
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("Cargo names its host");
    let metadata = cargo(&[
        "metadata",
        "--offline",
        "--locked",
        "--format-version",
        "1",
        "--all-features",
        "--filter-platform",
        host,
    ]);
    let metadata: Value = serde_json::from_str(&metadata).expect("it is JSON");
    let nodes = metadata["resolve"]["nodes"].as_array().expect("it is resolved");
    let used: BTreeSet<&str> = nodes.iter().filter_map(|node| node["id"].as_str()).collect();
    let packages = metadata["packages"].as_array().expect("there are packages");
    packages.iter().filter(|package| package["id"].as_str().is_some_and(|id| used.contains(id))).cloned().collect()
}

/// Whether an SPDX expression can be met with the licences that are allowed.
fn is_met(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let expression = expression.trim();
    let mut depth = 0;
    let mut at_top = String::new();
    for c in expression.replace('/', " OR ").chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        at_top.push(if depth > 0 && c == ' ' { '\u{a0}' } else { c });
    }
    let parts = |operator| at_top.split(operator).map(|part: &str| part.replace('\u{a0}', " ")).collect::<Vec<_>>();
    let (any, all) = (parts(" OR "), parts(" AND "));
    if any.len() > 1 {
        return any.iter().any(|part| is_met(part, allowed));
    }
    if all.len() > 1 {
        return all.iter().all(|part| is_met(part, allowed));
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_met(inner, allowed),
        None => allowed.contains(expression),
    }
}

#[test]
fn every_package_has_a_licence_that_is_allowed() {
    let deny = table("deny.toml");
    let allowed: BTreeSet<&str> = list(&deny, "licenses", "allow").iter().filter_map(toml::Value::as_str).collect();
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("GPL-3.0-only/MIT", true),
        ("MIT AND GPL-3.0-only", false),
        ("(MIT OR GPL-3.0-only) AND Unicode-3.0", true),
        ("(GPL-2.0-only OR GPL-3.0-only) AND Unicode-3.0", false),
        ("Apache-2.0 WITH LLVM-exception", false),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
    let packages = described();
    assert!(packages.len() > 100, "{} packages", packages.len());
    let licence = |package: &Value| package["license"].as_str().unwrap_or("none").to_owned();
    let wrong: Vec<String> = packages
        .iter()
        .filter(|package| !is_met(&licence(package), &allowed))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], licence(package)))
        .collect();
    assert!(wrong.is_empty(), "not among `licenses.allow` of deny.toml: {wrong:#?}");
}

#[test]
fn a_package_that_is_there_twice_has_a_reason_for_it() {
    let deny = table("deny.toml");
    let mut skipped = BTreeSet::new();
    for skip in list(&deny, "bans", "skip") {
        let (name, version) = skip["crate"].as_str().and_then(|it| it.split_once('@')).expect("`name@version`");
        let reason = skip["reason"].as_str().unwrap_or("");
        assert!(reason.len() > 5, "`{name}` of deny.toml has no reason");
        skipped.insert((name, version));
    }
    let packages = locked();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in &packages {
        versions.entry(&package.name).or_default().push(&package.version);
    }
    let is_of = |version: &str, of: &str| version.strip_prefix(of).is_some_and(|rest| rest.starts_with('.'));
    let is_there = |name: &str, of: &str| versions.get(name).is_some_and(|all| all.iter().any(|it| is_of(it, of)));
    let stale: Vec<_> = skipped.iter().filter(|(name, version)| !is_there(name, version)).collect();
    assert!(stale.is_empty(), "deny.toml still gives a reason for what is gone: {stale:?}");
    let is_skipped = |name: &str, version: &str| skipped.iter().any(|skip| skip.0 == name && is_of(version, skip.1));
    for (name, versions) in versions {
        let left: Vec<&str> = versions.into_iter().filter(|version| !is_skipped(name, version)).collect();
        let needed_by = |version: &str| {
            let needed = format!("{name} {version}");
            let needs = |package: &&Package| package.needs.contains(&needed);
            packages.iter().filter(needs).map(|package| package.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let told: Vec<String> = left.iter().map(|version| format!("{version} for {}", needed_by(version))).collect();
        assert!(left.len() < 2, "`{name}` is there twice, without a reason in deny.toml: {told:?}");
    }
}

#[test]
fn packages_come_from_the_registry_and_none_is_banned() {
    let deny = table("deny.toml");
    let banned: BTreeSet<&str> = list(&deny, "bans", "deny").iter().filter_map(|ban| ban["crate"].as_str()).collect();
    let registries: BTreeSet<String> = list(&deny, "sources", "allow-registry")
        .iter()
        .filter_map(|registry| Some(format!("registry+{}", registry.as_str()?)))
        .collect();
    for Package { name, version, source, .. } in locked() {
        assert!(!banned.contains(name.as_str()), "`{name}` is banned by deny.toml");
        let is_ours = name == env!("CARGO_PKG_NAME");
        let is_known = source.as_ref().map_or(is_ours, |source| registries.contains(source));
        assert!(is_known, "{name} {version} comes from {source:?}");
    }
}

#[test]
fn no_package_wants_a_newer_rust_than_we_promise() {
    let number = |text: &str| -> (u32, u32) {
        let mut parts = text.split('.').map(|part| part.parse().unwrap_or(0));
        (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
    };
    let ours = number(env!("CARGO_PKG_RUST_VERSION"));
    assert!(ours > (1, 80), "`rust-version` stands in Cargo.toml");
    let newer: Vec<String> = described()
        .iter()
        .filter(|package| package["rust_version"].as_str().is_some_and(|version| number(version) > ours))
        .map(|package| format!("{} {} wants {}", package["name"], package["version"], package["rust_version"]))
        .collect();
    assert!(newer.is_empty(), "raise `rust-version`, or take an older one: {newer:#?}");
}

/// Packages of whose messages the program reads a part, where no type says the same: the version whose messages were read, and
/// a part of them as our sources have it. Tests pin what is made of each.
const READ: &[(&str, &str, &str)] = &[
    ("object_store", "0.14", "max_retries"),
    ("reqwest", "0.13", "dns error"),
    ("saphyr-parser", "0.0", "recursion limit"),
    ("serde_yaml", "0.9", "EOF while parsing"),
    ("tera", "2.4", "note: called from "),
];

#[test]
fn messages_of_other_packages_are_read_in_the_versions_that_were_tried() {
    let packages = locked();
    for (name, version, part) in READ {
        let found: Vec<&Package> = packages.iter().filter(|package| package.name == *name).collect();
        assert!(
            found.iter().all(|package| package.version.starts_with(&format!("{version}."))) && found.len() == 1,
            "`{name}` is of another version: see whether its messages still say `{part}`, then change this list"
        );
        assert!(sources().iter().any(|text| text.contains(&format!("\"{part}"))), "nothing reads `{part}` of `{name}`");
    }
}

/// The texts of all sources.
fn sources() -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                texts.push(fs::read_to_string(path).expect("UTF-8"));
            }
        }
    }
    texts
}
