//! One element of a layout, read from a text.
//!
//! In: the element and the text it stands at the start of. Out: the field, and the text behind it.
//! Source: Go 1.26, time/format.go (parse, parseTimeZone, parseNanoseconds).

use super::calendar::{MONTHS, WEEKDAYS};
use super::duration::leading_integer;
use super::layout::{Element, Offset, cut};

/// What was read so far.
#[derive(Default)]
pub struct Fields {
    pub year: i64,
    pub month: Option<u32>,
    pub day: Option<u32>,
    pub day_of_year: Option<u32>,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    pub nanoseconds: u32,
    pub morning: bool,
    pub afternoon: bool,
    pub utc: bool,
    pub zone_offset: Option<i32>,
    pub zone_name: String,
}

/// Why an element does not stand there.
pub enum Bad {
    Form,
    /// A number beyond its bounds.
    Range(&'static str),
}

type Rest<'a> = Result<&'a [u8], Bad>;

/// Reads an element; `behind` is what the layout has behind it.
pub fn read<'a>(element: Element, value: &'a [u8], behind: &[u8], fields: &mut Fields) -> Rest<'a> {
    match element {
        Element::UpperNoon => noon(value, b"PM", b"AM", fields),
        Element::LowerNoon => noon(value, b"pm", b"am", fields),
        Element::Hour | Element::Hour12 | Element::ZeroHour12 => hour(element, value, fields),
        Element::Minute | Element::ZeroMinute => {
            let rest;
            (fields.minute, rest) = number(value, element == Element::ZeroMinute)?;
            within(fields.minute < 60, "minute", rest)
        }
        Element::Second | Element::ZeroSecond => second(element, value, behind, fields),
        Element::Offset(form) => offset(form, value, fields),
        Element::ZoneName => zone_name(value, fields),
        Element::Fraction(form) if form.trimmed => trimmed_fraction(value, fields),
        Element::Fraction(form) => fraction(value, 1 + form.digits, fields),
        _ => date(element, value, fields),
    }
}

fn date<'a>(element: Element, value: &'a [u8], fields: &mut Fields) -> Rest<'a> {
    match element {
        Element::Year | Element::LongYear => year(element, value, fields),
        Element::Month | Element::LongMonth => {
            let (month, rest) = name(&MONTHS, element == Element::LongMonth, value)?;
            fields.month = Some(month as u32 + 1);
            Ok(rest)
        }
        Element::NumberMonth | Element::ZeroMonth => {
            let (month, rest) = number(value, element == Element::ZeroMonth)?;
            fields.month = Some(month);
            within((1..=12).contains(&month), "month", rest)
        }
        // The day of the week must be one, but need not be the right one.
        Element::Weekday => Ok(name(&WEEKDAYS, false, value)?.1),
        Element::LongWeekday => Ok(name(&WEEKDAYS, true, value)?.1),
        Element::UnderYearDay | Element::ZeroYearDay => day_of_year(element, value, fields),
        _ => {
            let value = match element {
                Element::UnderDay => value.strip_prefix(b" ").unwrap_or(value),
                _ => value,
            };
            let (day, rest) = number(value, element == Element::ZeroDay)?;
            fields.day = Some(day);
            Ok(rest)
        }
    }
}

fn year<'a>(element: Element, value: &'a [u8], fields: &mut Fields) -> Rest<'a> {
    if element == Element::Year {
        let (digits, rest) = value.split_at_checked(2).ok_or(Bad::Form)?;
        let year = integer(digits)?;
        // Unix time begins in 1969 in some zones.
        fields.year = year + if year >= 69 { 1900 } else { 2000 };
        return Ok(rest);
    }
    let (digits, rest) = value.split_at_checked(4).ok_or(Bad::Form)?;
    if !digits[0].is_ascii_digit() {
        return Err(Bad::Form);
    }
    fields.year = integer(digits)?;
    Ok(rest)
}

