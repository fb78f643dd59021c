//! cert-manager under its name of before 0.11.

use super::by_condition::ready;
use super::check::Check;

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Conditions(match kind {
        "Certificate" => ready("Waiting for certificate"),
        "Issuer" => ready("Initializing issuer"),
        _ => return None,
    }))
}
