//! An Application as the API server gives it -> what there is to show of it. Pure: fixtures in,
//! text out.

#[cfg(test)]
mod fixtures;
mod list;
mod operation;
mod resources;
mod summary;
mod tree;

pub use list::{Listing, list_table};
pub use operation::{OperationView, is_busy, pending};
pub use resources::{ResourceLine, resource_lines, result_lines};
pub use summary::summary;
pub use tree::{Shape, Shown, resource_table, tree_table};

use model::ClusterId;
use serde_json::Value;

/// A look at one Application.
#[derive(Clone, Copy, Debug)]
pub struct ApplicationView<'a>(pub &'a Value);

impl<'a> ApplicationView<'a> {
    /// A text, empty when absent.
    pub fn text(self, pointer: &str) -> &'a str {
        self.0
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    fn list(self, pointer: &str) -> impl Iterator<Item = &'a Value> {
        self.0
            .pointer(pointer)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    }

    /// Its name.
    pub fn name(self) -> &'a str {
        self.text("/metadata/name")
    }

    /// Its namespace.
    pub fn namespace(self) -> &'a str {
        self.text("/metadata/namespace")
    }

    /// Its project.
    pub fn project(self) -> &'a str {
        or(self.text("/spec/project"), "default")
    }

    /// `Synced`, `OutOfSync` or `Unknown`.
    pub fn sync(self) -> &'a str {
        or(self.text("/status/sync/status"), "Unknown")
    }

    /// As in `Healthy`.
    pub fn health(self) -> &'a str {
        or(self.text("/status/health/status"), "Unknown")
    }

    /// The revision it was compared with; several are separated by commas.
    pub fn revision(self) -> String {
        let one = self.text("/status/sync/revision");
        if !one.is_empty() {
            return one.to_owned();
        }
        let several = self
            .list("/status/sync/revisions")
            .filter_map(Value::as_str);
        several.collect::<Vec<_>>().join(",")
    }

    /// The same as people name commits.
    pub fn short_revision(self) -> String {
        let revision = self.revision();
        revision.split(',').map(short).collect::<Vec<_>>().join(",")
    }

    /// Cluster and namespace.
    pub fn destination(self) -> String {
        let server = match self.text("/spec/destination/server") {
            "" => or(self.text("/spec/destination/name"), "in-cluster"),
            ClusterId::IN_CLUSTER => "in-cluster",
            server => server,
        };
        match self.text("/spec/destination/namespace") {
            "" => server.to_owned(),
            namespace => format!("{server}/{namespace}"),
        }
    }

    /// Its sources, one or several.
    pub fn sources(self) -> Vec<SourceView<'a>> {
        let several: Vec<_> = self.list("/spec/sources").map(SourceView).collect();
        match several.is_empty() {
            true => self
                .0
                .pointer("/spec/source")
                .map(SourceView)
                .into_iter()
                .collect(),
            false => several,
        }
    }

    /// Its conditions: type, message, since when.
    pub fn conditions(self) -> Vec<(&'a str, &'a str, &'a str)> {
        let text = |value: &'a Value, field: &str| {
            value.get(field).and_then(Value::as_str).unwrap_or_default()
        };
        let condition = |value: &'a Value| {
            (
                text(value, "type"),
                text(value, "message"),
                text(value, "lastTransitionTime"),
            )
        };
        self.list("/status/conditions").map(condition).collect()
    }

    /// Automatic syncing, in words.
    pub fn auto_sync(self) -> String {
        let Some(policy) = self
            .0
            .pointer("/spec/syncPolicy/automated")
            .filter(|p| p.is_object())
        else {
            return "off".to_owned();
        };
        let on = |field: &str| policy.get(field).and_then(Value::as_bool).unwrap_or(false);
        if policy.get("enabled").and_then(Value::as_bool) == Some(false) {
            return "off".to_owned();
        }
        let parts = [
            ("prune", "prune"),
            ("selfHeal", "self-heal"),
            ("allowEmpty", "allow empty"),
        ];
        let parts: Vec<_> = parts
            .iter()
            .filter(|(field, _)| on(field))
            .map(|(_, word)| *word)
            .collect();
        match parts.is_empty() {
            true => "on".to_owned(),
            false => format!("on ({})", parts.join(", ")),
        }
    }
}

/// A look at one source.
#[derive(Clone, Copy, Debug)]
pub struct SourceView<'a>(&'a Value);

impl<'a> SourceView<'a> {
    fn text(self, field: &str) -> &'a str {
        self.0
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// The repository's URL, without a password somebody may have put in it.
    pub fn repository(self) -> String {
        without_password(self.text("repoURL"))
    }

    /// The folder, or the chart.
    pub fn path(self) -> &'a str {
        or(self.text("path"), self.text("chart"))
    }

    /// What is followed.
    pub fn target(self) -> &'a str {
        or(self.text("targetRevision"), "HEAD")
    }
}

/// A commit as people name it; anything else as it is.
pub fn short(revision: &str) -> &str {
    let commit = revision.len() >= 40 && revision.bytes().all(|byte| byte.is_ascii_hexdigit());
    if commit { &revision[..7] } else { revision }
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let authority = rest.split('/').next().unwrap_or_default();
    match authority.rfind('@') {
        Some(at) if scheme != "ssh" || authority[..at].contains(':') => {
            format!("{scheme}://{}", &rest[at + 1..])
        }
        _ => url.to_owned(),
    }
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_urls_are_not_shown() {
        for (url, shown) in [
            ("https://ann:pass@word@host/a@b", "https://host/a@b"),
            ("https://token@host/a", "https://host/a"),
            ("ssh://git@host/a", "ssh://git@host/a"),
            ("git@host:a", "git@host:a"),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }

    #[test]
    fn only_whole_commits_are_shortened() {
        assert_eq!(short(&"ab".repeat(20)), "abababa");
        assert_eq!(short("release-2026"), "release-2026");
    }
}
