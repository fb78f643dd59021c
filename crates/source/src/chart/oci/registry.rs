//! Questions to a registry about one chart.

use super::complaint::refusal;
use super::error::RegistryError;
use super::login::Tokens;
use crate::chart::address::Place;
use crate::chart::digest::ContentDigest;
use crate::chart::limits::ChartLimits;
use crate::remote::{Authorization, Caller, RemoteError, Reply, Request, Sink};
use model::Digest;
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode, Url};

/// The kinds of manifests that may lead to a chart.
const MANIFESTS: &str = "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json";
const CONTENT_DIGEST: HeaderName = HeaderName::from_static("docker-content-digest");

/// A chart's place in a registry, as one caller may see it.
pub(crate) struct Registry<'a> {
    pub caller: Caller<'a>,
    pub place: &'a Place,
    pub base: Url,
    pub tokens: &'a Tokens,
    /// What the tokens for this place are kept under.
    pub key: Digest,
    pub limits: &'a ChartLimits,
}

impl Registry<'_> {
    /// The digest behind a tag; none if there is no such tag.
    pub fn digest(&self, tag: &str) -> Result<Option<ContentDigest>, RegistryError> {
        let (accept, most) = (Some(MANIFESTS), self.limits.max_manifest_bytes);
        let url = self.url(&format!("manifests/{tag}"));
        let reply = self.ask(Method::HEAD, url, accept, most, &mut Vec::new())?;
        if reply.status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        match claimed(&reply).filter(|_| reply.status.is_success()) {
            Some(digest) => Ok(Some(digest)),
            // Not every registry answers such a question; all answer the longer one.
            None => Ok(self.manifest(tag)?.map(|(digest, _)| digest)),
        }
    }

    /// The manifest behind a tag or a digest, and its digest; none if there is none.
    pub fn manifest(
        &self,
        reference: &str,
    ) -> Result<Option<(ContentDigest, Vec<u8>)>, RegistryError> {
        let url = self.url(&format!("manifests/{reference}"));
        let mut bytes = Vec::new();
        let most = self.limits.max_manifest_bytes;
        let reply = self.ask(Method::GET, url, Some(MANIFESTS), most, &mut bytes)?;
        if reply.status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        self.check(&reply)?;
        let expected = ContentDigest::parse(reference).or_else(|| claimed(&reply));
        let found = match &expected {
            Some(expected) => expected.of_same_kind(&bytes),
            None => ContentDigest::of(&bytes),
        };
        match expected {
            Some(expected) if expected != found => Err(RegistryError::Digest { expected, found }),
            _ => Ok(Some((found, bytes))),
        }
    }

    /// The bytes of a digest.
    pub fn blob(&self, digest: &ContentDigest, most: u64) -> Result<Vec<u8>, RegistryError> {
        let url = self.url(&format!("blobs/{digest}"));
        let mut bytes = Vec::new();
        let reply = self.ask(Method::GET, url, None, most, &mut bytes)?;
        if reply.status == StatusCode::NOT_FOUND {
            return Err(RegistryError::Gone(format!("layer {digest}")));
        }
        self.check(&reply)?;
        match digest.fits(&bytes) {
            true => Ok(bytes),
            false => Err(RegistryError::Digest {
                expected: digest.clone(),
                found: digest.of_same_kind(&bytes),
            }),
        }
    }

    /// Asks, and logs in if the registry wants it.
    pub fn ask(
        &self,
        method: Method,
        url: Url,
        accept: Option<&'static str>,
        max_bytes: u64,
        sink: &mut dyn Sink,
    ) -> Result<Reply, RegistryError> {
        let mut request = question(method, url, accept, max_bytes);
        request.authorization = self.tokens.get(&self.key).map(|value| self.own(value));
        let reply = self.caller.send(&request, sink)?;
        if reply.status != StatusCode::UNAUTHORIZED {
            return Ok(reply);
        }
        self.tokens.forget(&self.key);
        let Some(value) = self.log_in(&reply.headers)? else {
            return Err(self.refusal(&reply).into());
        };
        request.authorization = Some(self.own(value));
        let reply = self.caller.send(&request, sink)?;
        match reply.status {
            StatusCode::UNAUTHORIZED => {
                self.tokens.forget(&self.key);
                Err(self.refusal(&reply).into())
            }
            _ => Ok(reply),
        }
    }

    /// A header that nobody but this registry is shown.
    fn own(&self, value: HeaderValue) -> Authorization {
        let origin = self.base.clone();
        Authorization { value, origin }
    }

    /// Is it the answer to what was asked?
    pub fn check(&self, reply: &Reply) -> Result<(), RemoteError> {
        match reply.status.is_success() {
            true => Ok(()),
            false => Err(self.refusal(reply)),
        }
    }

    fn refusal(&self, reply: &Reply) -> RemoteError {
        refusal(reply, self.caller.credentials.offered())
    }

    /// The URL of something of this chart.
    pub fn url(&self, tail: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("/v2/{}/{tail}", self.place.path));
        url
    }
}

/// A request that shows nobody who we are.
pub(super) fn question(
    method: Method,
    url: Url,
    accept: Option<&'static str>,
    max_bytes: u64,
) -> Request {
    let mut headers = HeaderMap::new();
    headers.extend(accept.map(|kinds| (ACCEPT, HeaderValue::from_static(kinds))));
    Request {
        method,
        url,
        headers,
        body: Vec::new(),
        authorization: None,
        max_bytes,
    }
}

/// The digest that the registry says the content has.
fn claimed(reply: &Reply) -> Option<ContentDigest> {
    ContentDigest::parse(reply.headers.get(CONTENT_DIGEST)?.to_str().ok()?)
}
