//! A Helm repository: an index, and archives somewhere.
//!
//! Comes in: a repository's address. Goes out: its index, asked for anew but fetched only when it
//! changed, and archives from the places the index names.
//!
//! Source: Helm 4.2, pkg/repo/v1/chartrepo.go, pkg/getter/httpgetter.go.

use super::address::printable;
use super::error::ChartError;
use super::identity::{identity, public_identity};
use super::index::{Index, IndexError};
use super::indexes::{Hashed, Head, Indexes, Known, Read};
use super::limits::ChartLimits;
use super::shelf::Shelf;
use crate::Credentials;
use crate::address::{HttpAddress, same_origin};
use crate::remote::{
    Authorization, Caller, Network, RemoteError, Reply, Request, Sink, authorization, refused,
};
use model::Digest;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode, Url};
use std::io;
use std::sync::Arc;

const ARCHIVES: HeaderValue = HeaderValue::from_static("application/gzip,application/octet-stream");

/// A repository, as one caller may see it.
pub(crate) struct HelmRepository<'a> {
    pub address: &'a HttpAddress,
    pub credentials: &'a Credentials,
    pub network: &'a Network,
    pub shelf: &'a Shelf,
    pub limits: &'a ChartLimits,
    pub indexes: &'a Indexes,
}

impl HelmRepository<'_> {
    /// The index as it is now.
    pub fn index(&self) -> Result<Arc<Read>, ChartError> {
        let url = self.address.url.as_str().as_bytes();
        let who = identity(self.credentials, Some(self.address));
        let key = Digest::of_parts([url, who.as_bytes()]);
        let fresh = |known: &Known| known.asked.elapsed() < self.limits.index_freshness;
        if let Some(known) = self.indexes.known(&key).filter(fresh) {
            return Ok(known.read);
        }
        self.indexes.asking.share(key, || {
            let public = public_identity(self.credentials, self.address);
            let name = Digest::of_parts([url, public.as_bytes()]);
            let before = self.indexes.known(&key).map(|known| known.read);
            let before = before.or_else(|| self.stored(&name));
            let read = self.ask(&name, before)?;
            self.indexes.remember(key, read.clone());
            Ok(read)
        })
    }

    /// What an earlier process left; whatever is wrong with it, it is fetched anew.
    fn stored(&self, name: &Digest) -> Option<Arc<Read>> {
        let (file, head) = self.shelf.index(name).ok()??;
        let head: Head = serde_json::from_slice(&head).ok()?;
        let whole = file.metadata().ok()?.len() == head.bytes;
        let index = Index::read(file).ok().filter(|_| whole)?;
        Some(Arc::new(Read { index, head }))
    }

    /// Asks whether the index is still the one we have, and takes it if it is not.
    fn ask(&self, name: &Digest, before: Option<Arc<Read>>) -> Result<Arc<Read>, ChartError> {
        let unusable = |source: IndexError| ChartError::Index {
            repository: printable(&self.address.url),
            source: Arc::new(source),
        };
        let url = resolve(&self.address.url, "index.yaml");
        let url = url.ok_or_else(|| unusable(IndexError::NoApiVersion))?;
        let mut request = self.request(url, self.limits.max_index_bytes)?;
        if let Some(before) = &before {
            request.headers.extend(before.head.conditions());
        }
        tracing::debug!(repository = %printable(&self.address.url), "asking for the index");
        let mut sink = Hashed::new(self.shelf.draft()?);
        let reply = self.send(self.credentials, &request, &mut sink, "the index")?;
        match before {
            Some(before) if reply.status == StatusCode::NOT_MODIFIED => return Ok(before),
            _ if reply.status.is_success() => {}
            _ => return Err(self.refused(&reply)),
        }
        let head = Head::of(&reply, &sink)?;
        let index = Index::read(sink.draft.file.try_clone()?).map_err(unusable)?;
        let note = serde_json::to_vec(&head).map_err(io::Error::from)?;
        self.shelf.keep_index(name, sink.draft, &note)?;
        Ok(Arc::new(Read { index, head }))
    }

    /// The places an index names, as whole URLs.
    pub fn places(&self, urls: &[Box<str>]) -> Arc<[Url]> {
        let whole = urls
            .iter()
            .filter_map(|url| resolve(&self.address.url, url));
        whole
            .filter(|url| matches!(url.scheme(), "http" | "https" | "oci"))
            .collect()
    }

    /// The archive at one of the places the index names.
    pub fn archive(&self, url: &Url, what: &str) -> Result<Vec<u8>, ChartError> {
        self.file(url, what, self.limits.max_chart_bytes)
    }

    /// The proof that lies beside an archive.
    pub fn proof(&self, url: &Url, what: &str) -> Result<Vec<u8>, ChartError> {
        self.file(url, what, self.limits.max_manifest_bytes)
    }

    fn file(&self, url: &Url, what: &str, most: u64) -> Result<Vec<u8>, ChartError> {
        let stranger = self.credentials.without_secrets();
        let credentials = match self.may_be_shown_to(url) {
            true => self.credentials,
            false => &stranger,
        };
        let mut request = self.request(url.clone(), most)?;
        request.headers.insert(ACCEPT, ARCHIVES);
        let mut bytes = Vec::new();
        let reply = self.send(credentials, &request, &mut bytes, what)?;
        match reply.status {
            status if status.is_success() => Ok(bytes),
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(ChartError::Missing {
                repository: printable(&self.address.url),
                what: what.to_owned(),
                url: printable(url),
                status: reply.status.as_u16(),
            }),
            _ => Err(self.failed(
                what,
                refused(reply.status, self.offered(url), &reply.headers),
            )),
        }
    }

    /// May a place be told who we are? The repository's own server, or all if somebody wants it so.
    pub fn may_be_shown_to(&self, url: &Url) -> bool {
        self.credentials.pass_credentials || same_origin(url, &self.address.url)
    }

    fn offered(&self, url: &Url) -> &'static str {
        match authorization(self.address, self.credentials) {
            Ok((Some(_), offered)) if self.may_be_shown_to(url) => offered,
            _ => "no credentials",
        }
    }

    fn request(&self, url: Url, max_bytes: u64) -> Result<Request, ChartError> {
        let header = authorization(self.address, self.credentials);
        let (value, _) = header.map_err(|error| self.failed("the index", error))?;
        let origin = match self.may_be_shown_to(&url) {
            true => url.clone(),
            false => self.address.url.clone(),
        };
        Ok(Request {
            method: Method::GET,
            url,
            headers: HeaderMap::new(),
            body: Vec::new(),
            authorization: value.map(|value| Authorization { value, origin }),
            max_bytes,
        })
    }

    fn send(
        &self,
        credentials: &Credentials,
        request: &Request,
        sink: &mut dyn Sink,
        what: &str,
    ) -> Result<Reply, ChartError> {
        let caller = Caller {
            network: self.network,
            credentials,
            connect_timeout: self.limits.connect_timeout,
            timeout: self.limits.timeout,
        };
        caller
            .send(request, sink)
            .map_err(|error| self.failed(what, error))
    }

    fn refused(&self, reply: &Reply) -> ChartError {
        let offered = self.offered(&self.address.url);
        self.failed("the index", refused(reply.status, offered, &reply.headers))
    }

    fn failed(&self, what: &str, error: RemoteError) -> ChartError {
        let (repository, what) = (printable(&self.address.url), what.to_owned());
        match error {
            RemoteError::TooLarge { limit } => ChartError::TooLarge {
                repository,
                what,
                limit,
            },
            source => ChartError::Remote {
                repository,
                what,
                source: Arc::new(source),
            },
        }
    }
}

