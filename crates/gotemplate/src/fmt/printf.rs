//! Formats: text with verbs in it.
//!
//! Source: Go 1.26, fmt/print.go (`doPrintf`).

use super::flags::Flags;
use super::printer::Printer;
use super::units::first_unit;
use crate::value::Value;

/// Widths, precisions and indexes above this are not taken.
const TOO_LARGE: i64 = 1_000_000;

pub(super) fn sprintf(format: &[u8], arguments: &[Value]) -> Vec<u8> {
    let mut printing = Printing {
        printer: Printer::new(Vec::with_capacity(format.len() + 16)),
        format,
        at: 0,
        arguments,
        next: 0,
        reordered: false,
        good_index: true,
        after_index: false,
    };
    printing.run();
    printing.printer.out
}

struct Printing<'a> {
    printer: Printer,
    format: &'a [u8],
    at: usize,
    arguments: &'a [Value],
    /// The argument that comes next.
    next: usize,
    /// Was an argument picked by its index anywhere?
    reordered: bool,
    /// Was the index of this verb a good one?
    good_index: bool,
    /// Did an index such as `[3]` come just before?
    after_index: bool,
}

impl Printing<'_> {
    fn run(&mut self) {
        while self.at < self.format.len() && !self.printer.is_full() {
            let rest = &self.format[self.at..];
            let percent = rest.iter().position(|byte| *byte == b'%');
            self.printer.write(&rest[..percent.unwrap_or(rest.len())]);
            let Some(percent) = percent else {
                break;
            };
            self.at += percent + 1;
            if !self.verb() {
                break;
            }
        }
        if !self.reordered && self.next < self.arguments.len() {
            self.extra();
        }
    }

    /// What follows a `%`; false if nothing does.
    fn verb(&mut self) -> bool {
        self.good_index = true;
        self.after_index = false;
        self.printer.flags = Flags::default();
        if self.flags() {
            return true;
        }
        self.index();
        self.width();
        self.precision();
        if !self.after_index {
            self.index();
        }
        let Some(verb) = first_unit(&self.format[self.at..]) else {
            self.printer.write(b"%!(NOVERB)");
            return false;
        };
        self.at += verb.width();
        self.print(verb.char());
        true
    }

    fn print(&mut self, verb: char) {
        match (verb, self.arguments.get(self.next)) {
            ('%', _) => self.printer.write(b"%"),
            _ if !self.good_index => self.printer.complain(verb, "(BADINDEX)"),
            (_, None) => self.printer.complain(verb, "(MISSING)"),
            (_, Some(argument)) => {
                self.printer.flags.for_verb(verb);
                self.printer.argument(argument, verb);
                self.next += 1;
            }
        }
    }

    /// Reads flags. A small letter right after them is a verb, which is then done with: true.
    fn flags(&mut self) -> bool {
        while let Some(byte) = self.peek() {
            let flags = &mut self.printer.flags;
            match byte {
                b'#' => flags.sharp = true,
                b'0' => flags.zero = true,
                b'+' => flags.plus = true,
                b'-' => flags.minus = true,
                b' ' => flags.space = true,
                b'a'..=b'z' if self.next < self.arguments.len() => {
                    self.at += 1;
                    self.print(char::from(byte));
                    return true;
                }
                _ => return false,
            }
            self.at += 1;
        }
        false
    }

    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    fn width(&mut self) {
        if self.peek() == Some(b'*') {
            self.at += 1;
            let width = self.number_of_argument();
            if width.is_none() {
                self.printer.write(b"%!(BADWIDTH)");
            }
            let flags = &mut self.printer.flags;
            if width.is_some_and(|width| width < 0) {
                flags.minus = true;
                flags.zero = false;
            }
            flags.width = width.and_then(|width| usize::try_from(width.abs()).ok());
            self.after_index = false;
        } else {
            self.printer.flags.width = self.number();
            if self.after_index && self.printer.flags.width.is_some() {
                self.good_index = false;
            }
        }
    }

    fn precision(&mut self) {
        if self.peek() != Some(b'.') || self.at + 1 >= self.format.len() {
            return;
        }
        self.at += 1;
        if self.after_index {
            self.good_index = false;
        }
        self.index();
        if self.peek() == Some(b'*') {
            self.at += 1;
            let precision = self.number_of_argument();
            self.printer.flags.precision = precision.and_then(|many| usize::try_from(many).ok());
            if self.printer.flags.precision.is_none() {
                self.printer.write(b"%!(BADPREC)");
            }
            self.after_index = false;
        } else {
            self.printer.flags.precision = Some(self.number().unwrap_or(0));
        }
    }

    /// Digits here; a number too large takes the whole rest of the format with it.
    fn number(&mut self) -> Option<usize> {
        let (number, end) = number_at(self.format, self.at, self.format.len());
        self.at = end;
        number
    }

    fn number_of_argument(&mut self) -> Option<i64> {
        let argument = self.arguments.get(self.next)?;
        self.next += 1;
        let number = argument.underlying().as_int()?;
        (-TOO_LARGE..=TOO_LARGE).contains(&number).then_some(number)
    }

    /// Reads an index such as `[3]`, if there is one.
    fn index(&mut self) {
        self.after_index = false;
        if self.peek() != Some(b'[') {
            return;
        }
        self.reordered = true;
        let (index, width) = index_at(&self.format[self.at..]);
        self.at += width;
        self.after_index = index.is_some();
        let index = index.and_then(|index| index.checked_sub(1));
        match index.filter(|index| *index < self.arguments.len()) {
            Some(index) => self.next = index,
            None => self.good_index = false,
        }
    }

    /// Arguments no verb asked for.
    fn extra(&mut self) {
        self.printer.flags = Flags::default();
        self.printer.write(b"%!(EXTRA ");
        for (index, argument) in self.arguments[self.next..].iter().enumerate() {
            if index > 0 {
                self.printer.write(b", ");
            }
            self.printer.typed(argument);
        }
        self.printer.write(b")");
    }
}

/// The number at a place, and where reading goes on.
fn number_at(text: &[u8], start: usize, end: usize) -> (Option<usize>, usize) {
    let mut number = None;
    let mut at = start;
    while at < end && text[at].is_ascii_digit() {
        let before = number.unwrap_or(0);
        if before > TOO_LARGE as usize {
            return (None, end);
        }
        number = Some(before * 10 + usize::from(text[at] - b'0'));
        at += 1;
    }
    (number, at)
}

/// The number in brackets at the beginning of a text, and how wide it is.
fn index_at(text: &[u8]) -> (Option<usize>, usize) {
    let close = text.iter().position(|byte| *byte == b']');
    let Some(close) = close.filter(|_| text.len() >= 3) else {
        return (None, 1);
    };
    match number_at(text, 1, close) {
        (Some(number), end) if end == close => (Some(number), close + 1),
        _ => (None, close + 1),
    }
}
