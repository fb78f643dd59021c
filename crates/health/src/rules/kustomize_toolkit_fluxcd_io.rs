//! Flux: kustomizations.

use super::check::Check;
use super::flux::READY;

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Kustomization").then_some(Check::Code(|object| READY.judge(object)))
}
