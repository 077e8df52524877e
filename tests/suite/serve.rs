//! `serve`: what a browser gets, and what open tabs are told.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread::JoinHandle;
use std::time::Duration;

use dateline::base::digest::Digest;
use dateline::serve::{self, DeskToken, Listen};
use dateline::watch::{Cause, Stopper, Watch, WatchOptions};
use jiff::Timestamp;

use crate::site_test::{SiteTest, tree};

/// Everything must come within this time.
const DEADLINE: Duration = Duration::from_secs(20);

/// A site that is served in another thread.
pub(crate) struct Served {
    pub(crate) site: SiteTest,
    pub(crate) address: SocketAddr,
    remade: Receiver<(Cause, bool)>,
    clock: Arc<AtomicI64>,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
}

/// A response.
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Served {
    pub(crate) fn new(site: SiteTest) -> Self {
        Self::on(Ipv4Addr::LOCALHOST, site)
    }

    /// Serves on this address.
    pub(crate) fn on(address: Ipv4Addr, site: SiteTest) -> Self {
        let start: Timestamp = "2023-10-18T12:00:00Z".parse().expect("a time");
        let clock = Arc::new(AtomicI64::new(start.as_second()));
        let listening = serve::listen(Listen { address: IpAddr::V4(address), port: 0 })
            .unwrap_or_else(|problem| panic!("{}", problem.message));
        let (address, request) = (listening.address(), listening.here(site.request()));
        let how = WatchOptions { quiet: Duration::from_millis(30), poll: None };
        let (mut watch, _) = Watch::start(&request, how).unwrap_or_else(|problem| panic!("{}", problem.message));
        let stopper = watch.stopper();
        let (sender, remade) = mpsc::channel();
        let time = Arc::clone(&clock);
        let thread = std::thread::spawn(move || {
            let now: serve::Clock =
                Arc::new(move || Timestamp::from_second(time.load(Ordering::SeqCst)).expect("a time"));
            let served = listening.serve(request, Some(now), DeskToken::new([7; 16]), &mut watch, |remade| {
                let _ = sender.send((remade.cause.clone(), !remade.report.has_errors()));
            });
            assert!(served.is_ok());
        });
        let served = Self { site, address, remade, clock, stopper, thread: Some(thread) };
        served.remade();
        served
    }

    /// Waits until the site was made again; whether there was no error.
    pub(crate) fn remade(&self) -> (Cause, bool) {
        self.remade.recv_timeout(DEADLINE).expect("it is made again within the time")
    }

    pub(crate) fn save(&self, path: &str, text: &str) -> bool {
        self.site.write(path, text);
        self.remade().1
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &str) -> Response {
        self.send(method, path, headers, b"")
    }

    /// Sends a request with a body.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Response {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a time-out");
        let host = if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        write!(stream, "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n").expect("it is asked");
        // A server that refuses a long body may close before it has all of it.
        let _ = stream.write_all(body);
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it answers");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("headers have an end");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
        let headers = lines.filter_map(|line| line.split_once(": ")).map(|(n, v)| (n.to_lowercase(), v.to_owned()));
        Response { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.ask("GET", path, "")
    }

    /// Opens a tab: gets the page, and listens to what it is told.
    fn open(&self, path: &str) -> Tab {
        let page = self.get(path).text();
        let data = |name: &str| {
            let start = page.find(&format!("data-{name}=\"")).expect("the page carries it") + name.len() + 7;
            page[start..].split('"').next().unwrap_or("").replace("&quot;", "\"")
        };
        let encode = |text: String| text.replace('"', "%22").replace('[', "%5B").replace(']', "%5D");
        let (shows, sheets) = (data("page"), encode(data("sheets")));
        self.listen(&format!("route={path}&page={shows}&sheets={sheets}"))
    }

    /// Opens the desk.
    fn open_desk(&self) -> Tab {
        self.listen("route=/_dateline/")
    }

    fn listen(&self, query: &str) -> Tab {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a time-out");
        let host = self.address;
        write!(stream, "GET /_dateline/events?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("it is asked");
        let (sender, events) = mpsc::channel();
        std::thread::spawn(move || {
            let mut kind = String::new();
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if let Some(event) = line.strip_prefix("event: ") {
                    event.clone_into(&mut kind);
                } else if let Some(data) = line.strip_prefix("data:")
                    && sender.send((std::mem::take(&mut kind), data.trim().to_owned())).is_err()
                {
                    return;
                }
            }
        });
        Tab(events)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().expect("it ends when it is stopped");
        }
    }
}

