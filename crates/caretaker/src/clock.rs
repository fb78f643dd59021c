//! The time and the randomness that charts are given.
//!
//! In: the system's clock. Out: a time that stands still for a quarter of a year, or the real one.
//! What `now` gives shows in manifests: with the real time each rendering would differ from the one
//! before. Certificates begin with it, so it may not stand still for ever either.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sprig::Clock;

/// What templates are told: the beginning of this quarter, or the very moment.
pub fn clock(exact: bool) -> Clock {
    let now = Timestamp::now();
    let time = match exact {
        true => now,
        false => quarter(now),
    };
    Clock {
        seconds: time.as_second(),
        nanoseconds: time.subsec_nanosecond().unsigned_abs(),
    }
}

/// January, April, July or October the first, UTC.
fn quarter(now: Timestamp) -> Timestamp {
    let today = now.to_zoned(TimeZone::UTC).date();
    let month = (today.month() - 1) / 3 * 3 + 1;
    let first = Date::new(today.year(), month, 1).ok();
    let begins = first.and_then(|first| first.to_zoned(TimeZone::UTC).ok());
    begins.map_or(now, |begins| begins.timestamp())
}

/// A seed nobody can guess.
pub fn fresh_seed() -> Vec<u8> {
    let mut seed = vec![0; 32];
    // The system has randomness or nothing works; without it the seed is at least another each time.
    if getrandom::fill(&mut seed).is_err() {
        seed.extend(Timestamp::now().as_nanosecond().to_le_bytes());
    }
    seed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_begins_with_its_first_day() {
        for (now, begins) in [
            ("2026-11-21T18:00:00Z", "2026-10-01T00:00:00Z"),
            ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
            ("2026-03-31T23:59:59Z", "2026-01-01T00:00:00Z"),
            ("2028-06-30T01:00:00Z", "2028-04-01T00:00:00Z"),
        ] {
            assert_eq!(quarter(now.parse().unwrap()).to_string(), begins, "{now}");
        }
    }
}
