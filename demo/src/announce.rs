//! What Git hosts do after a push: they tell whoever subscribed.
//!
//! In: the references that were pushed, on stdin, as git gives them to a `post-receive` hook; run
//! in the repository. Out: a webhook of GitHub's kind, signed with the secret, and the time of the
//! push in the file [`PUSHED_AT`].

use crate::http;
use anyhow::{Context, Result, bail};
use clap::Args;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// Holds the time of the last push, in nanoseconds since 1970; in the bare repository.
pub const PUSHED_AT: &str = "pushed-at";

/// Whom to tell, and in whose name.
#[derive(Args)]
pub struct Options {
    /// Where webhooks are taken.
    #[arg(long)]
    webhook: SocketAddr,
    /// The file that holds the secret of webhooks.
    #[arg(long)]
    secret_file: PathBuf,
    /// The repository's page.
    #[arg(long)]
    page: String,
}

/// A reference that was pushed.
struct Push {
    before: String,
    after: String,
    reference: String,
}

/// Tells of every pushed reference.
pub fn announce(options: &Options) -> Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    std::fs::write(PUSHED_AT, now.as_nanos().to_string())?;
    let secret = std::fs::read(&options.secret_file).context("cannot read the webhook's secret")?;
    for line in std::io::stdin().lines() {
        send(options, &secret, &payload(&options.page, &parse(&line?)?)?)?;
    }
    Ok(())
}

fn parse(line: &str) -> Result<Push> {
    let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
    let [before, after, reference] = <[String; 3]>::try_from(words)
        .map_err(|words| anyhow::anyhow!("git gave {} words, not 3", words.len()))?;
    Ok(Push {
        before,
        after,
        reference,
    })
}

fn payload(page: &str, push: &Push) -> Result<Value> {
    Ok(json!({
        "ref": push.reference,
        "before": push.before,
        "after": push.after,
        "repository": {"html_url": page, "default_branch": "main"},
        "commits": [{"id": push.after, "added": [], "modified": changed_files(push)?, "removed": []}],
    }))
}

/// The files that differ; none where a branch was made or deleted.
fn changed_files(push: &Push) -> Result<Vec<String>> {
    let none = |id: &str| id.bytes().all(|digit| digit == b'0');
    if none(&push.before) || none(&push.after) {
        return Ok(Vec::new());
    }
    let mut diff = Command::new("git");
    let diff = diff.args([
        "diff",
        "--name-only",
        "--no-renames",
        &push.before,
        &push.after,
    ]);
    let output = diff.output().context("cannot run git")?;
    Ok(String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(str::to_owned)
        .collect())
}

fn send(options: &Options, secret: &[u8], payload: &Value) -> Result<()> {
    let body = payload.to_string();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).context("the secret is unfit")?;
    mac.update(body.as_bytes());
    let digits = mac.finalize().into_bytes();
    let hex: String = digits.iter().map(|byte| format!("{byte:02x}")).collect();
    let headers = [
        ("Content-Type", "application/json"),
        ("X-GitHub-Event", "push"),
        ("X-Hub-Signature-256", &format!("sha256={hex}")),
    ];
    let answer = http::post(options.webhook, "/api/webhook", &headers, body.as_bytes());
    match answer.context("the webhook could not be delivered")? {
        (200, _) => Ok(()),
        (status, said) => bail!("the webhook was refused: {status} {said}"),
    }
}
