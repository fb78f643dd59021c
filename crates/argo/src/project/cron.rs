//! Schedules of five fields: minute, hour, day of month, month, day of week.
//!
//! Comes in: a schedule, and a stretch of civil time. Goes out: whether the schedule has a moment
//! in it. Where both days are given, either is enough.
//! Source: Argo CD 3.5 reads them with robfig/cron v3 (`* 10 * * 7` is an error there too).

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// A schedule; each field a set of bits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Schedule {
    minutes: u64,
    hours: u64,
    days: Days,
    months: u64,
    weekdays: Days,
}

/// A set of days, and whether it was written as a star.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Days {
    set: u64,
    any: bool,
}

impl Schedule {
    pub fn parse(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minutes, hours, days, months, weekdays] = fields.as_slice() else {
            return None;
        };
        Some(Self {
            minutes: field(minutes, 0, 59, &[])?,
            hours: field(hours, 0, 23, &[])?,
            days: Days {
                set: field(days, 1, 31, &[])?,
                any: is_any(days),
            },
            months: field(months, 1, 12, &MONTHS)?,
            weekdays: Days {
                set: field(weekdays, 0, 6, &DAYS)?,
                any: is_any(weekdays),
            },
        })
    }

    /// Is there a moment of the schedule after `from` and before `to`?
    pub fn has_moment_between(&self, from: DateTime, to: DateTime) -> bool {
        self.next_after(from, to).is_some()
    }

    /// The first moment after `from`, if it is before `limit`.
    fn next_after(&self, from: DateTime, limit: DateTime) -> Option<DateTime> {
        let first = from.with().second(0).subsec_nanosecond(0).build().ok()?;
        let mut earliest = first.checked_add(Span::new().minutes(1)).ok()?;
        let mut day = earliest.date();
        while day <= limit.date() {
            let moment = self
                .has_day(day)
                .then(|| self.moment_on(day, earliest))
                .flatten();
            if let Some(moment) = moment {
                return (moment < limit).then_some(moment);
            }
            day = day.checked_add(1.day()).ok()?;
            earliest = day.at(0, 0, 0, 0);
        }
        None
    }

    fn moment_on(&self, day: Date, earliest: DateTime) -> Option<DateTime> {
        let hours = (0..24i8).filter(|hour| has(self.hours, *hour));
        let moments = hours.flat_map(|hour| {
            (0..60i8)
                .filter(|minute| has(self.minutes, *minute))
                .map(move |minute| (hour, minute))
        });
        moments
            .map(|(hour, minute)| day.at(hour, minute, 0, 0))
            .find(|moment| *moment >= earliest)
    }

    fn has_day(&self, day: Date) -> bool {
        let of_month = has(self.days.set, day.day());
        let of_week = has(self.weekdays.set, day.weekday().to_sunday_zero_offset());
        let fits = match self.days.any || self.weekdays.any {
            true => of_month && of_week,
            false => of_month || of_week,
        };
        has(self.months, day.month()) && fits
    }
}

fn has(set: u64, bit: i8) -> bool {
    set & (1 << bit) != 0
}

fn is_any(field: &str) -> bool {
    field
        .split(',')
        .any(|part| matches!(part.split('/').next(), Some("*" | "?")))
}

/// A comma-separated list of values, ranges and steps.
fn field(text: &str, low: u32, high: u32, names: &[&str]) -> Option<u64> {
    text.split(',').try_fold(0, |set, part| {
        Some(set | self::part(part, low, high, names)?)
    })
}

fn part(text: &str, low: u32, high: u32, names: &[&str]) -> Option<u64> {
    let (range, step) = match text.split_once('/') {
        Some((range, step)) => (
            range,
            Some(step.parse::<u32>().ok().filter(|step| *step > 0)?),
        ),
        None => (text, None),
    };
    let value = |text: &str| value(text, low, names);
    let (from, to) = match range.split_once('-') {
        _ if matches!(range, "*" | "?") => (low, high),
        Some((from, to)) => (value(from)?, value(to)?),
        None if step.is_some() => (value(range)?, high),
        None => (value(range)?, value(range)?),
    };
    if from < low || to > high || from > to {
        return None;
    }
    Some(
        (from..=to)
            .step_by(step.unwrap_or(1) as usize)
            .fold(0, |set, bit| set | 1 << bit),
    )
}

fn value(text: &str, low: u32, names: &[&str]) -> Option<u32> {
    let name = names
        .iter()
        .position(|name| name.eq_ignore_ascii_case(text));
    match name {
        Some(at) => Some(low + u32::try_from(at).ok()?),
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn schedules_find_their_next_moment() {
        let from = date(2026, 11, 21).at(12, 0, 0, 0); // a Saturday
        let limit = date(2028, 1, 1).at(0, 0, 0, 0);
        for (schedule, expected) in [
            ("* * * * *", date(2026, 11, 21).at(12, 1, 0, 0)),
            ("0 12 * * *", date(2026, 11, 22).at(12, 0, 0, 0)),
            ("*/15 13 * * *", date(2026, 11, 21).at(13, 0, 0, 0)),
            ("30 8 * * mon-fri", date(2026, 11, 23).at(8, 30, 0, 0)),
            ("0 0 1 JAN *", date(2027, 1, 1).at(0, 0, 0, 0)),
            ("0 0 13 * fri", date(2026, 11, 27).at(0, 0, 0, 0)),
            ("0 0 29 2 *", date(2028, 2, 29).at(0, 0, 0, 0)),
        ] {
            let found = Schedule::parse(schedule).unwrap().next_after(from, limit);
            assert_eq!(
                found,
                Some(expected).filter(|moment| *moment < limit),
                "{schedule}"
            );
        }
    }

    #[test]
    fn nonsense_is_no_schedule() {
        for text in [
            "",
            "* * * *",
            "* 10 * * 7",
            "60 * * * *",
            "5-1 * * * *",
            "*/0 * * * *",
            "@daily",
        ] {
            assert_eq!(Schedule::parse(text), None, "{text}");
        }
    }
}