fn day_of_year<'a>(element: Element, value: &'a [u8], fields: &mut Fields) -> Rest<'a> {
    let spaces = match element {
        Element::UnderYearDay => value.iter().take(2).take_while(|c| **c == b' ').count(),
        _ => 0,
    };
    let value = &value[spaces..];
    let length = value
        .iter()
        .take(3)
        .take_while(|c| c.is_ascii_digit())
        .count();
    if length == 0 || element == Element::ZeroYearDay && length < 3 {
        return Err(Bad::Form);
    }
    fields.day_of_year = Some(integer(&value[..length])? as u32);
    Ok(&value[length..])
}

fn hour<'a>(element: Element, value: &'a [u8], fields: &mut Fields) -> Rest<'a> {
    let rest;
    (fields.hour, rest) = number(value, element == Element::ZeroHour12)?;
    let last = if element == Element::Hour { 23 } else { 12 };
    within(fields.hour <= last, "hour", rest)
}

fn second<'a>(element: Element, value: &'a [u8], behind: &[u8], fields: &mut Fields) -> Rest<'a> {
    let rest;
    (fields.second, rest) = number(value, element == Element::ZeroSecond)?;
    let rest = within(fields.second < 60, "second", rest)?;
    // A fraction may stand there although the layout has none.
    match cut(behind).element {
        Some(Element::Fraction(_)) => Ok(rest),
        _ => trimmed_fraction(rest, fields),
    }
}

fn noon<'a>(value: &'a [u8], after: &[u8], before: &[u8], fields: &mut Fields) -> Rest<'a> {
    let (mark, rest) = value.split_at_checked(2).ok_or(Bad::Form)?;
    match mark {
        _ if mark == after => fields.afternoon = true,
        _ if mark == before => fields.morning = true,
        _ => return Err(Bad::Form),
    }
    Ok(rest)
}

fn offset<'a>(form: Offset, value: &'a [u8], fields: &mut Fields) -> Rest<'a> {
    if form.z && value.first() == Some(&b'Z') {
        fields.utc = true;
        return Ok(&value[1..]);
    }
    let colon = usize::from(form.colon);
    let minutes_at = 3 + colon;
    let seconds_at = minutes_at + 2 + colon;
    let length = match (form.minutes, form.seconds) {
        (_, true) => seconds_at + 2,
        (true, _) => minutes_at + 2,
        _ => 3,
    };
    let (text, rest) = value.split_at_checked(length).ok_or(Bad::Form)?;
    let colons = [minutes_at, seconds_at].map(|at| text.get(at - 1));
    if form.colon && colons.into_iter().flatten().any(|c| *c != b':') {
        return Err(Bad::Form);
    }
    let part = |wanted: bool, at: usize| match wanted {
        true => number(&text[at..], true).map(|(number, _)| number),
        false => Ok(0),
    };
    let hours = part(true, 1)?;
    let minutes = part(form.minutes, minutes_at);
    let seconds = minutes
        .as_ref()
        .ok()
        .map(|_| part(form.seconds, seconds_at));
    let (minutes, seconds) = (minutes, seconds.unwrap_or(Ok(0)));
    // Some write offsets of 24 hours, 60 minutes or 60 seconds. The last one wrong is told.
    let beyond = |part: &Result<u32, Bad>, most| part.as_ref().is_ok_and(|part| *part > most);
    within(!beyond(&seconds, 60), "time zone offset second", rest)?;
    within(!beyond(&minutes, 60), "time zone offset minute", rest)?;
    within(hours <= 24, "time zone offset hour", rest)?;
    let ahead = ((hours * 60 + minutes?) * 60 + seconds?) as i32;
    let ahead = match text[0] {
        b'+' => ahead,
        b'-' => -ahead,
        _ => return Err(Bad::Form),
    };
    // To Go, one second west means that nothing was read.
    fields.zone_offset = (ahead != -1).then_some(ahead);
    Ok(rest)
}

fn zone_name<'a>(value: &'a [u8], fields: &mut Fields) -> Rest<'a> {
    if let Some(rest) = value.strip_prefix(b"UTC") {
        fields.utc = true;
        return Ok(rest);
    }
    let length = zone_name_length(value).ok_or(Bad::Form)?;
    let (name, rest) = value.split_at(length);
    fields.zone_name = String::from_utf8_lossy(name).into_owned();
    Ok(rest)
}

