//! Crossplane: names at AWS.

use super::check::Check;
use super::managed::judge;

pub fn check(kind: &str) -> Option<Check> {
    // Spelled so in the messages that Argo CD gives.
    let record_set = Check::Code(|object| judge(object, "resourcrecordset"));
    (kind == "ResourceRecordSet").then_some(record_set)
}
