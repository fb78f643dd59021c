//! The arguments that say which cluster and which namespace.

use std::path::PathBuf;

/// Where the cluster is.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Cluster")]
pub struct ClusterArgs {
    /// Kubeconfig to use [default: $KUBECONFIG, ~/.kube/config, or the pod's service account]
    #[arg(long, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,
    /// Context of the kubeconfig [default: its current one]
    #[arg(long, value_name = "NAME")]
    pub context: Option<String>,
    /// Namespace of the Applications [default: the context's, or argocd]
    #[arg(short, long, value_name = "NAMESPACE")]
    pub namespace: Option<String>,
}
