//! What the destination cluster can do, as charts ask.
//!
//! In: the cluster's version and the kinds it serves. Out: the same, comparable: a render that asked
//! is another one where the answer is.

use helm::capabilities::{KubeVersion, KubeVersionError};
use model::Digest;

/// A cluster's version and kinds; empty where no cluster is known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Capabilities {
    /// `v1.36.1`.
    pub kube_version: String,
    /// `apps/v1` and `apps/v1/Deployment`, sorted.
    pub api_versions: Vec<String>,
}

impl Capabilities {
    /// Equal digests give equal answers.
    pub fn digest(&self) -> Digest {
        let versions = self.api_versions.iter().map(String::as_bytes);
        Digest::of_parts(std::iter::once(self.kube_version.as_bytes()).chain(versions))
    }
}

/// The numbers of a version of Kubernetes, which are all that Argo CD tells charts of it; nothing of
/// nothing.
pub(crate) fn numbers(version: &str) -> Result<String, KubeVersionError> {
    if version.is_empty() {
        return Ok(String::new());
    }
    let normalized = KubeVersion::parse(version)?.normalized;
    Ok(normalized.trim_start_matches('v').to_owned())
}
