//! What we want the figures to be, in one place.

use bench::goal::Goal;

/// A first sync is held back by the API server, not by us.
pub const FIRST_SYNC_RATE: Goal = Goal::AtLeastOfBare(0.8);
/// A heal is two round trips: the drift must be seen, and its end.
pub const HEAL_P50: Goal = Goal::AtMostTimesBare(2.0);
/// Seconds, for the slowest of a hundred.
pub const HEAL_P99: Goal = Goal::AtMost(0.06);
/// CPU-seconds of our process for 10,000 objects.
pub const FIRST_SYNC_CPU: Goal = Goal::AtMost(10.0);
/// MiB at the worst moment, with 1,000 apps.
pub const PEAK_MEMORY: Goal = Goal::AtMost(150.0);
/// CPU-seconds in five minutes without an event.
pub const REST_CPU: Goal = Goal::AtMost(1.0);
/// MiB with 1,000 apps.
pub const REST_MEMORY: Goal = Goal::AtMost(100.0);
/// At rest nothing is asked of the API server but that it keeps telling.
pub const REST_REQUESTS: Goal = Goal::Exactly(0.0);
/// Seconds from a webhook to the changed object.
pub const PUSH_P50: Goal = Goal::AtMost(0.3);
/// One file of one app: one render.
pub const PUSH_RENDERS: Goal = Goal::Exactly(1.0);
/// Seconds a new process may take to find out where it stands; the rest is the work that is left,
/// at the rate of the first sync.
pub const KILL_START: f64 = 2.0;
