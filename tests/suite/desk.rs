//! What the desk of `serve` writes, for whom, and that it is what the commands write.

use std::net::Ipv4Addr;
use std::process::Command;

use crate::serve::{Response, Served};
use crate::site_test::{SiteTest, between, tree};

/// The token of [`Served`].
const TOKEN: &str = "07070707070707070707070707070707";

const JSON: &str = "application/json";

/// The instant of [`Served`], in seconds since 1970.
const NOW: &str = "1697630400";

const COPY: &str = "PARIS, Oct 17 (Agency) - Ministers met on Tuesday to talk about grain.\n\nThey agreed on little.\n";

fn site() -> SiteTest {
    SiteTest::new(
        "-- content/articles/a.md --\n---\ntitle: First\ndate: 2023-10-17\n---\nOne.\n\
         -- content/articles/draft.md --\n---\ntitle: Second\ndate: 2023-10-16\ndraft: true\n---\nTwo.\n",
    )
}

/// Sends an action as the desk does, but for what `change` does to its headers.
fn send(served: &Served, name: &str, media_type: &str, body: &[u8], change: impl FnOnce(&mut String)) -> Response {
    let origin = served.address;
    let mut headers = format!(
        "Host: {origin}\r\nOrigin: http://{origin}\r\nSec-Fetch-Site: same-origin\r\nX-Dateline-Token: {TOKEN}\r\n\
         Content-Type: {media_type}\r\nContent-Length: {}\r\n",
        body.len()
    );
    change(&mut headers);
    served.send("POST", &format!("/_dateline/{name}"), &headers, body)
}

fn act(served: &Served, name: &str, body: &str) -> Response {
    send(served, name, if name == "wire" { "application/octet-stream" } else { JSON }, body.as_bytes(), |_| ())
}

