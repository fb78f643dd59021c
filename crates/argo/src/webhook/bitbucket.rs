//! Bitbucket Cloud: `X-Hook-UUID`, which is also what a sender must know. It says neither which
//! branch is the default one nor which files changed.

use super::payload::text;
use super::push::{commit, urls};
use super::{Push, PushedRef, Request, WebhookError, verify};
use serde_json::Value;

const HOST: &str = "Bitbucket";

pub(super) fn read(request: &Request<'_>) -> Result<Vec<Push>, WebhookError> {
    let uuid = &request.secrets.bitbucket_uuid;
    request.require(HOST, uuid, || {
        verify::is_same(request.header("X-Hook-UUID"), uuid)
    })?;
    let event = request.header("X-Event-Key");
    if event != "repo:push" {
        return Err(WebhookError::UnknownEvent {
            host: HOST,
            event: event.to_owned(),
        });
    }
    let payload = request.payload()?;
    let repository = urls([payload.text("/repository/links/html/href")]);
    let changes = payload.list("/push/changes");
    Ok(changes
        .iter()
        .filter_map(|change| push(change, &repository))
        .collect())
}

fn push(change: &Value, repository: &[String]) -> Option<Push> {
    let sides = [change.get("new"), change.get("old")];
    let reference = sides.into_iter().flatten().find(|side| side.is_object())?;
    let name = text(reference, "/name").to_owned();
    Some(Push {
        repository_urls: repository.to_vec(),
        reference: match text(reference, "/type") {
            "tag" => PushedRef::Tag(name),
            _ => PushedRef::Branch(name),
        },
        revision: commit(text(change, "/new/target/hash")),
        touched_head: true,
        changed_files: Vec::new(),
    })
}
