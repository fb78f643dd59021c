//! The kinds this program speaks of, known beforehand.

use cluster::ApiResource;
use model::GroupVersionKind;

fn kind(api_version: &str, kind: &str, plural: &str, namespaced: bool) -> ApiResource {
    ApiResource::new(
        GroupVersionKind::from_api_version(api_version, kind),
        plural,
        namespaced,
    )
}

/// `ConfigMap`
pub fn config_map() -> ApiResource {
    kind("v1", "ConfigMap", "configmaps", true)
}

/// `Deployment`
pub fn deployment() -> ApiResource {
    kind("apps/v1", "Deployment", "deployments", true)
}

/// `Service`
pub fn service() -> ApiResource {
    kind("v1", "Service", "services", true)
}

/// `ServiceAccount`
pub fn service_account() -> ApiResource {
    kind("v1", "ServiceAccount", "serviceaccounts", true)
}

/// `Role`
pub fn role() -> ApiResource {
    kind("rbac.authorization.k8s.io/v1", "Role", "roles", true)
}

/// `RoleBinding`
pub fn role_binding() -> ApiResource {
    kind(
        "rbac.authorization.k8s.io/v1",
        "RoleBinding",
        "rolebindings",
        true,
    )
}

/// The kinds an app is made of.
pub fn of_apps() -> [ApiResource; 6] {
    [
        config_map(),
        deployment(),
        service(),
        service_account(),
        role(),
        role_binding(),
    ]
}

/// `Secret`
pub fn secret() -> ApiResource {
    kind("v1", "Secret", "secrets", true)
}

/// `Namespace`
pub fn namespace() -> ApiResource {
    kind("v1", "Namespace", "namespaces", false)
}

/// `CustomResourceDefinition`
pub fn definition() -> ApiResource {
    let group = "apiextensions.k8s.io/v1";
    kind(
        group,
        "CustomResourceDefinition",
        "customresourcedefinitions",
        false,
    )
}

/// Argo CD's `Application`
pub fn application() -> ApiResource {
    kind("argoproj.io/v1alpha1", "Application", "applications", true)
}

/// Argo CD's `AppProject`
pub fn project() -> ApiResource {
    kind("argoproj.io/v1alpha1", "AppProject", "appprojects", true)
}
