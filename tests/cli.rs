//! The wiring of the command line: exit codes, options, streams, formats. What commands find and write is tested at the
//! library.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const NOW: &str = "2023-10-18T12:00:00Z";

/// A folder with a site in `site/`, and the program to run in it.
struct Desk {
    folder: TempDir,
}

/// What the program said.
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    /// An empty folder.
    fn empty() -> Self {
        Self { folder: TempDir::new().expect("a temporary folder") }
    }

    /// A site with an article; more files can be added.
    fn new() -> Self {
        let desk = Self::empty();
        desk.write("site/dateline.yaml", "title: The Test\nbase_url: https://test.example/briefing\n");
        desk.write(
            "site/content/articles/visit.md",
            "---\ntitle: A visit\ndate: 2023-10-17\ntopics: [ICC]\n---\n\nText.\n",
        );
        desk
    }

    fn with_draft(self) -> Self {
        self.write(
            "site/content/articles/draft.md",
            "---\ntitle: Secret\ndate: 2023-10-17\ndraft: true\n---\n\nText.\n",
        );
        self
    }

    fn with_embargo(self) -> Self {
        let text = "---\ntitle: Later\ndate: 2023-10-17\nembargo: 2023-10-19T06:00:30+08:00\n---\n\nText.\n";
        self.write("site/content/articles/later.md", text);
        self
    }

    /// A key that nothing knows: an error.
    fn with_error(self) -> Self {
        self.write("site/content/articles/typo.md", "---\ntitle: Typo\ndate: 2023-10-17\nsumary: x\n---\n\nText.\n");
        self
    }

    /// A file that nothing reads: a warning.
    fn with_warning(self) -> Self {
        self.write("site/content/articels/lost.md", "---\ntitle: Lost\ndate: 2023-10-17\n---\n\nText.\n");
        self
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.path(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn command(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(arguments).current_dir(self.path(folder)).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "RUST_BACKTRACE", "COLUMNS", "SOURCE_DATE_EPOCH"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program in a folder.
    fn run_in(&self, folder: &str, arguments: &[&str]) -> Said {
        Said::from(self.command(folder, arguments).output().expect("it runs"))
    }

    /// Runs the program in the site's folder.
    fn run(&self, arguments: &[&str]) -> Said {
        self.run_in("site", arguments)
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self {
            code: output.status.code().expect("it ended by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

impl Said {
    #[track_caller]
    fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n--- stdout\n{}\n--- stderr\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    fn says(self, text: &str) -> Self {
        assert!(self.err.contains(text), "`{text}` is missing in:\n{}", self.err);
        self
    }
}

#[test]
fn a_build_that_works_says_what_it_did() {
    let desk = Desk::new().with_draft().with_embargo();
    let first = desk.run(&["build", "--now", NOW]).expect(0);
    assert_eq!(first.out, "");
    let closing = first.err.lines().last().expect("a last line");
    assert!(closing.starts_with("1 article, ") && closing.contains(" new; withheld: 2, next change "), "{closing}");
    assert!(closing.ends_with("next change 2023-10-18 22:00:30 +00:00"), "{closing}");
    assert!(desk.path("site/public/index.html").exists());
    desk.run(&["build", "--now", NOW]).expect(0).says("nothing changed; withheld: 2");
    desk.run(&["build", "--now", NOW, "-v"]).expect(0).says("wrote to `public` in ");
    assert_eq!(desk.run(&["build", "--now", NOW, "-q"]).expect(0).err, "");
    let preview = desk.run(&["build", "--now", NOW, "--drafts", "--future", "-o", "../out"]).expect(0);
    assert!(preview.err.starts_with("3 articles, ") && !preview.err.contains("withheld"), "{}", preview.err);
    assert!(desk.path("out/index.html").exists());
}

#[test]
fn the_exit_code_says_whose_turn_it_is() {
    let good = Desk::new();
    good.write(
        "site/dateline.yaml",
        "title: The Test\nbase_url: https://test.example\ncheck: {missing-dek: off, no-source: off}\n",
    );
    good.run(&["check"]).expect(0).says("no problems");
    good.write("site/dateline.yaml", "title: The Test\nbase_url: https://test.example\ncheck: {no-source: off}\n");
    good.run(&["check"]).expect(0).says("warning[missing-dek]").says("1 warning");
    good.run(&["check", "--deny-warnings"]).expect(1).says("1 warning");
    good.write("site/dateline.yaml", "title: The Test\nbase_url: https://test.example\ncheck: {missing-dek: error}\n");
    good.run(&["check"]).expect(1).says("error[missing-dek]");
    good.run(&["build", "-o", "../fine"]).expect(0);
    let wrong = Desk::new().with_error();
    wrong.run(&["check"]).expect(1).says("error[unknown-key]").says("1 error");
    wrong.run(&["build"]).expect(1).says("1 error; nothing was published");
    assert!(!wrong.path("site/public").exists());

    good.run(&["buidl"]).expect(2).says("'build'");
    good.run(&["build", "--now", "tomorrow"]).expect(2).says("`tomorrow` is not a date");
    good.run(&["build", "--base-url", "nowhere"]).expect(2).says("`nowhere`");
    good.run(&["build", "-o", "content"]).expect(2).says("output-refused");
    good.run_in("", &["build"]).expect(2).says("config-missing").says("dateline init");
    good.run_in("", &["build", "--root", "nowhere"]).expect(2).says("`nowhere`");
    good.write("site/dateline.yaml", "title: The Test\nbase_uri: https://test.example\n");
    good.run(&["list", "articles"]).expect(2).says("dateline.yaml:2:1");
}

#[test]
fn what_the_disk_or_another_command_prevents_is_no_fault_of_the_site() {
    let desk = Desk::new();
    desk.run(&["build"]).expect(0);
    let sources: Vec<PathBuf> = Vec::new();
    let options = dateline::publish::PublishOptions { command: "dateline watch".to_owned(), ..Default::default() };
    let held = dateline::publish::Publication::open(&desk.path("site/public"), &sources, options).expect("it is free");
    desk.run(&["build"]).expect(3).says("output-locked").says("dateline watch");
    drop(held);
    for (changes, command) in [("no/such/folder/changes.json", "build"), (".", "build"), ("no/such/folder/x", "deploy")]
    {
        let fresh = Desk::new();
        fresh.run(&[command, "--changes", changes]).expect(3).says("error[io]").says("cannot write");
        assert!(!fresh.path("site/public").exists(), "nothing is published before it is known that it can be told");
    }
    desk.run(&["email", "latest", "-o", "no/such/folder/x.eml"]).expect(3).says("error[io]").says("cannot write");
    if Path::new("/dev/full").exists() {
        let full = fs::File::options().write(true).open("/dev/full").expect("a device");
        let status = desk.command("site", &["list", "articles"]).stdout(full).stderr(Stdio::null()).status();
        assert_eq!(status.expect("it runs").code(), Some(3));
    }
}

#[test]
fn options_of_every_command_stand_before_or_after_it() {
    let desk = Desk::new();
    for arguments in [
        ["--root", "site", "list", "articles"],
        ["list", "--root", "site", "articles"],
        ["list", "articles", "--root", "site"],
        ["list", "articles", "--config", "site/dateline.yaml"],
        ["--config=site/dateline.yaml", "--color=never", "list", "articles"],
    ] {
        assert!(desk.run_in("", &arguments).expect(0).out.contains("A visit"), "{arguments:?}");
    }
}

#[test]
fn the_configuration_is_found_from_a_folder_below() {
    let desk = Desk::new();
    desk.run_in("site/content/articles", &["build"]).expect(0);
    assert!(desk.path("site/public/index.html").exists());
    let path = desk.run_in("site/content", &["new", "topic", "Grain"]).expect(0).out;
    assert_eq!(Path::new(path.trim()), Path::new("../content/topics/grain.md"));
    fs::rename(desk.path("site/dateline.yaml"), desk.path("site/dateline.yml")).expect("renamed");
    desk.run_in("site/content/articles", &["check"]).expect(0);
}

#[test]
fn problems_are_one_json_object_a_line() {
    let desk = Desk::new().with_error().with_warning();
    let said = desk.run(&["--message-format", "json", "build"]).expect(1);
    assert_eq!(said.out, "");
    let lines: Vec<Value> = said.err.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let codes: Vec<&str> = lines.iter().filter_map(|line| line["code"].as_str()).collect();
    assert_eq!(codes, ["unused-file", "unknown-key", "summary"]);
    assert_eq!(lines[1]["text"], "sumary: x");
    let usage = desk.run(&["build", "--message-format=json", "--nonsense"]).expect(2);
    let usage: Value = serde_json::from_str(usage.err.trim()).expect("JSON");
    assert_eq!(usage["code"], "usage");
    desk.run(&["check", "--message-format", "github"]).expect(1).says("::error file=content/articles/typo.md,line=4");
}

#[test]
fn colors_are_for_terminals_and_for_those_who_insist() {
    let desk = Desk::new().with_error();
    assert!(!desk.run(&["check"]).expect(1).err.contains('\u{1b}'));
    assert!(desk.run(&["check", "--color", "always"]).expect(1).err.contains('\u{1b}'));
    let with = |name: &str, arguments: &[&str]| {
        Said::from(desk.command("site", arguments).env(name, "1").output().expect("it runs")).err.contains('\u{1b}')
    };
    assert!(with("CLICOLOR_FORCE", &["check"]));
    let mut both = desk.command("site", &["check"]);
    both.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!Said::from(both.output().expect("it runs")).err.contains('\u{1b}'));
    assert!(with("NO_COLOR", &["check", "--color", "always"]));
}

#[test]
fn a_new_site_builds_lists_and_grows() {
    let desk = Desk::empty();
    let made = desk.run_in("", &["init", "my site"]).expect(0);
    assert!(made.out.lines().all(|path| desk.path(path).exists()), "{}", made.out);
    desk.run_in("my site", &["build", "--deny-warnings", "--deny-withheld"]).expect(0).says("3 articles, ");
    let listed = desk.run_in("my site", &["list", "articles"]).expect(0).out;
    assert_eq!(listed.lines().count(), 4, "{listed}");
    assert_eq!(desk.run_in("my site", &["list", "briefings", "--format", "csv"]).expect(0).out.lines().count(), 2);

    let title = "Analysis: “what now” # for 北京?";
    let path = desk.run_in("my site", &["new", "article", title]).expect(0).out;
    let edition = desk.run_in("my site", &["new", "briefing", "Tuesday", "--date", "2099-01-01 06:30"]).expect(0).out;
    assert_eq!(Path::new(edition.trim()), Path::new("content/briefings/2099-01-01.md"));
    assert!(
        fs::read_to_string(desk.path("my site").join(edition.trim())).expect("it is there").contains("\nnumber: 2\n")
    );
    let second = desk.run_in("my site", &["new", "briefing", "Evening", "--date", "2099-01-01 18:30"]).expect(0).out;
    assert_eq!(Path::new(second.trim()), Path::new("content/briefings/2099-01-01-evening.md"));
    desk.run_in("my site", &["new", "briefing", "Evening", "--date", "2099-01-01 18:30"])
        .expect(2)
        .says("is there already");
    desk.run_in("my site", &["new", "topic", "C++"]).expect(0);
    let person = desk.run_in("my site", &["new", "person", "Ann Roe"]).expect(0).out;
    assert_eq!(Path::new(person.trim()), Path::new("content/people/ann-roe.md"));
    let page = desk.run_in("my site", &["new", "page", "About: us"]).expect(0).out;
    assert_eq!(Path::new(page.trim()), Path::new("content/pages/about-us.md"));
    desk.run_in("my site", &["check", "--deny-warnings"]).expect(0).says("no problems");
    let unfinished = desk.run_in("my site", &["check", "--drafts", "--future"]).expect(1);
    unfinished.says("6 errors, 2 warnings").says("tk-left").says("missing-dek").says("no-topic");
    let drafts = desk.run_in("my site", &["list", "drafts", "--format", "json"]).expect(0).out;
    let drafts: Value = serde_json::from_str(&drafts).expect("JSON");
    assert_eq!((&drafts[0]["title"], &drafts[0]["file"]), (&Value::from(title), &Value::from(path.trim())));

    fs::write(desk.path("my site").join(path.trim()), "mine").expect("written");
    desk.run_in("my site", &["new", "article", title]).expect(2).says("is there already");
    assert_eq!(fs::read_to_string(desk.path("my site").join(path.trim())).expect("it is there"), "mine");
}

#[test]
fn a_new_entry_lies_beside_its_live_story() {
    let desk = Desk::empty();
    desk.run_in("", &["init", "site"]).expect(0);
    let live = |path: &str| {
        let file = desk.path("site").join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        fs::write(file, "---\ntitle: Forum\nkind: live\ndate: 2026-01-05 08:00\n---\nText.\n").expect("written");
    };
    live("content/articles/forum/index.md");
    live("content/articles/flat.md");
    let new =
        |story: &str| desk.run_in("site", &["new", "entry", story, "Talks “begin”", "--date", "2099-01-05 14:05"]);
    let wanted = Path::new("content/articles/forum/entries/2099-01-05-1405-talks-begin.md");
    assert_eq!(Path::new(new("forum").expect(0).out.trim()), wanted);
    let text = fs::read_to_string(desk.path("site").join(wanted)).expect("it is there");
    assert!(text.contains("\ntitle: \"Talks “begin”\"\ndate: 2099-01-05T14:05:00"), "{text}");
    // Now, to the minute.
    let now = desk.run_in("site", &["new", "entry", "forum", "Now"]).expect(0).out;
    let name = now.trim().rsplit(['/', '\\']).next().expect("a name").to_owned();
    assert_eq!(name.len(), "2099-01-05-1405-now.md".len(), "{name}");
    for again in ["content/articles/forum/index.md", "content/articles/forum/"] {
        new(again).expect(2).says("is there already");
    }
    new("forom").expect(2).says("no story of live coverage is called `forom`").says("did you mean `forum`?");
    new("flat").expect(2).says("move it to `content/articles/flat/index.md`");
    desk.run_in("site", &["check"]).expect(0);
    let drafts = desk.run_in("site", &["list", "drafts", "--format", "json"]).expect(0).out;
    let drafts: Value = serde_json::from_str(&drafts).expect("JSON");
    let titles: Vec<&Value> = drafts.as_array().expect("a list").iter().map(|draft| &draft["title"]).collect();
    assert_eq!(titles, ["Forum: Now", "Forum: Talks “begin”"]);
    let schema: Value = serde_json::from_str(&desk.run_in("site", &["schema", "entry"]).expect(0).out).expect("JSON");
    assert!(schema["properties"]["anchor"].is_object(), "{schema}");
}

#[cfg(feature = "import")]
#[test]
fn wire_copy_is_imported_from_a_file_or_a_pipe() {
    let desk = Desk::new();
    desk.write(
        "site/copy.txt",
        "KESH, Oct 17 (HW) - The court of the port sat. It will sit again.\nEditing by Bo Dahl\n",
    );
    let import = ["import", "wire", "copy.txt", "--now", NOW];
    let with = |more: &[&'static str]| desk.run(&[&import, more].concat());
    let dry = with(&["--dry-run", "--title", "Court: a day"]).expect(0).says("1 draft would be written (dry run)");
    assert!(
        dry.out.starts_with("---\ntitle: \"Court: a day\"\n") && dry.out.contains("\n  - Bo Dahl\n"),
        "{}",
        dry.out
    );
    let path = "content/articles/2023/10/the-court-of-the-port-sat.md";
    let made = desk.run(&import).expect(0).says("note[inferred]: title: `TK The court").says("1 draft written");
    assert_eq!(Path::new(made.out.trim()), Path::new(path));
    desk.run(&["build", "--drafts", "--now", NOW, "--deny-warnings", "-o", "../out"]).expect(0);
    desk.run(&["check", "--drafts", "--now", NOW]).expect(1).says("error[tk-left]");
    let again = desk.run(&import).expect(0).says("already-imported").says("0 drafts written, 1 imported before");
    assert!(again.out.is_empty() && !again.err.contains("inferred"), "{}", again.err);
    let mut piped = desk.command("site", &["import", "wire", "-", "--now", NOW]);
    piped.stdin(fs::File::open(desk.path("site/copy.txt")).expect("the copy"));
    Said::from(piped.output().expect("it runs")).expect(0).says("0 drafts written, 1 imported before");
    let text = fs::read_to_string(desk.path("site").join(path)).expect("it was written");
    let mine = text.replace("digest", "former");
    desk.write(&format!("site/{path}"), &mine);
    with(&[]).expect(2).says("is there already, from other copy");
    let other = with(&["--slug", "court", "--year", "2021", "--topics", "ICC, Ports", "-o", "drafts", "-q"]).expect(0);
    assert_eq!((Path::new(other.out.trim()), other.err.as_str()), (Path::new("drafts/court.md"), ""));
    let other = fs::read_to_string(desk.path("site/drafts/court.md")).expect("it was written");
    assert!(other.contains("\ndate: 2021-10-17\n") && other.contains("topics:\n  - ICC\n  - Ports\n"), "{other}");
    desk.write("site/copy.txt", "\0\u{1}\u{2}");
    with(&[]).expect(1).says("error[not-text]: `copy.txt` cannot be imported");
    desk.run(&["import", "wire", "none.txt"]).expect(3);
    with(&["--slug", "No Slug"]).expect(2).says("did you mean `no-slug`?");
}

#[test]
fn init_overwrites_nothing() {
    let desk = Desk::new();
    desk.run(&["init"]).expect(2).says("`dateline.yaml` is there already");
    desk.write("other/.gitignore", "mine");
    desk.run_in("", &["init", "other"]).expect(2).says("`other/.gitignore` is there already");
    assert_eq!(fs::read_dir(desk.path("other")).expect("a folder").count(), 1);
    let made = desk.run_in("", &["init", "themed", "--templates"]).expect(0);
    assert!(desk.path("themed/templates/base.html").exists() && desk.path("themed/static/style.css").exists());
    assert!(made.err.contains("`themed/dateline.yaml`"), "{}", made.err);
    desk.run_in("themed", &["check", "--deny-warnings"]).expect(0);
}

#[test]
fn a_new_site_comes_with_what_its_host_needs() {
    let desk = Desk::empty();
    for (host, files) in [
        ("github", &[".github/workflows/publish.yml"][..]),
        ("gitlab", &[".gitlab-ci.yml"]),
        ("netlify", &["netlify.toml", "netlify/build.sh", "netlify/functions/publish.mjs", "netlify/records/index.js"]),
        ("cloudflare", &[".github/workflows/cloudflare.yml"]),
    ] {
        let made = desk.run_in("", &["init", host, "--ci", host]).expect(0);
        assert!(made.out.lines().all(|path| desk.path(path).exists()), "{}", made.out);
        made.says("next: set `title` and `base_url`").says("after that: ");
        desk.run_in(host, &["build", "--deny-warnings"]).expect(0);
        let texts: Vec<String> = files
            .iter()
            .map(|file| fs::read_to_string(desk.path(host).join(file)).unwrap_or_else(|_| panic!("no {file}")))
            .collect();
        let version = format!("\"{}\"", env!("CARGO_PKG_VERSION"));
        assert!(texts[0].contains(&version) && texts.iter().all(|text| !text.contains("@version")), "{}", texts[0]);
    }
}

#[test]
fn an_old_site_gets_the_files_of_its_host_alone_and_none_is_overwritten() {
    let desk = Desk::new();
    let files = |desk: &Desk| fs::read_dir(desk.path("site")).expect("a folder").count();
    let before = files(&desk);
    let made = desk.run(&["init", "--ci", "gitlab"]).expect(0);
    assert_eq!((made.out.as_str(), files(&desk)), (".gitlab-ci.yml\n", before + 1));
    made.says("next: commit and push");

    desk.write("site/.gitlab-ci.yml", "mine");
    desk.run(&["init", "--ci", "gitlab"]).expect(2).says("error[exists]: `.gitlab-ci.yml` is there already");
    // One that is there already keeps the others from being written.
    desk.write("site/netlify/build.sh", "mine");
    desk.run_in("", &["init", "site", "--ci", "netlify"]).expect(2).says("`site/netlify/build.sh` is there already");
    assert!(!desk.path("site/netlify.toml").exists());
    for file in [".gitlab-ci.yml", "netlify/build.sh"] {
        assert_eq!(fs::read_to_string(desk.path("site").join(file)).expect("it is there"), "mine");
    }

    desk.run(&["init", "--ci", "github", "--templates"]).expect(2).says("this folder is a site");
    assert!(!desk.path("site/.github").exists() && !desk.path("site/templates").exists());
    desk.run_in("site/content", &["init", "--ci", "github"]).expect(0);
    assert!(desk.path("site/.github/workflows/publish.yml").exists() && !desk.path("site/content/.github").exists());
    desk.run(&["init", "--ci", "geocities"]).expect(2).says("github, gitlab, netlify, cloudflare");
}

#[test]
fn deny_options_publish_nothing_and_name_what_they_met() {
    let warned = Desk::new().with_warning();
    warned.run(&["build", "--deny-warnings"]).expect(1).says("there is 1 warning (`--deny-warnings`)");
    assert!(!warned.path("site/public").exists());
    warned.run(&["check", "--deny-warnings"]).expect(1);
    warned.run(&["build"]).expect(0).says("warning[unused-file]").says(" new; 1 warning\n");
    let quiet = warned.run(&["build", "-q"]).expect(0).says("warning[unused-file]");
    assert!(!quiet.err.contains("article, "), "{}", quiet.err);

    let held = Desk::new().with_draft().with_embargo();
    let said = held.run(&["build", "--now", NOW, "--deny-withheld"]).expect(1);
    said.says("`Secret` is withheld: draft").says("`Later` is withheld: embargoed until 2023-10-18 22:00:30 +00:00");
    assert!(!held.path("site/public").exists());
    held.run(&["build", "--now", NOW, "--deny-withheld", "--drafts", "--future"]).expect(0);
}

#[test]
fn changes_are_absolute_addresses() {
    let desk = Desk::new();
    let changes = |arguments: &[&str]| -> Value {
        let said = desk.run(&[&["build", "--changes", "-"], arguments].concat()).expect(0);
        serde_json::from_str(&said.out).expect("JSON")
    };
    let has = |list: &Value, address: &str| list.as_array().expect("a list").contains(&Value::from(address));
    assert!(has(&changes(&[])["added"], "https://test.example/briefing/2023/10/17/visit/"));
    fs::remove_file(desk.path("site/content/articles/visit.md")).expect("removed");
    desk.run(&["build", "--changes", "../changes.json"]).expect(0);
    let written = fs::read_to_string(desk.path("changes.json")).expect("it is there");
    let written: Value = serde_json::from_str(&written).expect("JSON");
    assert!(has(&written["removed"], "https://test.example/briefing/2023/10/17/visit/"));
    assert!(has(&written["changed"], "https://test.example/briefing/"));
    assert_eq!(changes(&[]), serde_json::json!({"added": [], "changed": [], "removed": []}));
    let mirrored = changes(&["-u", "http://localhost:8000", "-o", "../mirror"]);
    assert!(has(&mirrored["added"], "http://localhost:8000/"));
}

#[test]
fn files_of_others_are_named_and_stay() {
    let desk = Desk::new();
    desk.run(&["build"]).expect(0);
    for name in ["a", "b", "c", "d", "e", "f"] {
        desk.write(&format!("site/public/{name}.txt"), "mine");
    }
    let said = desk.run(&["build"]).expect(0).says("note[foreign-file]").says("6 files in `public`").says("`e.txt`, …");
    assert_eq!(said.err.matches("foreign-file").count(), 1);
    desk.run(&["clean"]).expect(0).says("6 files that Dateline did not write stay");
    assert!(desk.path("site/public/a.txt").exists() && !desk.path("site/public/index.html").exists());
    fs::remove_dir_all(desk.path("site/public")).expect("removed");
    desk.write("site/.dateline/sources", "");
    desk.run(&["clean"]).expect(0).says("removed `.dateline`");
    assert!(!desk.path("site/.dateline").exists() && desk.path("site/content/articles/visit.md").exists());
    desk.run(&["clean"]).expect(0).says("nothing to remove");
    desk.run(&["clean", "-o", "content"]).expect(2).says("output-refused");
}

#[test]
fn lists_come_as_table_json_and_csv() {
    let desk = Desk::new().with_draft().with_embargo();
    desk.write("site/content/articles/comma.md", "---\ntitle: 'One, \"two\"'\ndate: 2023-10-16 09:30\n---\n\nText.\n");
    let list = |arguments: &[&str]| desk.run(&[&["list", "--now", NOW], arguments].concat()).expect(0).out;
    let table = list(&["articles"]);
    assert!(table.starts_with("DATE ") && table.contains("2023-10-17        live   A visit"), "{table}");
    let csv = list(&["articles", "--format", "csv"]);
    assert!(csv.starts_with("date,state,title,topics,url,file\r\n") && csv.contains("\"One, “two”\""), "{csv}");
    let json: Value = serde_json::from_str(&list(&["topics", "--format", "json"])).expect("JSON");
    assert_eq!((&json[0]["title"], &json[0]["stories"]), (&Value::from("ICC"), &Value::from(1)));
    assert!(list(&["scheduled"]).contains("embargoed  2023-10-18 22:00:30  Later"));
    assert!(list(&["drafts"]).contains("Secret") && !list(&["drafts"]).contains("Later"));
    assert_eq!(list(&["withheld"]).lines().count(), 3);
    assert_eq!(list(&["briefings"]), "");
    assert_eq!(list(&["briefings", "--format", "json"]), "[]\n");
}

#[test]
fn the_schedule_says_when_to_build_next() {
    let desk = Desk::new().with_draft().with_embargo();
    let next = desk.run(&["schedule", "--next", "--now", NOW]).expect(0).out;
    assert!(
        next.starts_with("2023-10-18 22:00:30 +00:00\n") && next.contains("appears  content/articles/later.md"),
        "{next}"
    );
    assert!(next.ends_with("# cron, in UTC: 1 22 18 10 *\n"), "{next}");
    let json = desk.run(&["schedule", "--next", "--format", "json", "--now", NOW]).expect(0).out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["utc"], "2023-10-18T22:00:30Z");
    let nothing = desk.run(&["schedule", "--now", "2023-10-20"]).expect(0).says("nothing is scheduled");
    assert_eq!(nothing.out, "");
    let all = desk.run(&["schedule", "--format", "json", "--now", "2023-10-20"]).expect(0).out;
    assert_eq!(all, "[]\n");
}

#[test]
fn the_environment_may_stand_for_the_clock() {
    let desk = Desk::new().with_embargo();
    let at = |seconds: &str| {
        let mut command = desk.command("site", &["list", "articles"]);
        Said::from(command.env("SOURCE_DATE_EPOCH", seconds).output().expect("it runs"))
    };
    assert!(!at("1697630400").expect(0).out.contains("Later"));
    assert!(at("1697702400").expect(0).out.contains("Later"));
    at("soon").expect(2).says("SOURCE_DATE_EPOCH");
}

#[test]
fn schemas_and_completions_are_printed() {
    let desk = Desk::empty();
    let schema: Value = serde_json::from_str(&desk.run_in("", &["schema"]).expect(0).out).expect("JSON");
    assert!(schema["article"]["properties"]["title"].is_object());
    let config: Value = serde_json::from_str(&desk.run_in("", &["schema", "config"]).expect(0).out).expect("JSON");
    assert_eq!(config, schema["config"]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.run_in("", &["completions", shell]).expect(0).out;
        assert!(script.contains("schedule") && script.contains("deny-warnings"), "{shell}");
    }
    desk.run_in("", &["manual", "man/man1"]).expect(0);
    let page = |name: &str| fs::read_to_string(desk.path("man/man1").join(name)).expect("the manual page of a command");
    assert!(page("dateline.1").contains("dateline\\-build(1)"));
    assert!(page("dateline-build.1").contains("deny\\-withheld"));
    assert!(page("dateline-import-hugo.1").contains("dateline import hugo"));
    assert!(desk.run_in("", &["--version"]).expect(0).out.starts_with("dateline "));
    assert!(desk.run_in("", &["build", "--help"]).expect(0).out.contains("--deny-withheld"));
    assert_eq!(desk.run_in("", &["help"]).expect(0).err, "");
}

#[test]
fn a_reader_who_has_read_enough_is_no_error() {
    let desk = Desk::new();
    for arguments in [&["schema"][..], &["completions", "bash"], &["list", "articles"], &["--help"]] {
        let mut child =
            desk.command("site", arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        drop(child.stdout.take());
        let said = Said::from(child.wait_with_output().expect("it ends")).expect(0);
        assert_eq!(said.err, "", "{arguments:?}");
    }
}

/// All files below a folder with their bytes, Dateline's own included.
#[cfg(unix)]
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.clone(), fs::read(&path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

/// A command that runs until it is told to end.
#[cfg(unix)]
struct Running {
    child: std::process::Child,
    said: std::sync::mpsc::Receiver<String>,
}

#[cfg(unix)]
impl Running {
    fn start(desk: &Desk, arguments: &[&str]) -> Self {
        use std::io::{BufRead, BufReader};
        let mut child = desk.command("site", arguments).stderr(Stdio::piped()).spawn().expect("it runs");
        let err = child.stderr.take().expect("it is piped");
        let (sender, said) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(err).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self { child, said }
    }

    /// Waits for a line that has `part` in it.
    #[track_caller]
    fn says(&self, part: &str) -> String {
        loop {
            let line = self.said.recv_timeout(std::time::Duration::from_secs(20));
            let line = line.unwrap_or_else(|_| panic!("it never says `{part}`"));
            if line.contains(part) {
                return line;
            }
        }
    }

    /// Sends a signal; the exit code that follows.
    fn end(mut self, signal: &str) -> Option<i32> {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("it is sent");
        assert!(sent.success());
        self.child.wait().expect("it ends").code()
    }
}

#[test]
fn an_edition_is_written_as_an_e_mail() {
    let desk = Desk::new();
    desk.run(&["email", "latest", "--now", NOW]).expect(1).says("e-mail editions need the setting `email`");
    let config = "title: The Test\nbase_url: https://test.example/briefing\nemail: {from: desk@test.example}\n";
    desk.write("site/dateline.yaml", config);
    desk.run(&["email", "latest", "--now", NOW]).expect(2).says("there is no edition yet");
    for (day, number) in [("17", 1), ("20", 2)] {
        let text = format!("---\ntitle: Of the {day}\ndate: 2023-10-{day}\nnumber: {number}\n---\n\n## A\n\nText.\n");
        desk.write(&format!("site/content/briefings/2023-10-{day}.md"), &text);
    }
    let message = desk.run(&["email", "latest", "--now", NOW]).expect(0).out;
    assert!(message.starts_with("From: \"The Test\" <desk@test.example>\r\n"), "{message}");
    let text = desk.run(&["email", "1", "--format", "text", "--now", NOW]).expect(0).out;
    assert!(text.starts_with("The Test\nOf the 17\n"), "{text}");
    let there = ["email", "/briefings/2023-10-17/", "--format", "html", "-u", "https://other.example", "-o", "x.html"];
    let silent = desk.run(&[&there[..], &["--now", NOW]].concat()).expect(0);
    assert_eq!(silent.out, "");
    let html = fs::read_to_string(desk.path("site/x.html")).expect("it was written");
    assert!(html.contains("https://other.example/briefings/2023-10-17/"), "{html}");
    desk.run(&["email", "2023-10-16", "--now", NOW]).expect(2).says("the nearest are `2023-10-17`");
    desk.run(&["email", "2023-10-20", "--now", NOW]).expect(1).says("`Of the 20` is withheld: scheduled");
    let preview = desk.run(&["email", "2", "--future", "--format", "text", "--now", NOW]).expect(0);
    assert!(preview.out.contains("Readers cannot see this page"), "{}", preview.out);
    assert!(!desk.path("site/public").exists(), "nothing was built");
    let changes = desk.run(&["build", "--verify", "--changes", "-", "--now", NOW]).expect(0).out;
    assert!(desk.path("site/public/.dateline/private/briefings/2023-10-17/edition.eml").exists());
    assert!(changes.contains("/briefings/2023-10-17/\"") && !changes.contains("private"), "{changes}");
    let why = desk.run(&["why", "/briefings/2023-10-17/email.html", "--now", NOW]).expect(0).out;
    assert!(why.contains("email.html (built in)") && why.contains("up to date"), "{why}");
    desk.run(&["clean"]).expect(0);
    assert!(!desk.path("site/public").exists(), "private files went too");
}

/// Experiment E12 of the peers: Ctrl-C in the preview server.
#[cfg(unix)]
#[test]
fn serving_leaves_a_finished_site_as_it_is() {
    let desk = Desk::new();
    desk.run(&["build", "--now", NOW]).expect(0);
    let before = files(&desk.path("site"));
    for signal in ["-INT", "-TERM"] {
        let server = Running::start(&desk, &["serve", "--port", "0", "--now", NOW]);
        let address = server.says("serving http://127.0.0.1:");
        assert!(address.contains("/briefing/ (the desk: http://127.0.0.1:"), "{address}");
        assert_eq!(server.end(signal), Some(0));
        assert!(files(&desk.path("site")) == before);
    }
}

#[cfg(unix)]
#[test]
fn a_port_that_is_taken_is_no_error() {
    let desk = Desk::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    if port > 65_000 {
        return;
    }
    let server = Running::start(&desk, &["serve", "--port", &port.to_string()]);
    server.says(&format!("port {port} is taken"));
    server.says("serving http://127.0.0.1:");
    assert_eq!(server.end("-INT"), Some(0));
}

#[cfg(unix)]
#[test]
fn watching_builds_after_a_save_and_ends_when_told_to() {
    let desk = Desk::new();
    let watching = Running::start(&desk, &["watch", "--now", NOW, "--debounce", "20ms"]);
    watching.says("1 article");
    desk.write("site/content/articles/second.md", "---\ntitle: Second\ndate: 2023-10-17\n---\n\nText.\n");
    watching.says("2 articles");
    desk.write("site/content/articles/second.md", "---\ntitel: Second\n---\n\nText.\n");
    watching.says("the last good output stays");
    assert!(desk.path("site/public/2023/10/17/second/index.html").exists());
    assert_eq!(watching.end("-INT"), Some(1), "it ended with an error in the site");
    desk.run(&["watch", "--debounce", "soon"]).expect(2).says("50ms");
}

#[test]
fn topics_that_may_be_one_are_suggested_with_the_command_that_makes_them_one() {
    let desk = Desk::new();
    for (name, topics) in [("a", "Energy exports"), ("b", "Energy exports"), ("c", "Energy export")] {
        let text = format!("---\ntitle: {name}\ndate: 2023-10-16\ntopics: [{topics}]\n---\nText.\n");
        desk.write(&format!("site/content/articles/{name}.md"), &text);
    }
    let said = desk.run(&["topics", "suggest", "--format", "json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let rows: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(rows[0]["what_to_do"], "dateline topics merge 'Energy export' 'Energy exports'");
    let once: Vec<&str> = rows
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| row["why"] == "once")
        .filter_map(|row| row["topic"].as_str())
        .collect();
    assert_eq!(once, ["Energy export", "ICC"]);
    // The topics of further languages are looked at, too.
    let config = fs::read_to_string(desk.path("site/dateline.yaml")).expect("a configuration");
    desk.write(
        "site/dateline.yaml",
        &format!("{config}languages: {{fr: {{}}, ar: {{base_url: \"https://ar.test.example\"}}}}\n"),
    );
    for (name, topic) in [("d.fr", "Énergie"), ("e.ar", "طاقة")] {
        let text = format!("---\ntitle: {name}\ndate: 2023-10-16\ntopics: [{topic}]\n---\nText.\n");
        desk.write(&format!("site/content/articles/{name}.md"), &text);
    }
    let said = desk.run(&["topics", "suggest"]);
    assert!(said.out.contains("Énergie") && said.out.contains("طاقة"), "{}{}", said.out, said.err);
    // Each host is built by itself.
    assert_eq!(desk.run(&["build"]).code, 0);
    assert_eq!(desk.run(&["build", "--language", "ar"]).code, 0);
    assert!(desk.path("site/public/fr/index.html").exists() && !desk.path("site/public/ar").exists());
    assert!(desk.path("site/public-ar/2023/10/16/e/index.html").exists());
    desk.run(&["--language", "fr", "build"]).expect(2).says("has no host of its own");
}

#[test]
fn the_lock_is_written_and_kept() {
    let desk = Desk::new();
    let said = desk.run(&["lock"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let lock = fs::read_to_string(desk.folder.path().join("site/urls.lock")).expect("it was written");
    assert!(lock.contains("\n/2023/10/17/visit/\t\t\t2023-10-17\n"), "{lock}");
    fs::remove_file(desk.folder.path().join("site/content/articles/visit.md")).expect("it is there");
    let said = desk.run(&["build"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.err.contains("lost-url") && said.err.contains("urls.lock"), "{}", said.err);
}

#[test]
fn topics_are_merged_in_the_files() {
    let desk = Desk::new();
    let article = || fs::read_to_string(desk.path("site/content/articles/visit.md")).expect("it is there");
    let before = article();
    let dry = desk.run(&["topics", "merge", "icc", "World court", "--dry-run"]).expect(0);
    assert_eq!(dry.out, "edit    content/articles/visit.md: topics\n");
    dry.says("`ICC` into `World court`: 1 file would be changed (dry run)");
    assert_eq!(article(), before);
    let done = desk.run(&["topics", "merge", "icc", "World court"]).expect(0);
    assert_eq!(done.out, "edit    content/articles/visit.md: topics\n");
    done.says("`ICC` into `World court`: 1 file changed");
    assert_eq!(article(), before.replace("[ICC]", "[World court]"));
    desk.run(&["topics", "merge", "World cort", "ICC"]).expect(2).says("did you mean `World court`?");
    desk.run(&["topics", "merge", "World court", " "]).expect(2);
}

#[cfg(feature = "deploy")]
#[test]
fn a_site_is_deployed_to_a_folder_and_back() {
    let desk = Desk::new();
    let config = "title: The Test\nbase_url: https://test.example\ndeploy: {here: {to: ../www}}\n";
    desk.write("site/dateline.yaml", config);
    let planned = desk.run(&["deploy", "--dry-run"]).expect(0).says("would deploy to `../www`: ");
    let line = "+ 2023/10/17/visit/index.html  ";
    assert!(
        planned
            .out
            .lines()
            .any(|text| text.starts_with(line) && text.contains("  text/html; charset=utf-8  public, max-age=300")),
        "{}",
        planned.out
    );
    assert!(!desk.path("www").exists());
    let first = desk.run(&["deploy", "--changes", "-"]).expect(0).says("added; release `");
    let changes: Value = serde_json::from_str(&first.out).expect("JSON");
    let added = changes["added"].as_array().expect("a list");
    assert!(added.contains(&Value::from("https://test.example/2023/10/17/visit/")), "{added:?}");
    desk.run(&["deploy"]).expect(0).says("nothing changed");
    let text = fs::read_to_string(desk.path("site/content/articles/visit.md")).expect("it is there");
    desk.run(&["check", "--now", NOW]).expect(0);
    desk.write("site/content/articles/visit.md", &text.replace("A visit", "No visit"));
    desk.run(&["check", "--now", NOW]).expect(1).says("silent-change").says("content/articles/visit.md:2:8");
    desk.write("site/content/articles/visit.md", &text);
    desk.run(&["deploy", "--rollback"]).expect(2).says("no-release");
    desk.run(&["deploy", "elsewhere"]).expect(2).says("there is no target `elsewhere`");
    desk.run(&["deploy", "--max-deletes", "101%"]).expect(2).says("write a number, such as `50`");
    desk.with_error().run(&["deploy"]).expect(1).says("nothing was published");
}

#[cfg(feature = "deploy")]
#[test]
fn announcements_need_someone_to_tell() {
    let desk = Desk::new();
    desk.write("site/changes.json", "{\"added\": [], \"changed\": [], \"removed\": []}");
    let file = desk.path("site/changes.json").display().to_string();
    desk.run(&["announce", "websub", "--changes", &file]).expect(2).says("the configuration has no `hub`");
    desk.run(&["announce", "indexnow", "--changes", &file]).expect(2).says("the configuration has no `indexnow`");
    let config = "title: The Test\nbase_url: https://test.example\nindexnow: {key: abcdef0123}\n";
    desk.write("site/dateline.yaml", config);
    desk.run(&["announce", "indexnow", "--changes", &file]).expect(0).says("none of the changes");
}

#[test]
fn a_check_mends_what_is_safe_and_says_so() {
    let desk = Desk::new();
    let text = |word: &str| {
        format!("---\ntitle: A visit\ndate: 2023-10-17\ntopics: [ICC]\nsummary: S\n---\n\nIn {word} port, she said.\n")
    };
    desk.write("site/content/articles/visit.md", &text("the the"));
    desk.run(&["check", "--now", NOW]).expect(0).says("warning[doubled-word]").says("1 warning");
    let mended = desk.run(&["check", "--now", NOW, "--fix"]).expect(0);
    mended.says("content/articles/visit.md:8:4: `the the` is now `the`").says("no problems");
    assert_eq!(fs::read_to_string(desk.path("site/content/articles/visit.md")).expect("it is there"), text("the"));
}

#[test]
fn a_check_asks_git_what_has_changed() {
    let desk = Desk::new();
    desk.run(&["check", "--since", "HEAD"]).expect(2).says("is in no git repository").says("--since");
    // Without a program to ask, which no PATH has.
    let mut command = desk.command("site", &["check", "--since", "HEAD"]);
    command.env("PATH", "");
    Said::from(command.output().expect("it runs")).expect(2).says("there is no program `git` here");
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &["-c", "user.name=Desk", "-c", "user.email=desk@test.example", "commit", "--quiet", "--message", "x"],
    ] {
        let output = Command::new("git").args(arguments).current_dir(desk.path("site")).output().expect("git runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    desk.run(&["check", "--now", NOW, "--since", "HEAD"]).expect(0).says("no problems");
    desk.run(&["check", "--now", NOW, "--since", "nowhere"]).expect(2).says("git knows no revision `nowhere`");
    desk.write(
        "site/content/articles/visit.md",
        "---\ntitle: A visit\ndate: 2023-10-17\ntopics: [ICC]\n---\n\nOther text.\n",
    );
    let said = desk.run(&["check", "--now", NOW, "--since", "HEAD", "--message-format", "github"]).expect(1);
    said.says("::error file=content/articles/visit.md,line=7,col=1").says("silent-change");
}

#[cfg(feature = "import")]
#[test]
fn a_site_of_another_program_is_imported() {
    let desk = Desk::empty();
    desk.write("old/config.toml", "base_url = \"https://old.example\"\ntitle = \"The Old\"\n");
    desk.write("old/content/blog/a.md", "+++\ntitle = \"A\"\ndate = 2023-10-01\n+++\n{{ x() }}\n");
    let dry = desk.run_in(".", &["import", "zola", "old", "--dry-run"]).expect(0);
    assert!(dry.out.starts_with("articles             1  content/articles\n"), "{}", dry.out);
    assert!(dry.err.contains("2 files would be made in `old-dateline` (dry run)"), "{}", dry.err);
    assert!(!desk.path("old-dateline").exists());
    desk.run_in(".", &["import", "zola", "old"])
        .expect(0)
        .says("warning[import-call]: `{{ x() }}` is left as text")
        .says("content/blog/a.md:5")
        .says("2 files made in `old-dateline`");
    desk.run_in(".", &["check", "--root", "old-dateline"]).expect(0);
    desk.run_in(".", &["import", "zola", "old", "-o", "old-dateline"])
        .expect(0)
        .says("0 files made")
        .says("1 there already");
    // Into the site around.
    desk.write("site/dateline.yaml", "title: The Test\nbase_url: https://test.example\n");
    let json = desk.run(&["--message-format", "json", "import", "zola", "../old"]).expect(0);
    let value: Value = serde_json::from_str(json.out.trim()).expect("JSON");
    assert_eq!(value["counts"]["articles"], 1);
    assert_eq!(value["files"][0], "content/articles/2023/10/a.md");
    assert!(json.err.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{}", json.err);
    assert!(desk.path("site/content/articles/2023/10/a.md").exists());
    desk.run_in(".", &["import", "jekyll", "old"]).expect(2).says("there is no `_config.yml` in `old`");
    desk.run_in(".", &["import", "pelican", "old"]).expect(2);
}

/// An archive whose stories all link to the same page that is gone, and each to one of its own.
fn archive(stories: usize) -> Desk {
    let desk = Desk::new();
    for number in 0..stories {
        let text = format!(
            "---\ntitle: Story {number}\ndate: 2023-10-17\n---\n\n[a](/tags/ports/) [b](/gone/{number}/) [c][nope]\n"
        );
        desk.write(&format!("site/content/articles/s-{number:02}.md"), &text);
    }
    desk
}

#[test]
fn equal_problems_are_one_with_their_places_and_a_table_counts_all() {
    let desk = archive(40);
    let said = desk.run(&["check", "--now", NOW]);
    assert_eq!(said.err.matches("this site has nothing at `/tags/ports/`").count(), 1, "{}", said.err);
    let more = "and 39 more places: content/articles/s-01.md:6:1, content/articles/s-02.md:6:1, content/articles/s-03.md:6:1, …";
    assert!(said.err.contains(more), "{}", said.err);
    let groups = said.err.lines().filter(|line| line.starts_with("warning[")).count();
    assert_eq!(groups, 30, "{}", said.err);
    assert!(said.err.contains("warning[undefined-reference]"), "{}", said.err);
    assert!(said.err.contains("\n  80  dead-path"), "{}", said.err);
    assert!(said.err.contains("`dateline check --only CODE` shows all of one code"), "{}", said.err);
    // Each at its place, when that is asked for; and for programs always.
    let all = desk.run(&["check", "--now", NOW, "-v"]);
    assert_eq!(all.err.matches("this site has nothing at `/tags/ports/`").count(), 40);
    let json = desk.run(&["check", "--now", NOW, "--message-format", "json"]);
    assert_eq!(json.err.matches("this site has nothing at `/tags/ports/`").count(), 40);
    let github = desk.run(&["build", "--now", NOW, "--message-format", "github"]);
    assert_eq!(github.err.matches("title=dead-path").count(), 80);
}

#[test]
fn errors_come_first_and_are_never_left_out() {
    let desk = archive(40).with_error();
    let said = desk.run(&["build", "--now", NOW]);
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with("error[unknown-key]: unknown key `sumary`"), "{}", said.err);
}

#[test]
fn the_problems_of_one_code_are_shown_alone_and_the_others_are_counted() {
    let desk = archive(40);
    let said = desk.run(&["build", "--now", NOW, "--only", "undefined-reference"]);
    assert_eq!(said.err.lines().filter(|line| line.starts_with("warning[")).count(), 40, "{}", said.err);
    assert!(!said.err.contains("dead-path"), "{}", said.err);
    assert!(said.err.contains("120 warnings"), "{}", said.err);
    let wrong = desk.run(&["check", "--only", "dead-pth"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean `dead-path`?"), "{}", wrong.err);
}

#[test]
fn a_name_with_a_line_break_writes_no_line_of_its_own() {
    let desk = Desk::new();
    desk.write(
        "site/content/articles/key.md",
        "---\ntitle: Key\ndate: 2023-10-17\n\"a\\n::error::key\": x\n---\n\nText.\n",
    );
    desk.write("site/content/articles/f\n::error::file.md", "no front matter\n");
    let said = desk.run(&["build", "--now", NOW]);
    assert!(said.err.contains("::error::key") && said.err.contains("::error::file"), "{}", said.err);
    assert!(!said.err.lines().any(|line| line.starts_with("::error::")), "{}", said.err);
}

#[test]
fn a_draft_is_published_and_what_check_finds_in_it_is_said() {
    let desk = Desk::new().with_draft();
    let said = desk.run(&["publish", "--now", NOW, "content/articles/draft.md"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.out, "content/articles/draft.md: date: 2023-10-18T12:00:00Z\n");
    assert!(said.err.contains("missing-dek") && !said.err.contains("visit.md"), "its own findings alone: {}", said.err);
    assert!(said.err.trim_end().ends_with("1 file released: 2 warnings"), "{}", said.err);
    let text = fs::read_to_string(desk.path("site/content/articles/draft.md")).expect("it is there");
    assert_eq!(text, "---\ntitle: Secret\ndate: 2023-10-18T12:00:00Z\n---\n\nText.\n");
    // A file is named from the folder that the desk is in, too.
    let again = desk.run_in("site/content/articles", &["publish", "draft.md"]).expect(0);
    let again = again.says("this is no draft, and stays as it is").says("nothing to release");
    assert_eq!(again.out, "");
    desk.run(&["publish"]).expect(2);
}
