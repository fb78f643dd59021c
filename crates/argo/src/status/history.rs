//! `status.history`: past deployments, oldest first. An entry that is there already stays as it is
//! written, with what Argo CD may have put beside ours.
//!
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (RevisionHistory).

use super::Fields;
use super::fields::split;
use model::{HistoryEntry, Initiator, Outcome};
use serde_json::Value;

pub(super) fn entries(outcome: &Outcome, previous: &Value) -> Vec<Value> {
    let written = previous["history"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let one = |known: &HistoryEntry| {
        let same = |line: &&Value| {
            line["id"] == known.id && line["deployedAt"] == known.deployed_at.rfc3339()
        };
        written
            .iter()
            .find(same)
            .cloned()
            .unwrap_or_else(|| entry(known))
    };
    outcome.history.iter().map(one).collect()
}

fn entry(entry: &HistoryEntry) -> Value {
    let source = (*entry.source).clone();
    let followed = match source.is_array() {
        true => Fields::new()
            .set("sources", source)
            .list("revisions", split(&entry.revision.0)),
        false => Fields::new()
            .some("source", Some(source))
            .text("revision", &entry.revision.0),
    };
    Fields::new()
        .set("id", entry.id)
        .set("deployStartedAt", entry.started_at.rfc3339())
        .set("deployedAt", entry.deployed_at.rfc3339())
        .set("initiatedBy", initiator(&entry.initiated_by))
        .merge(followed)
        .done()
}

pub(super) fn initiator(initiator: &Initiator) -> Value {
    Fields::new()
        .text("username", &initiator.username)
        .flag("automated", initiator.automated)
        .done()
}
