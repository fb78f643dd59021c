//! Many numbers in a few.

use serde::Serialize;
use std::time::Duration;

/// One figure that was taken again and again; times are in seconds.
#[derive(Serialize, Clone, Copy, Debug)]
pub struct Quantiles {
    /// How many there were.
    pub count: usize,
    /// The least.
    pub min: f64,
    /// One of ten is less.
    pub p10: f64,
    /// Half are less.
    pub p50: f64,
    /// Nine of ten are less.
    pub p90: f64,
    /// 99 of 100 are less; the most, if there are fewer than 100.
    pub p99: f64,
    /// The most.
    pub max: f64,
}

impl Quantiles {
    /// Of these times; `None` of none.
    pub fn of(times: &[Duration]) -> Option<Self> {
        Self::of_numbers(times.iter().map(Duration::as_secs_f64))
    }

    /// Of these numbers; `None` of none.
    pub fn of_numbers(numbers: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = numbers.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        Some(Self {
            count: sorted.len(),
            min: *sorted.first()?,
            p10: at(&sorted, 10)?,
            p50: at(&sorted, 50)?,
            p90: at(&sorted, 90)?,
            p99: at(&sorted, 99)?,
            max: *sorted.last()?,
        })
    }
}

/// The nearest rank: always a number that was seen.
fn at(sorted: &[f64], percent: usize) -> Option<f64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_numbers_that_were_seen() {
        let times: Vec<Duration> = (1..=200).rev().map(Duration::from_secs).collect();
        let quantiles = Quantiles::of(&times).expect("there are times");
        assert_eq!(
            (quantiles.min, quantiles.p10, quantiles.p50, quantiles.p99),
            (1.0, 20.0, 100.0, 198.0)
        );
        let one = Quantiles::of(&[Duration::from_secs(7)]).expect("there is one");
        assert_eq!((one.p50, one.p99, one.max), (7.0, 7.0, 7.0));
        assert!(Quantiles::of(&[]).is_none());
    }
}
