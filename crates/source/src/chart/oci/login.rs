//! Logging in to a registry: by name and password, or by a token that another server gives.
//!
//! Comes in: what a refusal asks for, and credentials. Goes out: the header that gets us in, kept
//! until it expires. A password goes to the registry itself or to the one place it names for logins;
//! a token goes to the registry alone.

use super::challenge::{Challenge, challenges};
use super::complaint::refusal;
use super::error::RegistryError;
use super::registry::{Registry, question};
use crate::Secret;
use crate::address::HttpAddress;
use crate::chart::address::printable;
use crate::remote::{Authorization, RemoteError, Request, authorization};
use model::Digest;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, WWW_AUTHENTICATE};
use reqwest::{Method, Url};
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Headers kept; beyond it all are let go and asked for anew.
const MAX_TOKENS: usize = 1024;
/// The largest token that is taken.
const MAX_TOKEN: u64 = 1 << 20;
/// What a token without a time of its own lives, by the specification.
const USUAL_LIFE: u64 = 60;
/// Tokens that claim to live longer are renewed all the same.
const LONGEST_LIFE: u64 = 24 * 60 * 60;

/// The headers that got us in.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<HashMap<Digest, (HeaderValue, Instant)>>);

impl Tokens {
    /// A header that still holds.
    pub fn get(&self, key: &Digest) -> Option<HeaderValue> {
        let tokens = self.0.lock().expect("no panic while held");
        let (value, until) = tokens.get(key)?;
        (*until > Instant::now()).then(|| value.clone())
    }

    fn put(&self, key: Digest, value: HeaderValue, life: Duration) {
        let mut tokens = self.0.lock().expect("no panic while held");
        if tokens.len() >= MAX_TOKENS {
            tokens.clear();
        }
        tokens.insert(key, (value, Instant::now() + life));
    }

    /// Forgets a header that was refused.
    pub fn forget(&self, key: &Digest) {
        self.0.lock().expect("no panic while held").remove(key);
    }
}

#[derive(serde::Deserialize)]
struct Granted {
    #[serde(default)]
    token: Option<String>,
    #[serde(default)]
    access_token: Option<String>,
    #[serde(default)]
    expires_in: Option<u64>,
}

impl Registry<'_> {
    /// The header that answers a refusal; none if we have nothing to show.
    pub fn log_in(&self, refused: &HeaderMap) -> Result<Option<HeaderValue>, RegistryError> {
        let offers = offers(refused);
        let offer = |scheme: &str| offers.iter().find(|offer| offer.scheme == scheme);
        match (offer("bearer"), offer("basic")) {
            (Some(offer), _) if self.caller.credentials.bearer_token.is_none() => {
                self.token(offer).map(Some)
            }
            (Some(_), _) | (_, Some(_)) => {
                let value = self.own_header()?;
                if let Some(value) = &value {
                    self.keep(value.clone(), LONGEST_LIFE);
                }
                Ok(value)
            }
            (None, None) => match offers.first() {
                Some(other) => Err(RegistryError::Challenge(other.scheme.clone())),
                None => Ok(None),
            },
        }
    }

    fn keep(&self, value: HeaderValue, seconds: u64) {
        // A little before it expires, so that none expires on its way.
        let life = Duration::from_secs(seconds).mul_f32(0.9);
        self.tokens.put(self.key, value, life);
    }

    /// Name and password, or a token somebody wrote down.
    fn own_header(&self) -> Result<Option<HeaderValue>, RemoteError> {
        let address = HttpAddress {
            url: self.base.clone(),
            userinfo: None,
        };
        Ok(authorization(&address, self.caller.credentials)?.0)
    }

    fn token(&self, offer: &Challenge) -> Result<HeaderValue, RegistryError> {
        let realm = self.realm(offer)?;
        let request = self.token_request(&realm, offer)?;
        let place = printable(&realm);
        let mut bytes = Vec::new();
        let reply = self.caller.send(&request, &mut bytes).and_then(|reply| {
            match reply.status.is_success() {
                true => Ok(()),
                false => Err(refusal(&reply, self.caller.credentials.offered())),
            }
        });
        reply.map_err(|source| RegistryError::Login {
            realm: place.clone(),
            source,
        })?;
        let no_token = || RegistryError::Token {
            realm: place.clone(),
        };
        let granted: Granted = serde_json::from_slice(&bytes).map_err(|_| no_token())?;
        let given = [granted.token, granted.access_token];
        let token = given.into_iter().flatten().find(|token| !token.is_empty());
        let token = Secret::new(token.ok_or_else(no_token)?);
        let mut value =
            HeaderValue::from_str(&format!("Bearer {}", token.expose())).map_err(|_| no_token())?;
        value.set_sensitive(true);
        let life = granted.expires_in.filter(|seconds| *seconds > 0);
        self.keep(value.clone(), life.unwrap_or(USUAL_LIFE).min(LONGEST_LIFE));
        Ok(value)
    }

    /// Where to ask for a token.
    fn realm(&self, offer: &Challenge) -> Result<Url, RegistryError> {
        let realm = offer.parameter("realm").unwrap_or_default();
        let refused = |reason| RegistryError::Realm {
            realm: crate::address::redact(realm),
            reason,
        };
        let url = Url::parse(realm).map_err(|_| refused("it is no URL"))?;
        match (self.base.scheme(), url.scheme()) {
            (_, "https") | ("http", "http") => Ok(url),
            ("https", "http") => Err(refused("it leads from https to http")),
            _ => Err(refused("it leaves HTTP")),
        }
    }

    fn token_request(&self, realm: &Url, offer: &Challenge) -> Result<Request, RegistryError> {
        let scope = format!("repository:{}:pull", self.place.path);
        let service = offer
            .parameter("service")
            .map(|service| ("service", service));
        let mut wishes: Vec<_> = service.into_iter().collect();
        wishes.push(("scope", &scope));
        if let Some(identity) = &self.caller.credentials.identity_token {
            return Ok(exchange(realm, wishes, identity));
        }
        let mut request = question(Method::GET, realm.clone(), None, MAX_TOKEN);
        request.url.query_pairs_mut().extend_pairs(wishes);
        request.authorization = self.own_header()?.map(|value| Authorization {
            value,
            origin: realm.clone(),
        });
        Ok(request)
    }
}

/// Asks for a token by showing a longer-lived one.
fn exchange<'a>(
    realm: &Url,
    mut wishes: Vec<(&'static str, &'a str)>,
    identity: &'a Secret,
) -> Request {
    wishes.extend([
        ("grant_type", "refresh_token"),
        ("client_id", "caretaker"),
        ("refresh_token", identity.expose()),
    ]);
    let mut request = question(Method::POST, realm.clone(), None, MAX_TOKEN);
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    request.headers.insert(CONTENT_TYPE, form);
    request.body = encoded(&wishes).into_bytes();
    request
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    let mut url = Url::parse("http://form/").expect("a URL");
    url.query_pairs_mut().extend_pairs(pairs);
    url.query().unwrap_or_default().to_owned()
}

fn offers(headers: &HeaderMap) -> Vec<Challenge> {
    let lines = headers.get_all(WWW_AUTHENTICATE).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(challenges)
        .collect()
}
