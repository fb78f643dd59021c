//! OpenShift: routes.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Route").then_some(Check::Code(route))
}

/// As many have to be admitted as there are.
fn route(object: Field<'_>) -> Verdict {
    let ingresses = object.find("status.ingress")?;
    if ingresses.is_set() {
        let (mut all, mut admitted, mut refused) = (0, 0, 0);
        for ingress in ingresses.values()? {
            all += 1;
            for condition in ingress.get("conditions")?.values()? {
                if condition.get("type")?.is("Admitted") {
                    let status = condition.get("status")?;
                    admitted += usize::from(status.is("True"));
                    refused += usize::from(status.is("False"));
                }
            }
        }
        if admitted == all {
            return Healthy.says("Route is healthy");
        }
        if refused > 0 {
            return Degraded.says("Route is degraded");
        }
    }
    Progressing.says("Route is still getting admitted")
}