/// An open tab, and what it is told.
struct Tab(Receiver<(String, String)>);

impl Tab {
    fn told(&self) -> (String, String) {
        self.0.recv_timeout(DEADLINE).expect("it is told within the time")
    }
}

fn article(title: &str, more: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2023-10-17\n{more}\n---\n{body}\n")
}

fn site() -> SiteTest {
    let site = SiteTest::new("");
    site.write("dateline.yaml", "title: The Test\nbase_url: https://test.example\ngone: [/2020/gone/]\n");
    site.write("content/articles/a.md", article("First", "topics: [ICC]\naliases: [/old/]", "One."));
    site.write("content/articles/b.md", article("Second", "topics: [Oil]", "Two."));
    site.write("static/talk.mp3", "0123456789");
    site
}

#[test]
fn a_browser_gets_what_a_static_host_would_give_it() {
    let served = Served::new(site());
    let page = served.get("/2023/10/17/a/");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.text().contains("<p>One.</p>") && page.text().contains("/_dateline/client.js"));
    assert!(page.text().contains(&format!("http://{}/2023/10/17/a/", served.address)), "addresses lead here");
    assert_eq!(served.get("/2023/10/17/a/index.html").status, 200);
    for (path, status, location) in [
        ("/2023/10/17/a", 301, "/2023/10/17/a/"),
        ("/old/", 301, "/2023/10/17/a/"),
        ("/2020/gone/", 410, ""),
        ("/nowhere/", 404, ""),
        ("/_dateline/nothing", 404, ""),
        ("/_dateline", 301, "/_dateline/"),
    ] {
        let response = served.get(path);
        assert_eq!((response.status, response.header("location")), (status, location), "{path}");
    }
    assert!(served.get("/nowhere/").text().contains("client.js"), "the site's own page for it");
    assert_eq!(served.get("/feed.xml").header("content-type"), "application/atom+xml; charset=utf-8");
    assert_eq!(served.get("/robots.txt").header("content-type"), "text/plain; charset=utf-8");
    let head = served.ask("HEAD", "/2023/10/17/a/", "");
    assert!(head.status == 200 && head.body.is_empty() && head.header("content-length") != "0");
    assert_eq!(served.ask("POST", "/", "Content-Length: 0\r\n").status, 405);
}

