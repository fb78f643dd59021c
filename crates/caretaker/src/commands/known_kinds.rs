//! Which well-known kinds are cluster-scoped, for work without a cluster.
//!
//! Kubernetes' own kinds, and those of add-ons that most clusters have. A kind that is not here
//! counts as namespaced, which most are; whoever asks is told so.

use std::cell::RefCell;
use std::collections::BTreeSet;

use engine::{Scope, Scopes};
use model::{ClusterId, GroupKind, GroupVersionKind};

/// Groups with their cluster-scoped kinds; all their other kinds are namespaced.
const GROUPS: [(&str, &[&str]); 48] = [
    (
        "",
        &["ComponentStatus", "Namespace", "Node", "PersistentVolume"],
    ),
    (
        "admissionregistration.k8s.io",
        &[
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
        ],
    ),
    ("apiextensions.k8s.io", &["CustomResourceDefinition"]),
    ("apiregistration.k8s.io", &["APIService"]),
    ("apps", &[]),
    ("autoscaling", &[]),
    ("batch", &[]),
    (
        "certificates.k8s.io",
        &["CertificateSigningRequest", "ClusterTrustBundle"],
    ),
    ("coordination.k8s.io", &[]),
    ("discovery.k8s.io", &[]),
    ("events.k8s.io", &[]),
    ("extensions", &[]),
    (
        "flowcontrol.apiserver.k8s.io",
        &["FlowSchema", "PriorityLevelConfiguration"],
    ),
    (
        "networking.k8s.io",
        &["IPAddress", "IngressClass", "ServiceCIDR"],
    ),
    ("node.k8s.io", &["RuntimeClass"]),
    ("policy", &["PodSecurityPolicy"]),
    (
        "rbac.authorization.k8s.io",
        &["ClusterRole", "ClusterRoleBinding"],
    ),
    (
        "resource.k8s.io",
        &["DeviceClass", "DeviceTaintRule", "ResourceSlice"],
    ),
    ("scheduling.k8s.io", &["PriorityClass"]),
    (
        "storage.k8s.io",
        &[
            "CSIDriver",
            "CSINode",
            "StorageClass",
            "VolumeAttachment",
            "VolumeAttributesClass",
        ],
    ),
    ("storagemigration.k8s.io", &["StorageVersionMigration"]),
    (
        "snapshot.storage.k8s.io",
        &["VolumeSnapshotClass", "VolumeSnapshotContent"],
    ),
    ("metrics.k8s.io", &["NodeMetrics"]),
    (
        "argoproj.io",
        &["ClusterAnalysisTemplate", "ClusterWorkflowTemplate"],
    ),
    ("source.toolkit.fluxcd.io", &[]),
    ("kustomize.toolkit.fluxcd.io", &[]),
    ("helm.toolkit.fluxcd.io", &[]),
    ("notification.toolkit.fluxcd.io", &[]),
    ("image.toolkit.fluxcd.io", &[]),
    ("monitoring.coreos.com", &[]),
    ("cert-manager.io", &["ClusterIssuer"]),
    ("acme.cert-manager.io", &[]),
    ("gateway.networking.k8s.io", &["GatewayClass"]),
    (
        "external-secrets.io",
        &[
            "ClusterExternalSecret",
            "ClusterPushSecret",
            "ClusterSecretStore",
        ],
    ),
    ("bitnami.com", &[]),
    (
        "kyverno.io",
        &[
            "ClusterCleanupPolicy",
            "ClusterPolicy",
            "GlobalContextEntry",
        ],
    ),
    ("networking.istio.io", &[]),
    ("security.istio.io", &[]),
    ("telemetry.istio.io", &[]),
    (
        "cilium.io",
        &[
            "CiliumClusterwideNetworkPolicy",
            "CiliumIdentity",
            "CiliumNode",
        ],
    ),
    (
        "crd.projectcalico.org",
        &["GlobalNetworkPolicy", "GlobalNetworkSet", "IPPool"],
    ),
    ("karpenter.sh", &["NodeClaim", "NodePool"]),
    ("keda.sh", &["ClusterTriggerAuthentication"]),
    ("traefik.io", &[]),
    ("serving.knative.dev", &[]),
    ("tekton.dev", &["ClusterTask"]),
    ("velero.io", &[]),
    ("autoscaling.k8s.io", &[]),
];

/// What is known without asking a cluster.
#[derive(Debug)]
pub struct KnownKinds<'a> {
    settings: &'a argo::Settings,
    guessed: RefCell<BTreeSet<GroupKind>>,
}

impl<'a> KnownKinds<'a> {
    /// Kinds that the settings exclude are excluded here too.
    pub fn new(settings: &'a argo::Settings) -> Self {
        Self {
            settings,
            guessed: RefCell::default(),
        }
    }

    /// The kinds that were asked for and are not known.
    pub fn guessed(&self) -> BTreeSet<GroupKind> {
        self.guessed.borrow().clone()
    }
}

impl Scopes for KnownKinds<'_> {
    fn scope(&self, kind: &GroupVersionKind) -> Scope {
        let scope = scope(&kind.group_kind);
        if scope == Scope::Unknown {
            self.guessed.borrow_mut().insert(kind.group_kind.clone());
        }
        scope
    }

    fn excluded(&self, kind: &GroupKind) -> bool {
        self.settings.is_excluded(kind, ClusterId::IN_CLUSTER)
    }
}

fn scope(kind: &GroupKind) -> Scope {
    match GROUPS.iter().find(|(group, _)| **group == *kind.group) {
        Some((_, cluster)) if cluster.contains(&&*kind.kind) => Scope::Cluster,
        Some(_) => Scope::Namespaced,
        None => Scope::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_known_groups_have_a_scope() {
        let of = |group, kind| scope(&GroupKind::new(group, kind));
        assert_eq!(of("", "Namespace"), Scope::Cluster);
        assert_eq!(of("", "ConfigMap"), Scope::Namespaced);
        assert_eq!(
            of("rbac.authorization.k8s.io", "ClusterRole"),
            Scope::Cluster
        );
        assert_eq!(of("example.com", "Widget"), Scope::Unknown);
    }
}
