//! Deployments: releases in a folder, targets, credentials. Buckets are tested with real stores in `tests/deploy/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use dateline::config::Limit;
use dateline::deploy::{self, DeployBuild, DeployOptions, Deployment, ObjectChange};
use dateline::pipeline;
use jiff::Timestamp;

use crate::site_test::{SiteTest, article, describe, png, short, tree};

const CONFIG: &str =
    "title: The Test\nbase_url: https://test.example/briefing\ndeploy: {here: {to: ../www, keep: 2}}\n";

fn site() -> SiteTest {
    let site = SiteTest::new(
        article("visit", "date: 2023-10-17\ntopics: [ICC]\naliases: [/old/]", "Text.")
            + &article("secret", "date: 2023-10-17\nembargo: 2099-01-01", "Text."),
    );
    site.write("dateline.yaml", CONFIG);
    site
}

/// What is asked of a deployment in these tests.
struct Order {
    dry_run: bool,
    max_deletes: Option<Limit>,
    now: i64,
    environment: BTreeMap<String, String>,
    home: Option<PathBuf>,
}

impl Default for Order {
    fn default() -> Self {
        Self { dry_run: false, max_deletes: None, now: 1_697_600_000, environment: BTreeMap::new(), home: None }
    }
}

fn deploy(site: &SiteTest, target: Option<&str>, order: Order) -> Deployment {
    let options = DeployOptions {
        dry_run: order.dry_run,
        max_deletes: order.max_deletes,
        keep: None,
        patience: Duration::from_secs(1),
        environment: order.environment,
        home: order.home,
        now: Timestamp::from_second(order.now).expect("a time"),
        stop: &|| false,
        show: &|_, _| {},
    };
    deploy::deploy(&site.request(), target, DeployBuild { output: None, publish: &site.how(site.public()) }, &options)
}

#[track_caller]
fn release(site: &SiteTest, order: Order) -> String {
    let deployment = deploy(site, None, order);
    let done = deployment.done.unwrap_or_else(|| panic!("{}", describe(&deployment.report)));
    done.release.expect("a folder has releases")
}

fn problems(deployment: &Deployment) -> Vec<String> {
    deployment.report.diagnostics().iter().map(short).collect()
}

fn www(site: &SiteTest) -> PathBuf {
    site.root().join("../www")
}

