//! What a text is made of where its case is changed: words of letters, of digits, connectors.
//! Source: xstrings 1.5, `convert.go`.

use crate::letters::{is_letter, is_punctuation, is_upper};
use crate::runes::{self, REPLACEMENT};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// The end, or bytes that are no UTF-8.
    Invalid,
    Number,
    Upper,
    Alphabet,
    Connector,
    Punctuation,
    Other,
}

/// A word and what follows it.
pub(super) struct Word<'a> {
    pub kind: Kind,
    pub text: &'a [u8],
    pub rest: &'a [u8],
}

impl<'a> Word<'a> {
    /// The first word of a text.
    pub fn first(source: &'a [u8]) -> Self {
        let (character, width) = next_valid(source, REPLACEMENT);
        let (kind, length) = match character {
            REPLACEMENT => (Kind::Invalid, width),
            c if is_connector(c) => (Kind::Connector, run(source, c, width, is_connector)),
            c if is_punctuation(c) => (Kind::Punctuation, run(source, c, width, is_punctuation)),
            c if is_upper(c) => (Kind::Upper, upper(source, c, width)),
            c if is_alphabet(c) => (Kind::Alphabet, run(source, c, width, is_small)),
            c if c.is_numeric() => (Kind::Number, run(source, c, width, char::is_numeric)),
            c => (Kind::Other, run(source, c, width, is_other)),
        };
        let (text, rest) = source.split_at(length);
        Self { kind, text, rest }
    }
}

pub(super) fn is_connector(c: char) -> bool {
    matches!(c, '-' | '_') || c.is_whitespace()
}

/// How far a run goes that began with a character.
fn run(source: &[u8], first: char, from: usize, belongs: impl Fn(char) -> bool) -> usize {
    let (mut previous, mut length) = (first, from);
    while length < source.len() {
        let (character, width) = next_valid(&source[length..], previous);
        if width == 0 || !belongs(character) {
            break;
        }
        previous = character;
        length += width;
    }
    length
}

/// `HTTPStatus` is `HTTP` and `Status`; `Status` is one word; `S` alone may be.
fn upper(source: &[u8], first: char, from: usize) -> usize {
    if from >= source.len() {
        return from;
    }
    let (second, width) = next_valid(&source[from..], first);
    if !is_upper(second) {
        return match is_alphabet(second) {
            true => run(source, second, from + width, is_small),
            false => from,
        };
    }
    let end = run(source, second, from + width, is_upper);
    let last = last_width(source, from, end);
    let follows = match end < source.len() {
        true => next_valid(&source[end..], second).0,
        false => return end,
    };
    if is_alphabet(follows) {
        end - last
    } else {
        end
    }
}

/// How many bytes the last character between two places takes, with invalid ones before it.
fn last_width(source: &[u8], from: usize, end: usize) -> usize {
    let (mut at, mut last) = (from, 0);
    while at < end {
        last = next_valid(&source[at..], 'A').1;
        at += last;
    }
    last
}

/// The first character that is valid, and how many bytes it takes with what is skipped before it.
/// Where there is none, it is what came before.
fn next_valid(source: &[u8], previous: char) -> (char, usize) {
    let mut skipped = 0;
    while let Some((character, width)) = runes::first(&source[skipped..]) {
        skipped += width;
        if character != REPLACEMENT {
            return (character, skipped);
        }
    }
    (previous, skipped)
}

/// Letters but those of scripts that xstrings leaves out of words.
fn is_alphabet(c: char) -> bool {
    is_letter(c) && !is_ideograph(c)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4d85}' | '\u{4e00}'..='\u{9fcc}' | '\u{20000}'..='\u{2b81d}')
}

fn is_small(c: char) -> bool {
    is_alphabet(c) && !is_upper(c)
}

fn is_other(c: char) -> bool {
    !is_connector(c) && !is_alphabet(c) && !c.is_numeric() && !is_punctuation(c)
}
