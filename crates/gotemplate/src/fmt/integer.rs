//! Whole numbers: `%d`, `%x`, `%c`, `%U` and the like.

use super::printable::is_printable;
use super::printer::Printer;
use super::quote::quote_char;
use crate::value::Value;

/// A whole number: how far from zero, and on which side.
#[derive(Clone, Copy)]
pub(super) struct Integer {
    /// Its bits: of a negative number those of its two's complement.
    bits: u64,
    signed: bool,
}

impl From<i64> for Integer {
    fn from(value: i64) -> Self {
        Self {
            bits: value.cast_unsigned(),
            signed: true,
        }
    }
}

impl From<u64> for Integer {
    fn from(bits: u64) -> Self {
        Self {
            bits,
            signed: false,
        }
    }
}

impl Integer {
    fn is_negative(self) -> bool {
        self.signed && self.bits.cast_signed() < 0
    }

    fn magnitude(self) -> u64 {
        match self.is_negative() {
            true => self.bits.wrapping_neg(),
            false => self.bits,
        }
    }

    /// The character with this number, U+FFFD if there is none.
    fn char(self) -> char {
        let number = u32::try_from(self.bits).ok();
        let c = number.and_then(char::from_u32);
        c.unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

impl Printer {
    /// The value is what complaints name.
    pub(super) fn integer(&mut self, number: Integer, verb: char, value: &Value) {
        match verb {
            'v' if self.flags.sharp_v && !number.signed => self.hex_byte(number),
            'v' | 'd' => self.digits(number, 10, verb),
            'b' => self.digits(number, 2, verb),
            'o' | 'O' => self.digits(number, 8, verb),
            'x' | 'X' => self.digits(number, 16, verb),
            'c' => {
                let c = number.char();
                self.pad(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
            'q' => self.pad(&quote_char(number.char(), self.flags.plus)),
            'U' => self.unicode(number.bits),
            _ => self.bad_verb(verb, value),
        }
    }

    /// `0x1f`, as `%#v` prints unsigned numbers.
    pub(super) fn hex_byte(&mut self, number: Integer) {
        let sharp = std::mem::replace(&mut self.flags.sharp, true);
        self.digits(number, 16, 'v');
        self.flags.sharp = sharp;
    }

    pub(super) fn digits(&mut self, number: Integer, base: u64, verb: char) {
        let magnitude = number.magnitude();
        if self.flags.precision == Some(0) && magnitude == 0 {
            let zero = std::mem::take(&mut self.flags.zero);
            self.write_padding(self.flags.width.unwrap_or(0));
            self.flags.zero = zero;
            return;
        }
        let least = self.least_digits(number);
        let mut text = reversed_digits(magnitude, base, verb);
        if text.len() < least {
            text.resize(least, b'0');
        }
        self.prefix(&mut text, base, verb);
        if number.is_negative() {
            text.push(b'-');
        } else if self.flags.plus {
            text.push(b'+');
        } else if self.flags.space {
            text.push(b' ');
        }
        text.reverse();
        self.pad_with_blanks(&text);
    }

    fn least_digits(&self, number: Integer) -> usize {
        let flags = &self.flags;
        match (flags.precision, flags.width) {
            (Some(precision), _) => precision,
            (None, Some(width)) if flags.zero && !flags.minus => {
                let sign = number.is_negative() || flags.plus || flags.space;
                width.saturating_sub(usize::from(sign))
            }
            _ => 0,
        }
    }

    /// Adds `0b`, `0`, `0x` or `0o`, reversed.
    fn prefix(&self, text: &mut Vec<u8>, base: u64, verb: char) {
        if self.flags.sharp {
            match base {
                2 => text.extend_from_slice(b"b0"),
                8 if text.last() != Some(&b'0') => text.push(b'0'),
                16 if verb == 'X' => text.extend_from_slice(b"X0"),
                16 => text.extend_from_slice(b"x0"),
                _ => {}
            }
        }
        if verb == 'O' {
            text.extend_from_slice(b"o0");
        }
    }

    /// `U+0041`, with `#` followed by the character.
    fn unicode(&mut self, number: u64) {
        let least = self.flags.precision.unwrap_or(4).max(4);
        let mut text = reversed_digits(number, 16, 'X');
        if text.len() < least {
            text.resize(least, b'0');
        }
        text.extend_from_slice(b"+U");
        text.reverse();
        let c = u32::try_from(number).ok().and_then(char::from_u32);
        if let Some(c) = c.filter(|c| self.flags.sharp && is_printable(*c)) {
            text.extend_from_slice(format!(" '{c}'").as_bytes());
        }
        self.pad_with_blanks(&text);
    }
}

fn reversed_digits(mut number: u64, base: u64, verb: char) -> Vec<u8> {
    let digits = match verb {
        'X' => b"0123456789ABCDEF",
        _ => b"0123456789abcdef",
    };
    let mut text = Vec::with_capacity(20);
    loop {
        // Below the base, sixteen at most.
        text.push(digits[(number % base) as usize]);
        number /= base;
        if number == 0 {
            return text;
        }
    }
}
