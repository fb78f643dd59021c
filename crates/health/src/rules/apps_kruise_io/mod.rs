//! OpenKruise: workloads that are updated in place or in parts.

mod jobs;
mod workloads;

use super::check::Check;

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "AdvancedCronJob" => jobs::advanced_cron_job,
        "BroadcastJob" => jobs::broadcast_job,
        "CloneSet" => workloads::clone_set,
        "DaemonSet" => workloads::daemon_set,
        "StatefulSet" => workloads::stateful_set,
        _ => return None,
    }))
}
