//! The `IndexNow` protocol: one request submits changed URLs to a search engine, which shares them with the other
//! participating engines. See <https://www.indexnow.org/documentation>.

use super::post::{Answer, Post, send};
use super::{Answers, Changed, Told, refused};
use crate::base::report::{Diagnostic, Report};
use crate::base::text::plural;
use crate::base::web::media::media_type;
use crate::config::{BaseUrl, IndexNow};

/// The protocol's limit of URLs per POST request.
const MOST: usize = 10_000;

/// Submits all HTML pages among the changed URLs, removed ones included so that engines drop them. A refused batch
/// becomes an error in the returned report; `Err` means that no request could be sent at all.
pub fn indexnow(site: &BaseUrl, settings: &IndexNow, changed: &Changed) -> Result<Answers, Diagnostic> {
    let Changed { added, changed, removed } = changed;
    let pages: Vec<&String> = added.iter().chain(changed).chain(removed).filter(|url| is_page(url)).collect();
    let place = site.absolute(&format!("/{}", settings.file()));
    let host = site.origin().split_once("://").map_or("", |(_, host)| host);
    let post = |urls: &[&String]| Post {
        to: settings.endpoint.clone(),
        media_type: "application/json; charset=utf-8",
        body: serde_json::json!({ "host": host, "key": settings.key, "keyLocation": place, "urlList": urls })
            .to_string(),
    };
    let posts: Vec<Post> = pages.chunks(MOST).map(post).collect();
    let (mut told, mut report) = (Vec::new(), Report::default());
    for (urls, answer) in pages.chunks(MOST).zip(send(&posts)?) {
        let what = plural(urls.len(), "page", "pages");
        match answer {
            Ok(Answer { status: 200, .. }) => told.push(Told { what, answer: "accepted (200)".to_owned() }),
            Ok(Answer { status: 202, .. }) => {
                let answer = format!("received (202); the key at `{place}` is checked later");
                told.push(Told { what, answer });
            }
            Ok(answer) => {
                let message = format!("`{}` does not take {what}: {}", settings.endpoint, answer.said());
                report.push(refused(message, advice(answer.status)));
            }
            Err(problem) => report.push(problem),
        }
    }
    Ok((told, report))
}

fn advice(status: u16) -> &'static str {
    match status {
        403 => "the key is not at its address: deploy first, and see that the file of the key is online",
        422 => "the addresses do not belong to the site, or the key to its host: check `base_url`",
        429 => "these are too many requests: announce less often",
        500.. => "announce again later",
        _ => "check `key` and `endpoint` under `indexnow`",
    }
}

/// Whether the URL is an HTML page by its file name, other than `404.html`, which search engines should not index.
fn is_page(url: &str) -> bool {
    let name = url.rsplit('/').next().unwrap_or(url);
    name != "404.html" && (!name.contains('.') || media_type(name).starts_with("text/html"))
}
