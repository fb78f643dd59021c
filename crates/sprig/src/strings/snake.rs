//! `FirstName` as `first_name` or `first-name`. Source: xstrings 1.5, `convert.go`.

use super::word::{Kind, Word, is_connector};
use crate::arguments::text;
use crate::letters::{is_upper, to_lower};
use crate::runes;
use crate::signature::Outcome;
use gotemplate::{Call, Value};

pub(super) fn snakecase(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Text(lower_words(text(arguments, 0), b'_').into()))
}

pub(super) fn kebabcase(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Text(lower_words(text(arguments, 0), b'-').into()))
}

fn lower_words(source: &[u8], connector: u8) -> Vec<u8> {
    let mut joined = Joined {
        result: Vec::with_capacity(source.len() + 8),
        connector,
    };
    if source.is_empty() {
        return joined.result;
    }
    let mut word = Word::first(source);
    while !word.rest.is_empty() {
        if word.kind != Kind::Connector {
            joined.push(&word);
        }
        let next = Word::first(word.rest);
        word = match word.kind {
            Kind::Number => joined.after_number(next),
            Kind::Connector => {
                joined.push(&word);
                next
            }
            Kind::Punctuation => next,
            _ => joined.after_letters(next),
        };
    }
    joined.push(&word);
    joined.result
}

struct Joined {
    result: Vec<u8>,
    connector: u8,
}

impl Joined {
    /// Letters and digits after a number belong to it.
    fn after_number<'a>(&mut self, next: Word<'a>) -> Word<'a> {
        let next = self.push_run(next);
        if next.kind != Kind::Invalid && !separates(next.kind) {
            self.result.push(self.connector);
        }
        next
    }

    /// A number after letters belongs to them, unless letters follow it in turn.
    fn after_letters<'a>(&mut self, next: Word<'a>) -> Word<'a> {
        if next.kind != Kind::Number {
            if !separates(next.kind) {
                self.result.push(self.connector);
            }
            return next;
        }
        if next.rest.is_empty() {
            return next;
        }
        let (number, next) = (next.text, Word::first(next.rest));
        if next.kind != Kind::Alphabet {
            self.result.extend_from_slice(number);
            if !separates(next.kind) {
                self.result.push(self.connector);
            }
            return next;
        }
        self.result.push(self.connector);
        self.result.extend_from_slice(number);
        self.after_number(next)
    }

    fn push_run<'a>(&mut self, mut next: Word<'a>) -> Word<'a> {
        while matches!(next.kind, Kind::Alphabet | Kind::Number) {
            self.push(&next);
            if next.rest.is_empty() {
                return Word {
                    kind: Kind::Invalid,
                    text: b"",
                    rest: b"",
                };
            }
            next = Word::first(next.rest);
        }
        next
    }

    /// Only words in upper case are changed; letters in the others are small or have no case.
    fn push(&mut self, word: &Word<'_>) {
        if !matches!(word.kind, Kind::Upper | Kind::Connector) {
            self.result.extend_from_slice(word.text);
            return;
        }
        for character in runes::all(word.text) {
            match character {
                c if is_connector(c) => self.result.push(self.connector),
                c if is_upper(c) => runes::push(&mut self.result, to_lower(c)),
                c => runes::push(&mut self.result, c),
            }
        }
    }
}

fn separates(kind: Kind) -> bool {
    matches!(kind, Kind::Connector | Kind::Punctuation)
}
