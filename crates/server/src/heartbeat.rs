//! Whether the loop still turns. Comes in: a beat each time it does. Goes out: how long ago that
//! was. One atomic number, so that beating costs nothing.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// The pulse of a loop.
#[derive(Debug)]
pub struct Heartbeat {
    begun: Instant,
    last: AtomicU64,
}

impl Default for Heartbeat {
    fn default() -> Self {
        Self {
            begun: Instant::now(),
            last: AtomicU64::new(0),
        }
    }
}

impl Heartbeat {
    /// The loop turned.
    pub fn beat(&self) {
        self.last.store(self.now(), Relaxed);
    }

    /// How long ago it last did; of one that never did, since it was made.
    pub fn silent_for(&self) -> Duration {
        Duration::from_millis(self.now().saturating_sub(self.last.load(Relaxed)))
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beat_ends_the_silence() {
        let heart = Heartbeat::default();
        std::thread::sleep(Duration::from_millis(20));
        assert!(heart.silent_for() >= Duration::from_millis(20));
        heart.beat();
        assert!(heart.silent_for() < Duration::from_millis(20));
    }
}
