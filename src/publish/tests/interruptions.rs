//! Commits that end before their last step.

use super::*;

#[test]
fn a_commit_that_ends_anywhere_is_completed_or_undone() {
    let foreign = [("CNAME", "a.example"), ("2023/10/17/court/notes.txt", "mine"), ("free/x", "")];
    for begins_empty in [true, false] {
        for steps in 0.. {
            let sandbox = Sandbox::new();
            let output = sandbox.output();
            if !begins_empty {
                publish(&output, &first()).expect("published");
                for (path, text) in foreign {
                    place(&output, path, text);
                }
            }
            let foreign = if begins_empty { &[][..] } else { &foreign[..] };
            let stopped = interrupted(&output, &second(), steps);
            let before = if begins_empty { Site::new() } else { first() };
            if disk::exists(&output.join(OWN).join(JOURNAL)) {
                // The next command is interrupted, too.
                let _ = commit::recover(&output, &mut Steps::only(steps % 5));
                let publication = open(&output).expect("opened");
                assert!(publication.recovered() || !disk::exists(&output.join(OWN).join(JOURNAL)));
                drop(publication);
                assert_eq!(texts(&output), expected(&second(), foreign), "after {steps} steps");
            } else if stopped.is_some() && !disk::exists(&output.join(OWN).join(LEDGER)) {
                assert!(begins_empty && !disk::exists(&output), "after {steps} steps");
            } else if steps < 2 {
                assert_eq!(texts(&output), expected(&before, foreign), "after {steps} steps");
            }
            let summary = publish(&output, &second()).expect("published");
            assert_eq!(texts(&output), expected(&second(), foreign), "after {steps} steps");
            assert_eq!(summary.foreign.len(), foreign.len());
            if steps >= 2 {
                assert_eq!(summary.unchanged, second().len(), "after {steps} steps");
            }
            assert_eq!(names(&output.join(OWN)), [".htaccess", "foreign", "ledger", "lock", "private"]);
            if stopped.is_none() {
                assert!(steps > 10, "a commit has more steps than {steps}");
                break;
            }
        }
    }
}

/// A `kill -9` can leave staged drafts, and a new ledger without a journal.
#[test]
fn drafts_without_a_journal_are_thrown_away() {
    let sandbox = Sandbox::new();
    publish(&sandbox.output(), &first()).expect("published");
    let before = tree(&sandbox.output());
    place(&sandbox.output(), ".dateline/staging/1-story/about/index.html", "half a dra");
    place(&sandbox.output(), ".dateline/staging/3-front/index.html", "half a dra");
    place(&sandbox.output(), ".dateline/ledger.next", "half a ledger");
    drop(open(&sandbox.output()).expect("opened"));
    assert_eq!(tree(&sandbox.output()), before);
    assert_eq!(names(&sandbox.at("public/.dateline")), [".htaccess", "foreign", "ledger", "lock", "private"]);

    // The same holds in a folder without a publication.
    let fresh = sandbox.at("fresh");
    place(&fresh, ".dateline/staging/1-story/about/index.html", "half a dra");
    place(&fresh, ".dateline/lock", "process 1\n");
    publish(&fresh, &first()).expect("published");
    assert_eq!(texts(&fresh), expected(&first(), &[]));
}

/// After a power cut the journal may stand without a whole ledger beside it.
#[test]
fn a_journal_that_cannot_be_carried_out_costs_only_time() {
    let sandbox = Sandbox::new();
    publish(&sandbox.output(), &first()).expect("published");
    place(&sandbox.output(), "CNAME", "a.example");
    // The commit that was cut off has moved this file already.
    place(&sandbox.output(), "topics/oil/index.html", "oil, as it was then");
    place(&sandbox.output(), ".dateline/journal", "dateline journal 1\n0\n");
    place(&sandbox.output(), ".dateline/ledger.next", "half a ledger");
    let publication = open(&sandbox.output()).expect("opened");
    assert!(!publication.recovered());
    fill(&publication, &second()).expect("put");
    let summary = publication.commit().expect("published");
    assert_eq!(summary.foreign, ["CNAME"]);
    assert_eq!(texts(&sandbox.output()), expected(&second(), &[("CNAME", "a.example")]));
}

#[test]
fn what_others_point_to_moves_first() {
    let sandbox = Sandbox::new();
    let output = sandbox.output();
    publish(&output, &first()).expect("published");
    let mut seen = Vec::new();
    for steps in 2.. {
        let at = Sandbox::new();
        publish(&at.output(), &first()).expect("published");
        let done = interrupted(&at.output(), &second(), steps).is_none();
        let new = |path: &str, text: &str| {
            disk::read_to_string(&disk::join(&at.output(), path)).is_ok_and(|found| found == text)
        };
        seen.push([
            new("2023/10/19/oil/photo.png", "more pixels"),
            new("2023/10/19/oil/index.html", "oil"),
            new("index.html", "home, later"),
            new("sitemap.xml", "<map>later</map>"),
            !disk::exists(&at.at("public/2023/10/18/gas/index.html")),
        ]);
        if done {
            break;
        }
    }
    for moment in &seen {
        assert!(moment.is_sorted_by(|earlier, later| earlier >= later), "{seen:?}");
    }
    assert_eq!((seen[0], seen[seen.len() - 1]), ([false; 5], [true; 5]));
}

#[cfg(unix)]
#[test]
fn an_output_that_cannot_be_written_is_reported_with_its_name() {
    let sandbox = Sandbox::new();
    place(sandbox.folder.path(), "plain", "");
    let error = open(&sandbox.at("plain/public")).err().expect("an error");
    assert_eq!(error.code, codes::IO);
    assert!(error.message.contains("plain/public"), "{}", error.message);
    let error = open(Path::new("/proc/public")).err().expect("an error");
    assert_eq!(error.code, codes::IO);
    assert!(error.message.contains("/proc/public"), "{}", error.message);
}
