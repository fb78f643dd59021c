//! Layouts: Go writes a format down as the reference time, Mon Jan 2 15:04:05 MST 2006, would look.
//!
//! In: a layout. Out: its next element, with the text before and behind it. Source: Go 1.26,
//! time/format.go (nextStdChunk).

/// An element of a layout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Element {
    LongMonth,
    Month,
    NumberMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    UpperNoon,
    LowerNoon,
    ZoneName,
    Offset(Offset),
    Fraction(Fraction),
}

/// How a distance from UTC is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offset {
    /// UTC is `Z`.
    pub z: bool,
    pub colon: bool,
    pub minutes: bool,
    pub seconds: bool,
}

/// How a fraction of a second is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fraction {
    pub digits: usize,
    /// Without zeros at the end.
    pub trimmed: bool,
    pub separator: u8,
}

/// A layout cut at its first element.
pub struct Cut<'a> {
    pub before: &'a [u8],
    /// As it is written.
    pub spelling: &'a [u8],
    pub element: Option<Element>,
    pub behind: &'a [u8],
}

/// Cuts a layout at its first element.
pub fn cut(layout: &[u8]) -> Cut<'_> {
    for (at, _) in layout.iter().enumerate() {
        let rest = &layout[at..];
        // `_2006` is an underscore and a year.
        let at = at + usize::from(rest.starts_with(b"_2006"));
        if let Some((element, length)) = element(&layout[at..]) {
            return Cut {
                before: &layout[..at],
                spelling: &layout[at..at + length],
                element: Some(element),
                behind: &layout[at + length..],
            };
        }
    }
    Cut {
        before: layout,
        spelling: b"",
        element: None,
        behind: b"",
    }
}

/// The element a text begins with, and its length.
fn element(text: &[u8]) -> Option<(Element, usize)> {
    match text.first()? {
        b'.' | b',' => fraction(text),
        b'-' | b'Z' => offset(text),
        b'J' => name(text, "January", Element::LongMonth, Element::Month),
        b'M' if text.starts_with(b"MST") => Some((Element::ZoneName, 3)),
        b'M' => name(text, "Monday", Element::LongWeekday, Element::Weekday),
        _ => plain(text),
    }
}

const PLAIN: [(&str, Element); 18] = [
    ("01", Element::ZeroMonth),
    ("02", Element::ZeroDay),
    ("03", Element::ZeroHour12),
    ("04", Element::ZeroMinute),
    ("05", Element::ZeroSecond),
    ("06", Element::Year),
    ("002", Element::ZeroYearDay),
    ("15", Element::Hour),
    ("1", Element::NumberMonth),
    ("2006", Element::LongYear),
    ("2", Element::Day),
    ("_2", Element::UnderDay),
    ("__2", Element::UnderYearDay),
    ("3", Element::Hour12),
    ("4", Element::Minute),
    ("5", Element::Second),
    ("PM", Element::UpperNoon),
    ("pm", Element::LowerNoon),
];

fn plain(text: &[u8]) -> Option<(Element, usize)> {
    let mut spellings = PLAIN.iter();
    let found = spellings.find(|(spelling, _)| text.starts_with(spelling.as_bytes()));
    found.map(|(spelling, element)| (*element, spelling.len()))
}

/// A name in full or its first three letters, if no word goes on behind them: not "Month".
fn name(text: &[u8], full: &str, long: Element, short: Element) -> Option<(Element, usize)> {
    if text.starts_with(full.as_bytes()) {
        return Some((long, full.len()));
    }
    let goes_on = text.get(3).is_some_and(u8::is_ascii_lowercase);
    (text.starts_with(&full.as_bytes()[..3]) && !goes_on).then_some((short, 3))
}

/// The spellings behind the sign, the ones that begin others last.
const OFFSETS: [(&str, [bool; 3]); 5] = [
    ("070000", [false, true, true]),
    ("07:00:00", [true, true, true]),
    ("0700", [false, true, false]),
    ("07:00", [true, true, false]),
    ("07", [false, false, false]),
];

fn offset(text: &[u8]) -> Option<(Element, usize)> {
    let (sign, digits) = text.split_first()?;
    let mut spellings = OFFSETS.iter();
    let found = spellings.find(|(spelling, _)| digits.starts_with(spelling.as_bytes()));
    found.map(|(spelling, [colon, minutes, seconds])| {
        let offset = Offset {
            z: *sign == b'Z',
            colon: *colon,
            minutes: *minutes,
            seconds: *seconds,
        };
        (Element::Offset(offset), spelling.len() + 1)
    })
}

/// Zeros or nines behind a point or comma, and no other digit behind them.
fn fraction(text: &[u8]) -> Option<(Element, usize)> {
    let (separator, digits) = text.split_first()?;
    let digit = *digits
        .first()
        .filter(|digit| matches!(digit, b'0' | b'9'))?;
    let count = digits.iter().take_while(|other| **other == digit).count();
    if digits.get(count).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let fraction = Fraction {
        // Go keeps twelve bits of it.
        digits: count & 0xfff,
        trimmed: digit == b'9',
        separator: *separator,
    };
    Some((Element::Fraction(fraction), count + 1))
}
