//! Bitbucket Server and Data Center: `X-Event-Key`, signed with HMAC-SHA256. It says neither which
//! branch is the default one nor which files changed.

use super::payload::text;
use super::push::{commit, urls};
use super::{Push, PushedRef, Request, WebhookError, verify};
use serde_json::Value;

const HOST: &str = "Bitbucket Server";

pub(super) fn read(request: &Request<'_>) -> Result<Vec<Push>, WebhookError> {
    let event = request.header("X-Event-Key");
    if event == "diagnostics:ping" {
        return Ok(Vec::new());
    }
    let secret = &request.secrets.bitbucket_server;
    request.require(HOST, secret, || {
        let signature = request.header("X-Hub-Signature").strip_prefix("sha256=");
        signature.is_some_and(|signature| verify::is_signed(request.body, secret, signature))
    })?;
    if event != "repo:refs_changed" {
        return Err(WebhookError::UnknownEvent {
            host: HOST,
            event: event.to_owned(),
        });
    }
    let payload = request.payload()?;
    let clones = payload.list("/repository/links/clone");
    let clones = clones
        .iter()
        .filter(|link| matches!(text(link, "/name"), "http" | "ssh"));
    let repository = urls(clones.map(|link| text(link, "/href")));
    Ok(payload
        .list("/changes")
        .iter()
        .map(|change| push(change, &repository))
        .collect())
}

fn push(change: &Value, repository: &[String]) -> Push {
    Push {
        repository_urls: repository.to_vec(),
        reference: PushedRef::parse(text(change, "/ref/id")),
        revision: commit(text(change, "/toHash")),
        touched_head: true,
        changed_files: Vec::new(),
    }
}
