//! How long to wait before drift is set back once more.
//!
//! Comes in: how often it was set back for this state, and when the last time ended. Goes out: the
//! wait that is left. The first time comes at once, then each wait is longer.
//! Source: Argo CD 3.5: controller/appcontroller.go (selfHealRemainingBackoff).

use model::Backoff;
use std::time::Duration;

/// Argo CD's waits: 2 s, 6 s, 18 s ... up to 5 minutes.
pub const DEFAULT_BACKOFF: Backoff = Backoff {
    duration: Duration::from_secs(2),
    factor: 3,
    maximum: Duration::from_secs(300),
};

/// The wait that is left. `since_finished` is none when the last attempt's end is not known.
pub fn remaining(backoff: &Backoff, attempts: u32, since_finished: Option<Duration>) -> Duration {
    let wait = attempts
        .checked_sub(1)
        .map_or(Duration::ZERO, |retry| backoff.wait(retry));
    wait.saturating_sub(since_finished.unwrap_or_default())
}
