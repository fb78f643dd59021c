//! What a script may use, and the meter that counts it.
//!
//! Comes in: instructions as they are carried out, and work done on a script's behalf. Goes out:
//! whether it may go on. Instructions alone do not bound the time, for one of them may compare
//! megabytes; whoever has a clock lends it.
//! Source: Argo CD 3.5: util/lua/lua.go, which gives a script one second.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// A clock: the time since some fixed moment.
pub type Clock = fn() -> Duration;

/// What one run of a script may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Instructions.
    pub instructions: u64,
    /// Bytes of memory.
    pub memory: usize,
    /// Time, if there is a clock to tell.
    pub time: Duration,
    /// The clock.
    pub clock: Option<Clock>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            instructions: 50_000_000,
            memory: 64 << 20,
            time: Duration::from_secs(1),
            clock: None,
        }
    }
}

/// Counts what a run uses.
#[derive(Debug)]
pub struct Meter {
    limits: Limits,
    left: AtomicU64,
    /// Nanoseconds of the clock at which the time is up.
    deadline: AtomicU64,
    spent: AtomicBool,
}

impl Meter {
    /// A meter that begins at zero with each [`start`](Self::start).
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            left: AtomicU64::new(0),
            deadline: AtomicU64::new(u64::MAX),
            spent: AtomicBool::new(false),
        }
    }

    /// A run begins.
    pub fn start(&self) {
        let deadline = self.limits.clock.map(|clock| clock() + self.limits.time);
        self.deadline
            .store(deadline.map_or(u64::MAX, nanoseconds), Ordering::Relaxed);
        self.left.store(self.limits.instructions, Ordering::Relaxed);
        self.spent.store(false, Ordering::Relaxed);
    }

    /// Takes so much from what is left; false once nothing is.
    pub fn take(&self, instructions: u64) -> bool {
        let left = self.left.load(Ordering::Relaxed);
        self.left
            .store(left.saturating_sub(instructions), Ordering::Relaxed);
        let late = self
            .limits
            .clock
            .is_some_and(|clock| nanoseconds(clock()) > self.deadline.load(Ordering::Relaxed));
        if left < instructions || late {
            self.spent.store(true, Ordering::Relaxed);
        }
        !self.is_spent()
    }

    /// What is left.
    pub fn left(&self) -> u64 {
        self.left.load(Ordering::Relaxed)
    }

    /// Whether everything is used up.
    pub fn is_spent(&self) -> bool {
        self.spent.load(Ordering::Relaxed)
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
