//! Ansible: jobs.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "AnsibleJob").then_some(Check::Code(job))
}

fn job(object: Field<'_>) -> Verdict {
    let word = object.find("status.ansibleJobResult.status")?;
    let status = match word {
        Field::Text("successful") => Healthy,
        Field::Text("failed" | "error" | "canceled") => Degraded,
        Field::Text("new" | "pending" | "waiting" | "running") => Progressing,
        _ => return Progressing.says("Waiting for AnsibleJob"),
    };
    let url = object.find("status.ansibleJobResult.url")?;
    status.says_all(&[word, " job - ".into(), url])
}
