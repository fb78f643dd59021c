//! What goes with every request: user agent, impersonation, authorization.
//!
//! kube knows how to keep tokens fresh (files, exec plugins) but only as layers around an HTTP
//! client. So its layers are put around a service that does nothing but hand the headers back.

use std::future::{Ready, ready};
use std::task::{Context, Poll};

use http::header::{HeaderMap, HeaderValue, USER_AGENT};
use http::{Request, Response};
use http_body_util::Empty;
use kube::Config;
use kube::client::ConfigExt;
use tower::util::BoxCloneSyncService;
use tower::{Layer, Service, ServiceExt};

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Question = Request<Empty<bytes::Bytes>>;

/// Hands out the headers that the configuration asks for.
pub(crate) struct RequestHeaders {
    fixed: HeaderMap,
    fresh: Option<BoxCloneSyncService<Question, Response<()>, BoxError>>,
}

impl RequestHeaders {
    /// May run an exec plugin: call it where blocking is fine.
    pub(crate) fn new(config: &Config, user_agent: &str) -> Result<Self, BoxError> {
        let mut fixed = impersonation(config)?;
        fixed.insert(USER_AGENT, HeaderValue::from_str(user_agent)?);
        let fresh = config
            .auth_layer()?
            .map(|layer| BoxCloneSyncService::new(layer.layer(Echo)));
        Ok(Self { fixed, fresh })
    }

    /// The headers as they should be now; a token that is about to expire is renewed first.
    pub(crate) async fn now(&self) -> Result<HeaderMap, BoxError> {
        let Some(fresh) = &self.fresh else {
            return Ok(self.fixed.clone());
        };
        let echo = fresh.clone().oneshot(Request::new(Empty::new())).await?;
        let mut headers = echo.into_parts().0.headers;
        headers.extend(self.fixed.clone());
        Ok(headers)
    }
}

fn impersonation(config: &Config) -> Result<HeaderMap, BoxError> {
    let echo = config.extra_headers_layer()?.layer(Echo);
    let headers = echo.oneshot(Request::<Empty<bytes::Bytes>>::new(Empty::new()));
    let mut context = Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(headers).poll(&mut context) {
        Poll::Ready(echo) => Ok(echo?.into_parts().0.headers),
        Poll::Pending => Ok(HeaderMap::new()),
    }
}

/// Answers a request with its own headers.
#[derive(Clone, Copy)]
struct Echo;

impl Service<Question> for Echo {
    type Response = Response<()>;
    type Error = BoxError;
    type Future = Ready<Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, question: Question) -> Self::Future {
        let mut echo = Response::new(());
        *echo.headers_mut() = question.into_parts().0.headers;
        ready(Ok(echo))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn headers_of(auth: kube::config::AuthInfo) -> HeaderMap {
        let mut config = Config::new("https://127.0.0.1".parse().unwrap());
        config.auth_info = auth;
        RequestHeaders::new(&config, "caretaker/test")
            .unwrap()
            .now()
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_token_becomes_a_sensitive_bearer_header() {
        let auth = kube::config::AuthInfo {
            token: Some("t".to_owned().into()),
            ..Default::default()
        };
        let headers = headers_of(auth).await;
        assert_eq!(headers["authorization"], "Bearer t");
        assert!(headers["authorization"].is_sensitive());
        assert_eq!(headers["user-agent"], "caretaker/test");
    }

    #[tokio::test]
    async fn impersonation_goes_with_every_request() {
        let auth = kube::config::AuthInfo {
            impersonate: Some("jane".into()),
            ..Default::default()
        };
        assert_eq!(headers_of(auth).await["impersonate-user"], "jane");
    }
}
