//! 3scale: what an API manager serves, and to whom.

mod states;
mod tables;

use super::check::Check;

pub fn check(kind: &str) -> Option<Check> {
    Some(match kind {
        "Application" => Check::Code(states::application),
        "DeveloperUser" => Check::Code(states::developer_user),
        "Tenant" => Check::Code(states::tenant),
        _ => Check::Conditions(tables::table(kind)?),
    })
}
