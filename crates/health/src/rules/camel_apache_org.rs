//! Apache Camel: integrations.

use super::by_condition::ready;
use super::check::Check;

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Integration").then_some(Check::Conditions(ready("Waiting for Integration")))
}
