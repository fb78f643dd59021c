//! Restarting the pods of a workload, as kubectl does.
//!
//! Comes in: a workload with a pod template. Goes out: the same with another annotation on the
//! template, for which its controller replaces the pods.

use crate::ActionError;
use crate::fields;
use crate::run::Request;
use serde_json::Value;

/// The annotation kubectl restarts workloads with.
pub const RESTARTED_AT: &str = "kubectl.kubernetes.io/restartedAt";

/// Marks the pod template with the time.
pub fn restart(workload: &mut Value, request: &Request) -> Result<(), ActionError> {
    let template = fields::mapping(
        workload,
        &["spec", "template"],
        &["metadata", "annotations"],
    )?;
    template.insert(RESTARTED_AT.to_owned(), request.now.rfc3339().into());
    Ok(())
}
