//! Where a project's apps may write.
//!
//! Comes in: `spec.destinations`, and a cluster (server URL, name) with a namespace. Goes out: yes
//! or no: some entry must permit it, and none with a `!` may deny it.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/app_project_types.go (isDestinationMatched).

use super::{fits_pattern, is_deny};
use crate::application::IN_CLUSTER_NAME;
use crate::fields::Object;
use model::ClusterId;

/// An entry of the list; each field is a glob, with `!` in front a denial.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DestinationRule {
    /// Server URL.
    pub server: String,
    /// Name of the cluster.
    pub name: String,
    /// Namespace.
    pub namespace: String,
}

/// May the place be written to? An empty server or name is one that is not known.
pub fn is_destination_permitted(
    rules: &[DestinationRule],
    server: &str,
    name: &str,
    namespace: &str,
) -> bool {
    let mut permitted = false;
    for rule in rules {
        let by_name = !name.is_empty() && fits_pattern(&rule.name, name, true);
        let by_server = !server.is_empty() && fits_pattern(&rule.server, server, true);
        let in_namespace = fits_pattern(&rule.namespace, namespace, true);
        if (by_server || by_name) && in_namespace {
            permitted = true;
        } else if (!by_name && is_deny(&rule.name))
            || (!by_server && is_deny(&rule.server) && in_namespace)
            || (!in_namespace && is_deny(&rule.namespace) && by_server)
        {
            return false;
        }
    }
    permitted
}

pub(super) fn read(spec: &Object<'_>) -> Vec<DestinationRule> {
    let entries = spec.objects("destinations");
    let text = |entry: &Object<'_>, field| entry.text(field).to_owned();
    entries
        .iter()
        .map(|entry| DestinationRule {
            server: text(entry, "server"),
            name: text(entry, "name"),
            namespace: text(entry, "namespace"),
        })
        .collect()
}

/// The name of the cluster with this URL, as far as it is known.
pub(super) fn name_of(server: &str) -> &str {
    if server == ClusterId::IN_CLUSTER {
        IN_CLUSTER_NAME
    } else {
        ""
    }
}
