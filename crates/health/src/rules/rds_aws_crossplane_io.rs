//! Crossplane: databases at AWS.

use super::check::Check;
use super::managed::judge;

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "DBCluster" => |object| judge(object, "DBCluster"),
        "DBInstance" => |object| judge(object, "DBInstance"),
        _ => return None,
    }))
}
