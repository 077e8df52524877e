//! Sequential HTTP POST requests.

use std::time::Duration;

use super::refused;
use crate::base::codes;
use crate::base::report::Diagnostic;

/// A POST request: target URL, media type and body.
pub(super) struct Post {
    pub(super) to: String,
    pub(super) media_type: &'static str,
    pub(super) body: String,
}

/// An HTTP response: its status code and the start of its body, with runs of white space collapsed.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) text: String,
}

/// The time limit of one request, from connecting to the last byte of the response.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The number of characters of a response body that messages quote.
const QUOTED: usize = 200;

/// Sends the requests in order and returns one result for each: the response, or an error for a service that cannot be
/// reached. The outer `Err` means that the HTTP client itself cannot be set up.
pub(super) fn send(posts: &[Post]) -> Result<Vec<Result<Answer, Diagnostic>>, Diagnostic> {
    // rustls has one process-wide cryptography provider; an `Err` says that one is installed already, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cannot = |what: String| Diagnostic::error(codes::IO, format!("cannot send requests: {what}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| cannot(error.to_string()))?;
    let client = reqwest::Client::builder()
        .timeout(TIMEOUT)
        .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION")))
        // A POST must not be replayed to another host.
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| cannot(error.to_string()))?;
    Ok(runtime.block_on(async {
        let mut answers = Vec::with_capacity(posts.len());
        for post in posts {
            answers.push(one(&client, post).await);
        }
        answers
    }))
}

async fn one(client: &reqwest::Client, post: &Post) -> Result<Answer, Diagnostic> {
    let Post { to, media_type, body } = post;
    let fail = |error: reqwest::Error| {
        let mut last: &dyn std::error::Error = &error;
        while let Some(source) = last.source() {
            last = source;
        }
        refused(format!("cannot reach `{to}`: {last}"), "check the address and the network, then announce again")
    };
    let request = client.post(to).header("content-type", *media_type).body(body.clone());
    let answer = request.send().await.map_err(fail)?;
    let status = answer.status().as_u16();
    let text = answer.text().await.map_err(fail)?;
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(QUOTED).collect();
    Ok(Answer { status, text })
}

impl Answer {
    /// The status, followed by the quoted body unless that is empty.
    pub(super) fn said(&self) -> String {
        if self.text.is_empty() { self.status.to_string() } else { format!("{}: {}", self.status, self.text) }
    }
}
