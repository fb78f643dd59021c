//! Where an app's objects go.
//!
//! Comes in: `spec.destination`. Goes out: the cluster and namespace. Exactly one of server and
//! name must be there; only the cluster Caretaker runs in is known so far.
//! Source: Argo CD 3.5: util/argo/argo.go (GetDestinationServer).

use crate::fields::{Object, Problems};
use model::{ClusterId, Destination};

/// The name of the cluster Caretaker runs in.
pub(crate) const IN_CLUSTER_NAME: &str = "in-cluster";

pub(super) fn read(block: &Object<'_>, problems: &Problems) -> Destination {
    let server = block.text("server").trim_end_matches('/');
    let name = block.text("name");
    let namespace = block.text("namespace").into();
    if let Some(problem) = problem_of(server, name) {
        problems.add(problem);
    }
    let cluster = match (server, name) {
        ("", IN_CLUSTER_NAME) => ClusterId::in_cluster(),
        ("", name) => ClusterId(name.into()),
        (server, _) => ClusterId(server.into()),
    };
    Destination { cluster, namespace }
}

fn problem_of(server: &str, name: &str) -> Option<String> {
    const ONLY: &str = "only the cluster Caretaker runs in is supported yet";
    match (server, name) {
        ("", "") => Some("Destination server missing from app spec".to_owned()),
        (ClusterId::IN_CLUSTER, "") | ("", IN_CLUSTER_NAME) => None,
        ("", name) => Some(format!(
            "there are no clusters with this name: {name} ({ONLY})"
        )),
        (server, "") => Some(format!("Cluster does not exist: {server} ({ONLY})")),
        (server, name) => Some(format!(
            "application destination can't have both name and server defined: {name} {server}"
        )),
    }
}
