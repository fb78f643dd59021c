//! One answer for all who ask the same question at the same time.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock};

/// Questions under way. Nothing is kept once they are answered.
pub(crate) struct Flights<K, V>(Mutex<HashMap<K, Arc<OnceLock<V>>>>);

impl<K, V> Default for Flights<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Flights<K, V> {
    /// Asks, or waits for the answer of whoever asked first. Should that one panic, the next asks.
    pub fn share(&self, key: K, ask: impl FnOnce() -> V) -> V {
        let seat = self
            .0
            .lock()
            .expect("no panic while held")
            .entry(key.clone())
            .or_default()
            .clone();
        let answer = seat.get_or_init(ask).clone();
        let mut flights = self.0.lock().expect("no panic while held");
        if flights
            .get(&key)
            .is_some_and(|current| Arc::ptr_eq(current, &seat))
        {
            flights.remove(&key);
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn those_who_ask_together_share_one_answer() {
        let flights = Flights::<&str, usize>::default();
        let (asked, start) = (AtomicUsize::new(0), Barrier::new(8));
        // Whoever asks waits until all others have taken their seat.
        let everybody_waits = |key: &&str| {
            let flights = flights.0.lock().unwrap();
            Arc::strong_count(&flights[key]) >= 9
        };
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    start.wait();
                    let answer = flights.share("key", || {
                        while !everybody_waits(&"key") {
                            std::thread::yield_now();
                        }
                        asked.fetch_add(1, Ordering::Relaxed) + 7
                    });
                    assert_eq!(answer, 7);
                });
            }
        });
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        assert_eq!(flights.share("key", || 9), 9, "nothing is kept");
    }
}
