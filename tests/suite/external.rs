//! Links to other sites, asked for over real HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use dateline::check::external::{LinkCheckOptions, LinkSummary};
use dateline::check::{self, CheckOptions};
use jiff::Timestamp;

use crate::site_test::{SiteTest, article, short};

/// A host that answers by the path, and writes down what it is asked.
struct Host {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Host {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                thread::spawn(move || answer(stream, &log));
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().expect("whole"));
        asked.sort();
        asked
    }
}

fn answer(stream: TcpStream, log: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).expect("a line");
    let mut line = String::new();
    while reader.read_line(&mut line).expect("a line") > 2 {
        line.clear();
    }
    let mut words = first.split(' ');
    let (method, path) = (words.next().expect("a method"), words.next().expect("a path"));
    let seen = {
        let mut log = log.lock().expect("whole");
        let ask = format!("{method} {path}");
        let seen = log.contains(&ask);
        log.push(ask);
        seen
    };
    let head = match (path, method) {
        ("/moved", _) => "301 Moved Permanently\r\nlocation: /step",
        ("/step", _) => "308 Permanent Redirect\r\nlocation: /new?a=1&b",
        ("/for-now", _) => "302 Found\r\nlocation: /fine",
        ("/round", _) => "301 Moved Permanently\r\nlocation: /round",
        ("/missing", _) | ("/wrong-head", "HEAD") => "404 Not Found",
        ("/get-only", "HEAD") => "405 Method Not Allowed",
        ("/busy", _) if !seen => "429 Too Many Requests\r\nretry-after: 1",
        ("/always-busy", _) => "429 Too Many Requests",
        ("/fault", _) => "500 Internal Server Error",
        ("/hangs", _) => {
            // No answer, until whoever asks has given up and closed the connection.
            let _ = reader.read_to_end(&mut Vec::new());
            return;
        }
        ("/drops", _) => return,
        _ => "200 OK",
    };
    let text = format!("HTTP/1.1 {head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let _ = reader.into_inner().write_all(text.as_bytes());
}

fn check(site: &SiteTest, now: i64) -> (LinkSummary, Vec<String>, Vec<String>) {
    let options = LinkCheckOptions {
        kept: site.root().join(".dateline/external.json"),
        max_age: Duration::from_secs(7 * 24 * 3600),
        timeout: Duration::from_secs(2),
        now: Timestamp::from_second(now).expect("a time"),
    };
    let ask = CheckOptions { external: Some(options), ..CheckOptions::default() };
    let checked = check::check(&site.request(), &ask).expect("it was looked at");
    let problems = checked.report.diagnostics().iter().filter(|problem| problem.code.0.ends_with("external-link"));
    let (places, messages) = problems.map(|problem| (short(problem), problem.message.clone())).unzip();
    (checked.asked.expect("others were asked"), places, messages)
}

#[test]
fn each_answer_has_its_finding_and_a_second_look_asks_nobody() {
    let host = Host::start();
    let paths = [
        "fine",
        "moved",
        "for-now",
        "missing",
        "get-only",
        "wrong-head",
        "busy",
        "always-busy",
        "fault",
        "hangs",
        "drops",
        "round",
    ];
    let body: String = paths.iter().map(|path| format!("[x]({}/{path}#anchor)\n\n", host.address)).collect();
    let head = format!("date: 2023-10-17\nsources:\n  - {{name: A, url: \"{}/missing\"}}", host.address);
    let site = SiteTest::new(article("visit", &head, &body));
    let (found, places, messages) = check(&site, 1_700_000_000);
    let code = |path: &str| -> Vec<&str> {
        let named = format!("{}/{path}`", host.address);
        let found = places.iter().zip(&messages).filter(|(_, message)| message.starts_with(&format!("`{named}")));
        found.map(|(place, _)| place.as_str()).collect()
    };
    let line = |path: &str| 7 + 2 * paths.iter().position(|known| *known == path).expect("known");
    for path in ["fine", "for-now", "get-only", "wrong-head", "busy"] {
        assert_eq!(code(path), Vec::<&str>::new(), "{path}");
    }
    for path in ["always-busy", "fault", "hangs", "drops", "round"] {
        let place = format!("unsure-external-link content/articles/visit.md:{}:5", line(path));
        assert_eq!(code(path), [place.as_str()], "{path}");
    }
    let missing = format!("dead-external-link content/articles/visit.md:{}:5", line("missing"));
    assert_eq!(code("missing"), ["dead-external-link content/articles/visit.md:5:21", missing.as_str()]);
    assert_eq!(code("moved"), [format!("moved-external-link content/articles/visit.md:{}:5", line("moved"))]);
    let to = format!("`{0}/moved` has moved to `{0}/new?a=1&b`", host.address);
    assert!(messages.contains(&to), "{messages:?}");
    let tally = &found.hosts["127.0.0.1"];
    assert_eq!((tally.fine, tally.moved, tally.dead, tally.unsure), (5, 1, 1, 5));
    assert_eq!((found.asked, found.kept), (12, 0));
    let asked = host.asked();
    assert!(asked.contains(&"HEAD /fine".to_owned()) && !asked.contains(&"GET /fine".to_owned()), "{asked:?}");

    let (found, again, _) = check(&site, 1_700_000_000 + 600);
    assert_eq!(again, places, "what is known is said again");
    assert_eq!((found.asked, found.kept), (0, 12));
    assert_eq!(host.asked(), Vec::<String>::new());
    let (found, _, _) = check(&site, 1_700_000_000 + 2 * 24 * 3600);
    assert_eq!((found.asked, found.kept), (6, 6), "what was bad is asked for again");
}

#[test]
fn a_host_that_does_not_exist_is_gone_and_own_addresses_are_not_asked() {
    let host = Host::start();
    let body =
        "[a](https://no-such-host.invalid/x) [b](https://test.example/2023/10/17/visit/) [c](/2023/10/17/visit/)";
    let site = SiteTest::new(article("visit", "date: 2023-10-17", body));
    let config = format!(
        "title: T\nbase_url: https://test.example\nnavigation: [{{title: X, url: \"{}/missing\"}}]\n",
        host.address
    );
    site.write("dateline.yaml", config);
    let (found, places, messages) = check(&site, 1_700_000_000);
    assert_eq!(
        places,
        ["dead-external-link content/articles/visit.md:5:5", "dead-external-link dateline.yaml:3:31"],
        "{messages:?}"
    );
    assert!(messages[0].contains("there is no such host"), "{messages:?}");
    assert_eq!(found.hosts.len(), 2, "{found:?}");
}

#[test]
fn a_file_is_let_off_with_a_reason() {
    let host = Host::start();
    let body = format!("[a]({0}/missing) [b]({0}/moved)", host.address);
    let head = "date: 2023-10-17\nwaive:\n  dead-external-link: the minutes of a ministry that is no more";
    let site = SiteTest::new(article("visit", head, &body));
    let (asked, places, _) = check(&site, 1_700_000_000);
    assert_eq!((places.len(), asked.hosts["127.0.0.1"].dead), (1, 1), "{places:?}");
}