#[test]
fn parts_of_files_are_given_to_players() {
    let served = Served::new(site());
    let whole = served.get("/talk.mp3");
    assert_eq!((whole.status, whole.header("content-type")), (200, "audio/mpeg"));
    assert_eq!((whole.header("accept-ranges"), whole.body.as_slice()), ("bytes", &b"0123456789"[..]));
    let part = served.ask("GET", "/talk.mp3", "Range: bytes=2-4\r\n");
    assert_eq!((part.status, part.header("content-range"), &*part.body), (206, "bytes 2-4/10", &b"234"[..]));
    let beyond = served.ask("GET", "/talk.mp3", "Range: bytes=10-\r\n");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, "bytes */10"));
    assert_eq!(served.ask("HEAD", "/talk.mp3", "").header("content-length"), "10");
    // More than there is of the end is all; what is not valid, or not of this method, or hangs on a state, counts for nothing.
    let end = served.ask("GET", "/talk.mp3", "Range: bytes=-99999999999\r\n");
    assert_eq!((end.status, end.header("content-range"), end.body.len()), (206, "bytes 0-9/10", 10));
    for (method, headers) in [
        ("GET", "Range: bytes=5-2\r\n"),
        ("GET", "Range: bytes=0-1,4-5\r\n"),
        ("GET", "Range: bytes=0-1\r\nIf-Range: \"x\"\r\n"),
        ("GET", "Range: bytes=0-1\r\nIf-Range: Tue, 17 Oct 2023 00:00:00 GMT\r\n"),
        ("GET", "Range: bytes=0-1\r\nRange: bytes=2-3\r\n"),
        ("GET", "If-None-Match: \"x\"\r\n"),
        ("GET", "If-Modified-Since: Tue, 17 Oct 2023 00:00:00 GMT\r\n"),
        ("HEAD", "Range: bytes=2-4\r\n"),
    ] {
        let whole = served.ask(method, "/talk.mp3", headers);
        assert_eq!((whole.status, whole.header("content-length")), (200, "10"), "{method} {headers}");
    }
}

#[test]
fn news_is_for_those_who_read_it() {
    let served = Served::new(site());
    for (method, status) in [("POST", 405), ("DELETE", 405), ("OPTIONS", 405), ("HEAD", 200)] {
        let answer = served.ask(method, "/_dateline/events?route=/", "Content-Length: 0\r\n");
        assert_eq!((answer.status, answer.body.is_empty() || status == 405), (status, true), "{method}");
    }
    assert_eq!(served.ask("HEAD", "/_dateline/events", "").header("content-type"), "text/event-stream");
}