fn history(site: &SiteTest) -> Vec<String> {
    let text = fs::read_to_string(www(site).join("history")).expect("a history");
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_release_is_the_public_site_below_the_path_of_its_address() {
    let site = site();
    let name = release(&site, Order::default());
    let current = www(&site).join("current");
    assert_eq!(fs::read_link(&current).expect("a link"), PathBuf::from("releases").join(&name));
    let mut built = site.tree();
    built.retain(|file, _| file != "_headers" && file != "_redirects");
    assert_eq!(tree(&current.join("public/briefing")), built);
    assert!(!tree(&current).keys().any(|file| file.contains("secret") || file.contains(".dateline")), "{current:?}");
    let nginx = fs::read_to_string(current.join("hosting/nginx.conf")).expect("what nginx includes");
    assert!(nginx.contains("/briefing/old/"), "{nginx}");
}

#[test]
fn a_release_shares_the_files_that_are_the_same() {
    let site = site();
    let first = release(&site, Order::default());
    assert_eq!(release(&site, Order::default()), first, "the same site is the same release");
    site.write_all(&article("visit", "date: 2023-10-17\ntopics: [ICC]\naliases: [/old/]", "Other text."));
    let deployment = deploy(&site, Some("here"), Order::default());
    let done = deployment.done.expect("it was deployed");
    assert!(done.changes.keys(ObjectChange::Changed).any(|key| key == "2023/10/17/visit/index.html"));
    let second = done.release.expect("a release");
    assert_eq!(history(&site), [first.clone(), second.clone()]);
    let file = |release: &str, name: &str| www(&site).join("releases").join(release).join("public/briefing").join(name);
    let text = |release: &str| fs::read_to_string(file(release, "2023/10/17/visit/index.html")).expect("a page");
    assert!(!text(&first).contains("Other text") && text(&second).contains("Other text"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let inode = |release: &str| fs::metadata(file(release, "style.css")).expect("a file").ino();
        assert_eq!(inode(&first), inode(&second), "it is one file with two names");
    }
}

#[test]
fn a_release_that_loses_more_than_it_may_does_not_go_live() {
    let site = site();
    for number in 0..12 {
        site.write_all(&article(&format!("a{number}"), "date: 2023-10-16", "Text."));
    }
    let name = release(&site, Order::default());
    for number in 0..12 {
        site.remove(&format!("content/articles/a{number}.md"));
    }
    site.remove("urls.lock");
    let order = |max_deletes, dry_run| Order { dry_run, max_deletes, ..Order::default() };
    for order in [order(None, false), order(Some(Limit::Count(2)), true), order(Some(Limit::Share(1)), false)] {
        let deployment = deploy(&site, None, order);
        assert!(deployment.done.is_none());
        assert_eq!(problems(&deployment), ["too-many-deletions"], "{}", describe(&deployment.report));
        assert_eq!(history(&site), std::slice::from_ref(&name));
    }
    release(&site, order(Some(Limit::Share(100)), false));
    assert_eq!(history(&site).len(), 2);
    site.write("dateline.yaml", CONFIG.replace("keep: 2", "keep: 2, max_deletes: 0"));
    site.write_all(&article("visit", "date: 2023-10-17", "Text.")).remove("urls.lock");
    assert_eq!(problems(&deploy(&site, None, Order::default())), ["too-many-deletions"]);
}

#[test]
fn old_releases_go_and_the_one_before_comes_back() {
    let site = site();
    let mut names = Vec::new();
    for text in ["One.", "Two.", "Three."] {
        site.write_all(&article("visit", "date: 2023-10-17", text));
        names.push(release(&site, Order::default()));
    }
    assert_eq!(history(&site), names[1..], "two stay");
    assert!(!www(&site).join("releases").join(&names[0]).exists());
    let (back, report) = deploy::rollback(&site.request(), None);
    let back = back.unwrap_or_else(|| panic!("{}", describe(&report)));
    assert_eq!((&back.from, &back.to), (&names[2], &names[1]));
    let page = www(&site).join("current/public/briefing/2023/10/17/visit/index.html");
    assert!(fs::read_to_string(page).expect("a page").contains("Two."));
    let (none, report) = deploy::rollback(&site.request(), None);
    assert!(none.is_none());
    assert_eq!(report.diagnostics().iter().map(short).collect::<Vec<_>>(), ["no-release"]);
    assert_eq!(release(&site, Order::default()), names[2], "the newest comes back as it was");
}

#[test]
fn going_back_does_not_publish_what_was_pulled_back() {
    let site = site();
    site.write_all(&article("visit", "date: 2023-10-17", "Too early."));
    site.write_all(&article("other", "date: 2023-10-17", "In time."));
    let early = release(&site, Order::default());
    site.write_all(&article("visit", "date: 2023-10-17\nembargo: 2036-01-01", "Too early."));
    let late = release(&site, Order::default());
    let (back, report) = deploy::rollback(&site.request(), None);
    assert!(back.is_none());
    let problem = &report.diagnostics()[0];
    assert_eq!(problem.code.0, "withheld-release");
    assert!(
        problem.message.contains("`content/articles/visit.md`") && problem.message.contains("embargoed"),
        "{}",
        problem.message
    );
    assert_eq!(history(&site), [early.clone(), late.clone()]);
    assert!(!www(&site).join("current/public/briefing/2023/10/17/visit/index.html").exists());
    // Sources that cannot be read say nothing of what is withheld.
    site.write("dateline.yaml", format!("{CONFIG}nonsense: 1\n"));
    let (back, _) = deploy::rollback(&site.request(), None);
    assert!(back.is_none());
    // What may be public again may come back.
    site.write("dateline.yaml", CONFIG);
    site.write_all(&article("visit", "date: 2023-10-17", "Not too early any more."));
    let (back, report) = deploy::rollback(&site.request(), None);
    assert_eq!(back.unwrap_or_else(|| panic!("{}", describe(&report))).to, early);
}

#[test]
fn files_that_open_pages_ask_for_stay_for_an_hour() {
    let site = site();
    site.write("static/style.css", "body { color: red }\n");
    release(&site, Order::default());
    let styles = || -> usize {
        let files = tree(&www(&site).join("current/public/briefing"));
        files.keys().filter(|file| file.starts_with("style.") && file.as_str() != "style.css").count()
    };
    site.write("static/style.css", "body { color: blue }\n");
    release(&site, Order { now: 1_697_600_000, ..Order::default() });
    assert_eq!(styles(), 2, "the style of pages that are still open");
    site.write_all(&article("visit", "date: 2023-10-17\naliases: [/old/]\ntopics: [ICC]", "Soon."));
    release(&site, Order { now: 1_697_603_599, ..Order::default() });
    assert_eq!(styles(), 2);
    site.write_all(&article("visit", "date: 2023-10-17\naliases: [/old/]\ntopics: [ICC]", "Later."));
    release(&site, Order { now: 1_697_603_600, ..Order::default() });
    assert_eq!(styles(), 1);
}

#[test]
fn other_sizes_of_a_picture_stay_for_open_pages_and_a_picture_that_is_gone_goes_at_once() {
    let site = site();
    let head = "date: 2023-10-17\nimage: {src: port.png, alt: A, credit: C}";
    site.write_all(&article("port/index", head, "Text."));
    site.write("content/articles/port/port.png", png(90, 60));
    release(&site, Order::default());
    let pictures = || -> Vec<String> {
        let files = tree(&www(&site).join("current/public/briefing"));
        files.into_keys().filter(|file| file.starts_with("renditions/")).collect()
    };
    let first = pictures();
    assert_eq!(first.len(), 1, "{first:?}");
    site.write("dateline.yaml", format!("{CONFIG}images: {{quality: 90}}\n"));
    release(&site, Order { now: 1_697_600_010, ..Order::default() });
    assert!(pictures().len() == 2 && pictures().contains(&first[0]), "{:?}", pictures());
    site.write_all(&article("visit", "date: 2023-10-17\naliases: [/old/]\ntopics: [ICC]", "Later."));
    release(&site, Order { now: 1_697_603_700, ..Order::default() });
    let second = pictures();
    assert!(second.len() == 1 && second != first, "{second:?}");
    // A face that was made unrecognisable.
    site.write("content/articles/port/port.png", png(90, 70));
    release(&site, Order { now: 1_697_603_710, ..Order::default() });
    assert!(pictures().len() == 1 && pictures() != second, "{:?}", pictures());
}

#[test]
fn what_an_interrupted_deployment_left_is_cleared() {
    let site = site();
    let releases = www(&site).join("releases");
    fs::create_dir_all(releases.join(".0123~/public")).expect("a folder");
    // It was dropped from the history, and the process ended before it was deleted.
    fs::create_dir_all(releases.join("0123456789abcdef/public")).expect("a folder");
    let live = release(&site, Order::default());
    let names = || -> Vec<String> {
        let entries = fs::read_dir(&releases).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names(), std::slice::from_ref(&live));
    // One that is live stays, in the history or not.
    fs::remove_file(www(&site).join("history")).expect("a file");
    site.write_all(&article("visit", "date: 2023-10-17\naliases: [/old/]\ntopics: [ICC]", "Soon."));
    release(&site, Order::default());
    assert!(names().contains(&live), "{:?}", names());
}

#[test]
fn a_dry_run_touches_nothing_and_a_foreign_folder_is_refused() {
    let site = site();
    let deployment = deploy(&site, None, Order { dry_run: true, ..Order::default() });
    assert!(deployment.done.is_some_and(|done| done.changes.count(ObjectChange::Added) > 10));
    assert!(!www(&site).exists() && !site.root().join("urls.lock").exists());
    site.write("../www/index.html", "someone else's");
    let deployment = deploy(&site, None, Order::default());
    assert!(deployment.done.is_none());
    assert_eq!(problems(&deployment), ["output-refused"]);
    assert_eq!(tree(&www(&site)).len(), 1);
}

#[test]
fn addresses_are_written_down_when_readers_can_have_them() {
    let site = site();
    site.write("dateline.yaml", format!("{CONFIG}\n").replace("keep: 2", "base_url: https://preview.example"));
    release(&site, Order::default());
    assert!(!site.root().join("urls.lock").exists(), "a preview is at another address");
    assert!(!site.public().exists(), "and is built elsewhere");
    site.write("dateline.yaml", CONFIG);
    release(&site, Order::default());
    let lock = fs::read_to_string(site.root().join("urls.lock")).expect("it was written");
    assert!(lock.contains("/2023/10/17/visit/") && !lock.contains("secret"), "{lock}");
    // What a build made before the deployment counts as well.
    site.write_all(&article("second", "date: 2023-10-17", "Text."));
    site.build();
    release(&site, Order::default());
    let lock = fs::read_to_string(site.root().join("urls.lock")).expect("it was written");
    assert!(lock.contains("/2023/10/17/second/"), "{lock}");
}

#[test]
fn an_error_in_the_site_deploys_nothing() {
    let site = site();
    release(&site, Order::default());
    let before = tree(&www(&site));
    site.write_all(&article("typo", "date: 2023-10-17\nsumary: x", "Text."));
    let deployment = deploy(&site, None, Order::default());
    assert!(deployment.done.is_none() && deployment.built.is_some_and(|built| built.report.has_errors()));
    assert_eq!(tree(&www(&site)), before);
}

#[test]
fn a_target_is_found_by_its_name_or_by_being_the_only_one() {
    let site = site();
    let with = |deploy: &str| site.write("dateline.yaml", format!("title: T\nbase_url: https://x.example\n{deploy}"));
    let said = |target: Option<&str>| {
        let deployment = deploy(&site, target, Order { dry_run: true, ..Order::default() });
        let help =
            deployment.report.diagnostics().iter().filter_map(|problem| problem.help.clone()).collect::<String>();
        (problems(&deployment).join(" "), help)
    };
    with("");
    assert_eq!(said(None).0, "no-target");
    with("deploy: {live: {to: ../a}, other: {to: ../b}}\n");
    assert_eq!(said(None), ("no-target".to_owned(), "name one: `live`, `other`".to_owned()));
    assert_eq!(said(Some("liev")), ("no-target".to_owned(), "did you mean `live`?".to_owned()));
    assert_eq!(said(Some("live")), (String::new(), String::new()));
    with("deploy: {production: {to: ../a}, other: {to: ../b}}\n");
    assert_eq!(said(None), (String::new(), String::new()));
}

#[test]
fn credentials_come_from_the_environment_or_the_files_and_are_never_told() {
    let site = site();
    // Nothing listens at this port: a deployment that has credentials gets as far as there.
    let target = "deploy: {live: {to: \"s3://bucket\", endpoint: \"http://127.0.0.1:9\"}}\n";
    site.write("dateline.yaml", format!("title: T\nbase_url: https://x.example\n{target}"));
    let file = "[default]\naws_access_key_id = AKDEFAULT\naws_secret_access_key = s3cr3t/of=default;#x\n[desk]\naws_access_key_id = AKDESK\n";
    site.write(".aws/credentials", file);
    site.write(".aws/config", "[profile desk]\naws_secret_access_key = s3cr3t-of-desk\nregion = eu-central-1\n");
    let said = |environment: &[(&str, &str)], home: bool| {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let order = Order { environment, home: home.then(|| site.root()), ..Order::default() };
        let deployment = deploy(&site, None, order);
        let text = describe(&deployment.report);
        assert!(!text.contains("s3cr3t") && !text.contains("AKDE"), "{text}");
        (problems(&deployment).join(" "), text)
    };
    assert_eq!(said(&[], false).0, "no-credentials");
    assert_eq!(said(&[("AWS_ACCESS_KEY_ID", "AKDESK")], false).0, "no-credentials");
    assert_eq!(said(&[("AWS_PROFILE", "nobody")], true).0, "no-credentials");
    let environment = [("AWS_ACCESS_KEY_ID", "AKDESK"), ("AWS_SECRET_ACCESS_KEY", "s3cr3t")];
    for (environment, home) in [(&environment[..], false), (&[], true), (&[("AWS_PROFILE", "desk")], true)] {
        let (code, text) = said(environment, home);
        assert_eq!(code, "store", "{text}");
        assert!(text.contains("s3://bucket") && text.contains("refused"), "{text}");
    }
}

#[test]
fn a_target_that_cannot_be_is_told_at_its_place() {
    let site = site();
    site.write("dateline.yaml", "title: T\nbase_url: https://x.example\ndeploy: {live: {to: \"ftp://x/y\"}}\n");
    let deployment = deploy(&site, None, Order::default());
    assert_eq!(problems(&deployment), ["bad-value dateline.yaml:3:21"]);
    let (none, report) = deploy::rollback(&site.request(), None);
    assert!(none.is_none() && report.has_errors());
}

/// The target is chosen by a configuration that may have changed by the time of the build.
#[test]
fn a_build_uses_the_configuration_that_its_caller_has_read() {
    let site = site();
    let (config, report) = pipeline::configure(&site.request());
    let config = config.expect("a configuration");
    site.write("dateline.yaml", CONFIG.replace("The Test", "Another"));
    let built = pipeline::build_configured(&site.request(), &site.how(site.public()), config.clone(), &report);
    assert!(built.summary.is_some(), "{}", describe(&built.report));
    let has_title = || {
        let front = fs::read_to_string(site.public().join("index.html")).expect("a front page");
        front.contains("<title>The Test</title>")
    };
    assert!(has_title());
    // Nothing has changed for it, and something for the next build.
    let built = pipeline::build_configured(&site.request(), &site.how(site.public()), config, &report);
    assert!(built.prepared.is_none());
    site.build();
    assert!(!has_title());
}

#[test]
fn a_target_of_a_language_gets_the_host_of_that_language() {
    let mut site = site();
    site.write_all(&article("port.ar", "date: 2023-10-17", "Text."));
    site.write(
        "dateline.yaml",
        "title: The Test\nbase_url: https://test.example\nlanguages: {ar: {base_url: \"https://ar.test.example/a\"}}\n\
         deploy: {main: {to: ../www}, arabic: {to: ../www-ar, language: ar}}\n",
    );
    let current = |folder: &str| tree(&site.root().join("..").join(folder).join("current/public"));
    let done = |site: &SiteTest, target| {
        let deployment = deploy(site, target, Order::default());
        assert!(deployment.done.is_some(), "{}", describe(&deployment.report));
        deployment.place
    };
    assert!(done(&site, None).ends_with("www"), "the only one of the main host");
    assert!(done(&site, Some("arabic")).ends_with("www-ar"));
    let (main, arabic) = (current("www"), current("www-ar"));
    assert!(main.contains_key("2023/10/17/visit/index.html") && !main.contains_key("2023/10/17/port/index.html"));
    assert!(arabic.contains_key("a/2023/10/17/port/index.html"), "{:?}", arabic.keys());
    assert!(!arabic.keys().any(|name| name.contains("visit")));
    let listed = |name: &str| fs::read_to_string(site.root().join(name)).expect("a list");
    assert!(listed("urls.lock").contains("/visit/") && listed("urls.ar.lock").contains("/port/"));
    assert!(site.root().join("public-ar/2023/10/17/port/index.html").exists());
    site.set_language(Some("ar"));
    assert!(done(&site, None).ends_with("www-ar"), "the only one of this host");
    let wrong = deploy(&site, Some("main"), Order::default());
    assert_eq!(problems(&wrong), ["no-target"]);
}
