//! Which kinds a tree is made of, and how much of their objects it needs.

use cluster::{ApiResource, ListOptions};
use model::GroupKind;

/// What is asked of the server: the objects of one kind in one place.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The kind.
    pub resource: ApiResource,
    /// Where, and how much.
    pub options: ListOptions,
}

impl Ask {
    /// The objects of a kind in a namespace, or everywhere.
    pub fn of(resource: &ApiResource, namespace: Option<&str>) -> Self {
        Self {
            resource: resource.clone(),
            options: ListOptions {
                namespace: namespace.map(str::to_owned),
                metadata_only: metadata_is_enough(&resource.gvk.group_kind),
                ..ListOptions::default()
            },
        }
    }

    /// One cluster-scoped object of a kind, whole.
    pub fn one(resource: &ApiResource, name: &str) -> Self {
        Self {
            resource: resource.clone(),
            options: ListOptions {
                field_selector: Some(format!("metadata.name={name}")),
                ..ListOptions::default()
            },
        }
    }

    /// Of Secrets only metadata is read, which does not tell which are tokens of accounts: those
    /// are asked for once more, by their type.
    pub fn tokens(&self) -> Option<Self> {
        let kind = &self.resource.gvk.group_kind;
        let is_secret = kind.group.is_empty() && &*kind.kind == "Secret";
        is_secret.then(|| {
            let mut tokens = self.clone();
            tokens.options.field_selector = Some(format!("type={TOKEN}"));
            tokens
        })
    }

    /// Are these the tokens?
    pub fn is_of_tokens(&self) -> bool {
        let selector = self.options.field_selector.as_deref();
        selector.is_some_and(|selector| selector.strip_prefix("type=") == Some(TOKEN))
    }
}

/// The type of Secrets that are tokens of accounts.
pub const TOKEN: &str = "kubernetes.io/service-account-token";

/// Nothing is told of these kinds that is not in their metadata: no health, no info.
fn metadata_is_enough(kind: &GroupKind) -> bool {
    match &*kind.group {
        "" => matches!(
            &*kind.kind,
            "ConfigMap"
                | "Endpoints"
                | "LimitRange"
                | "PodTemplate"
                | "ResourceQuota"
                | "Secret"
                | "ServiceAccount"
        ),
        "networking.k8s.io" => &*kind.kind != "Ingress",
        "admissionregistration.k8s.io"
        | "coordination.k8s.io"
        | "discovery.k8s.io"
        | "rbac.authorization.k8s.io"
        | "resource.k8s.io"
        | "scheduling.k8s.io"
        | "storage.k8s.io" => true,
        _ => false,
    }
}

/// May a cluster-scoped object of this kind own objects in namespaces? Those of Kubernetes itself
/// do not, which spares reading all namespaces.
pub fn may_own_across(kind: &GroupKind) -> bool {
    let group = &*kind.group;
    !(group.is_empty() || group.ends_with(".k8s.io"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::GroupVersionKind;

    fn kind(api_version: &str, kind: &str) -> ApiResource {
        ApiResource::new(
            GroupVersionKind::from_api_version(api_version, kind),
            "x",
            true,
        )
    }

    #[test]
    fn values_of_secrets_are_never_read() {
        let secrets = Ask::of(&kind("v1", "Secret"), Some("shop"));
        let tokens = secrets.tokens().unwrap();
        assert!(secrets.options.metadata_only && tokens.options.metadata_only);
        assert!(tokens.is_of_tokens() && !secrets.is_of_tokens());
        assert!(!Ask::of(&kind("v1", "Pod"), None).options.metadata_only);
        assert!(Ask::of(&kind("v1", "Pod"), None).tokens().is_none());
        assert!(!Ask::one(&kind("v1", "Namespace"), "shop").is_of_tokens());
    }

    #[test]
    fn owners_across_namespaces_are_custom_resources() {
        let owns =
            |api_version: &str, name: &str| may_own_across(&kind(api_version, name).gvk.group_kind);
        assert!(owns("pkg.crossplane.io/v1", "Provider"));
        assert!(!owns("v1", "Namespace") && !owns("rbac.authorization.k8s.io/v1", "ClusterRole"));
    }
}
