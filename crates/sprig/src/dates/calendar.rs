//! Days and dates: the calendar Go counts in, Gregorian without beginning.
//!
//! In: seconds since the epoch, already shifted into a zone. Out: year, month, day and the rest of
//! what a clock on the wall shows; and back. Source: Go 1.26, time/time.go. Go counts in 64 bits
//! that wrap around, so seconds that no calendar reaches still give the dates Go gives.

const SECONDS_OF_DAY: u64 = 86_400;
/// From Go's zero of all time, a first of March, to the epoch.
const DAYS_TO_EPOCH: u64 = 292_277_022_400 / 400 * 146_097 + 306 + 719_162;

/// What a clock on the wall shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Civil {
    pub year: i64,
    /// From 1.
    pub month: u32,
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    /// From 0, which is Sunday.
    pub weekday: u32,
    /// From 1.
    pub day_of_year: u32,
}

impl Civil {
    /// The wall clock this many seconds after the epoch, by a clock this far ahead of UTC.
    pub fn at(seconds: i64, offset: i32) -> Self {
        let shifted = seconds.wrapping_add(i64::from(offset)) as u64;
        let absolute = shifted.wrapping_add(DAYS_TO_EPOCH.wrapping_mul(SECONDS_OF_DAY));
        let days = (absolute / SECONDS_OF_DAY) as i64 - DAYS_TO_EPOCH as i64;
        let second = (absolute % SECONDS_OF_DAY) as u32;
        let (year, month, day) = date_of(days);
        Self {
            year,
            month,
            day,
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
            // The epoch was a Thursday.
            weekday: (days + 4).rem_euclid(7) as u32,
            day_of_year: (days - days_to(year, 1, 1)) as u32 + 1,
        }
    }
}

/// Days from the epoch to a date; days beyond the end of a month run on into the next.
pub fn days_to(year: i64, month: u32, day: i64) -> i64 {
    // Years that begin in March end with the day that is not always there.
    let year = year - i64::from(month < 3);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let months = i64::from((month + 9) % 12);
    let of_year = (153 * months + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date so many days after the epoch.
fn date_of(days: i64) -> (i64, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let months = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * months + 2) / 5 + 1) as u32;
    let month = if months < 10 { months + 3 } else { months - 9 } as u32;
    (era * 400 + year + i64::from(month < 3), month, day)
}

/// Has the year a 29th of February?
pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days a month has.
pub fn days_in(year: i64, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
