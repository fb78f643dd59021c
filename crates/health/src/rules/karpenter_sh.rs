//! Karpenter: nodes as they are needed.

use super::by_condition::{ByCondition, Sign, conditions, ready, when};
use super::check::Check;
use super::field::Field;
use super::says::Says::{Message, Text};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn check(kind: &str) -> Option<Check> {
    Some(match kind {
        "NodePool" => Check::Conditions(ready("Waiting for NodePool to be ready")),
        "NodeClaim" => Check::Code(node_claim),
        _ => return None,
    })
}

fn node_claim(object: Field<'_>) -> Verdict {
    let wanted = object.get("metadata")?.get("generation")?;
    if wanted.is_set() {
        let observed = object.find("status.observedGeneration")?;
        if observed.is_set() && observed != wanted {
            return Progressing.says("Waiting for NodeClaim spec to be reconciled");
        }
    }
    NODE_CLAIM.judge(object)
}

/// A node that goes is no failure, even if it is not ready any more. Before it is ready, how far
/// it has come is told.
const NODE_CLAIM: ByCondition = conditions(
    &[GOING, READY, INITIALIZED, REGISTERED, LAUNCHED],
    Progressing,
    "Waiting for NodeClaim to be launched",
);
const GOING: &[Sign] = &[when("Disrupting", "True", Suspended, Message)];
const READY: &[Sign] = &[
    when("Ready", "True", Healthy, Message),
    when("Ready", "False", Degraded, Message),
];
const INITIALIZED: &[Sign] = &[reached(
    "Initialized",
    "Node initialized, waiting for Ready",
)];
const REGISTERED: &[Sign] = &[reached(
    "Registered",
    "Node registered, waiting for initialization",
)];
const LAUNCHED: &[Sign] = &[reached(
    "Launched",
    "Node launched, waiting for registration",
)];

const fn reached(step: &'static str, then: &'static str) -> Sign {
    when(step, "True", Progressing, Text(then))
}
