//! Git's smart protocol over HTTP and HTTPS.
//!
//! Comes in: the Git library's GETs and POSTs. Goes out: requests that carry the credentials to the
//! host they are meant for and to no other, wherever a redirect may point.

use super::http_answers::{
    authorization, header_map, header_text, place, redirected, refused, unsent,
};
use super::http_exchange::{Body, Exchange, HeaderLines, PostBuffer};
use super::{RemoteError, Wire};
use crate::Credentials;
use crate::address::{HttpAddress, same_origin};
use gix_transport::client::blocking_io::http::{GetResponse, Http, PostBodyDataKind, PostResponse};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, Response, Url};
use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::sync::Arc;

const MAX_REDIRECTS: usize = 5;

/// Carries requests for one repository during one conversation.
pub(crate) struct HttpCarrier {
    link: Rc<Link>,
    /// Where the first redirect led: the rest of the conversation goes there.
    moved_to: Option<String>,
}

/// What the requests of a conversation share.
pub(crate) struct Link {
    client: reqwest::Client,
    pub wire: Arc<Wire>,
    home: Url,
    authorization: Option<HeaderValue>,
    offered: &'static str,
}

impl HttpCarrier {
    pub fn new(
        client: reqwest::Client,
        wire: Arc<Wire>,
        address: &HttpAddress,
        credentials: &Credentials,
    ) -> Result<Self, RemoteError> {
        let (authorization, offered) = authorization(address, credentials)?;
        let home = address.url.clone();
        let link = Rc::new(Link {
            client,
            wire,
            home,
            authorization,
            offered,
        });
        Ok(Self {
            link,
            moved_to: None,
        })
    }

    /// The URL to ask, after earlier redirects.
    fn target(&self, url: &str, base: &str) -> io::Result<Url> {
        let moved = self.moved_to.as_deref().filter(|moved| *moved != base);
        let text = match (moved, url.strip_prefix(base)) {
            (Some(moved), Some(tail)) => format!("{moved}{tail}"),
            _ => url.to_owned(),
        };
        Url::parse(&text).map_err(io::Error::other)
    }
}

impl Http for HttpCarrier {
    type Headers = HeaderLines;
    type ResponseBody = Body;
    type PostBody = PostBuffer;

    fn get(
        &mut self,
        url: &str,
        base: &str,
        headers: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> gix::Result<GetResponse<HeaderLines, Body>> {
        let headers = header_map(headers);
        let tail = url.strip_prefix(base).unwrap_or_default();
        let mut at = self.target(url, base).map_err(gix::Error::from_error)?;
        for _ in 0..MAX_REDIRECTS {
            let response = self
                .link
                .send(Method::GET, at.clone(), headers.clone(), Vec::new())
                .map_err(gix::Error::from_error)?;
            if !response.status().is_redirection() {
                let checked = self
                    .link
                    .check(response, "advertisement")
                    .map_err(gix::Error::from_error)?;
                self.moved_to = at.as_str().strip_suffix(tail).map(str::to_owned);
                let exchange = Rc::new(RefCell::new(Exchange::Started(checked)));
                return Ok(GetResponse {
                    headers: HeaderLines::of(&self.link, &exchange),
                    body: Body::of(&self.link, &exchange),
                });
            }
            at = redirected(&response, &at, tail)
                .map_err(|error| gix::Error::from_error(self.link.wire.fail(error)))?;
        }
        let endless = RemoteError::Redirect {
            to: at.to_string(),
            reason: "redirects led on and on",
        };
        Err(gix::Error::from_error(self.link.wire.fail(endless)))
    }

    fn post(
        &mut self,
        url: &str,
        base: &str,
        headers: impl IntoIterator<Item = impl AsRef<str>>,
        _: PostBodyDataKind,
    ) -> gix::Result<PostResponse<HeaderLines, Body, PostBuffer>> {
        let url = self.target(url, base).map_err(gix::Error::from_error)?;
        let headers = header_map(headers);
        let exchange = Rc::new(RefCell::new(Exchange::Waiting {
            url,
            headers,
            body: Vec::new(),
        }));
        Ok(PostResponse {
            post_body: PostBuffer(exchange.clone()),
            headers: HeaderLines::of(&self.link, &exchange),
            body: Body::of(&self.link, &exchange),
        })
    }

    fn configure(&mut self, _: &dyn std::any::Any) -> gix::Result {
        Ok(())
    }

    fn redirected_base_url(&self) -> Option<String> {
        self.moved_to.clone()
    }
}

impl Link {
    /// Sends a request; the credentials go with it if it goes where they belong.
    pub fn send(
        &self,
        method: Method,
        url: Url,
        mut headers: HeaderMap,
        body: Vec<u8>,
    ) -> io::Result<Response> {
        if let Some(value) = self
            .authorization
            .as_ref()
            .filter(|_| same_origin(&url, &self.home))
        {
            headers.insert(AUTHORIZATION, value.clone());
        }
        let host = place(&url);
        let request = self.client.request(method, url).headers(headers).body(body);
        let sent = self.wire.wait(async { request.send().await })?;
        sent.map_err(|error| self.wire.fail(unsent(host, error)))
    }

    /// The answer, if it is one of Git.
    pub fn check(&self, response: Response, kind: &str) -> io::Result<Response> {
        let status = response.status();
        if !status.is_success() {
            return Err(self
                .wire
                .fail(refused(status, self.offered, response.headers())));
        }
        let content_type = header_text(&response, CONTENT_TYPE);
        match content_type == format!("application/x-git-upload-pack-{kind}") {
            true => Ok(response),
            false => Err(self.wire.fail(RemoteError::NotGit { content_type })),
        }
    }
}
