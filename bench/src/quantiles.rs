//! Many times in a few numbers.

use serde::Serialize;
use std::time::Duration;

/// Times of one thing that was done again and again, in seconds.
#[derive(Serialize, Clone, Copy, Debug)]
pub struct Quantiles {
    /// How many there were.
    pub count: usize,
    /// The shortest.
    pub min: f64,
    /// Half are shorter.
    pub p50: f64,
    /// Nine of ten are shorter.
    pub p90: f64,
    /// 99 of 100 are shorter; the longest, if there are fewer than 100.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

impl Quantiles {
    /// Of these times; `None` of none.
    pub fn of(times: &[Duration]) -> Option<Self> {
        let mut seconds: Vec<f64> = times.iter().map(Duration::as_secs_f64).collect();
        seconds.sort_by(f64::total_cmp);
        Some(Self {
            count: seconds.len(),
            min: *seconds.first()?,
            p50: at(&seconds, 50)?,
            p90: at(&seconds, 90)?,
            p99: at(&seconds, 99)?,
            max: *seconds.last()?,
        })
    }
}

/// The nearest rank: always a time that was seen.
fn at(sorted: &[f64], percent: usize) -> Option<f64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_times_that_were_seen() {
        let times: Vec<Duration> = (1..=200).rev().map(Duration::from_secs).collect();
        let quantiles = Quantiles::of(&times).expect("there are times");
        assert_eq!(
            (quantiles.min, quantiles.p50, quantiles.p99),
            (1.0, 100.0, 198.0)
        );
        let one = Quantiles::of(&[Duration::from_secs(7)]).expect("there is one");
        assert_eq!((one.p50, one.p99, one.max), (7.0, 7.0, 7.0));
        assert!(Quantiles::of(&[]).is_none());
    }
}
