//! Floating-point and complex numbers: `%v`, `%f`, `%e`, `%g`, `%x`, `%b`.

use super::float_text::format_float;
use super::printer::Printer;
use crate::value::Value;

impl Printer {
    /// The value is what complaints name.
    pub(super) fn float(&mut self, number: f64, verb: char, value: &Value) {
        match verb {
            'v' => self.float_as(number, b'g', None),
            'b' | 'g' | 'G' | 'x' | 'X' => self.float_as(number, verb as u8, None),
            'f' | 'e' | 'E' => self.float_as(number, verb as u8, Some(6)),
            'F' => self.float_as(number, b'f', Some(6)),
            _ => self.bad_verb(verb, value),
        }
    }

    /// `(1+2i)`.
    pub(super) fn complex(&mut self, parts: (f64, f64), verb: char, value: &Value) {
        if !matches!(
            verb,
            'v' | 'b' | 'g' | 'G' | 'x' | 'X' | 'f' | 'F' | 'e' | 'E'
        ) {
            return self.bad_verb(verb, value);
        }
        let plus = self.flags.plus;
        self.write(b"(");
        self.float(parts.0, verb, value);
        self.flags.plus = true;
        self.float(parts.1, verb, value);
        self.write(b"i)");
        self.flags.plus = plus;
    }

    fn float_as(&mut self, number: f64, form: u8, precision: Option<usize>) {
        let precision = self.flags.precision.or(precision);
        let mut text = format_float(number, form, precision).into_bytes();
        if !matches!(text[0], b'-' | b'+') {
            text.insert(0, b'+');
        }
        if self.flags.space && text[0] == b'+' && !self.flags.plus {
            text[0] = b' ';
        }
        if !number.is_finite() {
            return self.not_finite(&text, number.is_nan());
        }
        if self.flags.sharp && form != b'b' {
            text = with_point(&text, form, precision);
        }
        self.signed(&text);
    }

    /// Never padded with zeros; a NaN has a sign only where one is asked for.
    fn not_finite(&mut self, text: &[u8], is_nan: bool) {
        let without_sign = is_nan && !self.flags.space && !self.flags.plus;
        self.pad_with_blanks(&text[usize::from(without_sign)..]);
    }

    fn signed(&mut self, text: &[u8]) {
        if !self.flags.plus && text[0] == b'+' {
            return self.pad(&text[1..]);
        }
        let width = self.flags.width.unwrap_or(0);
        if self.flags.zero && !self.flags.minus && width > text.len() {
            // The sign comes before the zeros.
            self.write(&text[..1]);
            self.write_padding(width - text.len());
            self.write(&text[1..]);
        } else {
            self.pad(text);
        }
    }
}

/// What `#` makes of a number: always a point, and trailing zeros kept.
fn with_point(text: &[u8], form: u8, precision: Option<usize>) -> Vec<u8> {
    let is_hex = matches!(form, b'x' | b'X');
    let is_tail = |byte: &u8| match byte {
        b'p' | b'P' => true,
        b'e' | b'E' => !is_hex,
        _ => false,
    };
    let end = text.iter().position(is_tail).unwrap_or(text.len());
    let (number, tail) = text.split_at(end);
    let mut missing = match form {
        b'g' | b'G' | b'x' => precision.unwrap_or(6),
        _ => 0,
    };
    let digits = number[1..].iter().filter(|byte| **byte != b'.');
    missing = missing.saturating_sub(digits.skip_while(|byte| **byte == b'0').count());
    let mut out = number.to_vec();
    if !number.contains(&b'.') {
        if number.len() == 2 && number[1] == b'0' {
            missing = missing.saturating_sub(1);
        }
        out.push(b'.');
    }
    out.resize(out.len() + missing, b'0');
    out.extend_from_slice(tail);
    out
}
