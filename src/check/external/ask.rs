//! Requests to other sites, politely: few at once, fewer to one host, and none to a host that asks to be left alone.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Method, Response, StatusCode, Url};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, sleep_until};

use super::link_state::LinkState;
use crate::base::codes;
use crate::base::report::Diagnostic;
use crate::base::sync::Mutex;

/// Most concurrent requests, in total and to one host.
const AT_ONCE: usize = 16;
const AT_ONE_HOST: usize = 2;
/// Pause after each request to a host.
const REST: Duration = Duration::from_millis(100);
/// Longest `Retry-After` that is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Most redirects that are followed.
const HOPS: usize = 10;

/// Requests all these addresses.
pub(super) fn all(urls: &[&String], timeout: Duration) -> Result<Vec<(String, LinkState)>, Diagnostic> {
    // The provider of cryptography is process-wide; it is fine when it is already set.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cannot = |what: String| Diagnostic::error(codes::IO, format!("cannot send requests: {what}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| cannot(error.to_string()))?;
    let client = Client::builder()
        .timeout(timeout)
        .user_agent(concat!("Mozilla/5.0 (compatible; dateline/", env!("CARGO_PKG_VERSION"), "; link check)"))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| cannot(error.to_string()))?;
    Ok(runtime.block_on(async {
        let asker = Arc::new(Asker { client, all: Semaphore::new(AT_ONCE), hosts: Mutex::default() });
        let mut tasks = tokio::task::JoinSet::new();
        for url in urls {
            let (asker, url) = (Arc::clone(&asker), (*url).clone());
            tasks.spawn(async move {
                let verdict = asker.verdict(&url).await;
                (url, verdict)
            });
        }
        tasks.join_all().await
    }))
}

struct Asker {
    client: Client,
    all: Semaphore,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

struct Host {
    free: Semaphore,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Default)]
struct State {
    /// Earliest time of the next request.
    until: Option<Instant>,
    /// Set when the host asks for a longer wait than is acceptable: no more requests.
    closed: Option<Duration>,
}

/// Why there is no answer.
enum Failure {
    Dead(String),
    Unsure(String),
}

impl Asker {
    async fn verdict(&self, url: &str) -> LinkState {
        let Ok(mut at) = Url::parse(url) else { return LinkState::Dead("it is not a valid address".to_owned()) };
        let (mut for_good, mut moved) = (true, false);
        for _ in 0..HOPS {
            let answer = match self.head_or_get(&at).await {
                Ok(answer) => answer,
                Err(Failure::Dead(reason)) => return LinkState::Dead(reason),
                Err(Failure::Unsure(reason)) => return LinkState::Unsure(reason),
            };
            let status = answer.status();
            let next = answer.headers().get("location").and_then(|value| at.join(value.to_str().ok()?).ok());
            match (status.as_u16(), next) {
                (301 | 302 | 303 | 307 | 308, Some(next)) => {
                    for_good &= matches!(status.as_u16(), 301 | 308);
                    moved |= for_good;
                    at = next;
                }
                (200..=299, _) if for_good && moved => return LinkState::Moved(at.to_string()),
                (200..=299, _) => return LinkState::Fine,
                (404 | 410, _) => return LinkState::Dead(format!("the host answers {status}")),
                _ => return LinkState::Unsure(format!("the host answers {status}")),
            }
        }
        LinkState::Unsure(format!("it redirects more than {HOPS} times"))
    }

    /// Sends HEAD, and GET when the answer to that is inconclusive.
    async fn head_or_get(&self, url: &Url) -> Result<Response, Failure> {
        let answer = self.request(Method::HEAD, url).await;
        let is_known = |answer: &Response| answer.status().is_success() || answer.status().is_redirection();
        match answer {
            Ok(answer) if is_known(&answer) || answer.status() == StatusCode::TOO_MANY_REQUESTS => Ok(answer),
            Err(Failure::Dead(reason)) => Err(Failure::Dead(reason)),
            // Many hosts answer only GET correctly.
            Ok(_) | Err(Failure::Unsure(_)) => self.request(Method::GET, url).await,
        }
    }

    /// Sends one request, and a second one when the host asks to retry later.
    async fn request(&self, method: Method, url: &Url) -> Result<Response, Failure> {
        let host = self.host(url);
        for is_last in [false, true] {
            let answer = self.send(&host, method.clone(), url).await?;
            let is_busy = matches!(answer.status().as_u16(), 429 | 503);
            let Some(wait) = retry_after(&answer).filter(|_| is_busy && !is_last) else { return Ok(answer) };
            let mut state = host.state();
            if wait > LONGEST_WAIT {
                state.closed = Some(wait);
                return Ok(answer);
            }
            state.until = Some(Instant::now() + wait);
        }
        Err(Failure::Unsure("the host is too busy".to_owned()))
    }

    async fn send(&self, host: &Host, method: Method, url: &Url) -> Result<Response, Failure> {
        let closed = |_| Failure::Unsure("the check was cut short".to_owned());
        let _free = host.free.acquire().await.map_err(closed)?;
        let state = *host.state();
        if let Some(wait) = state.closed {
            return Err(Failure::Unsure(format!("the host asks to wait for {} s", wait.as_secs())));
        }
        if let Some(until) = state.until {
            sleep_until(until).await;
        }
        let answer = {
            let _one = self.all.acquire().await.map_err(closed)?;
            self.client.request(method, url.clone()).header("accept", "*/*").send().await
        };
        sleep(REST).await;
        answer.map_err(|error| failure(&error))
    }

    fn host(&self, url: &Url) -> Arc<Host> {
        let name =
            format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default());
        let mut hosts = self.hosts.lock();
        let new = || Arc::new(Host { free: Semaphore::new(AT_ONE_HOST), state: Mutex::default() });
        Arc::clone(hosts.entry(name).or_insert_with(new))
    }
}

impl Host {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock()
    }
}

/// The delay of a `Retry-After` header (RFC 9110, section 10.2.3) in seconds.
fn retry_after(answer: &Response) -> Option<Duration> {
    let text = answer.headers().get("retry-after")?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

fn failure(error: &reqwest::Error) -> Failure {
    let mut last: &dyn std::error::Error = error;
    let mut whole = error.to_string();
    while let Some(source) = last.source() {
        last = source;
        whole.push_str(&source.to_string());
    }
    if error.is_timeout() {
        Failure::Unsure("the host does not answer in time".to_owned())
    } else if whole.contains("dns error") {
        Failure::Dead("there is no such host".to_owned())
    } else {
        Failure::Unsure(last.to_string())
    }
}
