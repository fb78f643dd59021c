//! A time in the form a layout asks for.
//!
//! In: a time and a layout. Out: text. Source: Go 1.26, time/format.go (appendFormat).

use super::calendar::{Civil, MONTHS, WEEKDAYS};
use super::layout::{Element, Fraction, Offset, cut};
use super::time::Time;
use super::zone::ZoneAt;

/// As `fmt` prints a time.
pub const PRINTED: &[u8] = b"2006-01-02 15:04:05.999999999 -0700 MST";
/// As JSON has it.
pub const RFC3339_NANO: &[u8] = b"2006-01-02T15:04:05.999999999Z07:00";

/// The time as the layout has it. What is no element of a layout is copied.
pub fn format(time: &Time, layout: &[u8]) -> Vec<u8> {
    let zone = time.zone_now();
    let civil = Civil::at(time.seconds, zone.offset);
    let mut out = Vec::with_capacity(layout.len() + 10);
    let mut rest = layout;
    while !rest.is_empty() {
        let piece = cut(rest);
        out.extend_from_slice(piece.before);
        let Some(element) = piece.element else { break };
        write(&mut out, element, time, &civil, &zone);
        rest = piece.behind;
    }
    out
}

fn write(out: &mut Vec<u8>, element: Element, time: &Time, civil: &Civil, zone: &ZoneAt) {
    match element {
        Element::ZoneName => zone_name(out, zone),
        Element::Offset(form) => offset(out, form, zone.offset),
        Element::Fraction(form) => fraction(out, form, time.nanoseconds),
        Element::Hour
        | Element::Hour12
        | Element::ZeroHour12
        | Element::Minute
        | Element::ZeroMinute
        | Element::Second
        | Element::ZeroSecond
        | Element::UpperNoon
        | Element::LowerNoon => clock(out, element, civil),
        _ => date(out, element, civil),
    }
}

fn date(out: &mut Vec<u8>, element: Element, civil: &Civil) {
    let (month, weekday) = (civil.month as usize - 1, civil.weekday as usize);
    let day_of_year = civil.day_of_year;
    match element {
        Element::Year => number(out, civil.year.abs() % 100, 2),
        Element::LongYear => number(out, civil.year, 4),
        Element::Month => out.extend_from_slice(&MONTHS[month].as_bytes()[..3]),
        Element::LongMonth => out.extend_from_slice(MONTHS[month].as_bytes()),
        Element::NumberMonth => number(out, civil.month, 0),
        Element::ZeroMonth => number(out, civil.month, 2),
        Element::Weekday => out.extend_from_slice(&WEEKDAYS[weekday].as_bytes()[..3]),
        Element::LongWeekday => out.extend_from_slice(WEEKDAYS[weekday].as_bytes()),
        Element::Day => number(out, civil.day, 0),
        Element::UnderDay => out.extend_from_slice(format!("{:2}", civil.day).as_bytes()),
        Element::ZeroDay => number(out, civil.day, 2),
        Element::UnderYearDay => out.extend_from_slice(format!("{day_of_year:3}").as_bytes()),
        _ => number(out, day_of_year, 3),
    }
}

fn clock(out: &mut Vec<u8>, element: Element, civil: &Civil) {
    // Noon is 12PM, midnight is 12AM.
    let hour12 = (civil.hour + 11) % 12 + 1;
    match element {
        Element::Hour => number(out, civil.hour, 2),
        Element::Hour12 => number(out, hour12, 0),
        Element::ZeroHour12 => number(out, hour12, 2),
        Element::Minute => number(out, civil.minute, 0),
        Element::ZeroMinute => number(out, civil.minute, 2),
        Element::Second => number(out, civil.second, 0),
        Element::ZeroSecond => number(out, civil.second, 2),
        Element::UpperNoon if civil.hour >= 12 => out.extend_from_slice(b"PM"),
        Element::UpperNoon => out.extend_from_slice(b"AM"),
        _ if civil.hour >= 12 => out.extend_from_slice(b"pm"),
        _ => out.extend_from_slice(b"am"),
    }
}

/// A number with zeros in front; the sign does not count.
fn number(out: &mut Vec<u8>, number: impl Into<i64>, width: usize) {
    let number = number.into();
    let sign = if number < 0 { "-" } else { "" };
    let text = format!("{sign}{:0width$}", number.unsigned_abs());
    out.extend_from_slice(text.as_bytes());
}

/// A zone without a name is written by its distance.
fn zone_name(out: &mut Vec<u8>, zone: &ZoneAt) {
    if zone.name.is_empty() {
        let bare = Offset {
            z: false,
            colon: false,
            minutes: true,
            seconds: false,
        };
        return offset(out, bare, zone.offset);
    }
    out.extend_from_slice(zone.name.as_bytes());
}

fn offset(out: &mut Vec<u8>, form: Offset, offset: i32) {
    if form.z && offset == 0 {
        return out.push(b'Z');
    }
    // The sign is that of whole minutes: half a minute west of UTC is `+0000`.
    let minutes = offset / 60;
    out.push(if minutes < 0 { b'-' } else { b'+' });
    number(out, (minutes / 60).abs(), 2);
    if form.colon {
        out.push(b':');
    }
    if form.minutes {
        number(out, (minutes % 60).abs(), 2);
    }
    if form.seconds {
        if form.colon {
            out.push(b':');
        }
        let absolute = if minutes < 0 { -offset } else { offset };
        number(out, absolute % 60, 2);
    }
}

fn fraction(out: &mut Vec<u8>, form: Fraction, nanoseconds: u32) {
    if form.trimmed && (form.digits == 0 || nanoseconds == 0) {
        return;
    }
    let all = format!("{nanoseconds:09}");
    let mut digits = &all[..form.digits.min(9)];
    if form.trimmed {
        digits = digits.trim_end_matches('0');
        if digits.is_empty() {
            return;
        }
    }
    out.push(form.separator);
    out.extend_from_slice(digits.as_bytes());
}
