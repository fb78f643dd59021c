//! Text as Go's `range` and `utf8` see it: characters, and single bytes that belong to none.

/// A character, or a byte that belongs to none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// A character.
    Char(char),
    /// A byte that is not UTF-8. Go decodes it as U+FFFD, one byte wide.
    Byte(u8),
}

impl Unit {
    /// How many bytes it takes.
    pub fn width(self) -> usize {
        match self {
            Self::Char(c) => c.len_utf8(),
            Self::Byte(_) => 1,
        }
    }

    /// The character Go decodes it as.
    pub fn char(self) -> char {
        match self {
            Self::Char(c) => c,
            Self::Byte(_) => char::REPLACEMENT_CHARACTER,
        }
    }
}

/// The characters and stray bytes of a text.
pub fn units(text: &[u8]) -> impl Iterator<Item = Unit> + '_ {
    text.utf8_chunks().flat_map(|chunk| {
        let valid = chunk.valid().chars().map(Unit::Char);
        let stray = chunk.invalid().iter().map(|byte| Unit::Byte(*byte));
        valid.chain(stray)
    })
}

/// The first of them.
pub fn first_unit(text: &[u8]) -> Option<Unit> {
    match text.first()? {
        byte if byte.is_ascii() => Some(Unit::Char(char::from(*byte))),
        // No character is longer than four bytes.
        _ => units(&text[..text.len().min(4)]).next(),
    }
}

/// How many characters and stray bytes a text has.
pub(super) fn count(text: &[u8]) -> usize {
    match text.is_ascii() {
        true => text.len(),
        false => units(text).count(),
    }
}

/// The first so many of them.
pub(super) fn first(text: &[u8], many: usize) -> &[u8] {
    if text.len() <= many {
        return text;
    }
    let length = units(text).take(many).map(Unit::width).sum();
    &text[..length]
}
