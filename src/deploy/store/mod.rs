//! The client of an object store: S3, Google Cloud Storage or Azure Blob Storage.
//!
//! In: objects and keys. Out: what the store answers; errors become diagnostics. Deliberately not here: which objects to
//! put or delete, and in what order.

mod credentials;
mod http;

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey, AwsCredentialProvider};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::path::Path as Key;
use object_store::{
    Attribute, Attributes, ClientOptions, Error, GetOptions, HeaderMap, HeaderValue, ObjectMeta, ObjectStore,
    ObjectStoreExt, PutMode, PutMultipartOptions, PutOptions, PutResult, RetryConfig, UpdateVersion, WriteMultipart,
};

use self::credentials::Credentials;
use self::http::{Counter, Shared};
use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::disk;
use crate::base::report::Diagnostic;
use crate::config::{Bucket, Provider};
use crate::deploy::objects::{Headers, LARGE, Object};
use crate::deploy::options::DeployOptions;
use crate::deploy::refusal::{Result, refusal};

/// The key of our object metadata, which holds the digest of content and headers.
const METADATA: &str = "dateline";
/// The part size of multipart uploads, in bytes.
const PART: u64 = 8 * 1024 * 1024;

/// The retry policy of single requests: the number of retries, and the time in which they start.
const REPEATS: usize = 6;
const REPEATED_FOR: Duration = Duration::from_secs(60);
/// The pauses before a request is repeated whose response body was cut off.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(1)];
/// The time limit of a request, up to the end of the response.
const ANSWER: Duration = Duration::from_secs(60);

/// The network traffic of a deployment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// The number of requests, retries included.
    pub requests: u64,
    /// The number of bytes in request bodies.
    pub bytes: u64,
}

/// The bytes of an object with its version, for conditional puts.
pub(in crate::deploy) type Versioned = (Vec<u8>, UpdateVersion);

/// A bucket, restricted to the keys below a prefix.
pub(in crate::deploy) struct Store {
    inner: Arc<dyn ObjectStore>,
    /// The builder for stores whose objects redirect; S3 alone has such objects.
    redirecting: Option<(AmazonS3Builder, AwsCredentialProvider, ClientOptions)>,
    prefix: String,
    address: String,
    secrets: Vec<String>,
    counter: Arc<Counter>,
}

impl Store {
    /// Configures the client with credentials from the environment or the standard files, without any request yet.
    /// Fails when there are no credentials or a setting is invalid.
    pub(in crate::deploy) fn open(bucket: &Bucket, options: &DeployOptions<'_>) -> Result<Self> {
        let address = bucket.address();
        let counter = Arc::new(Counter::default());
        let client = ClientOptions::new()
            .with_allow_http(bucket.endpoint.as_deref().is_some_and(|endpoint| endpoint.starts_with("http://")))
            .with_timeout(ANSWER)
            .with_connect_timeout(Duration::from_secs(10));
        let retry = RetryConfig { max_retries: REPEATS, retry_timeout: REPEATED_FOR, ..RetryConfig::default() };
        let credentials = match bucket.provider {
            Provider::S3 => Credentials::aws(options)?,
            Provider::Google => Credentials::of_environment(options, "GOOGLE_"),
            Provider::Azure => Credentials::of_environment(options, "AZURE_"),
        };
        let secrets = credentials.secrets();
        let fail = |error: Error| refusal(&address, "open", &error, &secrets);
        let connector = Shared::new(&client, Arc::clone(&counter)).map_err(fail)?;
        let mut redirecting = None;
        let inner: Arc<dyn ObjectStore> = match bucket.provider {
            Provider::S3 => {
                let mut builder = AmazonS3Builder::new();
                for (name, value) in &credentials.0 {
                    if let Ok(key) = AmazonS3ConfigKey::from_str(name) {
                        builder = builder.with_config(key, value);
                    }
                }
                builder = builder.with_bucket_name(&bucket.name).with_retry(retry).with_http_connector(connector);
                if let Some(region) = &bucket.region {
                    builder = builder.with_region(region);
                }
                if let Some(endpoint) = &bucket.endpoint {
                    builder = builder.with_endpoint(endpoint);
                }
                let store = builder.clone().with_client_options(client.clone()).build().map_err(fail)?;
                redirecting = Some((builder, Arc::clone(store.credentials()), client));
                Arc::new(store)
            }
            Provider::Google => {
                let mut builder = GoogleCloudStorageBuilder::new();
                for (name, value) in &credentials.0 {
                    if let Ok(key) = GoogleConfigKey::from_str(name) {
                        builder = builder.with_config(key, value);
                    }
                }
                if let Some(endpoint) = &bucket.endpoint {
                    builder = builder.with_base_url(endpoint);
                }
                let builder = builder.with_bucket_name(&bucket.name).with_retry(retry);
                Arc::new(builder.with_client_options(client).with_http_connector(connector).build().map_err(fail)?)
            }
            Provider::Azure => {
                let mut builder = MicrosoftAzureBuilder::new();
                for (name, value) in &credentials.0 {
                    if let Ok(key) = AzureConfigKey::from_str(name) {
                        builder = builder.with_config(key, value);
                    }
                }
                if let Some(endpoint) = &bucket.endpoint {
                    builder = builder.with_endpoint(endpoint.clone());
                }
                let builder = builder.with_container_name(&bucket.name).with_retry(retry);
                Arc::new(builder.with_client_options(client).with_http_connector(connector).build().map_err(fail)?)
            }
        };
        Ok(Self { inner, redirecting, prefix: bucket.prefix.clone(), address, secrets, counter })
    }

