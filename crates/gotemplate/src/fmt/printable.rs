//! Which characters can be seen.
//!
//! Source: Go 1.26, `strconv.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII
//! blank, of Unicode 15.

use super::printable_ranges::PRINTABLE;

/// Can it be seen? What cannot is escaped in quotes.
pub fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return (' '..='~').contains(&c);
    }
    let number = u32::from(c);
    let after = PRINTABLE.partition_point(|(first, _)| *first <= number);
    after > 0 && number <= PRINTABLE[after - 1].1
}
