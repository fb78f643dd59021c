//! A place in a template's text, and the item that is being read there.

use super::item::{Item, ItemKind};
use super::word::is_word;
use crate::fmt::first_unit;

/// A place in a text.
pub(super) struct Cursor<'t> {
    pub text: &'t [u8],
    pub position: usize,
    /// Where the item being read began.
    pub start: usize,
    pub start_line: usize,
}

impl<'t> Cursor<'t> {
    pub fn new(text: &'t [u8]) -> Self {
        Self {
            text,
            position: 0,
            start: 0,
            start_line: 1,
        }
    }

    pub fn rest(&self) -> &'t [u8] {
        &self.text[self.position..]
    }

    /// The item as far as it was read.
    pub fn so_far(&self) -> &'t [u8] {
        &self.text[self.start..self.position]
    }

    pub fn is_item_empty(&self) -> bool {
        self.position == self.start
    }

    /// How far away two bytes in a row are. Templates are full of short texts, for which preparing a
    /// longer search would cost more than the search.
    pub fn find(&self, wanted: [u8; 2]) -> Option<usize> {
        let rest = self.rest();
        let mut firsts = memchr::memchr_iter(wanted[0], rest);
        firsts.find(|at| rest.get(at + 1) == Some(&wanted[1]))
    }

    /// Passes over bytes of which a test is true. They must not be those of longer characters.
    pub fn skip_ascii(&mut self, is_one: impl Fn(u8) -> bool) {
        let rest = self.rest();
        let ends = rest
            .iter()
            .position(|byte| !(byte.is_ascii() && is_one(*byte)));
        self.position += ends.unwrap_or(rest.len());
    }

    pub fn peek(&self) -> Option<char> {
        first_unit(self.rest()).map(|unit| unit.char())
    }

    pub fn next(&mut self) -> Option<char> {
        let unit = first_unit(self.rest())?;
        self.position += unit.width();
        Some(unit.char())
    }

    /// Back over a character known to be ASCII.
    pub fn step_back(&mut self) {
        self.position -= 1;
    }

    pub fn skip(&mut self, bytes: usize) {
        self.position += bytes;
    }

    pub fn skip_to_end(&mut self) {
        self.position = self.text.len();
    }

    /// What was read since the last item.
    pub fn item(&mut self, kind: ItemKind) -> Item<'t> {
        let item = Item {
            kind,
            position: self.start,
            text: self.so_far(),
            line: self.start_line,
        };
        self.ignore();
        item
    }

    /// Drops what was read since the last item.
    pub fn ignore(&mut self) {
        self.start_line += lines(self.so_far());
        self.start = self.position;
    }

    fn accept(&mut self, wanted: &[u8]) -> bool {
        let found = self
            .rest()
            .first()
            .is_some_and(|byte| wanted.contains(byte));
        self.position += usize::from(found);
        found
    }

    fn accept_run(&mut self, wanted: &[u8]) {
        while self.accept(wanted) {}
    }

    /// Passes over what looks like a number; false if a word goes on behind it.
    pub fn scan_number(&mut self) -> bool {
        const DECIMAL: &[u8] = b"0123456789_";
        const HEXADECIMAL: &[u8] = b"0123456789abcdefABCDEF_";
        self.accept(b"+-");
        let mut digits = DECIMAL;
        if self.accept(b"0") {
            if self.accept(b"xX") {
                digits = HEXADECIMAL;
            } else if self.accept(b"oO") {
                digits = b"01234567_";
            } else if self.accept(b"bB") {
                digits = b"01_";
            }
        }
        self.accept_run(digits);
        if self.accept(b".") {
            self.accept_run(digits);
        }
        let exponent = match digits {
            DECIMAL => self.accept(b"eE"),
            HEXADECIMAL => self.accept(b"pP"),
            _ => false,
        };
        if exponent {
            self.accept(b"+-");
            self.accept_run(DECIMAL);
        }
        self.accept(b"i");
        if self.peek().is_some_and(is_word) {
            self.next();
            return false;
        }
        true
    }
}

/// How often a line ends. Most items are words.
fn lines(text: &[u8]) -> usize {
    const SHORT: usize = 32;
    match text.len() < SHORT {
        true => text.iter().filter(|byte| **byte == b'\n').count(),
        false => memchr::memchr_iter(b'\n', text).count(),
    }
}
