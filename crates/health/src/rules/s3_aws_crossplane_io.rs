//! Crossplane: buckets at AWS.

use super::check::Check;
use super::managed::judge;

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Bucket").then_some(Check::Code(|object| judge(object, "Bucket")))
}
