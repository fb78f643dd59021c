//! What a cluster can do, as charts ask.
//!
//! In: a discovery, and the server's version. Out: the version, and every group version and kind.

use cluster::Discovery;
use render::Capabilities;
use std::collections::BTreeSet;

/// Argo CD 3.5: util/argo/argo.go (APIResourcesToStrings).
pub fn capabilities(discovery: &Discovery, server_version: &str) -> Capabilities {
    let mut api_versions = BTreeSet::new();
    for gvk in discovery.kinds.keys() {
        let version = gvk.api_version();
        api_versions.insert(format!("{version}/{}", gvk.group_kind.kind));
        api_versions.insert(version);
    }
    Capabilities {
        kube_version: server_version.to_owned(),
        api_versions: api_versions.into_iter().collect(),
    }
}
