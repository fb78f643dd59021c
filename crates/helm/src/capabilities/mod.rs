//! What the cluster can do: `.Capabilities`.
//!
//! Comes in: a version of Kubernetes and API versions, or nothing. Goes out: the object templates
//! ask, with the answers the `helm` program gives offline where nothing is known. Source: Helm 4.2,
//! pkg/chart/common/capabilities.go.

mod api_versions;
mod kube_version;
mod object;

pub use api_versions::ApiVersions;
pub use kube_version::{KubeVersion, KubeVersionError};

/// What a cluster can do, and which Helm asks.
#[derive(Clone, Debug, Default)]
pub struct Capabilities {
    /// The version of Kubernetes.
    pub kube_version: KubeVersion,
    /// API versions, and kinds as `group/version/Kind` where a cluster was asked.
    pub api_versions: ApiVersions,
    /// The version of Helm.
    pub helm_version: HelmVersion,
}

/// `.Capabilities.HelmVersion`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelmVersion {
    /// `v4.2.4`.
    pub version: String,
    /// The commit it was built from.
    pub git_commit: String,
    /// `clean`, or nothing.
    pub git_tree_state: String,
    /// The Go it was built with.
    pub go_version: String,
    /// The Kubernetes its client belongs to.
    pub kube_client_version: String,
}

impl Default for HelmVersion {
    fn default() -> Self {
        Self {
            version: "v4.2.4".into(),
            git_commit: String::new(),
            git_tree_state: String::new(),
            go_version: "go1.26.8".into(),
            kube_client_version: "v1.36".into(),
        }
    }
}
