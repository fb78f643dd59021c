//! What is known of kinds without a schema: where quantities stand, where text is only text, and
//! what the server fills in.
//!
//! In: the kind and a path. Out: facts. They hold for Kubernetes' own kinds; of custom resources
//! nothing is known beyond what their ownership tells.

use crate::path::Step;
use model::GroupKind;
use serde_json::Value;

/// API groups whose types are Kubernetes' own.
const BUILT_IN: [&str; 18] = [
    "",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "apps",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "flowcontrol.apiserver.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
];

/// Maps whose values are quantities.
const OF_QUANTITIES: [&str; 12] = [
    "allocatable",
    "capacity",
    "default",
    "defaultRequest",
    "hard",
    "limits",
    "max",
    "maxLimitRequestRatio",
    "min",
    "podFixed",
    "requests",
    "used",
];

/// Fields that are quantities themselves.
const QUANTITIES: [&str; 8] = [
    "averageValue",
    "currentAverageValue",
    "divisor",
    "maximumVolumeSize",
    "minimumVolumeSize",
    "sizeLimit",
    "targetAverageValue",
    "targetValue",
];

/// What is known of one kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    built_in: bool,
    secret: bool,
    config_map: bool,
}

impl Facts {
    /// Looks a kind up.
    pub fn of(kind: &GroupKind) -> Self {
        let core = kind.group.is_empty();
        Self {
            built_in: BUILT_IN.contains(&&*kind.group),
            secret: core && &*kind.kind == "Secret",
            config_map: core && &*kind.kind == "ConfigMap",
        }
    }

    /// Is it a core Secret?
    pub fn is_secret(&self) -> bool {
        self.secret
    }

    /// Does a quantity stand at this path, which the server writes in its own spelling?
    pub fn is_quantity(&self, path: &[Step<'_>]) -> bool {
        let mut names = path.iter().rev().map(|step| match step {
            Step::Field(name) => name,
            _ => "",
        });
        let (last, parent) = (names.next().unwrap_or(""), names.next().unwrap_or(""));
        let metric_value = last == "value" && matches!(parent, "target" | "current");
        self.built_in
            && (OF_QUANTITIES.contains(&parent) || QUANTITIES.contains(&last) || metric_value)
    }

    /// Do base64 texts stand below this path?
    pub fn is_binary(&self, path: &[Step<'_>]) -> bool {
        match path {
            [Step::Field("data"), ..] => self.secret,
            [Step::Field("binaryData"), ..] => self.config_map,
            _ => false,
        }
    }

    /// Is this map one of names to free text, kept as it is and merged by name?
    pub fn is_text_map(&self, path: &[Step<'_>]) -> bool {
        match path {
            [
                Step::Field("metadata"),
                Step::Field("labels" | "annotations"),
            ] => true,
            [Step::Field("data")] => self.secret || self.config_map,
            [Step::Field("binaryData")] => self.config_map,
            _ => false,
        }
    }

    /// Would the server fill this in by itself when it is left out, whatever stood there before?
    /// `path` leads to the field.
    pub fn is_default(&self, path: &[Step<'_>], value: &Value) -> bool {
        let mut names = path.iter().rev().filter_map(|step| match step {
            Step::Field(name) => Some(*name),
            _ => None,
        });
        let (last, parent) = (names.next().unwrap_or(""), names.next().unwrap_or(""));
        let text = value.as_str().unwrap_or("");
        self.built_in
            && match (parent, last) {
                ("ports", "protocol") => text == "TCP",
                ("fieldRef", "apiVersion") => text == "v1",
                ("resourceFieldRef", "divisor") => text == "0",
                ("volumeClaimTemplates", "apiVersion") => text == "v1",
                ("volumeClaimTemplates", "kind") => text == "PersistentVolumeClaim",
                ("volumeClaimTemplates", "status") => {
                    *value == serde_json::json!({"phase": "Pending"})
                }
                ("spec", "volumeMode") => text == "Filesystem",
                ("metadata", "creationTimestamp") => value.is_null(),
                ("rules", "scope") => text == "*",
                ("roleRef", "apiGroup") => text == "rbac.authorization.k8s.io",
                ("subjects", "apiGroup") => text == "rbac.authorization.k8s.io",
                _ => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_known_by_where_they_stand() {
        let deployment = Facts::of(&GroupKind::new("apps", "Deployment"));
        let custom = Facts::of(&GroupKind::new("example.org", "Thing"));
        let path = [
            Step::Field("resources"),
            Step::Field("limits"),
            Step::Field("cpu"),
        ];
        assert!(deployment.is_quantity(&path) && !custom.is_quantity(&path));
        assert!(!deployment.is_quantity(&[Step::Field("labels"), Step::Field("cpu")]));
        assert!(deployment.is_quantity(&[Step::Field("emptyDir"), Step::Field("sizeLimit")]));
    }
}
