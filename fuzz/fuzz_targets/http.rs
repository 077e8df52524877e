//! Bytes that anybody may send to the port of `serve`: it answers or hangs up, and shows nothing from outside the site.

#![no_main]

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::sync::{LazyLock, mpsc};
use std::time::Duration;

use dateline::serve::{self, DeskToken, Listen};
use dateline::watch::{Watch, WatchOptions};
use dateline_fuzz::{request, write};
use libfuzzer_sys::fuzz_target;

/// It stands in a file beside the site, and in one of the site's that is not for readers.
const SECRET: &str = "canary-of-the-files-outside";
const FILES: [(&str, &str); 6] = [
    ("secret.txt", SECRET),
    ("site/.env", SECRET),
    ("site/.dateline/note", SECRET),
    ("site/dateline.yaml", "title: T\nbase_url: https://t.example/path\n"),
    ("site/content/articles/a.md", "---\ntitle: A\ndate: 2023-10-18\n---\n\nText.\n"),
    ("site/static/sound.mp3", "ID3 0123456789 0123456789"),
];

static SERVER: LazyLock<SocketAddr> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder").keep();
    write(&folder, &FILES);
    let root = folder.join("site");
    let request = request(&root);
    let listening = serve::listen(Listen { address: IpAddr::V4(Ipv4Addr::LOCALHOST), port: 0 }).expect("a free port");
    let (address, request) = (listening.address(), listening.here(request));
    let how = WatchOptions { quiet: Duration::from_millis(30), poll: None };
    let (mut watch, _) = Watch::start(&request, how).expect("folders can be watched");
    let (sender, ready) = mpsc::channel();
    std::thread::spawn(move || {
        let _ = listening.serve(request, None, DeskToken::new([0; 16]), &mut watch, |_| {
            let _ = sender.send(());
        });
    });
    ready.recv().expect("the site is made");
    address
});

fuzz_target!(|input: &[u8]| {
    let mut stream = TcpStream::connect(*SERVER).expect("the server still listens");
    let limit = Some(Duration::from_secs(10));
    stream.set_read_timeout(limit).expect("a limit can be set");
    stream.set_write_timeout(limit).expect("a limit can be set");
    // It may hang up before all was sent.
    if input.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()) || stream.write_all(input).is_err() {
        return;
    }
    let mut answer = vec![0; 1 << 16];
    let mut length = 0;
    // A request that has ended is answered before the end of the connection is seen. Empty lines before it end nothing.
    let request = &input[input.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()..];
    if request.windows(4).any(|part| part == b"\r\n\r\n") {
        length = stream.read(&mut answer).unwrap_or(0);
    }
    if stream.shutdown(Shutdown::Write).is_err() {
        return;
    }
    // A stream of news does not end by itself: the beginning of an answer says enough.
    while length < answer.len() {
        match stream.read(&mut answer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            // The fuzzer's own alarm.
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                let is_cut = error.kind() == std::io::ErrorKind::ConnectionReset;
                assert!(is_cut || answer.starts_with(b"HTTP/1.1 200"), "no answer: {error}");
                break;
            }
        }
        if String::from_utf8_lossy(&answer[..length]).contains("text/event-stream") {
            break;
        }
    }
    let answer = String::from_utf8_lossy(&answer[..length]);
    assert!(length == 0 || answer.starts_with("HTTP/1."), "no HTTP: {answer}");
    assert!(!answer.contains("HTTP/1.1 5"), "a fault of the server: {answer}");
    assert!(!answer.contains(SECRET), "a file from outside the site: {answer}");
});
