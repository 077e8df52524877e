//! `WebSub` (W3C Recommendation, 2018): the publisher pings the hub, which fetches the feed and distributes it to its
//! subscribers.
//!
//! Section 6 of the specification leaves the format of the ping to publisher and hub; the convention of public hubs is
//! a form with `hub.mode=publish` and the feed as `hub.url`.

use form_urlencoded::Serializer;

use super::post::{Post, send};
use super::{Answers, Changed, Told, refused};
use crate::base::report::{Diagnostic, Report};
use crate::plan::is_feed;

/// Pings the hub once for each feed that was added or changed; a removed feed has nothing to distribute. A refused ping
/// becomes an error in the returned report; `Err` means that no request could be sent at all.
pub fn websub(hub: &str, changed: &Changed) -> Result<Answers, Diagnostic> {
    let feeds: Vec<&String> = changed.added.iter().chain(&changed.changed).filter(|url| is_feed(url)).collect();
    let post = |feed: &&String| Post {
        to: hub.to_owned(),
        media_type: "application/x-www-form-urlencoded",
        body: Serializer::new(String::new()).append_pair("hub.mode", "publish").append_pair("hub.url", feed).finish(),
    };
    let posts: Vec<Post> = feeds.iter().map(post).collect();
    let (mut told, mut report) = (Vec::new(), Report::default());
    for (feed, answer) in feeds.into_iter().zip(send(&posts)?) {
        match answer {
            Ok(answer) if (200..300).contains(&answer.status) => {
                told.push(Told { what: feed.clone(), answer: format!("told the hub ({})", answer.status) });
            }
            Ok(answer) => report.push(refused(
                format!("the hub `{hub}` does not take `{feed}`: {}", answer.said()),
                match answer.status {
                    429 | 500.. => "announce again later",
                    _ => "check `hub` under `feeds`, and whether the feed is online and names this hub",
                },
            )),
            Err(problem) => report.push(problem),
        }
    }
    report.sort();
    Ok((told, report))
}
