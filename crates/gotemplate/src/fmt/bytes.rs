//! Texts and bytes: `%s`, `%q`, `%x`.

use super::printer::Printer;
use super::quote::{can_backquote, quote_as};
use super::units;

impl Printer {
    pub(super) fn text(&mut self, text: &[u8]) {
        let text = self.shortened(text);
        self.pad(text);
    }

    pub(super) fn quoted(&mut self, text: &[u8]) {
        let text = self.shortened(text);
        if self.flags.sharp && can_backquote(text) {
            self.pad(&[b"`", text, b"`"].concat());
        } else {
            let quoted = quote_as(text, '"', self.flags.plus);
            self.pad(&quoted);
        }
    }

    fn shortened<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        match self.flags.precision {
            Some(many) => units::first(text, many),
            None => text,
        }
    }

    /// Two digits a byte. With a blank, bytes stand apart; with `#`, `0x` comes first.
    pub(super) fn hex(&mut self, bytes: &[u8], upper: bool) {
        let length = self.flags.precision.unwrap_or(usize::MAX);
        let bytes = &bytes[..length.min(bytes.len())];
        if bytes.is_empty() {
            return self.write_padding(self.flags.width.unwrap_or(0));
        }
        let text = self.hex_text(bytes, upper);
        let missing = self.flags.width.unwrap_or(0).saturating_sub(text.len());
        if self.flags.minus {
            self.write(&text);
            self.write_padding(missing);
        } else {
            self.write_padding(missing);
            self.write(&text);
        }
    }

    fn hex_text(&self, bytes: &[u8], upper: bool) -> Vec<u8> {
        let (digits, prefix) = match upper {
            true => (b"0123456789ABCDEF", b"0X"),
            false => (b"0123456789abcdef", b"0x"),
        };
        let mut text = Vec::with_capacity(bytes.len() * 2);
        for (index, byte) in bytes.iter().enumerate() {
            if index > 0 && self.flags.space {
                text.push(b' ');
            }
            if self.flags.sharp && (index == 0 || self.flags.space) {
                text.extend_from_slice(prefix);
            }
            text.push(digits[usize::from(byte >> 4)]);
            text.push(digits[usize::from(byte & 15)]);
        }
        text
    }
}
