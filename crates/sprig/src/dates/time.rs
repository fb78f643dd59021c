//! A moment, seen from a zone: Go's `time.Time`.
//!
//! In: seconds, nanoseconds and a zone. Out: what its methods answer in a template. Go prints a time
//! that it took from the clock with the reading of a second, monotonic clock behind it; ours has
//! none. Source: Go 1.26, time/time.go.

use super::calendar::{Civil, days_to};
use super::zone::{Zone, ZoneAt};
use super::{duration, format};
use crate::host::Clock;

/// A moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Time {
    /// Seconds since the epoch.
    pub seconds: i64,
    /// And nanoseconds.
    pub nanoseconds: u32,
    /// Whose clocks it is shown by.
    pub zone: Zone,
}

/// Seconds from the epoch to the first moment of year 1, which is Go's zero.
const ZERO: i64 = -62_135_596_800;

impl Time {
    /// Go's zero time, which failures give.
    pub fn zero() -> Self {
        Self::unix(ZERO, Zone::Utc)
    }

    /// So many seconds after the epoch.
    pub fn unix(seconds: i64, zone: Zone) -> Self {
        Self {
            seconds,
            nanoseconds: 0,
            zone,
        }
    }

    /// The time of a render.
    pub fn of_clock(clock: Clock) -> Self {
        Self {
            seconds: clock.seconds,
            nanoseconds: clock.nanoseconds,
            zone: Zone::Local,
        }
    }

    /// In the form of a layout.
    pub fn format(&self, layout: &[u8]) -> Vec<u8> {
        format::format(self, layout)
    }

    /// As `%v` prints it.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.format(format::PRINTED)).into_owned()
    }

    pub(super) fn is_zero(&self) -> bool {
        self.seconds == ZERO && self.nanoseconds == 0
    }

    pub(super) fn zone_now(&self) -> ZoneAt {
        self.zone.at(self.seconds)
    }

    pub(super) fn civil(&self) -> Civil {
        Civil::at(self.seconds, self.zone_now().offset)
    }

    pub(super) fn within(&self, zone: Zone) -> Self {
        Self {
            zone,
            ..self.clone()
        }
    }

    pub(super) fn nanoseconds_since_epoch(&self) -> i128 {
        i128::from(self.seconds) * 1_000_000_000 + i128::from(self.nanoseconds)
    }

    fn at_nanoseconds(&self, nanoseconds: i128) -> Self {
        let second = i128::from(duration::SECOND);
        let seconds = nanoseconds.div_euclid(second);
        Self {
            seconds: seconds.clamp(i64::MIN.into(), i64::MAX.into()) as i64,
            nanoseconds: nanoseconds.rem_euclid(second) as u32,
            zone: self.zone.clone(),
        }
    }

    /// Later by a duration.
    pub fn plus(&self, nanoseconds: i64) -> Self {
        self.at_nanoseconds(self.nanoseconds_since_epoch() + i128::from(nanoseconds))
    }

    /// The duration from another time to this one, as far as it fits.
    pub fn since(&self, other: &Self) -> i64 {
        duration::clamped(self.nanoseconds_since_epoch() - other.nanoseconds_since_epoch())
    }

    /// Towards the zero time, to a multiple of a duration.
    pub(super) fn truncated(&self, unit: i64) -> Self {
        let rest = self.rest(unit);
        self.at_nanoseconds(self.nanoseconds_since_epoch() - rest)
    }

    /// To the nearest multiple of a duration since the zero time, halves up.
    pub(super) fn rounded(&self, unit: i64) -> Self {
        let rest = self.rest(unit);
        let up = if rest * 2 < i128::from(unit) {
            0
        } else {
            unit.max(0)
        };
        self.at_nanoseconds(self.nanoseconds_since_epoch() - rest + i128::from(up))
    }

    fn rest(&self, unit: i64) -> i128 {
        let since_zero = self.nanoseconds_since_epoch() - i128::from(ZERO) * 1_000_000_000;
        match unit {
            ..=0 => 0,
            unit => since_zero.rem_euclid(i128::from(unit)),
        }
    }

    /// Years, months and days on, by the clocks of its zone.
    pub(super) fn on_by(&self, years: i64, months: i64, days: i64) -> Self {
        let civil = self.civil();
        let month = i64::from(civil.month) - 1 + months.clamp(-LONG, LONG);
        let year = civil.year + years.clamp(-LONG, LONG) + month.div_euclid(12);
        let month = month.rem_euclid(12) as u32 + 1;
        let day = i64::from(civil.day) + days.clamp(-LONG, LONG);
        let clock = (civil.hour * 60 + civil.minute) * 60 + civil.second;
        let days = days_to(year, month, day);
        let shown = days.wrapping_mul(86_400).wrapping_add(i64::from(clock));
        Self {
            seconds: self.moment_showing(shown),
            ..self.clone()
        }
    }

    /// When the zone's clocks show so many seconds. Around a change of theirs Go takes the offset
    /// that is in force where the first guess lands.
    fn moment_showing(&self, shown: i64) -> i64 {
        let guess = i64::from(self.zone.at(shown).offset);
        match guess {
            0 => shown,
            guess => {
                let offset = self.zone.at(shown.wrapping_sub(guess)).offset;
                shown.wrapping_sub(i64::from(offset))
            }
        }
    }
}

/// More than any calendar needs, and little enough to add.
const LONG: i64 = 100_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_on_runs_over_into_the_next() {
        let last_of_january = Time::unix(days_to(2026, 1, 31) * 86_400, Zone::Utc);
        assert_eq!(
            last_of_january.on_by(0, 1, 0).text(),
            "2026-03-03 00:00:00 +0000 UTC"
        );
    }
}
