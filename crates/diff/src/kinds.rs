//! What is known of kinds without a schema: where quantities stand, where text is only text, and
//! what the server fills in.
//!
//! In: the kind and a path. Out: facts. They hold for Kubernetes' own kinds; of custom resources
//! nothing is known beyond what their ownership tells.

use crate::known::{Known, is_plain_flag};
use crate::path::Step;
use model::GroupKind;
use serde_json::Value;

/// API groups whose types are Kubernetes' own.
const BUILT_IN: [&str; 20] = [
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
    "resource.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
    "storagemigration.k8s.io",
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

/// Flags of other kinds than those of Pods that are left out when they are false.
const FLAGS: [&str; 4] = [
    "globalDefault",
    "paused",
    "publishNotReadyAddresses",
    "unschedulable",
];

/// Maps by name that are left out when they are empty.
const MAPS: [&str; 5] = [
    "limits",
    "matchLabels",
    "nodeSelector",
    "parameters",
    "requests",
];

/// What is known of one kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    built_in: bool,
    secret: bool,
    config_map: bool,
    /// Types of fields of the kind that the settings tell.
    known: &'a [Known],
    /// Does `status` count like any other field?
    pub status_counts: bool,
}

impl<'a> Facts<'a> {
    /// Looks a kind up.
    pub fn of(kind: &GroupKind) -> Self {
        let core = kind.group.is_empty();
        Self {
            built_in: BUILT_IN.contains(&&*kind.group),
            secret: core && &*kind.kind == "Secret",
            config_map: core && &*kind.kind == "ConfigMap",
            known: &[],
            status_counts: false,
        }
    }

    /// The same with what the settings tell.
    pub fn with(self, known: &'a [Known], status_counts: bool) -> Self {
        Self {
            known,
            status_counts,
            ..self
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
        // A CSIStorageCapacity is one.
        let of_root = last == "capacity" && path.len() == 1;
        let named = OF_QUANTITIES.contains(&parent)
            || QUANTITIES.contains(&last)
            || metric_value
            || of_root;
        let mut known = self.known.iter();
        (self.built_in && named) || known.any(|field| field.is_quantity(path, named))
    }

    /// Do the settings tell of any field of this kind?
    pub fn is_typed(&self) -> bool {
        !self.known.is_empty()
    }

    /// Does a duration stand at this path, of which the settings say so?
    pub fn is_duration(&self, path: &[Step<'_>]) -> bool {
        self.known.iter().any(|field| field.is_duration(path))
    }

    /// Is nothing left of this value when it is written by its type, Kubernetes' own or the one
    /// that the settings tell? Of values that may be told from absent ones all is left.
    pub fn is_left_out(&self, path: &[Step<'_>], value: &Value) -> bool {
        let mut names = path.iter().rev().filter_map(|step| match step {
            Step::Field(name) => Some(*name),
            _ => None,
        });
        let (last, parent) = (names.next().unwrap_or(""), names.next().unwrap_or(""));
        match value {
            Value::Bool(false) => {
                let mut known = self.known.iter();
                (self.built_in && (is_plain_flag(parent, last) || FLAGS.contains(&last)))
                    || known.any(|field| field.is_plain_flag(path))
            }
            Value::String(text) => {
                self.built_in && text.is_empty() && (parent, last) == ("env", "value")
            }
            Value::Object(fields) => self.built_in && fields.is_empty() && MAPS.contains(&last),
            _ => false,
        }
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
                ("rules" | "resourceRules" | "excludeResourceRules", "scope") => text == "*",
                ("matchConstraints" | "matchResources", "matchPolicy") => text == "Equivalent",
                ("serviceAccountToken", "expirationSeconds") => *value == 3600,
                ("exactly" | "requests" | "firstAvailable", "allocationMode") => {
                    text == "ExactCount"
                }
                ("exactly" | "requests" | "firstAvailable", "count") => *value == 1,
                ("tolerations", "operator") => {
                    text == "Equal" && path.contains(&Step::Field("devices"))
                }
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
