//! Crossplane: identities at AWS.

use super::check::Check;
use super::managed::judge;

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "Policy" => |object| judge(object, "Policy"),
        "Role" => |object| judge(object, "Role"),
        "RolePolicyAttachment" => |object| judge(object, "RolePolicyAttachment"),
        _ => return None,
    }))
}
