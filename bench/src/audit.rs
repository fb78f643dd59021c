//! What Caretaker asked the API server for, from the audit log: by its user, not by its own word.

use crate::scene::CARETAKER_USER;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use testbed::{AuditMark, ControlPlane};

/// Requests of a window.
#[derive(Serialize, Clone, Debug, Default)]
pub struct Requests {
    /// Requests that change something.
    pub writes: usize,
    /// Gets, lists, discovery, and dry runs, which change nothing either.
    pub reads: usize,
    /// Dry runs alone.
    pub dry_runs: usize,
    /// Watches that were opened: the server ends each after some minutes.
    pub watches: usize,
    /// How many of each, as in `patch applications`.
    pub by_what: BTreeMap<String, usize>,
}

/// Counts Caretaker's requests since the mark.
pub fn requests_since(plane: &ControlPlane, mark: AuditMark) -> Requests {
    let ours = |line: &Value| line["user"]["username"] == CARETAKER_USER;
    let mut requests = Requests::default();
    for line in plane.audit_lines_since(mark, ours) {
        requests.count(&line);
    }
    requests
}

impl Requests {
    fn count(&mut self, line: &Value) {
        let text = |field: &str| line[field].as_str().unwrap_or_default();
        let (verb, stage, uri) = (text("verb"), text("stage"), text("requestURI"));
        let dry_run = uri.contains("dryRun=All");
        match verb {
            // A watch has a second line as it ends.
            "watch" if stage != "ResponseStarted" => return,
            "watch" => self.watches += 1,
            "get" | "list" | "head" => self.reads += 1,
            _ if dry_run => (self.reads, self.dry_runs) = (self.reads + 1, self.dry_runs + 1),
            _ => self.writes += 1,
        }
        let resource = line["objectRef"]["resource"].as_str();
        let dry = if dry_run { "dry-run " } else { "" };
        let what = format!("{dry}{verb} {}", resource.unwrap_or(uri));
        *self.by_what.entry(what).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_watch_counts_once_and_all_but_reads_are_writes() {
        let line = |verb: &str, stage: &str, uri: &str| {
            let pods = json!({ "resource": "pods" });
            json!({ "verb": verb, "stage": stage, "requestURI": uri, "objectRef": pods })
        };
        let mut requests = Requests::default();
        for (verb, stage, uri) in [
            ("watch", "ResponseStarted", "/p?watch=true"),
            ("watch", "ResponseComplete", "/p?watch=true"),
            ("get", "ResponseComplete", "/p"),
            ("patch", "ResponseComplete", "/p"),
            ("patch", "ResponseComplete", "/p?force=true&dryRun=All"),
        ] {
            requests.count(&line(verb, stage, uri));
        }
        assert_eq!(
            (requests.writes, requests.reads, requests.watches),
            (1, 2, 1)
        );
        assert_eq!(
            (requests.dry_runs, requests.by_what["dry-run patch pods"]),
            (1, 1)
        );
    }
}
