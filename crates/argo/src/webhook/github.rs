//! GitHub: `X-GitHub-Event`, signed with HMAC-SHA256.

use super::push::{commit, urls};
use super::{Push, PushedRef, Request, WebhookError, verify};

const HOST: &str = "GitHub";

pub(super) fn read(request: &Request<'_>) -> Result<Vec<Push>, WebhookError> {
    let secret = &request.secrets.github;
    request.require(HOST, secret, || {
        let signature = request.header("X-Hub-Signature-256");
        let signature = signature.strip_prefix("sha256=");
        signature.is_some_and(|signature| verify::is_signed(request.body, secret, signature))
    })?;
    match request.header("X-GitHub-Event") {
        "push" => push(request).map(|push| vec![push]),
        "ping" => request.payload().map(|_| Vec::new()),
        event => Err(WebhookError::UnknownEvent {
            host: HOST,
            event: event.to_owned(),
        }),
    }
}

fn push(request: &Request<'_>) -> Result<Push, WebhookError> {
    let payload = request.payload()?;
    let reference = PushedRef::parse(payload.text("/ref"));
    Ok(Push {
        repository_urls: urls([payload.text("/repository/html_url")]),
        touched_head: reference.is_branch(payload.text("/repository/default_branch")),
        reference,
        revision: commit(payload.text("/after")),
        changed_files: payload.changed_files(),
    })
}
