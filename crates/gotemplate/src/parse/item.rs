//! What the lexer finds: words, signs, pieces of text.

use crate::fmt::{quote, units};

/// What an item is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ItemKind {
    /// Something that is none; the lexer says why.
    Error,
    Bool,
    /// A printable character of no other meaning, such as a comma.
    Char,
    CharConstant,
    Complex,
    Assign,
    Declare,
    Eof,
    Field,
    Identifier,
    LeftDelimiter,
    LeftParenthesis,
    Number,
    Pipe,
    RawString,
    RightDelimiter,
    RightParenthesis,
    Space,
    String,
    Text,
    Variable,
    Block,
    Break,
    Continue,
    Dot,
    Define,
    Else,
    End,
    If,
    Nil,
    Range,
    Template,
    With,
}

impl ItemKind {
    /// The keyword a word is, if it is one.
    pub fn keyword(word: &[u8]) -> Option<Self> {
        Some(match word {
            b"." => Self::Dot,
            b"block" => Self::Block,
            b"break" => Self::Break,
            b"continue" => Self::Continue,
            b"define" => Self::Define,
            b"else" => Self::Else,
            b"end" => Self::End,
            b"if" => Self::If,
            b"range" => Self::Range,
            b"nil" => Self::Nil,
            b"template" => Self::Template,
            b"with" => Self::With,
            _ => return None,
        })
    }

    fn is_keyword(self) -> bool {
        use ItemKind as K;
        let controls = matches!(
            self,
            K::Block | K::Break | K::Continue | K::Define | K::Template
        );
        let branches = matches!(self, K::Else | K::End | K::If | K::Range | K::With);
        controls || branches || matches!(self, K::Dot | K::Nil)
    }
}

/// Something the lexer found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'t> {
    pub kind: ItemKind,
    /// Where it begins.
    pub position: usize,
    pub text: &'t [u8],
    /// The line it begins in.
    pub line: usize,
}

impl Item<'_> {
    /// As messages show it.
    pub fn describe(&self) -> String {
        match self.kind {
            ItemKind::Eof => "EOF".to_owned(),
            kind if kind.is_keyword() => format!("<{}>", String::from_utf8_lossy(self.text)),
            _ if self.text.len() > 10 => {
                let length = units(self.text).take(10).map(|unit| unit.width()).sum();
                let quoted = quote(&self.text[..length]);
                format!("{}...", String::from_utf8_lossy(&quoted))
            }
            _ => String::from_utf8_lossy(&quote(self.text)).into_owned(),
        }
    }
}
