//! Where printing collects its bytes, and how it pads.

use super::flags::Flags;
use super::{LONGEST, units};

/// A text being printed.
pub(super) struct Printer {
    pub out: Vec<u8>,
    pub flags: Flags,
    /// Where the text begins: `out` may hold something before it.
    start: usize,
}

impl Printer {
    /// Goes on after what `out` holds.
    pub fn new(out: Vec<u8>) -> Self {
        let start = out.len();
        Self {
            out,
            flags: Flags::default(),
            start,
        }
    }

    /// Has it become too long?
    pub fn is_full(&self) -> bool {
        self.out.len() - self.start > LONGEST
    }

    pub fn write(&mut self, bytes: &[u8]) {
        if !self.is_full() {
            self.out.extend_from_slice(bytes);
        }
    }

    pub fn write_char(&mut self, c: char) {
        self.write(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// So many blanks, or zeros.
    pub fn write_padding(&mut self, many: usize) {
        let byte = match self.flags.zero && !self.flags.minus {
            true => b'0',
            false => b' ',
        };
        if !self.is_full() {
            self.out.resize(self.out.len() + many, byte);
        }
    }

    /// Writes a text as wide as is asked for.
    pub fn pad(&mut self, text: &[u8]) {
        let Some(width) = self.flags.width.filter(|width| *width > 0) else {
            return self.write(text);
        };
        let missing = width.saturating_sub(units::count(text));
        if self.flags.minus {
            self.write(text);
            self.write_padding(missing);
        } else {
            self.write_padding(missing);
            self.write(text);
        }
    }

    /// Pads with blanks whatever the flags say.
    pub fn pad_with_blanks(&mut self, text: &[u8]) {
        let zero = std::mem::take(&mut self.flags.zero);
        self.pad(text);
        self.flags.zero = zero;
    }
}
