//! The HTTP client shared by all requests of a deployment, which counts requests and bytes.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpRequest, HttpResponse, HttpService, ReqwestConnector,
};

/// The requests sent so far, retries included, and the bytes of their bodies.
#[derive(Debug, Default)]
pub(in crate::deploy) struct Counter {
    pub(in crate::deploy) requests: AtomicU64,
    pub(in crate::deploy) bytes: AtomicU64,
}

/// A connector that always returns the same client, so that all stores share its connection pool.
#[derive(Clone, Debug)]
pub(in crate::deploy) struct Shared(HttpClient);

impl Shared {
    /// Builds the client with these options; fails when the TLS or connection settings are invalid.
    pub(in crate::deploy) fn new(options: &ClientOptions, counter: Arc<Counter>) -> object_store::Result<Self> {
        // rustls has one process-wide cryptography provider; an `Err` says that one is installed already, which is
        // fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let inner = ReqwestConnector::default().connect(options)?;
        Ok(Self(HttpClient::new(Counting { inner, counter })))
    }
}

impl HttpConnector for Shared {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(self.0.clone())
    }
}

struct Counting {
    inner: HttpClient,
    counter: Arc<Counter>,
}

impl fmt::Debug for Counting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Counting")
    }
}

impl HttpService for Counting {
    fn call<'a, 'b>(
        &'a self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'b>>
    where
        'a: 'b,
        Self: 'b,
    {
        self.counter.requests.fetch_add(1, Ordering::Relaxed);
        self.counter.bytes.fetch_add(request.body().content_length() as u64, Ordering::Relaxed);
        Box::pin(self.inner.execute(request))
    }
}
