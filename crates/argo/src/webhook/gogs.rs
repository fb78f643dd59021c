//! Gogs, Gitea and Forgejo: `X-Gogs-Event`, signed with HMAC-SHA256.

use super::push::{commit, urls};
use super::{Push, PushedRef, Request, WebhookError, verify};

const HOST: &str = "Gogs";

pub(super) fn read(request: &Request<'_>) -> Result<Vec<Push>, WebhookError> {
    let secret = &request.secrets.gogs;
    request.require(HOST, secret, || {
        verify::is_signed(request.body, secret, request.header("X-Gogs-Signature"))
    })?;
    match request.header("X-Gogs-Event") {
        "push" => push(request).map(|push| vec![push]),
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
