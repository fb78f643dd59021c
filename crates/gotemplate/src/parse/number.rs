//! Number literals, and all the things each of them can be.
//!
//! Comes in: a literal. Goes out: its value as each of Go's kinds of number that it fits exactly:
//! what it becomes is only known where it is used. Source: Go 1.26, text/template/parse/node.go
//! (`newNumber`).

use super::float_literal::{float, float_token, float_with_any_exponent};
use super::item::ItemKind;
use super::unquote::{Malformed, unquote_char};
use crate::fmt::quote;

/// A number literal.
#[derive(Clone, Default, Debug)]
pub struct Number {
    pub text: Box<[u8]>,
    pub int: Option<i64>,
    pub uint: Option<u64>,
    pub float: Option<f64>,
    pub complex: Option<(f64, f64)>,
    /// Has it a point or an exponent?
    pub written_as_float: bool,
}

impl Number {
    pub(super) fn parse(text: &[u8], kind: ItemKind) -> Result<Self, String> {
        let number = match (kind, text) {
            (ItemKind::CharConstant, _) => Self::of_char(text)?,
            (ItemKind::Complex, _) => Self::of_complex(complex(text)?),
            (_, [imaginary @ .., b'i']) if float(imaginary).is_some() => {
                let imaginary = float(imaginary).unwrap_or_default();
                Self::of_complex((0.0, imaginary))
            }
            _ => Self::of_real(text)?,
        };
        Ok(Self {
            written_as_float: is_written_as_float(text),
            text: text.into(),
            ..number
        })
    }

    fn of_char(text: &[u8]) -> Result<Self, String> {
        let number = unquote_char(text).map_err(|malformed| match malformed {
            Malformed::Syntax => "invalid syntax".to_owned(),
            Malformed::Length => {
                format!(
                    "malformed character constant: {}",
                    String::from_utf8_lossy(text)
                )
            }
        })?;
        Ok(Self {
            int: Some(i64::from(number)),
            uint: Some(u64::from(number)),
            float: Some(f64::from(number)),
            ..Self::default()
        })
    }

    fn of_complex(complex: (f64, f64)) -> Self {
        let real = (complex.1 == 0.0).then_some(complex.0);
        Self {
            int: real.and_then(exact_int),
            uint: real.and_then(exact_uint),
            float: real,
            complex: Some(complex),
            ..Self::default()
        }
    }

    fn of_real(text: &[u8]) -> Result<Self, String> {
        let int = int(text);
        let uint = uint(text).or((int == Some(0)).then_some(0));
        if let Some(whole) = int.map(|int| int as f64).or(uint.map(|uint| uint as f64)) {
            let float = Some(whole);
            return Ok(Self {
                int,
                uint,
                float,
                ..Self::default()
            });
        }
        let quoted = || String::from_utf8_lossy(&quote(text)).into_owned();
        match float(text) {
            None => Err(format!("illegal number syntax: {}", quoted())),
            Some(_) if !text.iter().any(|byte| b".eEpP".contains(byte)) => {
                Err(format!("integer overflow: {}", quoted()))
            }
            Some(float) => Ok(Self {
                int: exact_int(float),
                uint: exact_uint(float),
                float: Some(float),
                ..Self::default()
            }),
        }
    }
}

/// What begins with `0x` is a float by its binary exponent only; after a sign Go does not look.
fn is_written_as_float(text: &[u8]) -> bool {
    let has_any = |marks: &[u8]| text.iter().any(|byte| marks.contains(byte));
    match text {
        [b'\'', ..] => false,
        [b'0', b'x' | b'X', _, ..] => has_any(b"pP"),
        _ => has_any(b".eEpP"),
    }
}

fn exact_int(float: f64) -> Option<i64> {
    // Two to the 63rd itself is no int64.
    let fits = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&float);
    (fits && float.fract() == 0.0).then_some(float as i64)
}

fn exact_uint(float: f64) -> Option<u64> {
    let fits = (0.0..18_446_744_073_709_551_616.0).contains(&float);
    (fits && float.fract() == 0.0).then_some(float as u64)
}

fn complex(text: &[u8]) -> Result<(f64, f64), String> {
    let (real, rest) = text.split_at(float_token(text));
    let imaginary = rest.strip_suffix(b"i").unwrap_or(rest);
    if matches!(imaginary, [] | [b'+' | b'-']) {
        return Err("syntax error scanning complex number".to_owned());
    }
    let parse = |text: &[u8]| {
        float_with_any_exponent(text).ok_or_else(|| {
            let quoted = quote(text);
            let quoted = String::from_utf8_lossy(&quoted);
            format!("strconv.ParseFloat: parsing {quoted}: invalid syntax")
        })
    };
    Ok((parse(real)?, parse(imaginary)?))
}

fn int(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    let magnitude = i128::from(uint(digits)?);
    i64::try_from(if negative { -magnitude } else { magnitude }).ok()
}

fn uint(text: &[u8]) -> Option<u64> {
    let (base, digits) = match text {
        [] => return None,
        [b'0', b'b' | b'B', digits @ ..] if !digits.is_empty() => (2, digits),
        [b'0', b'o' | b'O', digits @ ..] if !digits.is_empty() => (8, digits),
        [b'0', b'x' | b'X', digits @ ..] if !digits.is_empty() => (16, digits),
        [b'0', digits @ ..] => (8, digits),
        digits => (10, digits),
    };
    if !underscores_separate_digits(text) {
        return None;
    }
    digits
        .iter()
        .filter(|byte| **byte != b'_')
        .try_fold(0_u64, |number, byte| {
            let digit = char::from(*byte).to_digit(base)?;
            number
                .checked_mul(u64::from(base))?
                .checked_add(u64::from(digit))
        })
}

/// Does every underscore stand between digits, the prefix of a base counted as one?
pub(super) fn underscores_separate_digits(text: &[u8]) -> bool {
    let text = match text {
        [b'+' | b'-', rest @ ..] => rest,
        text => text,
    };
    let lower = text.to_ascii_lowercase();
    let (hexadecimal, rest) = match &lower[..] {
        [b'0', b'x', rest @ ..] => (true, rest),
        [b'0', b'b' | b'o', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let has_prefix = rest.len() < lower.len();
    let is_digit = |byte: u8| byte.is_ascii_digit() || hexadecimal && byte.is_ascii_hexdigit();
    rest.iter().enumerate().all(|(index, byte)| {
        let before = match index.checked_sub(1) {
            Some(before) => is_digit(rest[before]),
            None => has_prefix,
        };
        let after = rest.get(index + 1).is_some_and(|next| is_digit(*next));
        *byte != b'_' || before && after
    })
}
