//! GitLab: `X-Gitlab-Event`, with the secret as a token. System hooks say inside what they are.

use super::payload::Payload;
use super::push::{commit, urls};
use super::{Push, PushedRef, Request, WebhookError, verify};

const HOST: &str = "GitLab";

pub(super) fn read(request: &Request<'_>) -> Result<Vec<Push>, WebhookError> {
    let secret = &request.secrets.gitlab;
    request.require(HOST, secret, || {
        verify::is_same(request.header("X-Gitlab-Token"), secret)
    })?;
    match request.header("X-Gitlab-Event") {
        "Push Hook" | "Tag Push Hook" => Ok(vec![push(&request.payload()?)]),
        "System Hook" => system(&request.payload()?),
        event => Err(WebhookError::UnknownEvent {
            host: HOST,
            event: event.to_owned(),
        }),
    }
}

fn system(payload: &Payload) -> Result<Vec<Push>, WebhookError> {
    let kinds = [payload.text("/object_kind"), payload.text("/event_name")];
    let is_push = kinds
        .iter()
        .any(|kind| matches!(*kind, "push" | "tag_push"));
    Ok(if is_push {
        vec![push(payload)]
    } else {
        Vec::new()
    })
}

fn push(payload: &Payload) -> Push {
    let reference = PushedRef::parse(payload.text("/ref"));
    Push {
        repository_urls: urls([payload.text("/project/web_url")]),
        touched_head: reference.is_branch(payload.text("/project/default_branch")),
        reference,
        revision: commit(payload.text("/after")),
        changed_files: payload.changed_files(),
    }
}
