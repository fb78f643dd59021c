//! How long to wait before the next try: doubling, bounded, with jitter from a seed, so that a
//! hundred watches that lost one server do not come back in one instant.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(250);

/// Waits of one watch.
#[derive(Debug)]
pub(super) struct Backoff {
    random: u64,
    failures: u32,
}

impl Backoff {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            random: seed,
            failures: 0,
        }
    }

    /// The next wait: between half of it and all of it, never above `most`.
    pub(super) fn next(&mut self, most: Duration) -> Duration {
        let doubled = FIRST * 2_u32.pow(self.failures.min(16));
        self.failures += 1;
        let whole = doubled.min(most);
        whole / 2 + whole.mul_f64(self.fraction() / 2.0)
    }

    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }

    /// SplitMix64, as a fraction of one.
    pub(super) fn fraction(&mut self) -> f64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_bound_and_repeat_for_a_seed() {
        let most = Duration::from_secs(10);
        let waits = |seed| {
            let mut backoff = Backoff::new(seed);
            (0..200).map(|_| backoff.next(most)).collect::<Vec<_>>()
        };
        assert_eq!(waits(1), waits(1));
        assert_ne!(waits(1), waits(2));
        assert!(waits(1)[0] <= FIRST && waits(1)[0] >= FIRST / 2);
        assert!(
            waits(1)[10..]
                .iter()
                .all(|wait| *wait <= most && *wait >= most / 2)
        );
    }
}
