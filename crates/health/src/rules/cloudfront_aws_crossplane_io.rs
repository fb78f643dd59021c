//! Crossplane: CloudFront distributions.

use super::check::Check;
use super::managed;

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Distribution").then_some(Check::Code(|object| managed::judge(object, "distribution")))
}
