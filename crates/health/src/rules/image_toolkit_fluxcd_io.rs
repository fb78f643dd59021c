//! Flux: scanning registries for new images.

use super::check::Check;
use super::flux::{Flux, READY};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "ImagePolicy" => |object| POLICY.judge_status(object),
        "ImageRepository" => |object| REPOSITORY.judge(object),
        "ImageUpdateAutomation" => |object| READY.judge(object),
        _ => return None,
    }))
}

const POLICY: Flux = Flux {
    at_work: "False",
    steps: &["NewGeneration", "AccessingRepository", "ApplyingPolicy"],
    ..READY
};
const REPOSITORY: Flux = Flux {
    at_work: "False",
    steps: &["NewGeneration", "Scanning"],
    ..READY
};
