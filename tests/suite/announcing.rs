//! Announcements: who is told what, over real HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use dateline::announce::{Changed, indexnow, websub};
use dateline::config::{BaseUrl, IndexNow};

use crate::site_test::{SiteTest, short};

/// Answers as many requests as there are answers, and gives back their bodies.
pub(crate) fn listen(answers: &'static [&'static str]) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    let thread = thread::spawn(move || {
        let mut bodies = Vec::new();
        for answer in answers {
            let (stream, _) = listener.accept().expect("a request");
            let mut reader = BufReader::new(stream);
            let (mut line, mut size) = (String::new(), 0);
            while reader.read_line(&mut line).expect("a line") > 2 {
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    size = value.trim().parse().expect("a number");
                }
                line.clear();
            }
            let mut body = vec![0; size];
            reader.read_exact(&mut body).expect("a body");
            bodies.push(String::from_utf8(body).expect("text"));
            let text = format!("HTTP/1.1 {answer}\r\ncontent-length: 3\r\nconnection: close\r\n\r\nwhy");
            reader.into_inner().write_all(text.as_bytes()).expect("answered");
        }
        bodies
    });
    (address, thread)
}

fn changed() -> Changed {
    let texts = |urls: &[&str]| urls.iter().map(|url| format!("https://test.example/b{url}")).collect();
    Changed {
        added: texts(&["/2023/10/17/a/", "/topics/x/feed.xml"]),
        changed: texts(&["/", "/feed.xml", "/404.html", "/style.css", "/old.html"]),
        removed: texts(&["/2023/10/16/z/", "/topics/gone/feed.xml"]),
    }
}

#[test]
fn the_hub_is_told_of_each_feed_that_is_there() {
    let (hub, thread) = listen(&["202 Accepted", "429 Too Many Requests"]);
    let (told, report) = websub(&hub, &changed()).expect("it was sent");
    let bodies = thread.join().expect("two requests");
    assert_eq!(
        bodies,
        [
            "hub.mode=publish&hub.url=https%3A%2F%2Ftest.example%2Fb%2Ftopics%2Fx%2Ffeed.xml",
            "hub.mode=publish&hub.url=https%3A%2F%2Ftest.example%2Fb%2Ffeed.xml"
        ]
    );
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].what.as_str(), told[0].answer.as_str()),
        ("https://test.example/b/topics/x/feed.xml", "told the hub (202)")
    );
    let problem = &report.diagnostics()[0];
    assert_eq!(short(problem), "not-announced");
    assert!(problem.message.contains("`https://test.example/b/feed.xml`: 429: why"), "{}", problem.message);
    assert_eq!(problem.help.as_deref(), Some("announce again later"));
}

#[test]
fn search_engines_are_told_of_pages_and_where_the_key_is() {
    let (endpoint, thread) = listen(&["200 OK"]);
    let settings = IndexNow { key: "0123456789abcdef".to_owned(), endpoint };
    let site = BaseUrl::new("https://test.example", "/b");
    let (told, report) = indexnow(&site, &settings, &changed()).expect("it was sent");
    assert!(report.is_empty(), "{report:?}");
    assert_eq!((told[0].what.as_str(), told[0].answer.as_str()), ("4 pages", "accepted (200)"));
    let body: serde_json::Value = serde_json::from_str(&thread.join().expect("a request")[0]).expect("JSON");
    let urls = ["/2023/10/17/a/", "/", "/old.html", "/2023/10/16/z/"].map(|url| format!("https://test.example/b{url}"));
    let expected = serde_json::json!({
        "host": "test.example", "key": "0123456789abcdef", "keyLocation": "https://test.example/b/0123456789abcdef.txt",
        "urlList": urls,
    });
    assert_eq!(body, expected);
}

#[test]
fn refusals_say_what_to_do() {
    let site = BaseUrl::new("https://test.example", "");
    let advice = |status: &'static [&'static str]| {
        let (endpoint, _thread) = listen(status);
        let settings = IndexNow { key: "0123456789abcdef".to_owned(), endpoint };
        let (told, report) = indexnow(&site, &settings, &changed()).expect("it was sent");
        assert!(told.is_empty());
        report.diagnostics()[0].help.clone().expect("advice")
    };
    assert!(advice(&["403 Forbidden"]).contains("the key is not at its address"));
    assert!(advice(&["422 Unprocessable Content"]).contains("check `base_url`"));
    assert!(advice(&["503 Service Unavailable"]).contains("later"));
    let nowhere = IndexNow { key: "0123456789abcdef".to_owned(), endpoint: "http://127.0.0.1:9/".to_owned() };
    let (_, report) = indexnow(&site, &nowhere, &changed()).expect("it was tried");
    assert!(report.diagnostics()[0].message.contains("refused"), "{report:?}");
}

#[test]
fn the_key_stands_in_a_file_of_the_site() {
    let site =
        SiteTest::new("-- dateline.yaml --\ntitle: T\nbase_url: https://x.example\nindexnow: {key: abcdef0123}\n");
    assert_eq!(site.build_clean().file("/abcdef0123.txt"), "abcdef0123");
    site.write("dateline.yaml", "title: T\nbase_url: https://x.example\nindexnow: {key: a b, endpoint: x}\n");
    assert_eq!(site.problems(), ["bad-value dateline.yaml:3:17", "bad-value dateline.yaml:3:32"]);
}

#[test]
fn what_is_no_list_of_changes_is_refused() {
    assert!(Changed::parse("{\"added\": [], \"changed\": [], \"removed\": []}", "x").is_ok());
    for text in ["", "[]", "{\"added\": []}", "{\"added\": [], \"changed\": [], \"removed\": [], \"more\": 1}"] {
        let problem = Changed::parse(text, "x.json").expect_err("no list");
        assert!(problem.message.starts_with("`x.json` is not a list of changes"), "{}", problem.message);
    }
}