/// A URL written in an index. Relative ones start at the repository, and take along what follows the
/// question mark of its address.
fn resolve(base: &Url, reference: &str) -> Option<Url> {
    if let Ok(mut whole) = Url::parse(reference) {
        // Neither fails where there is a host; a login in a public file is nobody's secret.
        let _ = whole.set_username("");
        let _ = whole.set_password(None);
        return Some(whole);
    }
    let mut folder = base.clone();
    folder.set_path(&format!("{}/", base.path().trim_end_matches('/')));
    let mut url = folder.join(reference).ok()?;
    url.set_query(base.query());
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_an_index_are_whole_or_relative() {
        for (base, reference, expected) in [
            ("https://h/charts", "a-1.tgz", "https://h/charts/a-1.tgz"),
            (
                "https://h/charts/",
                "sub/a-1+b.tgz",
                "https://h/charts/sub/a-1+b.tgz",
            ),
            ("https://h/charts", "../a.tgz", "https://h/a.tgz"),
            ("https://h/charts", "/a.tgz", "https://h/a.tgz"),
            (
                "https://h/charts?t=1",
                "a.tgz?t=2",
                "https://h/charts/a.tgz?t=1",
            ),
            (
                "https://h/charts?t=1",
                "https://cdn/a.tgz?t=2",
                "https://cdn/a.tgz?t=2",
            ),
            (
                "https://h/charts",
                "https://u:p@cdn/a.tgz",
                "https://cdn/a.tgz",
            ),
            ("https://h/charts", "//cdn/a.tgz", "https://cdn/a.tgz"),
            ("https://h", "oci://r/p/a:1", "oci://r/p/a:1"),
        ] {
            let base = Url::parse(base).unwrap();
            assert_eq!(resolve(&base, reference).unwrap().as_str(), expected);
        }
    }
}
