//! A push as GitHub tells it, signed.

use crate::http;
use crate::monorepo::Monorepo;
use anyhow::Result;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use std::net::SocketAddr;

/// What webhooks are signed with: the scene's `argocd-secret` holds it too.
pub const SECRET: &str = "bench-webhook-secret";

/// Tells Caretaker of a push of one file.
pub async fn push(
    caretaker: SocketAddr,
    repository: &Monorepo,
    commit: &str,
    file: &str,
) -> Result<()> {
    let page = format!("http://127.0.0.1/{}", repository.name);
    let body = json!({
        "ref": "refs/heads/main",
        "after": commit,
        "repository": { "html_url": page, "default_branch": "main" },
        "commits": [{ "id": commit, "added": [], "modified": [file], "removed": [] }],
    });
    let body = body.to_string();
    let signature = format!("sha256={}", signature(body.as_bytes())?);
    let headers = [
        ("content-type", "application/json"),
        ("x-github-event", "push"),
        ("x-hub-signature-256", signature.as_str()),
    ];
    http::post(caretaker, "/api/webhook", &headers, body.into())
        .await
        .map(drop)
}

fn signature(body: &[u8]) -> Result<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes())?;
    mac.update(body);
    let digest = mac.finalize().into_bytes();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}
