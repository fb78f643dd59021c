//! Knative: its operator.

use super::check::Check;
use super::condition_line::line;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "KnativeEventing" => |object| EVENTING.judge(object),
        "KnativeServing" => |object| SERVING.judge(object),
        _ => return None,
    }))
}

/// How the kinds differ.
struct Part {
    /// The conditions that have to be true.
    needed: &'static [&'static str],
    /// Those of them that may still become so if they are false.
    to_come: &'static [&'static str],
}

const EVENTING: Part = Part {
    needed: &["Ready", "InstallSucceeded"],
    to_come: &["Ready"],
};
const SERVING: Part = Part {
    needed: &[
        "Ready",
        "InstallSucceeded",
        "DependenciesInstalled",
        "DeploymentsAvailable",
    ],
    to_come: &["Ready", "DeploymentsAvailable"],
};

impl Part {
    /// Unless all is well, the message lists all conditions.
    fn judge(&self, object: Field<'_>) -> Verdict {
        let name = object.get("kind")?;
        let conditions = object.find("status.conditions")?;
        if !conditions.is_set() {
            return Progressing.says_all(&["Waiting for ".into(), name]);
        }
        let (mut achieved, mut to_come) = (0, 0);
        let mut list = String::new();
        for (index, condition) in conditions.entries()? {
            list += &line(&index, condition)?;
            let (kind, status) = (condition.get("type")?, condition.get("status")?);
            if status.is("True") {
                achieved += usize::from(kind.is_one_of(self.needed));
            } else if status.is("Unknown") || status.is("False") && kind.is_one_of(self.to_come) {
                to_come += 1;
            }
        }
        match to_come == 0 {
            true if achieved == self.needed.len() => {
                Healthy.says_all(&[name, " is healthy.".into()])
            }
            true => Ok(Some(Degraded.because(list))),
            false => Ok(Some(Progressing.because(list))),
        }
    }
}