/// Runs a command for a site at the instant of the server.
fn command(site: &SiteTest, arguments: &[&str]) {
    let run = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["--root", "."])
        .args(arguments)
        .current_dir(site.root())
        .env("SOURCE_DATE_EPOCH", NOW)
        .output()
        .expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn the_desk_writes_what_the_commands_write() {
    for (name, body, arguments, path) in [
        (
            "new",
            r#"{"kind": "article", "title": "Talks: a start"}"#,
            &["new", "article", "Talks: a start"][..],
            "content/articles/2023/10/talks-a-start.md",
        ),
        (
            "new",
            r#"{"kind": "briefing", "title": "Morning"}"#,
            &["new", "briefing", "Morning"],
            "content/briefings/2023-10-18.md",
        ),
        ("new", r#"{"kind": "topic", "title": "Grain"}"#, &["new", "topic", "Grain"], "content/topics/grain.md"),
        (
            "new",
            r#"{"kind": "person", "title": "Jane Roe"}"#,
            &["new", "person", "Jane Roe"],
            "content/people/jane-roe.md",
        ),
        ("new", r#"{"kind": "page", "title": "Contact"}"#, &["new", "page", "Contact"], "content/pages/contact.md"),
        (
            "publish",
            r#"{"file": "content/articles/draft.md"}"#,
            &["publish", "content/articles/draft.md"],
            "content/articles/draft.md",
        ),
    ] {
        let (served, other) = (Served::new(site()), site());
        let response = act(&served, name, body);
        assert_eq!(response.status, 200, "{name} {body}: {}", response.text());
        assert!(response.text().contains(&format!("<code>{path}</code>")), "{}", response.text());
        command(&other, arguments);
        assert_eq!(tree(&served.site.root().join("content")), tree(&other.root().join("content")), "{name} {body}");
        assert!(other.root().join(path).exists());
    }
}

#[test]
#[cfg(feature = "import")]
fn the_desk_takes_in_wire_copy_as_the_command_does() {
    let (served, other) = (Served::new(site()), site());
    // Windows-1252, as some agencies still send it.
    let copy: Vec<u8> = [COPY.as_bytes(), b"Caf\xe9s stayed open.\n"].concat();
    let response = send(&served, "wire", "application/octet-stream", &copy, |_| ());
    assert_eq!(response.status, 200, "{}", response.text());
    for said in ["1 draft written", "Windows-1252", "content/articles/2023/10/"] {
        assert!(response.text().contains(said), "{said}: {}", response.text());
    }
    other.write("copy.txt", &copy);
    command(&other, &["import", "wire", "copy.txt"]);
    assert_eq!(tree(&served.site.root().join("content")), tree(&other.root().join("content")));
    served.remade();
    let again = send(&served, "wire", "application/octet-stream", &copy, |_| ());
    assert!(again.text().contains("imported before") && again.status == 200, "{}", again.text());
}

#[test]
fn a_new_story_has_a_page_as_soon_as_it_is_published() {
    let served = Served::new(site());
    let desk = served.get("/_dateline/").text();
    assert!(desk.contains("data-publish=\"content/articles/draft.md\""), "{desk}");
    let page = "/_dateline/page?file=content/articles/draft.md";
    assert_eq!(served.get(page).status, 404, "a draft has none yet");
    let response = act(&served, "publish", r#"{"file": "content/articles/draft.md"}"#);
    assert!(
        response.text().contains("1 file released") && response.text().contains("2023-10-18T12:00"),
        "{}",
        response.text()
    );
    assert!(response.text().contains(&format!("href=\"{page}\"")), "{}", response.text());
    served.remade();
    let to = served.get(page);
    assert_eq!((to.status, to.header("location")), (302, "/2023/10/18/draft/"));
    assert_eq!(served.get(to.header("location")).status, 200);
    assert!(served.get("/_dateline/").text().contains("There is no draft."));
}

#[test]
fn errors_are_those_of_the_commands_and_write_nothing() {
    let served = Served::new(site());
    let before = tree(&served.site.root());
    for (name, body, said) in [
        ("new", r#"{"kind": "article", "title": "  "}"#, "a title must not be empty"),
        ("new", r#"{"kind": "poem", "title": "x"}"#, "unknown variant <code>poem</code>"),
        ("new", r#"{"kind": "article", "title": "x", "path": "../x.md"}"#, "unknown field <code>path</code>"),
        ("new", "title=x", "cannot be read"),
        ("publish", r#"{"file": "content/articles/drafts.md"}"#, "did you mean"),
        ("publish", r#"{"file": "../draft.md"}"#, "no content file is called"),
        ("publish", r#"{"file": "content/articles/../../dateline.yaml"}"#, "no content file is called"),
        ("publish", r#"{"file": "/etc/passwd"}"#, "no content file is called"),
    ] {
        let response = act(&served, name, body);
        assert_eq!(response.status, 422, "{name} {body}: {}", response.text());
        assert!(response.text().contains(said), "{name} {body}: {}", response.text());
    }
    assert_eq!(tree(&served.site.root()), before);
    served.site.write("content/articles/draft.md", "---\ntitle: Second\ntitel: x\ndraft: true\n---\nTwo.\n");
    let response = act(&served, "publish", r#"{"file": "content/articles/draft.md"}"#);
    assert_eq!(response.status, 422);
    let text = response.text();
    assert!(text.contains("content/articles/draft.md:3:1") && text.contains("<mark>titel</mark>"), "{text}");
}

#[test]
fn a_title_cannot_lead_out_of_the_content_folder() {
    let served = Served::new(site());
    for (title, path) in [
        ("../../../../tmp/x", "content/topics/tmp-x.md"),
        ("/etc/passwd", "content/topics/etc-passwd.md"),
        ("..\\\\..\\\\x", "content/topics/x.md"),
        ("C:\\u0000x <b>", "content/topics/c-x-b.md"),
    ] {
        let response = act(&served, "new", &format!(r#"{{"kind": "topic", "title": "{title}"}}"#));
        assert!(response.status == 200 && response.text().contains(path), "{title}: {}", response.text());
        assert!(served.site.root().join(path).exists(), "{title}");
    }
    let outside: Vec<String> =
        tree(&served.site.root()).into_keys().filter(|path| !path.starts_with("content/")).collect();
    assert_eq!(outside, ["dateline.yaml"]);
    let again = act(&served, "new", r#"{"kind": "topic", "title": "x"}"#);
    assert!(again.status == 422 && again.text().contains("is there already"), "{}", again.text());
}

#[test]
fn only_the_desk_of_this_server_may_write() {
    let served = Served::new(site());
    let before = tree(&served.site.root());
    let body = br#"{"kind": "article", "title": "Evil"}"#;
    let own = format!("Origin: http://{}\r\n", served.address);
    let replace = |from: &str, to: &str| {
        let (from, to) = (from.to_owned(), to.to_owned());
        move |headers: &mut String| {
            assert!(headers.contains(&from), "{from}");
            *headers = headers.replace(&from, &to);
        }
    };
    let host = format!("Host: {}\r\n", served.address);
    let token = format!("X-Dateline-Token: {TOKEN}\r\n");
    for (from, to, status) in [
        (token.as_str(), "", 403),
        (TOKEN, "0707070707070707070707070707070", 403),
        (TOKEN, "07070707070707070707070707070708", 403),
        (&token, &format!("{token}{token}"), 403),
        (&own, "", 403),
        (&own, "Origin: null\r\n", 403),
        (&own, "Origin: https://evil.example\r\n", 403),
        (&own, &format!("Origin: http://localhost:{}\r\n", served.address.port()), 403),
        (&own, &format!("Origin: http://{}1\r\n", served.address), 403),
        (&host, &format!("Host: evil.example:{}\r\n", served.address.port()), 403),
        ("same-origin", "cross-site", 403),
        ("same-origin", "same-site", 403),
        (JSON, "text/plain", 415),
        (JSON, "application/x-www-form-urlencoded", 415),
    ] {
        let response = send(&served, "new", JSON, body, replace(from, to));
        assert_eq!(response.status, status, "{from} → {to}: {}", response.text());
    }
    // A page of another site that has its name lead here, and says so in both headers.
    let evil = |headers: &mut String| *headers = headers.replace(&served.address.to_string(), "evil.example");
    assert_eq!(send(&served, "new", JSON, body, evil).status, 403);
    for method in ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let headers = format!("{host}{own}{token}Content-Type: {JSON}\r\n");
        let response = served.send(method, "/_dateline/new", &headers, b"");
        assert!([404, 405].contains(&response.status), "{method}: {}", response.status);
    }
    let long = format!(r#"{{"kind": "article", "title": "{}"}}"#, "x".repeat(20_000));
    assert_eq!(act(&served, "new", &long).status, 413);
    assert_eq!(act(&served, "delete", "{}").status, 405);
    assert_eq!(tree(&served.site.root()), before);
    // Older browsers do not say where a request comes from.
    let response = send(&served, "new", JSON, body, replace("Sec-Fetch-Site: same-origin\r\n", ""));
    assert_eq!(response.status, 200);
}

#[test]
fn a_server_that_others_can_reach_writes_nothing_and_shows_no_token() {
    let served = Served::on(Ipv4Addr::UNSPECIFIED, site());
    let desk = served.get("/_dateline/").text();
    assert!(!desk.contains(TOKEN) && desk.contains("Other machines can reach this server"), "{desk}");
    assert!(desk.contains("dateline new article"), "it says the commands");
    let response = act(&served, "new", r#"{"kind": "article", "title": "x"}"#);
    assert!(response.status == 403 && response.text().contains("writes nothing"), "{}", response.text());
}

#[test]
fn the_desk_cannot_be_framed_and_says_the_commands_without_scripts() {
    let served = Served::new(site());
    let desk = served.get("/_dateline/");
    assert!(desk.header("content-security-policy").contains("frame-ancestors 'none'"));
    let text = desk.text();
    assert_eq!(between(&text, "data-token=\"", "\""), TOKEN);
    for said in
        ["without-script\">New story: <code>dateline new article", "dateline publish FILE", "aria-live=\"polite\""]
    {
        assert!(text.contains(said), "{said}");
    }
    assert!(!served.get("/2023/10/17/a/").text().contains(TOKEN), "no page of the site has the token");
}
