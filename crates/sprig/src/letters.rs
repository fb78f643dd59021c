//! Kinds and cases of characters as Go's `unicode` package has them: by general category, and one
//! character for one. Rust's own answers go by wider properties and may make three of one.

use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// A letter of any kind.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        ..='\x7f' => c.is_ascii_alphabetic(),
        _ => matches!(
            get_general_category(c),
            Category::UppercaseLetter
                | Category::LowercaseLetter
                | Category::TitlecaseLetter
                | Category::ModifierLetter
                | Category::OtherLetter
        ),
    }
}

/// An upper case letter.
pub(crate) fn is_upper(c: char) -> bool {
    match c {
        ..='\x7f' => c.is_ascii_uppercase(),
        _ => get_general_category(c) == Category::UppercaseLetter,
    }
}

/// A lower case letter.
pub(crate) fn is_lower(c: char) -> bool {
    match c {
        ..='\x7f' => c.is_ascii_lowercase(),
        _ => get_general_category(c) == Category::LowercaseLetter,
    }
}

/// One of the few letters that are upper case in front and lower case behind.
pub(crate) fn is_title(c: char) -> bool {
    !c.is_ascii() && get_general_category(c) == Category::TitlecaseLetter
}

/// A decimal digit.
pub(crate) fn is_digit(c: char) -> bool {
    match c {
        ..='\x7f' => c.is_ascii_digit(),
        _ => get_general_category(c) == Category::DecimalNumber,
    }
}

/// Anything of the nature of punctuation.
pub(crate) fn is_punctuation(c: char) -> bool {
    matches!(
        get_general_category(c),
        Category::ConnectorPunctuation
            | Category::DashPunctuation
            | Category::OpenPunctuation
            | Category::ClosePunctuation
            | Category::InitialPunctuation
            | Category::FinalPunctuation
            | Category::OtherPunctuation
    )
}

/// Its upper case, if that is one character.
pub(crate) fn to_upper(c: char) -> char {
    match c {
        '\u{1f80}'..='\u{1f87}' | '\u{1f90}'..='\u{1f97}' | '\u{1fa0}'..='\u{1fa7}' => {
            shifted(c, 8)
        }
        '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => shifted(c, 9),
        _ => single(c, c.to_uppercase()),
    }
}

/// Its lower case, if that is one character.
pub(crate) fn to_lower(c: char) -> char {
    match c {
        '\u{130}' => 'i',
        _ => single(c, c.to_lowercase()),
    }
}

/// How it is written in front of a word.
pub(crate) fn to_title(c: char) -> char {
    match c {
        '\u{1c4}'..='\u{1c6}' => '\u{1c5}',
        '\u{1c7}'..='\u{1c9}' => '\u{1c8}',
        '\u{1ca}'..='\u{1cc}' => '\u{1cb}',
        '\u{1f1}'..='\u{1f3}' => '\u{1f2}',
        '\u{10d0}'..='\u{10fa}' | '\u{10fd}'..='\u{10ff}' => c,
        _ => to_upper(c),
    }
}

fn shifted(c: char, by: u32) -> char {
    char::from_u32(u32::from(c) + by).unwrap_or(c)
}

fn single(c: char, mut changed: impl Iterator<Item = char>) -> char {
    match (changed.next(), changed.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}
