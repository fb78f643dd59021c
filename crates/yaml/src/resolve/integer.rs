//! Integers as Go's `strconv` reads them with base 0.
//!
//! Comes in: text without underscores. Goes out: the integer, if it is one that fits 64 bits.

use super::Resolved;

/// `42`, `0x2a`, `052`, `0o52`, `0b101010`, with a sign or without.
pub fn go(text: &str) -> Option<Resolved> {
    let (sign, digits) = split_sign(text);
    let (radix, digits) = split_radix(digits);
    in_radix(sign, digits, radix)
}

/// go-yaml's second look at `0b`, where a sign may also follow the prefix.
pub fn binary(text: &str) -> Option<Resolved> {
    let (sign, digits) = split_sign(text.strip_prefix("0b")?);
    in_radix(sign, digits, 2)
}

/// yaml.v3's second look at `0o`, likewise.
pub fn octal(text: &str) -> Option<Resolved> {
    let (sign, digits) = split_sign(text.strip_prefix("0o")?);
    in_radix(sign, digits, 8)
}

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    None,
    Plus,
    Minus,
}

fn split_sign(text: &str) -> (Sign, &str) {
    match text.as_bytes().first() {
        Some(b'+') => (Sign::Plus, &text[1..]),
        Some(b'-') => (Sign::Minus, &text[1..]),
        _ => (Sign::None, text),
    }
}

fn split_radix(digits: &str) -> (u32, &str) {
    match digits.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', _, ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', _, ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    }
}

fn in_radix(sign: Sign, digits: &str, radix: u32) -> Option<Resolved> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    match sign {
        Sign::Minus => 0_i64.checked_sub_unsigned(magnitude).map(Resolved::Int),
        _ => match i64::try_from(magnitude) {
            Ok(integer) => Some(Resolved::Int(integer)),
            Err(_) if sign == Sign::None => Some(Resolved::Uint(magnitude)),
            Err(_) => None,
        },
    }
}