/// Zones are named by people: three capitals, four or five that end in T, and what is known.
fn zone_name_length(value: &[u8]) -> Option<usize> {
    if value.len() < 3 {
        return None;
    }
    if value.starts_with(b"ChST") || value.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(hours) = value.strip_prefix(b"GMT") {
        return Some(3 + signed_hours_length(hours));
    }
    if matches!(value[0], b'+' | b'-') {
        return Some(signed_hours_length(value)).filter(|length| *length > 0);
    }
    let capitals = value
        .iter()
        .take(6)
        .take_while(|c| c.is_ascii_uppercase())
        .count();
    match capitals {
        3 => Some(3),
        4 if value[3] == b'T' || value.starts_with(b"WITA") => Some(4),
        5 if value[4] == b'T' => Some(5),
        _ => None,
    }
}

/// How long `+3` or `-11` is; 0 if it is no such thing.
fn signed_hours_length(value: &[u8]) -> usize {
    let Some((b'+' | b'-', digits)) = value.split_first() else {
        return 0;
    };
    match leading_integer(digits) {
        Some((hours, rest)) if hours <= 23 && rest.len() < digits.len() => value.len() - rest.len(),
        _ => 0,
    }
}

/// A fraction of any length, or none.
fn trimmed_fraction<'a>(value: &'a [u8], fields: &mut Fields) -> Rest<'a> {
    let starts = matches!(value.first(), Some(b'.' | b','));
    let digits = value
        .iter()
        .skip(1)
        .take_while(|c| c.is_ascii_digit())
        .count();
    match starts && digits > 0 {
        true => fraction(value, 1 + digits, fields),
        false => Ok(value),
    }
}

/// A point or comma and digits; those beyond nanoseconds are read over.
fn fraction<'a>(value: &'a [u8], length: usize, fields: &mut Fields) -> Rest<'a> {
    let (text, rest) = value.split_at_checked(length).ok_or(Bad::Form)?;
    if !matches!(text[0], b'.' | b',') {
        return Err(Bad::Form);
    }
    let digits = &text[1..length.min(10)];
    let number = integer(digits)?;
    within(number >= 0, "fractional second", rest)?;
    fields.nanoseconds = number as u32 * 10_u32.pow(9 - digits.len() as u32);
    Ok(rest)
}

/// One digit or two.
fn number(value: &[u8], two: bool) -> Result<(u32, &[u8]), Bad> {
    let length = value
        .iter()
        .take(2)
        .take_while(|c| c.is_ascii_digit())
        .count();
    if length == 0 || two && length < 2 {
        return Err(Bad::Form);
    }
    Ok((integer(&value[..length])? as u32, &value[length..]))
}

/// All of a short text, perhaps with a sign; no digit at all is zero.
fn integer(text: &[u8]) -> Result<i64, Bad> {
    let unsigned = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+"));
    let magnitude = match leading_integer(unsigned.unwrap_or(text)) {
        Some((magnitude, b"")) => magnitude as i64,
        _ => return Err(Bad::Form),
    };
    Ok(if text.starts_with(b"-") {
        -magnitude
    } else {
        magnitude
    })
}

/// Which name the text begins with, in whatever case.
fn name<'a>(names: &[&str], full: bool, value: &'a [u8]) -> Result<(usize, &'a [u8]), Bad> {
    let length = |name: &str| if full { name.len() } else { 3 };
    let begins = |name: &str| {
        let start = value.get(..length(name));
        start.is_some_and(|start| start.eq_ignore_ascii_case(&name.as_bytes()[..length(name)]))
    };
    let which = names
        .iter()
        .position(|name| begins(name))
        .ok_or(Bad::Form)?;
    Ok((which, &value[length(names[which])..]))
}

fn within<'a>(fits: bool, what: &'static str, rest: &'a [u8]) -> Rest<'a> {
    match fits {
        true => Ok(rest),
        false => Err(Bad::Range(what)),
    }
}
