//! How often an object is set back before we call it a fight.
//!
//! The first few times at once, for people do edit things twice; then with growing waits, so that
//! two controllers that disagree cost a bounded number of writes and the opponent is named.
//! The waits are Argo CD 3.5's self-heal backoff: 2 s, times 3, at most 300 s.

use crate::app_state::{AppState, Heals};
use crate::engine::Settings;
use live::{Inventory, Verdict};
use model::{ObjectKey, Timestamp};
use std::time::Duration;

const FIRST_WAIT: Duration = Duration::from_secs(2);
const FACTOR: u32 = 3;
const LONGEST_WAIT: Duration = Duration::from_secs(300);

impl Heals {
    fn wait(&self, settings: &Settings) -> Duration {
        match self.count.checked_sub(settings.heal_burst) {
            None => Duration::ZERO,
            Some(beyond) => FIRST_WAIT
                .saturating_mul(FACTOR.saturating_pow(beyond.min(16)))
                .min(LONGEST_WAIT),
        }
    }

    /// Is the burst over?
    fn is_calm(&self, now: Timestamp, settings: &Settings) -> bool {
        now.since(self.last) > self.wait(settings) + settings.heal_calm
    }

    /// Is it being fought over?
    pub(crate) fn is_contested(&self, now: Timestamp, settings: &Settings) -> bool {
        self.count >= settings.heal_burst && !self.is_calm(now, settings)
    }

    /// When it may be set back again, and when the burst is over.
    pub(crate) fn due_times(&self, settings: &Settings) -> [Timestamp; 2] {
        let allowed = self.last + self.wait(settings);
        [
            allowed,
            allowed + settings.heal_calm + Duration::from_millis(1),
        ]
    }
}

/// When an object may be set back; now, if its time has come.
pub(crate) fn allowed_at(
    state: &AppState,
    key: &ObjectKey,
    now: Timestamp,
    settings: &Settings,
) -> Timestamp {
    match state.heals.get(key) {
        Some(heals) if !heals.is_calm(now, settings) => heals.last + heals.wait(settings),
        _ => now,
    }
}

/// Notes that objects are being set back, and forgets bursts that are over.
pub(crate) fn note(
    state: &mut AppState,
    keys: &[ObjectKey],
    inventory: &Inventory,
    now: Timestamp,
    settings: &Settings,
) {
    forget_calm(state, now, settings);
    for key in keys {
        let heals = state.heals.entry(key.clone()).or_default();
        heals.count += 1;
        heals.last = now;
        let judgement = inventory
            .get(key)
            .and_then(|record| record.judgement.as_ref());
        if let Some(Verdict::Different {
            writer: Some(writer),
            ..
        }) = judgement.map(|j| &j.verdict)
        {
            heals.writer = Some(writer.clone());
        }
    }
}

/// Forgets bursts that are over.
pub(crate) fn forget_calm(state: &mut AppState, now: Timestamp, settings: &Settings) {
    state.heals.retain(|_, heals| !heals.is_calm(now, settings));
}