    /// The address of the bucket for messages: `s3://bucket/prefix`.
    pub(in crate::deploy) fn address(&self) -> &str {
        &self.address
    }

    /// The traffic so far.
    pub(in crate::deploy) fn traffic(&self) -> Traffic {
        let Counter { requests, bytes } = &*self.counter;
        Traffic { requests: requests.load(Ordering::Relaxed), bytes: bytes.load(Ordering::Relaxed) }
    }

    fn problem(&self, doing: &str, error: &Error) -> Box<Diagnostic> {
        refusal(&self.address, doing, error, &self.secrets)
    }

    fn key(&self, key: &str) -> Result<Key> {
        let whole = if self.prefix.is_empty() { key.to_owned() } else { format!("{}/{key}", self.prefix) };
        Key::parse(&whole).map_err(|_| {
            let message = format!("`{whole}` cannot be the key of an object");
            Box::new(Diagnostic::error(codes::STORE, message).help("rename the file that has this address"))
        })
    }

    /// All keys below the prefix, with sizes in bytes.
    pub(in crate::deploy) async fn list(&self) -> Result<BTreeMap<String, u64>> {
        let prefix = if self.prefix.is_empty() { None } else { Some(self.key("")?) };
        let skip = prefix.as_ref().map_or(0, |prefix| prefix.as_ref().len() + 1);
        let entry = |meta: ObjectMeta| (meta.location.as_ref().get(skip..).unwrap_or("").to_owned(), meta.size);
        self.again("list", || self.inner.list(prefix.as_ref()).map_ok(entry).try_collect()).await
    }

    /// Repeats an idempotent request whose response is cut off: the library retries only requests without a response.
    async fn again<T, F: Future<Output = object_store::Result<T>>>(
        &self,
        doing: &str,
        request: impl Fn() -> F,
    ) -> Result<T> {
        for pause in PAUSES {
            match request().await {
                Ok(answer) => return Ok(answer),
                Err(error) if is_cut_off(&error) => tokio::time::sleep(pause).await,
                Err(error) => return Err(self.problem(doing, &error)),
            }
        }
        request().await.map_err(|error| self.problem(doing, &error))
    }

    /// The bytes and version of an object; `None` when it does not exist.
    pub(in crate::deploy) async fn get(&self, key: &str) -> Result<Option<Versioned>> {
        let fail = |error: &Error| self.problem(&format!("read `{key}` from"), error);
        let answer = match self.inner.get(&self.key(key)?).await {
            Ok(answer) => answer,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(fail(&error)),
        };
        let version = version(&answer.meta);
        let bytes = answer.bytes().await.map_err(|error| fail(&error))?;
        Ok(Some((bytes.to_vec(), version)))
    }

