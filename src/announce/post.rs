//! One POST after the other, each with its answer.

use std::time::Duration;

use super::refused;
use crate::base::codes;
use crate::base::report::Diagnostic;

/// A request.
pub(super) struct Post {
    pub(super) to: String,
    pub(super) media_type: &'static str,
    pub(super) body: String,
}

/// The status of an answer, and how it begins.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) text: String,
}

/// How long one answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// So much of an answer is quoted.
const QUOTED: usize = 200;

/// Sends requests, one after the other.
pub(super) fn send(posts: &[Post]) -> Result<Vec<Result<Answer, Diagnostic>>, Diagnostic> {
    // The process has one provider of cryptography; that it has been set already is as well.
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
    /// What the answer says, for a message.
    pub(super) fn said(&self) -> String {
        if self.text.is_empty() { self.status.to_string() } else { format!("{}: {}", self.status, self.text) }
    }
}
