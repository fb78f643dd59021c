//! How often a failed operation is tried again.
//!
//! Comes in: a retry block of the policy or of an operation. Goes out: the retries. Automatic
//! syncs have five unless the policy has a block of its own, which then counts as a whole: one
//! without a limit means no retries. Below zero means for ever.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (NextRetryAt),
//! controller/appcontroller.go (autoSync).

use crate::fields::Object;
use model::{Backoff, Retry};
use std::time::Duration;

const AUTOMATIC_LIMIT: u32 = 5;
const DEFAULT_BACKOFF: Backoff = Backoff {
    duration: Duration::from_secs(5),
    factor: 2,
    maximum: Duration::from_secs(180),
};

/// The retries of the syncs the app starts by itself.
pub(super) fn of_policy(policy: &Object<'_>, automated: bool) -> Option<Retry> {
    let block = policy.object("retry");
    match (block.exists(), automated) {
        (true, _) => of_block(&block),
        (false, true) => Some(Retry {
            limit: Some(AUTOMATIC_LIMIT),
            backoff: DEFAULT_BACKOFF,
            refresh: false,
        }),
        (false, false) => None,
    }
}

/// The retries a block asks for.
pub(super) fn of_block(block: &Object<'_>) -> Option<Retry> {
    let backoff = backoff(&block.object("backoff"));
    let refresh = block.flag("refresh").unwrap_or(false);
    let limit = match block.whole("limit").unwrap_or(0) {
        0 => return None,
        limit if limit < 0 => None,
        limit => Some(u32::try_from(limit).unwrap_or(u32::MAX)),
    };
    Some(Retry {
        limit,
        backoff,
        refresh,
    })
}

fn backoff(block: &Object<'_>) -> Backoff {
    let factor = block
        .whole("factor")
        .map(|factor| u32::try_from(factor.max(1)));
    let maximum = block
        .duration("maxDuration")
        .unwrap_or(DEFAULT_BACKOFF.maximum);
    Backoff {
        duration: block
            .duration("duration")
            .unwrap_or(DEFAULT_BACKOFF.duration),
        factor: factor.map_or(DEFAULT_BACKOFF.factor, |factor| factor.unwrap_or(u32::MAX)),
        // Zero means without a limit.
        maximum: if maximum.is_zero() {
            Duration::MAX
        } else {
            maximum
        },
    }
}
