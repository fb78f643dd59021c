//! What the library `os` says of time.
//!
//! Comes in: seconds since 1970 and a format, or a date's parts. Goes out: text, or seconds. All
//! of it in UTC, which is the zone Argo CD's containers live in.
//! Source: Argo CD 3.5: util/lua/oslib_safe.go, with what its table of formats makes of `%a`
//! (always `mon`), `%x` (a time) and letters it does not know (left as they are).

/// Beyond this, years have no meaning here.
const FARTHEST: i64 = 400_000_000_000;
const DAY: i64 = 86_400;
const MONTHS: [&str; 12] = [
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
const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// A moment in its parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parts {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    /// Days since Sunday.
    pub weekday: i64,
}

impl Parts {
    /// The parts of a moment, given in seconds.
    pub fn of(seconds: i64) -> Self {
        let seconds = seconds.clamp(-FARTHEST, FARTHEST);
        let (days, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        let (year, month, day) = civil(days);
        Self {
            year,
            month,
            day,
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
            weekday: (days + 4).rem_euclid(7),
        }
    }

    /// The moment they stand for; a month or day too many runs over into the next.
    pub fn seconds(self) -> i64 {
        let near = |part: i64| part.clamp(-FARTHEST, FARTHEST);
        let months = near(self.year) * 12 + near(self.month) - 1;
        let days = days(months.div_euclid(12), months.rem_euclid(12) + 1) + near(self.day) - 1;
        let clock = near(self.hour) * 3600 + near(self.minute) * 60 + near(self.second);
        days.saturating_mul(DAY).saturating_add(clock)
    }
}

/// Days from 1970 to the first of a month, counted in eras of 400 years that begin in March.
fn days(year: i64, month: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = (from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

/// A moment in a format such as `%Y-%m-%dT%XZ`.
pub fn format(format: &str, at: Parts) -> String {
    let mut text = String::with_capacity(format.len() + 16);
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '%' => match chars.next() {
                Some(flag) => text.push_str(&flagged(flag, at)),
                None => text.push('%'),
            },
            c => text.push(c),
        }
    }
    text
}

fn flagged(flag: char, at: Parts) -> String {
    let Parts {
        year,
        month,
        day,
        hour,
        minute,
        second,
        weekday,
    } = at;
    let name = |names: &[&'static str], index: i64| {
        let index = usize::try_from(index).unwrap_or(0);
        names.get(index).copied().unwrap_or_default()
    };
    let of_twelve = (hour + 11) % 12 + 1;
    let month_name = name(&MONTHS, month - 1);
    match flag {
        '%' => "%".to_owned(),
        'a' => "mon".to_owned(),
        'A' => name(&DAYS, weekday).to_owned(),
        'b' => month_name[..3].to_owned(),
        'B' => month_name.to_owned(),
        'c' => format!(
            "{day:02} {} {:02} {hour:02}:{minute:02} UTC",
            &month_name[..3],
            year.rem_euclid(100)
        ),
        'd' => format!("{day:02}"),
        'F' => format!("{year:04}-{month:02}-{day:02}"),
        'H' => format!("{hour:02}"),
        'I' => format!("{of_twelve:02}"),
        'm' => format!("{month:02}"),
        'M' => format!("{minute:02}"),
        'p' => if hour < 12 { "AM" } else { "PM" }.to_owned(),
        'P' => if hour < 12 { "am" } else { "pm" }.to_owned(),
        'S' => format!("{second:02}"),
        'x' => format!("{hour:02}/{minute:02}/{second:02}"),
        'X' => format!("{hour:02}:{minute:02}:{second:02}"),
        'y' => format!("{:02}", year.rem_euclid(100)),
        'Y' => format!("{year:04}"),
        'z' => "+0000".to_owned(),
        'Z' => "UTC".to_owned(),
        'w' => weekday.to_string(),
        other => format!("%{other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_any_format() {
        let at = Parts::of(1_700_000_000);
        for (written, expected) in [
            ("%Y-%m-%dT%XZ", "2023-11-14T22:13:20Z"),
            ("%F %H%%", "2023-11-14 22%"),
            ("%c", "14 Nov 23 22:13 UTC"),
            ("%a %A %b %B %w", "mon Tuesday Nov November 2"),
            ("%I:%M %p %P %x", "10:13 PM pm 22/13/20"),
            ("%j %y %Z %z %", "%j 23 UTC +0000 %"),
        ] {
            assert_eq!(format(written, at), expected, "{written}");
        }
    }

    #[test]
    fn parts_and_seconds_are_the_same_moment() {
        for seconds in [0, 951_782_400, 1_700_000_000, -1, -86_401, FARTHEST] {
            assert_eq!(Parts::of(seconds).seconds(), seconds);
        }
        let over = Parts {
            year: 2023,
            month: 14,
            day: 0,
            ..Parts::of(0)
        };
        assert_eq!(Parts::of(over.seconds()).month, 1);
    }

    #[test]
    fn absurd_parts_stay_within_bounds() {
        let absurd = Parts {
            year: i64::MAX,
            month: i64::MIN,
            day: i64::MAX,
            hour: i64::MIN,
            minute: i64::MAX,
            second: i64::MAX,
            weekday: 0,
        };
        assert_eq!(Parts::of(absurd.seconds()), Parts::of(FARTHEST));
    }
}
