//! How many requests may be under way at once, learnt from the server's answers.
//!
//! Comes in: who wants to send, and how each request went. Goes out: permits, interactive ones
//! first. Additive increase while answers are quick and the limit is what holds us back;
//! multiplicative decrease when the server says 429, times out or grows slow.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

/// The limit's bounds and its first value.
const LEAST: f64 = 2.0;
const FIRST: f64 = 16.0;
const MOST: f64 = 64.0;
/// What a decrease leaves, and how long it is given to show.
const DECREASE: f64 = 0.7;
const DECREASE_EVERY: Duration = Duration::from_secs(1);
/// Answers slower than this on average stop the growth; slower than that shrink the limit.
const SLOW: Duration = Duration::from_millis(500);
const TOO_SLOW: Duration = Duration::from_secs(3);
/// A server may ask for a longer wait; the caller sees that in the error, the others need not wait.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Who goes first when the limit is reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Priority {
    /// Self-heal, status, what a person waits for.
    Interactive,
    /// The many: a first sync, a scan.
    #[default]
    Bulk,
}

/// Hands out permits to send.
#[derive(Debug)]
pub struct Limiter {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    limit: f64,
    in_flight: usize,
    interactive: VecDeque<oneshot::Sender<Permit>>,
    bulk: VecDeque<oneshot::Sender<Permit>>,
    average: Duration,
    last_decrease: Option<Instant>,
    paused_until: Option<Instant>,
}

/// How the limiter stands: for metrics.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LimiterReading {
    /// Requests that may be under way at once.
    pub limit: usize,
    /// Requests under way.
    pub in_flight: usize,
    /// Requests that wait for a permit.
    pub waiting: usize,
    /// Moving average of the time to an answer.
    pub average_latency: Duration,
}

/// What an answer tells of the server's state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    /// It answered, whatever it said.
    Answered,
    /// It asked for less, perhaps for a pause.
    Overloaded(Option<Duration>),
    /// It says nothing about load.
    Nothing,
}

/// The right to have one request under way; ends when dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    limiter: Arc<Limiter>,
    since: Instant,
}

impl Default for Limiter {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                limit: FIRST,
                in_flight: 0,
                interactive: VecDeque::new(),
                bulk: VecDeque::new(),
                average: Duration::ZERO,
                last_decrease: None,
                paused_until: None,
            }),
        }
    }
}

impl Limiter {
    /// Waits for a permit and for the end of a pause the server asked for.
    pub(crate) async fn acquire(self: &Arc<Self>, priority: Priority) -> Permit {
        let mut permit = match self.take_or_queue(priority) {
            Ok(permit) => permit,
            Err(turn) => turn
                .await
                .expect("a queued sender is dropped only after it was sent to"),
        };
        while let Some(pause) = self.pause() {
            tokio::time::sleep_until(pause).await;
        }
        permit.since = Instant::now();
        permit
    }

    /// How it stands now.
    pub fn reading(&self) -> LimiterReading {
        let state = self.lock();
        LimiterReading {
            limit: state.limit as usize,
            in_flight: state.in_flight,
            waiting: state.interactive.len() + state.bulk.len(),
            average_latency: state.average,
        }
    }

    fn take_or_queue(
        self: &Arc<Self>,
        priority: Priority,
    ) -> Result<Permit, oneshot::Receiver<Permit>> {
        let mut state = self.lock();
        if state.in_flight < state.limit as usize {
            state.in_flight += 1;
            return Ok(self.permit());
        }
        let (turn, wait) = oneshot::channel();
        match priority {
            Priority::Interactive => state.interactive.push_back(turn),
            Priority::Bulk => state.bulk.push_back(turn),
        }
        Err(wait)
    }

    fn permit(self: &Arc<Self>) -> Permit {
        Permit {
            limiter: self.clone(),
            since: Instant::now(),
        }
    }

    fn pause(&self) -> Option<Instant> {
        self.lock()
            .paused_until
            .filter(|until| *until > Instant::now())
    }

    fn release(self: &Arc<Self>) {
        self.lock().in_flight -= 1;
        // Sent outside the lock: a permit nobody waits for any more is dropped, which locks again.
        while let Some(turn) = self.next_turn() {
            drop(turn.send(self.permit()));
        }
    }

