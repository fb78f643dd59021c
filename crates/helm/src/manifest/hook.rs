//! Hooks: manifests that Helm applies at moments of a release, apart from the others.
//!
//! Comes in: the head of a manifest. Goes out: at which moments it is wanted, in which order, and
//! when it is deleted. A hook that names a moment nobody knows, such as Helm 2's `crd-install`, is
//! dropped. Source: Helm 4.2, pkg/release/v1/util/manifest_sorter.go.

use super::Head;
use serde_json::Value;

const EVENTS: &str = "helm.sh/hook";
const WEIGHT: &str = "helm.sh/hook-weight";
const DELETE_POLICIES: &str = "helm.sh/hook-delete-policy";
const OUTPUT_LOG_POLICIES: &str = "helm.sh/hook-output-log-policy";

/// A hook.
#[derive(Clone, PartialEq, Debug)]
pub struct Hook {
    /// The file it comes from: `chart/templates/job.yaml`.
    pub path: String,
    /// Its text.
    pub content: String,
    /// Its value.
    pub value: Value,
    /// Its kind and name.
    pub head: Head,
    /// When it is applied.
    pub events: Vec<HookEvent>,
    /// Its place among the hooks of a moment, lowest first.
    pub weight: i64,
    /// When it is deleted, as written but in small letters.
    pub delete_policies: Vec<String>,
    /// When its output is printed, as written but in small letters.
    pub output_log_policies: Vec<String>,
}

/// A moment of a release.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum HookEvent {
    PreInstall,
    PostInstall,
    PreDelete,
    PostDelete,
    PreUpgrade,
    PostUpgrade,
    PreRollback,
    PostRollback,
    Test,
}

/// What a manifest is.
pub enum Role {
    /// An object of the release.
    Plain,
    /// A hook, with its events.
    Hook(Vec<HookEvent>),
    /// A hook at moments nobody knows, as written.
    Unknown(String),
}

impl HookEvent {
    /// The moment of this name.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "pre-install" => Self::PreInstall,
            "post-install" => Self::PostInstall,
            "pre-delete" => Self::PreDelete,
            "post-delete" => Self::PostDelete,
            "pre-upgrade" => Self::PreUpgrade,
            "post-upgrade" => Self::PostUpgrade,
            "pre-rollback" => Self::PreRollback,
            "post-rollback" => Self::PostRollback,
            "test" | "test-success" => Self::Test,
            _ => return None,
        })
    }
}

impl Role {
    /// What a manifest is by its head.
    pub fn of(head: &Head) -> Self {
        let Some(written) = head.annotations.get(EVENTS) else {
            return Self::Plain;
        };
        let names = written.split(',').map(|name| name.trim().to_lowercase());
        match names.map(|name| HookEvent::named(&name)).collect() {
            Some(events) => Self::Hook(events),
            None => Self::Unknown(written.clone()),
        }
    }
}

impl Hook {
    /// A hook, the rest of it from its head.
    pub fn new(
        path: &str,
        content: &str,
        value: Value,
        head: Head,
        events: Vec<HookEvent>,
    ) -> Self {
        let weight = head.annotations.get(WEIGHT).map(|weight| weight.parse());
        Self {
            path: path.to_owned(),
            content: content.to_owned(),
            value,
            events,
            weight: weight.and_then(Result::ok).unwrap_or(0),
            delete_policies: listed(&head, DELETE_POLICIES),
            output_log_policies: listed(&head, OUTPUT_LOG_POLICIES),
            head,
        }
    }

    /// Is it run by `helm test`?
    pub fn is_test(&self) -> bool {
        self.events.contains(&HookEvent::Test)
    }
}

fn listed(head: &Head, annotation: &str) -> Vec<String> {
    let written = head.annotations.get(annotation);
    let items = written.into_iter().flat_map(|list| list.split(','));
    items.map(|item| item.trim().to_lowercase()).collect()
}
