//! Folders, failures and clashes that stop a publication.

use super::*;

#[test]
fn dangerous_folders_are_refused_and_nothing_is_made() {
    let sandbox = Sandbox::new();
    for file in ["site/dateline.yaml", "site/content/a.md", "repository/.git/HEAD", "full/x", "plain"] {
        place(sandbox.folder.path(), file, "");
    }
    let sources = [
        sandbox.at("site/content"),
        sandbox.at("site/templates"),
        sandbox.at("site/static"),
        sandbox.at("site/dateline.yaml"),
    ];
    let options = PublishOptions { protected: vec![sandbox.at("home")], clean: true, ..PublishOptions::default() };
    disk::create_dir_all(&sandbox.at("home")).expect("made");
    let before = disk::contents(sandbox.folder.path(), "");
    for (output, why) in [
        ("", "holds the sources"),
        ("site", "holds the sources"),
        ("site/content", "is a folder of sources"),
        ("site/content/public", "lies inside"),
        ("site/templates/new/public", "lies inside"),
        ("site/x/../static", "is a folder of sources"),
        ("repository", "holds `.git`"),
        ("full", "is not empty, and Dateline did not make it"),
        ("plain", "is not a folder"),
        ("home", "is a folder of yours"),
    ] {
        let refusal = Publication::open(&sandbox.at(output), &sources, options.clone()).err().expect(output);
        assert_eq!(refusal.code, codes::OUTPUT_REFUSED, "{output}");
        assert!(refusal.message.contains(why) && refusal.help.is_some(), "{output}: {}", refusal.message);
    }
    let root = Publication::open(Path::new("/"), &[], PublishOptions::default()).err().expect("refused");
    assert_eq!(root.code, codes::OUTPUT_REFUSED);
    assert_eq!(disk::contents(sandbox.folder.path(), ""), before);
    // `publicity` shares a prefix with `public`, but is no part of it.
    let near = [sandbox.at("public/../publicity")];
    Publication::open(&sandbox.output(), &near, PublishOptions::default()).expect("fine");
}

#[test]
fn a_failed_publication_leaves_no_trace() {
    let sandbox = Sandbox::new();
    let output = sandbox.at("new/folder/public");
    let publication = open(&output).expect("opened");
    fill(&publication, &first()).expect("put");
    publication.abandon();
    assert!(!disk::exists(&sandbox.at("new")));

    publish(&output, &first()).expect("published");
    let before = tree(&output);
    let publication = open(&output).expect("opened");
    fill(&publication, &second()).expect("put");
    drop(publication);
    assert_eq!(tree(&output), before);
    assert_eq!(names(&output.join(OWN)), [".htaccess", "foreign", "ledger", "lock", "private"]);
}

#[test]
fn two_outputs_for_one_file_are_an_error() {
    for (one, other) in [("/a/", "/a/index.html"), ("/a", "/a/"), ("/a/b/c/", "/a"), ("/a", "/a")] {
        for (first, second) in [(one, other), (other, one)] {
            for ranks in [[Rank::Story, Rank::Story], [Rank::Story, Rank::Feed]] {
                let sandbox = Sandbox::new();
                let publication = open(&sandbox.output()).expect("opened");
                let put = |route: &str, rank| {
                    publication.put(&Route::own(route), rank, Digest::of(b""), "", vec![], Content::Bytes(b""))
                };
                put("/a-b/", Rank::Story).expect("put");
                let result = put(first, ranks[0]).and_then(|()| put(second, ranks[1]));
                let result = result.and_then(|()| publication.commit().map(drop));
                assert_eq!(result.expect_err("a clash").code, codes::ROUTE_CONFLICT, "{first} {second}");
                assert!(!disk::exists(&sandbox.output()));
            }
        }
    }
}

#[test]
fn a_second_command_is_told_who_writes() {
    let sandbox = Sandbox::new();
    let publication = open(&sandbox.output()).expect("opened");
    let locked = open(&sandbox.output()).err().expect("locked");
    assert_eq!(locked.code, codes::OUTPUT_LOCKED);
    if cfg!(unix) {
        let holder = format!("`dateline build` (process {})", std::process::id());
        assert!(locked.message.contains(&holder), "{}", locked.message);
    }
    assert_eq!(clean(&sandbox.output(), "").expect_err("locked").code, codes::OUTPUT_LOCKED);
    drop(publication);
    // The text that a killed command leaves in the lock file has no effect.
    place(&sandbox.output(), ".dateline/lock", "process 1\nhost elsewhere\ncommand dateline watch\n");
    publish(&sandbox.output(), &first()).expect("published");
}

#[test]
fn a_lost_ledger_costs_no_page_and_no_foreign_file() {
    let other_version = |text: String| text.replacen("dateline ledger ", "dateline ledger 9", 1);
    let cut = |text: String| text[..text.len() / 2].to_owned();
    for damage in [other_version as fn(String) -> String, cut, |_| String::new()] {
        let sandbox = Sandbox::new();
        publish(&sandbox.output(), &first()).expect("published");
        place(&sandbox.output(), "CNAME", "a.example");
        let ledger = sandbox.at("public/.dateline/ledger");
        let damaged = damage(disk::read_to_string(&ledger).expect("read"));
        if damaged.is_empty() {
            disk::remove_file(&ledger).expect("removed");
        } else {
            disk::write(&ledger, damaged.as_bytes()).expect("written");
        }
        let before = tree(&sandbox.output());
        let mut next = first();
        next.insert("/", "home, later");
        next.remove("/2023/10/18/gas/");
        let summary = publish(&sandbox.output(), &next).expect("published");
        assert_eq!(summary.foreign, ["2023/10/18/gas/index.html", "CNAME"]);
        assert_eq!(texts(&sandbox.output())["index.html"], "home, later");
        for (path, file) in tree(&sandbox.output()) {
            assert!(path == "index.html" || before[&path] == file, "{path} was touched");
        }
    }
}