    fn next_turn(&self) -> Option<oneshot::Sender<Permit>> {
        let mut state = self.lock();
        if state.in_flight >= state.limit as usize {
            return None;
        }
        let turn = state.next_waiting()?;
        state.in_flight += 1;
        Some(turn)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next_waiting(&mut self) -> Option<oneshot::Sender<Permit>> {
        loop {
            let turn = self
                .interactive
                .pop_front()
                .or_else(|| self.bulk.pop_front())?;
            if !turn.is_closed() {
                return Some(turn);
            }
        }
    }

    fn answered(&mut self, latency: Duration, now: Instant) {
        self.average = if self.average.is_zero() {
            latency
        } else {
            (self.average * 15 + latency) / 16
        };
        if self.average > TOO_SLOW {
            return self.shrink(now);
        }
        let held_back = self.in_flight + 1 >= self.limit as usize;
        if held_back && self.average < SLOW {
            self.limit = (self.limit + 1.0 / self.limit).min(MOST);
        }
    }

    fn overloaded(&mut self, pause: Option<Duration>, now: Instant) {
        self.shrink(now);
        if let Some(pause) = pause {
            let until = now + pause.min(LONGEST_PAUSE);
            self.paused_until = self.paused_until.max(Some(until));
        }
    }

    /// One burst of refusals is one sign, not many.
    fn shrink(&mut self, now: Instant) {
        if self
            .last_decrease
            .is_some_and(|last| now < last + DECREASE_EVERY)
        {
            return;
        }
        self.last_decrease = Some(now);
        self.limit = (self.limit * DECREASE).max(LEAST);
    }
}

impl Permit {
    /// Tells how the request went.
    pub(crate) fn report(&self, sign: Sign) {
        let now = Instant::now();
        let mut state = self.limiter.lock();
        match sign {
            Sign::Answered => state.answered(now - self.since, now),
            Sign::Overloaded(pause) => state.overloaded(pause, now),
            Sign::Nothing => {}
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.limiter.release();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn quick_answers_raise_the_limit_and_a_429_lowers_it_once() {
        let limiter = Arc::new(Limiter::default());
        for _ in 0..200 {
            let mut permits = Vec::new();
            while permits.len() < limiter.reading().limit {
                permits.push(limiter.acquire(Priority::Bulk).await);
            }
            permits
                .iter()
                .for_each(|permit| permit.report(Sign::Answered));
        }
        assert_eq!(limiter.reading().limit, 64);
        let permit = limiter.acquire(Priority::Bulk).await;
        (0..10).for_each(|_| permit.report(Sign::Overloaded(None)));
        assert_eq!(limiter.reading().limit, 44);
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_that_is_not_reached_does_not_grow() {
        let limiter = Arc::new(Limiter::default());
        for _ in 0..1000 {
            limiter.acquire(Priority::Bulk).await.report(Sign::Answered);
        }
        assert_eq!(limiter.reading().limit, 16);
    }

    #[tokio::test(start_paused = true)]
    async fn interactive_requests_go_before_bulk_ones() {
        let limiter = Arc::new(Limiter::default());
        let mut held = Vec::new();
        for _ in 0..16 {
            held.push(limiter.acquire(Priority::Bulk).await);
        }
        let (bulk, heal) = (limiter.clone(), limiter.clone());
        let bulk = tokio::spawn(async move { drop(bulk.acquire(Priority::Bulk).await) });
        tokio::task::yield_now().await;
        let heal = tokio::spawn(async move { heal.acquire(Priority::Interactive).await });
        tokio::task::yield_now().await;
        held.pop();
        let permit = heal.await.unwrap();
        assert!(!bulk.is_finished());
        drop(permit);
        bulk.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiter_that_gave_up_costs_no_permit() {
        let limiter = Arc::new(Limiter::default());
        let mut held = Vec::new();
        for _ in 0..16 {
            held.push(limiter.acquire(Priority::Bulk).await);
        }
        let waiting = limiter.take_or_queue(Priority::Bulk).unwrap_err();
        let late = limiter.take_or_queue(Priority::Bulk).unwrap_err();
        drop(waiting);
        held.clear();
        drop(late);
        assert_eq!(limiter.reading().in_flight, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_the_server_asks_for_holds_everyone() {
        let limiter = Arc::new(Limiter::default());
        let permit = limiter.acquire(Priority::Bulk).await;
        permit.report(Sign::Overloaded(Some(Duration::from_secs(5))));
        let before = Instant::now();
        drop(limiter.acquire(Priority::Interactive).await);
        assert!(before.elapsed() >= Duration::from_secs(5));
    }
}
