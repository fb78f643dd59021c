//! The grammar of selectors.
//!
//! Comes in: a text. Goes out: its requirements. A requirement is a key, and what is said of it; a key
//! alone has to be there, one behind `!` must not.

use super::token::{Token, scan};
use super::{LabelSelectorError, Requirement, Test, valid};
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LabelSelectorError>;

/// The requirements of a selector.
pub fn parse(text: &str) -> Result<Vec<Requirement>> {
    let mut parser = Parser {
        tokens: scan(text),
        at: 0,
    };
    let mut requirements = Vec::new();
    loop {
        match parser.peek() {
            Token::End => return Ok(requirements),
            Token::Word(_) | Token::Not => requirements.push(parser.requirement()?),
            other => return Err(unexpected(other, "!, identifier, or 'end of string'")),
        }
        match parser.next() {
            Token::End => return Ok(requirements),
            Token::Comma => match parser.peek() {
                Token::Word(_) | Token::Not => {}
                other => return Err(unexpected(other, "identifier after ','")),
            },
            other => return Err(unexpected(other, "',' or 'end of string'")),
        }
    }
}

fn unexpected(found: Token, expected: &'static str) -> LabelSelectorError {
    LabelSelectorError::Unexpected {
        found: found.text(),
        expected,
    }
}

struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Token<'a> {
        self.tokens.get(self.at).copied().unwrap_or(Token::End)
    }

    fn next(&mut self) -> Token<'a> {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn requirement(&mut self) -> Result<Requirement> {
        let first = self.next();
        let negated = first == Token::Not;
        let key = match if negated { self.next() } else { first } {
            Token::Word(key) => key,
            other => return Err(unexpected(other, "identifier")),
        };
        valid::key(key)?;
        let alone = matches!(self.peek(), Token::End | Token::Comma);
        let test = match (negated, alone) {
            (true, _) => Test::Missing,
            (false, true) => Test::Exists,
            (false, false) => self.test(key)?,
        };
        Ok(Requirement {
            key: key.to_owned(),
            test,
        })
    }

    fn test(&mut self, key: &str) -> Result<Test> {
        Ok(match self.next() {
            Token::Word("in") => Test::In(self.values(key)?),
            Token::Word("notin") => Test::NotIn(self.values(key)?),
            Token::Equals => Test::In([self.value(key)?].into()),
            Token::NotEquals => Test::NotIn([self.value(key)?].into()),
            Token::Above => Test::Above(self.number(key)?),
            Token::Below => Test::Below(self.number(key)?),
            other => return Err(unexpected(other, "'=', '!=', '==', 'in', 'notin'")),
        })
    }

    fn number(&mut self, key: &str) -> Result<i64> {
        let text = self.word()?;
        let number = text.parse();
        let number = number.map_err(|_| LabelSelectorError::NoNumber(text.to_owned()))?;
        valid::value(key, text)?;
        Ok(number)
    }

    fn value(&mut self, key: &str) -> Result<String> {
        let text = self.word()?;
        valid::value(key, text)?;
        Ok(text.to_owned())
    }

    /// A value; nothing at all is the empty one.
    fn word(&mut self) -> Result<&'a str> {
        if matches!(self.peek(), Token::End | Token::Comma) {
            return Ok("");
        }
        match self.next() {
            Token::Word(text) => Ok(text),
            other => Err(unexpected(other, "identifier")),
        }
    }

    /// `(a,b)`; where a value is missing it is the empty one.
    fn values(&mut self, key: &str) -> Result<BTreeSet<String>> {
        match self.next() {
            Token::Open => {}
            other => return Err(unexpected(other, "'('")),
        }
        let values = match self.peek() {
            Token::Close => [String::new()].into(),
            _ => self.list()?,
        };
        self.at += 1;
        for value in &values {
            valid::value(key, value)?;
        }
        Ok(values)
    }

    /// The values up to the closing bracket. Two commas may not stand before it, as upstream.
    fn list(&mut self) -> Result<BTreeSet<String>> {
        let mut values = BTreeSet::new();
        loop {
            match self.next() {
                Token::Word(text) => {
                    values.insert(text.to_owned());
                    match self.peek() {
                        Token::Comma => {}
                        Token::Close => return Ok(values),
                        other => return Err(unexpected(other, "',' or ')'")),
                    }
                }
                Token::Comma => {
                    let next = self.peek();
                    if values.is_empty() || matches!(next, Token::Close | Token::Comma) {
                        values.insert(String::new());
                    }
                    match next {
                        Token::Close => return Ok(values),
                        Token::Comma => self.at += 1,
                        _ => {}
                    }
                }
                other => return Err(unexpected(other, "',', or identifier")),
            }
        }
    }
}
