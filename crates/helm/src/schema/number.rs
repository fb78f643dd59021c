//! Numbers as decimals: exact where floats are not, `0.3` is three times `0.1`.

use serde_json::Number as Json;
use std::cmp::Ordering;

/// A number of JSON: its digits as a whole number, and how many of them stand behind the point.
#[derive(Clone, Debug)]
pub(super) struct Number {
    float: f64,
    /// None where the digits are too many; then the float must do.
    exact: Option<(i128, u32)>,
}

impl Number {
    pub fn of(number: &Json) -> Self {
        Self {
            float: number.as_f64().unwrap_or(f64::NAN),
            exact: decimal(&number.to_string()),
        }
    }

    pub fn float(&self) -> f64 {
        self.float
    }

    pub fn compare(&self, other: &Self) -> Ordering {
        match aligned(self, other) {
            Some((left, right)) => left.cmp(&right),
            None => self.float.total_cmp(&other.float),
        }
    }

    pub fn is_whole(&self) -> bool {
        match self.exact {
            Some((digits, behind)) => digits % 10i128.pow(behind) == 0,
            None => self.float.fract() == 0.0,
        }
    }

    pub fn is_multiple_of(&self, other: &Self) -> bool {
        match aligned(self, other) {
            Some((_, 0)) => false,
            Some((left, right)) => left % right == 0,
            None => (self.float / other.float).fract() == 0.0,
        }
    }
}

/// Digits of both with as many behind the point.
fn aligned(left: &Number, right: &Number) -> Option<(i128, i128)> {
    let ((left, left_behind), (right, right_behind)) = (left.exact?, right.exact?);
    let behind = left_behind.max(right_behind);
    let raise = |digits: i128, from: u32| digits.checked_mul(10i128.checked_pow(behind - from)?);
    Some((raise(left, left_behind)?, raise(right, right_behind)?))
}

fn decimal(text: &str) -> Option<(i128, u32)> {
    let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let behind = i32::try_from(fraction.len()).ok()? - power.parse::<i32>().ok()?;
    match u32::try_from(behind) {
        Ok(behind) if behind <= 36 => Some((digits, behind)),
        Ok(_) => None,
        Err(_) => {
            let factor = 10i128.checked_pow(behind.unsigned_abs())?;
            Some((digits.checked_mul(factor)?, 0))
        }
    }
}

/// A number as messages print it: `1,234.5`, `1.5×10⁰⁷`.
pub(super) fn shown(number: &Number) -> String {
    let text = gotemplate::fmt::format_float(number.float(), b'g', None);
    let (mantissa, power) = match text.split_once('e') {
        Some((mantissa, power)) => (mantissa, Some(power)),
        None => (text.as_str(), None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (mantissa, String::new()),
    };
    let raised: String = power
        .into_iter()
        .flat_map(str::chars)
        .filter_map(raised)
        .collect();
    let power = power.map_or(String::new(), |_| format!("×10{raised}"));
    format!("{}{fraction}{power}", grouped(whole))
}

fn raised(digit: char) -> Option<char> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match digit {
        '-' => Some('⁻'),
        digit => RAISED.get(digit.to_digit(10)? as usize).copied(),
    }
}

/// Digits with a comma before every three.
pub(super) fn grouped(digits: &str) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    let mut out = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
