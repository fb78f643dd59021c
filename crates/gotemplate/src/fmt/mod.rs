//! Go's `fmt`: `print`, `printf` and `println` as templates know them.
//!
//! Comes in: values, and for `printf` a format. Goes out: the bytes Go would print, its complaints
//! (`%!d(string=x)`, `%!(EXTRA int=1)`) included. Source: Go 1.26, fmt/print.go, fmt/format.go.
//!
//! What is printed is cut at [`LONGEST`] bytes and at [`DEEPEST`](crate::value::DEEPEST) levels: a
//! width may ask for a million blanks, a map may contain itself.

mod bytes;
mod complaint;
mod flags;
mod float;
mod float_text;
mod integer;
mod printable;
mod printable_ranges;
mod printer;
mod printf;
mod quote;
mod units;
mod value;

pub use float_text::format_float;
pub use printable::is_printable;
pub use quote::{quote, quote_ascii};
pub use units::{Unit, first_unit, units};

use crate::value::Value;
use printer::Printer;
use std::io::Write;

/// Where printing stops, in bytes.
pub const LONGEST: usize = 64 << 20;

/// Go's `Sprintf`.
pub fn sprintf(format: &[u8], arguments: &[Value]) -> Vec<u8> {
    printf::sprintf(format, arguments)
}

/// Go's `Sprint`: a blank between two values neither of which is a text.
pub fn sprint(arguments: &[Value]) -> Vec<u8> {
    let mut printer = Printer::new(Vec::new());
    let mut after_text = true;
    for (index, argument) in arguments.iter().enumerate() {
        let is_text = argument.kind() == crate::value::Kind::String;
        if index > 0 && !is_text && !after_text {
            printer.write(b" ");
        }
        printer.argument(argument, 'v');
        after_text = is_text;
    }
    printer.out
}

/// Go's `Sprintln`: blanks between all values, a line end after them.
pub fn sprintln(arguments: &[Value]) -> Vec<u8> {
    let mut printer = Printer::new(Vec::new());
    for (index, argument) in arguments.iter().enumerate() {
        if index > 0 {
            printer.write(b" ");
        }
        printer.argument(argument, 'v');
    }
    printer.write(b"\n");
    printer.out
}

/// A value as `%v` prints it.
pub fn print_value(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write_value(&mut out, value);
    out
}

/// Adds a value as `%v` prints it.
pub fn write_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Text(text) => out.extend_from_slice(text.as_bytes()),
        Value::Int(number) | Value::Int64(number) => write_whole(out, *number),
        Value::Float(number) if is_plainly_whole(*number) => write_whole(out, *number as i64),
        value => {
            let mut printer = Printer::new(std::mem::take(out));
            printer.argument(value, 'v');
            *out = printer.out;
        }
    }
}

/// Is it a whole number that is printed without an exponent? Most numbers of charts are.
fn is_plainly_whole(number: f64) -> bool {
    number.abs() < 1e6 && number.fract() == 0.0 && (number != 0.0 || number.is_sign_positive())
}

fn write_whole(out: &mut Vec<u8>, number: i64) {
    // Writing to memory does not fail.
    let _ = write!(out, "{number}");
}
