//! Jobs of Kubernetes, and what makes them.
//!
//! Comes in: an object of the group. Goes out: its actions, a file a kind.

mod cron_job;
mod job;

use crate::Action;
use crate::catalogue::{Kind, Verb::Change, Verb::Create};
use crate::verbs::suspend;

pub const KINDS: [Kind; 2] = [
    Kind {
        group: "batch",
        kind: "CronJob",
        offers: cron_job::offers,
        verbs: &[
            ("create-job", Create(cron_job::create_job)),
            ("resume", Change(suspend::resume)),
            ("suspend", Change(suspend::suspend)),
        ],
    },
    Kind {
        group: "batch",
        kind: "Job",
        offers: job::offers,
        verbs: &[
            ("resume", Change(suspend::resume)),
            ("suspend", Change(suspend::suspend)),
            ("terminate", Change(job::terminate)),
        ],
    },
];

/// The one of both that makes sense.
fn suspend_or_resume(suspended: bool) -> Action {
    match suspended {
        true => Action::new("resume").icon("fa fa-fw fa-play"),
        false => Action::new("suspend").icon("fa fa-fw fa-pause"),
    }
}