#[test]
fn other_sites_and_paths_that_lead_out_get_nothing() {
    let served = Served::new(site());
    let twice = "localhost\r\nHost: evil.example";
    for host in ["evil.example", "localhost.evil.example:4747", "[::1]evil.example", "", twice] {
        for path in ["/", "/_dateline/", "/_dateline/events?route=/"] {
            let status = served.ask("GET", path, &format!("Host: {host}\r\n")).status;
            assert!(matches!(status, 400 | 403), "{host} {path}: {status}");
        }
    }
    assert_eq!(served.ask("GET", "/", "Host: localhost:4747\r\n").status, 200);
    for path in
        ["/../dateline.yaml", "/%2e%2e/dateline.yaml", "/..%2fdateline.yaml", "//etc/passwd", "/.dateline/sources"]
    {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_site_below_a_path_is_served_there() {
    let site = site();
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example/briefing\n");
    let served = Served::new(site);
    assert_eq!(served.get("/").header("location"), "/briefing/");
    assert_eq!(served.get("/briefing").header("location"), "/briefing/");
    assert!(served.get("/briefing/").text().contains("href=\"/briefing/2023/10/17/a/\""));
    assert_eq!(served.get("/2023/10/17/a/").status, 404);
    assert_eq!(served.get("/briefing/old/").header("location"), "/briefing/2023/10/17/a/");
    // The path may change while it is served.
    assert!(served.save("dateline.yaml", "title: T\nbase_url: https://test.example/news\n"));
    assert_eq!(served.get("/").header("location"), "/news/");
    assert_eq!(served.get("/briefing/").status, 404);
    let page = served.get("/news/2023/10/17/a/").text();
    assert!(page.contains(&format!("http://{}/news/2023/10/17/a/", served.address)), "addresses lead here: {page}");
    assert!(served.save("dateline.yaml", "title: T\nbase_url: https://test.example\n"));
    assert_eq!((served.get("/").status, served.get("/news/").status), (200, 404));
}

#[test]
fn the_desk_shows_the_e_mail_of_each_edition() {
    let site = site();
    site.write("dateline.yaml", "title: T\nbase_url: https://t.example\nemail: {from: desk@t.example}\n");
    site.write("content/briefings/2023-10-17.md", "---\ntitle: Of the day\ndate: 2023-10-17\n---\n## A\n\nText.\n");
    let served = Served::new(site);
    let (html, text) = ("/_dateline/email/2023-10-17/", "/_dateline/email/2023-10-17.txt");
    let desk = served.get("/_dateline/").text();
    assert!(desk.contains(&format!("<a href=\"{html}\">Of the day</a>")) && desk.contains(text), "{desk}");
    let letter = served.get(html);
    assert_eq!((letter.status, letter.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(letter.text().contains(&format!("http://{}/briefings/2023-10-17/#a", served.address)), "{}", letter.text());
    let letter = served.get(text);
    assert_eq!((letter.status, letter.header("content-type")), (200, "text/plain; charset=utf-8"));
    assert!(letter.text().starts_with("T\nOf the day\n"), "{}", letter.text());
    let response = served.get("/_dateline/email/2023-10-17");
    assert_eq!((response.status, response.header("location")), (301, html));
    for path in [
        "/_dateline/email/2023-10-16/",
        "/.dateline/private/briefings/2023-10-17/email.html",
        "/briefings/2023-10-17/email.html",
    ] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
}

#[test]
fn nothing_is_written() {
    let site = site();
    site.build();
    let (sources, output) = (tree(&site.root()), tree(&site.public()));
    let served = Served::new(site);
    served.get("/");
    served.save("content/articles/a.md", &article("Edited", "", "Text."));
    assert!(served.get("/").text().contains("Edited"));
    served.site.write("content/articles/a.md", article("First", "topics: [ICC]\naliases: [/old/]", "One."));
    served.remade();
    assert!(tree(&served.site.root()) == sources && tree(&served.site.public()) == output);
}

#[test]
fn only_tabs_whose_page_has_changed_reload() {
    let served = Served::new(site());
    let (first, second) = (served.open("/2023/10/17/a/"), served.open("/2023/10/17/b/"));
    assert!(served.save("content/articles/a.md", &article("First", "topics: [ICC]\naliases: [/old/]", "Changed.")));
    assert_eq!(first.told().0, "reload");
    assert!(served.save("content/articles/b.md", &article("Second", "topics: [Oil]", "Changed too.")));
    // Its own change is the first thing that the other tab hears of.
    assert_eq!(second.told().0, "reload");
    assert!(second.0.try_recv().is_err());
}

#[test]
fn a_style_sheet_is_swapped_and_a_picture_reloads() {
    let site = site();
    site.write("content/articles/c/index.md", article("Third", "", "![A map](map.svg)"));
    site.write("content/articles/c/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let served = Served::new(site);
    let tab = served.open("/2023/10/17/c/");
    served.save("static/style.css", "body { margin: 3px }");
    let (event, sheets) = tab.told();
    assert_eq!(event, "css");
    let sheet = sheets.trim_matches(['[', ']', '"']).to_owned();
    assert_eq!(served.get(&sheet).text(), "body { margin: 3px }");
    served.save("content/articles/c/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>");
    assert_eq!(tab.told().0, "reload");
}

#[test]
fn with_errors_the_last_good_page_stays_and_tabs_are_told() {
    let served = Served::new(site());
    let tab = served.open("/2023/10/17/a/");
    assert!(!served.save("content/articles/a.md", "---\ntitel: First\ndate: 2023-10-17\n---\nOne.\n"));
    let (event, problems) = tab.told();
    assert_eq!(event, "errors");
    let problems: serde_json::Value = serde_json::from_str(&problems).expect("JSON");
    assert_eq!(problems[0]["place"]["file"], "content/articles/a.md");
    assert_eq!((&problems[0]["place"]["line"], &problems[0]["place"]["text"]), (&2.into(), &"titel: First".into()));
    let page = served.get("/2023/10/17/a/");
    assert!(page.status == 200 && page.text().contains("<p>One.</p>"));
    let late = served.open("/2023/10/17/b/");
    assert_eq!(late.told().0, "errors", "a tab that comes later hears of them at once");
    assert!(served.save("content/articles/a.md", &article("First", "topics: [ICC]\naliases: [/old/]", "One.")));
    assert_eq!(tab.told().0, "fixed");
    assert!(tab.0.recv_timeout(Duration::from_millis(100)).is_err(), "the page is what it was");
}

#[test]
fn a_template_that_fails_on_a_page_is_told_to_its_tab() {
    let served = Served::new(site());
    let tab = served.open("/2023/10/17/a/");
    assert!(served.save("templates/article.html", "{{ article.titel }}"), "it can be parsed");
    let (event, problems) = tab.told();
    assert!(event == "errors" && problems.contains("templates/article.html") && problems.contains("titel"));
    assert!(served.get("/2023/10/17/a/").text().contains("<p>One.</p>"), "as it could last be made");
    let unseen = served.get("/2023/10/17/b/");
    assert!(unseen.status == 500 && unseen.text().contains("article.titel"), "{}", unseen.text());
    served.site.remove("templates/article.html");
    served.remade();
    assert_eq!(tab.told().0, "fixed");
    assert_eq!(served.get("/2023/10/17/b/").status, 200);
}

#[test]
fn broken_sites_can_be_served_and_heal() {
    let broken = site();
    broken.write("content/articles/a.md", "---\ntitel: First\n---\n");
    let served = Served::new(broken);
    assert_eq!(served.get("/2023/10/17/b/").status, 200, "what can be made is shown");
    assert!(served.save("content/articles/a.md", &article("First", "", "One.")));
    assert_eq!(served.get("/2023/10/17/a/").status, 200);

    let broken = site();
    broken.write("dateline.yaml", "title: [\n");
    let served = Served::new(broken);
    let page = served.get("/2023/10/17/a/");
    assert!(page.status == 500 && page.text().contains("dateline.yaml:"), "{}", page.text());
    let tab = served.open("/2023/10/17/a/");
    assert_eq!(tab.told().0, "errors");
    assert!(served.save("dateline.yaml", "title: T\nbase_url: https://test.example\n"));
    assert_eq!((tab.told().0, tab.told().0), ("fixed".to_owned(), "reload".to_owned()));
    assert_eq!(served.get("/2023/10/17/a/").status, 200);
}

#[test]
fn an_embargo_lifts_while_it_is_served() {
    let site = site();
    site.write("content/articles/later.md", article("Later", "embargo: 2023-10-18T12:00:01Z", "Text."));
    let served = Served::new(site);
    assert_eq!(served.get("/2023/10/17/later/").status, 404);
    let tab = served.open("/2023/10/17/later/");
    served.clock.fetch_add(2, Ordering::SeqCst);
    assert_eq!(served.remade().0, Cause::Due);
    assert_eq!(tab.told().0, "reload");
    assert_eq!(served.get("/2023/10/17/later/").status, 200);
}

#[test]
fn previews_say_that_they_are() {
    let site = site();
    site.write("content/articles/draft.md", article("Draft", "draft: true", "Text."));
    site.write("content/articles/later.md", article("Later", "embargo: 2024-01-01", "Text."));
    let served = Served::new(site.previewing(true, true));
    assert!(served.get("/2023/10/17/draft/").text().contains("data-preview=\"Draft\""));
    assert!(served.get("/2023/10/17/later/").text().contains("data-preview=\"Embargoed until 20"));
    assert!(!served.get("/2023/10/17/a/").text().contains("data-preview"));
}

/// Experiment E10 of the peers: a topic is renamed while the site is served.
#[test]
fn a_renamed_topic_is_gone_at_its_old_address() {
    let served = Served::new(site());
    assert_eq!(served.get("/topics/icc/").status, 200);
    let tab = served.open("/topics/icc/");
    served.save("content/articles/a.md", &article("First", "topics: [The Court]", "One."));
    assert_eq!(tab.told().0, "reload");
    assert_eq!(served.get("/topics/icc/").status, 404);
    assert_eq!(served.get("/topics/the-court/").status, 200);
    let index = served.get("/topics/").text();
    assert!(index.contains("/topics/the-court/") && !index.contains("/topics/icc/"));
    served.site.remove("content/articles/a.md");
    served.remade();
    assert_eq!(served.get("/2023/10/17/a/").status, 404);
}

/// Experiment E11 of the peers: several files are saved at once.
#[test]
fn files_that_are_saved_together_are_one_remaking() {
    let served = Served::new(site());
    for number in 0..5 {
        served.site.write(&format!("content/articles/n{number}.md"), article("New", "", "Text."));
    }
    let (Cause::Changed(paths), true) = served.remade() else { panic!("files have changed") };
    assert_eq!(paths.len(), 5);
    assert!(served.remade.recv_timeout(Duration::from_millis(150)).is_err());
}

#[test]
fn the_desk_is_served() {
    let served = Served::new(site());
    let desk = served.get("/_dateline/");
    assert_eq!((desk.status, desk.header("content-type")), (200, "text/html; charset=utf-8"));
    let fingerprint = Digest::of(&desk.body);
    served.save("content/articles/a.md", &article("Edited", "", "Text."));
    assert_ne!(Digest::of(&served.get("/_dateline/").body), fingerprint);
}

#[test]
fn a_style_sheet_without_a_fingerprint_is_swapped_too() {
    let site = site();
    site.write("static/mine.css", "body { margin: 1px }");
    let head = "{% extends \"builtin/base.html\" %}{% block styles %}<link rel=\"stylesheet\" href=\"/mine.css\">{% endblock %}";
    site.write("templates/base.html", head);
    let served = Served::new(site);
    let tab = served.open("/2023/10/17/a/");
    assert!(served.save("static/mine.css", "body { margin: 2px }"));
    let (event, sheets) = tab.told();
    assert_eq!(event, "css");
    let sheet = sheets.trim_matches(['[', ']', '"']).to_owned();
    assert!(sheet.starts_with("/mine.css?"), "{sheet}");
    assert_eq!(served.get(&sheet).text(), "body { margin: 2px }");
}

#[test]
fn errors_are_told_again_only_when_they_are_others() {
    let served = Served::new(site());
    let tab = served.open("/2023/10/17/b/");
    assert!(!served.save("content/articles/a.md", "---\ntitel: First\ndate: 2023-10-17\n---\nOne.\n"));
    assert_eq!(tab.told().0, "errors");
    assert!(!served.save("content/articles/c.md", &article("Third", "", "Three.")));
    assert!(!served.save("content/articles/a.md", "---\ntitle: First\ndat: 2023-10-17\n---\nOne.\n"));
    let (event, problems) = tab.told();
    assert!(event == "errors" && problems.contains("`dat`"), "{event} {problems}");
}

#[test]
fn the_desk_hears_of_what_shows_only_when_a_page_is_made() {
    let served = Served::new(site());
    assert!(served.save("templates/article.html", "{{ article.titel }}"));
    assert!(!served.get("/_dateline/").text().contains("templates/article.html:1"));
    let desk = served.open_desk();
    assert_eq!(desk.told().0, "remade", "at first, since it may have missed something");
    served.get("/2023/10/17/a/");
    assert_eq!(desk.told().0, "remade");
    let page = served.get("/_dateline/").text();
    assert!(page.contains("templates/article.html:1") && page.contains("<code>/2023/10/17/a/</code>"), "{page}");
    served.get("/2023/10/17/a/");
    served.site.remove("templates/article.html");
    served.remade();
    assert_eq!(desk.told().0, "remade");
    assert!(!served.get("/_dateline/").text().contains("templates/article.html:1"));
}
