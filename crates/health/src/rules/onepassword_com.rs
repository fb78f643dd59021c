//! 1Password: items.

use super::by_condition::ready;
use super::check::Check;

pub fn check(kind: &str) -> Option<Check> {
    let item = ready("Waiting for controller to report status");
    (kind == "OnePasswordItem").then_some(Check::Conditions(item))
}
