//! Flux: releases of Helm charts.

use super::check::Check;
use super::flux::{Flux, READY};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "HelmRelease").then_some(Check::Code(|object| RELEASE.judge(object)))
}

/// Any two of the three will do.
const RELEASE: Flux = Flux {
    achievements: &["Released", "TestSuccess"],
    enough: 2,
    ..READY
};