    /// The version of an object; `None` when it does not exist.
    pub(in crate::deploy) async fn version(&self, key: &str) -> Result<Option<UpdateVersion>> {
        match self.inner.head(&self.key(key)?).await {
            Ok(meta) => Ok(Some(version(&meta))),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.problem(&format!("look at `{key}` in"), &error)),
        }
    }

    /// The digest in the metadata of an object; `None` when the object does not exist or was put by another program.
    pub(in crate::deploy) async fn digest(&self, key: &str) -> Result<Option<Digest>> {
        let options = GetOptions { head: true, ..GetOptions::default() };
        match self.inner.get_opts(&self.key(key)?, options).await {
            Ok(answer) => {
                let value = answer.attributes.get(&Attribute::Metadata(METADATA.into()));
                Ok(value.and_then(|value| Digest::parse(value)))
            }
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.problem(&format!("look at `{key}` in"), &error)),
        }
    }

    /// A conditional put: with `over`, it replaces exactly that version; without, it creates the object. Returns the
    /// new version, or `None` when another deployment was faster.
    pub(in crate::deploy) async fn put_if(
        &self,
        key: &str,
        bytes: &[u8],
        over: Option<UpdateVersion>,
    ) -> Result<Option<UpdateVersion>> {
        let mode = over.map_or(PutMode::Create, PutMode::Update);
        let error = match self.put_own(key, bytes, mode).await? {
            Ok(put) => return Ok(Some(UpdateVersion { e_tag: put.e_tag, version: put.version })),
            Err(error) => error,
        };
        // If the response to a successful put is lost, its retry fails the condition; so equal bytes count as success.
        match self.get(key).await {
            Ok(Some((there, version))) if there == bytes => Ok(Some(version)),
            _ if is_condition(&error) => Ok(None),
            _ => Err(self.problem(&format!("write `{key}` to"), &error)),
        }
    }

    /// Whether a put that must not replace an object is refused for an existing `key`. Some S3-compatible stores ignore
    /// the condition.
    pub(in crate::deploy) async fn knows_conditions(&self, key: &str, bytes: &[u8]) -> Result<bool> {
        // Only a success is conclusive; another failure would recur in the requests that matter and is reported there.
        Ok(self.put_own(key, bytes, PutMode::Create).await?.is_err())
    }

    async fn put_own(&self, key: &str, bytes: &[u8], mode: PutMode) -> Result<object_store::Result<PutResult>> {
        let attributes = Attributes::from_iter([
            (Attribute::ContentType, "application/gzip"),
            (Attribute::CacheControl, "no-store"),
        ]);
        let options = PutOptions { mode, attributes, ..PutOptions::default() };
        Ok(self.inner.put_opts(&self.key(key)?, bytes.to_vec().into(), options).await)
    }

    /// Uploads an object and returns its size as stored. Fails when the file has changed since it was built.
    pub(in crate::deploy) async fn put(&self, object: &Object) -> Result<u64> {
        let Object { key, file, size, content, headers, digest, rank: _ } = object;
        let fail = |error: &Error| self.problem(&format!("write `{key}` to"), error);
        let path = self.key(key)?;
        let attributes = attributes(headers, *digest);
        if *size > LARGE && headers.redirect.is_none() {
            same(disk::digest(file).map_err(Diagnostic::from)?, *content, key)?;
            let options = PutMultipartOptions { attributes, ..PutMultipartOptions::default() };
            let upload = self.inner.put_multipart_opts(&path, options).await.map_err(|error| fail(&error))?;
            let mut parts = WriteMultipart::new_with_chunk_size(upload, PART as usize);
            let mut first = 0;
            while first < *size {
                let part = disk::read_part(file, first, first + PART - 1).map_err(Diagnostic::from)?;
                parts.wait_for_capacity(2).await.map_err(|error| fail(&error))?;
                parts.write(&part);
                first += PART;
            }
            parts.finish().await.map_err(|error| fail(&error))?;
            return Ok(*size);
        }
        let bytes = disk::read(file).map_err(Diagnostic::from)?;
        same(Digest::of(&bytes), *content, key)?;
        let bytes = if headers.gzip { crate::deploy::manifest::gzip(&bytes) } else { bytes };
        let stored = bytes.len() as u64;
        let options = PutOptions { attributes, ..PutOptions::default() };
        let put = match (&headers.redirect, &self.redirecting) {
            (Some(target), Some(_)) => self.redirecting(target)?.put_opts(&path, bytes.into(), options).await,
            _ => self.inner.put_opts(&path, bytes.into(), options).await,
        };
        put.map_err(|error| fail(&error))?;
        Ok(stored)
    }

    /// A store that redirects the objects put with it to `target`. The library has no attribute for
    /// `x-amz-website-redirect-location`, but signs the default headers of a client. Fails when `target` is not a
    /// header value.
    fn redirecting(&self, target: &str) -> Result<Arc<dyn ObjectStore>> {
        let Some((builder, credentials, client)) = &self.redirecting else { return Ok(Arc::clone(&self.inner)) };
        let Ok(value) = HeaderValue::from_str(target) else {
            let message = format!("`{target}` cannot be the target of a redirect");
            return Err(Box::new(Diagnostic::error(codes::STORE, message).help("percent-encode it in `_redirects`")));
        };
        let mut headers = HeaderMap::new();
        headers.insert("x-amz-website-redirect-location", value);
        let builder = builder.clone().with_credentials(Arc::clone(credentials));
        let store = builder.with_client_options(client.clone().with_default_headers(headers)).build();
        Ok(Arc::new(store.map_err(|error| self.problem("open", &error))?))
    }

    /// Deletes objects; a missing one is no error.
    pub(in crate::deploy) async fn delete(&self, keys: &[&str]) -> Result<()> {
        let keys: Vec<Key> = keys.iter().map(|key| self.key(key)).collect::<Result<_>>()?;
        let delete = || async {
            let mut deleted = self.inner.delete_stream(stream::iter(keys.clone().into_iter().map(Ok)).boxed());
            while let Some(answer) = deleted.next().await {
                match answer {
                    Ok(_) | Err(Error::NotFound { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        };
        self.again("delete from", delete).await
    }
}

fn version(meta: &ObjectMeta) -> UpdateVersion {
    UpdateVersion { e_tag: meta.e_tag.clone(), version: meta.version.clone() }
}

/// Whether a condition failed because another deployment put or deleted the object.
fn is_condition(error: &Error) -> bool {
    matches!(error, Error::AlreadyExists { .. } | Error::Precondition { .. } | Error::NotFound { .. })
}

/// Whether the response ended early. Requests without a response were retried by the library, and their errors say so.
fn is_cut_off(error: &Error) -> bool {
    matches!(error, Error::Generic { .. }) && !error.to_string().contains("max_retries")
}

/// Fails when the digest of a file is not that of the build, so that no half-written build is uploaded.
pub(in crate::deploy) fn same(found: Digest, built: Digest, key: &str) -> Result<()> {
    if found == built {
        return Ok(());
    }
    let message = format!("`{key}` has changed in the output folder since it was built");
    Err(Box::new(
        Diagnostic::error(codes::IO, message).help("let other builds into this folder end, then deploy again"),
    ))
}

fn attributes(headers: &Headers, digest: Digest) -> Attributes {
    let Headers { content_type, cache_control, content_disposition, content_language, gzip, redirect: _ } = headers;
    let mut attributes = Attributes::new();
    attributes.insert(Attribute::ContentType, content_type.clone().into());
    let optional = [
        (Attribute::CacheControl, cache_control.clone()),
        (Attribute::ContentDisposition, content_disposition.clone()),
        (Attribute::ContentLanguage, content_language.clone()),
        (Attribute::ContentEncoding, gzip.then(|| "gzip".to_owned())),
    ];
    for (attribute, value) in optional {
        if let Some(value) = value {
            attributes.insert(attribute, value.into());
        }
    }
    attributes.insert(Attribute::Metadata(METADATA.into()), digest.to_string().into());
    attributes
}

#[cfg(test)]
mod tests {
    use object_store::BackoffConfig;

    use super::*;

    #[test]
    fn a_request_without_an_answer_is_not_taken_for_an_answer_that_ended_early() {
        let client = ClientOptions::new().with_allow_http(true);
        let backoff = BackoffConfig { init_backoff: Duration::from_millis(1), ..BackoffConfig::default() };
        let retry = RetryConfig { max_retries: 1, backoff, ..RetryConfig::default() };
        let connector = Shared::new(&client, Arc::default()).expect("a client");
        let builder =
            AmazonS3Builder::new().with_bucket_name("b").with_endpoint("http://127.0.0.1:1").with_retry(retry);
        let builder = builder.with_skip_signature(true).with_client_options(client).with_http_connector(connector);
        let store = builder.build().expect("a store");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let error = runtime.block_on(store.head(&Key::from("a"))).expect_err("nobody listens there");
        assert!(matches!(error, Error::Generic { .. }) && !is_cut_off(&error), "{error}");
        assert!(is_cut_off(&Error::Generic { store: "S3", source: "connection reset".into() }));
    }
}
