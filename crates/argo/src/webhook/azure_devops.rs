//! Azure DevOps: `X-Vss-Activityid`, with a user name and password. It does not say which files
//! changed.

use super::payload::{Payload, text};
use super::push::{commit, urls};
use super::{Push, PushedRef, Request, WebhookError, verify};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

const HOST: &str = "Azure DevOps";

pub(super) fn read(request: &Request<'_>) -> Result<Vec<Push>, WebhookError> {
    let secrets = request.secrets;
    let expected = format!(
        "{}:{}",
        secrets.azure_devops_username, secrets.azure_devops_password
    );
    let asked = if expected == ":" { "" } else { &expected };
    request.require(HOST, asked, || verify::is_same(&sent(request), &expected))?;
    let payload = request.payload()?;
    let event = payload.text("/eventType");
    if event != "git.push" {
        return Err(WebhookError::UnknownEvent {
            host: HOST,
            event: event.to_owned(),
        });
    }
    Ok(payload
        .list("/resource/refUpdates")
        .iter()
        .map(|update| push(update, &payload))
        .collect())
}

/// User name and password as they were sent.
fn sent(request: &Request<'_>) -> String {
    let encoded = request
        .header("Authorization")
        .strip_prefix("Basic ")
        .unwrap_or_default();
    let decoded = STANDARD.decode(encoded.trim()).unwrap_or_default();
    String::from_utf8(decoded).unwrap_or_default()
}

fn push(update: &Value, payload: &Payload) -> Push {
    let name = text(update, "/name");
    Push {
        repository_urls: urls([payload.text("/resource/repository/remoteUrl")]),
        reference: PushedRef::parse(name),
        revision: commit(text(update, "/newObjectId")),
        touched_head: name == payload.text("/resource/repository/defaultBranch"),
        changed_files: Vec::new(),
    }
}
