//! What of an app's namespace may be called orphaned.
//!
//! Source: Argo CD 3.5: controller/appcontroller.go (isKnownOrphanedResourceExclusion).

use model::ObjectKey;
use model::glob::Glob;

/// A kind or name that the project does not count as orphaned. Empty matches all, but for the
/// group, which is the core group then.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OrphanKey {
    /// Group, a glob.
    pub group: String,
    /// Kind, a glob.
    pub kind: String,
    /// Name, a glob.
    pub name: String,
}

/// What a project says of orphans; projects that say nothing have none told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Orphans {
    /// Whether apps get a warning.
    pub warn: bool,
    /// What does not count.
    pub ignore: Vec<OrphanKey>,
}

impl Orphans {
    /// Reads `spec.orphanedResources` of a project.
    pub fn of_project(project: &serde_json::Value) -> Option<Self> {
        let settings = project.pointer("/spec/orphanedResources")?.as_object()?;
        let listed = settings.get("ignore").and_then(|list| list.as_array());
        let text = |item: &serde_json::Value, name: &str| {
            item[name].as_str().unwrap_or_default().to_owned()
        };
        Some(Self {
            warn: settings.get("warn").is_some_and(|warn| *warn == true),
            ignore: listed
                .into_iter()
                .flatten()
                .map(|item| OrphanKey {
                    group: text(item, "group"),
                    kind: text(item, "kind"),
                    name: text(item, "name"),
                })
                .collect(),
        })
    }

    /// Does an object that belongs to no app still not count?
    pub fn excuses(&self, key: &ObjectKey) -> bool {
        is_made_by_kubernetes(key) || self.ignore.iter().any(|item| item.names(key))
    }
}

impl OrphanKey {
    fn names(&self, key: &ObjectKey) -> bool {
        let like = |pattern: &str, text: &str| {
            Glob::gobwas(pattern, None).is_some_and(|glob| glob.matches(text))
        };
        (self.kind.is_empty() || like(&self.kind, &key.group_kind.kind))
            && like(&self.group, &key.group_kind.group)
            && (self.name.is_empty() || like(&self.name, &key.name))
    }
}

fn is_made_by_kubernetes(key: &ObjectKey) -> bool {
    let kind = &key.group_kind;
    kind.group.is_empty()
        && match (&*kind.kind, &*key.name) {
            ("Service", "kubernetes") => &*key.namespace == "default",
            ("ServiceAccount", "default") | ("ConfigMap", "kube-root-ca.crt") => true,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ClusterId, GroupKind};
    use serde_json::json;

    fn key(group: &str, kind: &str, namespace: &str, name: &str) -> ObjectKey {
        ObjectKey {
            cluster: ClusterId::in_cluster(),
            group_kind: GroupKind::new(group, kind),
            namespace: namespace.into(),
            name: name.into(),
        }
    }

    #[test]
    fn known_orphaned_resource_exceptions() {
        let project = json!({"spec": {"orphanedResources": {"warn": true, "ignore": [
            {"kind": "ConfigMap", "name": "kube-*"},
            {"group": "batch"},
        ]}}});
        let orphans = Orphans::of_project(&project).unwrap();
        assert!(orphans.warn);
        for (key, excused) in [
            (key("", "ServiceAccount", "shop", "default"), true),
            (key("", "Service", "default", "kubernetes"), true),
            (key("", "Service", "shop", "kubernetes"), false),
            (key("", "ConfigMap", "shop", "kube-root-ca.crt"), true),
            (key("", "ConfigMap", "shop", "kube-flags"), true),
            (key("", "ConfigMap", "shop", "flags"), false),
            (key("batch", "Job", "shop", "x"), true),
            (key("apps", "Deployment", "shop", "x"), false),
        ] {
            assert_eq!(orphans.excuses(&key), excused, "{key}");
        }
        assert_eq!(Orphans::of_project(&json!({"spec": {}})), None);
    }
}
