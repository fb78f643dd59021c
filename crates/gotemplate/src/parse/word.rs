//! What words are made of.
//!
//! Source: Go 1.26, text/template/parse/lex.go (`isAlphaNumeric`), with Unicode 15.

use super::word_ranges::WORD;

/// Is it a letter, a digit or the underscore?
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    let number = u32::from(c);
    let after = WORD.partition_point(|(first, _)| *first <= number);
    after > 0 && number <= WORD[after - 1].1
}

/// Is it a space of templates?
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}
