//! The shortest of several times: what else the machine does only ever adds to one.

use std::time::{Duration, Instant};

/// How long something takes, and what comes of it.
pub fn timed<T>(act: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let made = act();
    (begun.elapsed(), made)
}

/// The shortest time so far.
#[derive(Clone, Copy, Debug)]
pub struct Shortest(Duration);

impl Shortest {
    /// None was taken yet.
    pub const NONE: Self = Self(Duration::MAX);

    /// Takes another one in.
    pub fn take(&mut self, time: Duration) {
        self.0 = self.0.min(time);
    }

    /// In seconds.
    pub fn seconds(self) -> f64 {
        self.0.as_secs_f64()
    }

    /// Several added up, in seconds.
    pub fn sum(times: &[Self]) -> f64 {
        times.iter().map(|time| time.seconds()).sum()
    }
}
