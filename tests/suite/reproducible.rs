//! Same sources, same instant: same bytes, wherever, by however many threads, and whatever the machine's time zone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use dateline::pipeline;
use tempfile::TempDir;

use crate::example;
use crate::generated;
use crate::site_test::{assert_same, tree};

#[test]
fn the_folder_leaves_no_trace() {
    let (one, other) = (generated::site(40, 5), generated::site(40, 5));
    one.build_clean();
    other.build_clean();
    assert_ne!(one.root(), other.root());
    assert_same(&one.tree(), &other.tree());
    let folder = one.root().parent().expect("a parent").to_string_lossy().into_owned();
    assert!(one.tree().values().all(|bytes| !String::from_utf8_lossy(bytes).contains(&folder)));
}

#[test]
fn one_thread_or_four_make_the_same() {
    let site = generated::site(120, 7);
    let with = |threads: usize| {
        let folder = TempDir::new().expect("a temporary folder");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let built = pool.install(|| pipeline::build(&site.request(), &site.how(folder.path().join("public"))));
        assert!(!built.report.has_errors());
        let ledger = fs::read_to_string(folder.path().join("public/.dateline/ledger")).expect("a ledger");
        (tree(&folder.path().join("public")), ledger.lines().count())
    };
    let (one, four) = (with(1), with(4));
    assert_same(&one.0, &four.0);
    assert_eq!(one.1, four.1);
}

/// What the program makes of the example site in this environment.
fn built_by_program(folder: &Path, environment: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let run = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["build", "--root"])
        .arg(example::root())
        .args(["--now", example::NOW, "-o"])
        .arg(folder)
        .current_dir("/")
        .envs(environment.iter().copied())
        .output()
        .expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    tree(folder)
}

#[test]
fn the_machines_time_zone_language_and_threads_leave_no_trace() {
    let folder = TempDir::new().expect("a temporary folder");
    let first = built_by_program(&folder.path().join("first"), &[("TZ", "UTC"), ("RAYON_NUM_THREADS", "1")]);
    assert!(first.len() > 60, "{}", first.len());
    for (at, environment) in [
        [("TZ", "Asia/Tokyo"), ("RAYON_NUM_THREADS", "4"), ("LANG", "de_DE.UTF-8")],
        [("TZ", "America/Los_Angeles"), ("RAYON_NUM_THREADS", "2"), ("LC_ALL", "C")],
    ]
    .iter()
    .enumerate()
    {
        assert_same(&built_by_program(&folder.path().join(at.to_string()), environment), &first);
    }
}
