//! Bytes at which a run of text may end.
//!
//! Comes in: text. Goes out: the length of the run before the next such byte. Scanning is mostly
//! this, so it is one look at a table for each byte.

/// The end of a line, or the beginning of a character that is one.
pub const LINE: u8 = 1;
/// What may end plain text outside of brackets.
pub const PLAIN: u8 = 2;
/// What may end it inside.
pub const PLAIN_IN_FLOW: u8 = 4;
/// What may end a word in single quotes.
pub const SINGLE_QUOTED: u8 = 8;
/// What may end one in double quotes.
pub const DOUBLE_QUOTED: u8 = 16;

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let breaks = LINE | PLAIN | PLAIN_IN_FLOW | SINGLE_QUOTED | DOUBLE_QUOTED;
    let blanks = PLAIN | PLAIN_IN_FLOW | SINGLE_QUOTED | DOUBLE_QUOTED;
    add(&mut classes, b"\n\r\xC2\xE2", breaks);
    add(&mut classes, b" \t", blanks);
    add(&mut classes, b":", PLAIN | PLAIN_IN_FLOW);
    add(&mut classes, b",?[]{}", PLAIN_IN_FLOW);
    add(&mut classes, b"'", SINGLE_QUOTED);
    add(&mut classes, b"\"\\", DOUBLE_QUOTED);
    classes
};

const fn add(classes: &mut [u8; 256], bytes: &[u8], class: u8) {
    let mut at = 0;
    while at < bytes.len() {
        classes[bytes[at] as usize] |= class;
        at += 1;
    }
}

/// How many bytes come before one of a class.
pub fn run(bytes: &[u8], class: u8) -> usize {
    let ends = |byte: &u8| CLASSES[usize::from(*byte)] & class != 0;
    bytes.iter().position(ends).unwrap_or(bytes.len())
}
