//! What probes ask: is the engine's loop alive, and is the first picture of the cluster complete?

use server::Probe;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The loop answers at least this often when it is alive.
const PATIENCE_SECONDS: u64 = 60;

/// Written by the engine's loop, read by probes.
#[derive(Default)]
pub struct LiveProbe {
    beat: AtomicU64,
    ready: AtomicBool,
}

impl LiveProbe {
    /// The loop is alive.
    pub fn beat(&self) {
        self.beat.store(now(), Ordering::Relaxed);
    }

    /// The first picture of the cluster is complete.
    pub fn set_ready(&self) {
        self.ready.store(true, Ordering::Relaxed);
    }
}

impl Probe for LiveProbe {
    fn is_alive(&self) -> bool {
        // Before the first beat the process waits for its turn to lead, which is healthy.
        let beat = self.beat.load(Ordering::Relaxed);
        beat == 0 || now().saturating_sub(beat) < PATIENCE_SECONDS
    }

    fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Relaxed)
    }
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |now| now.as_secs())
}
