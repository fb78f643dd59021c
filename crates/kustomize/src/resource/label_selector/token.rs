//! The tokens of a selector.
//!
//! Comes in: its text. Goes out: words and symbols, the longest symbol first.

/// A token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Token<'a> {
    End,
    Open,
    Close,
    Comma,
    Not,
    Equals,
    NotEquals,
    Above,
    Below,
    /// `in` and `notin` are words too, where a value is expected.
    Word(&'a str),
}

impl Token<'_> {
    /// As written.
    pub fn text(self) -> String {
        match self {
            Self::End => "",
            Self::Open => "(",
            Self::Close => ")",
            Self::Comma => ",",
            Self::Not => "!",
            Self::Equals => "=",
            Self::NotEquals => "!=",
            Self::Above => ">",
            Self::Below => "<",
            Self::Word(text) => text,
        }
        .to_owned()
    }
}

const SYMBOLS: [(&str, Token); 10] = [
    ("==", Token::Equals),
    ("!=", Token::NotEquals),
    ("=", Token::Equals),
    ("!", Token::Not),
    ("(", Token::Open),
    (")", Token::Close),
    (",", Token::Comma),
    (">", Token::Above),
    ("<", Token::Below),
    // Upstream takes it for the end of the text.
    ("\0", Token::End),
];

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

fn is_symbol(character: char) -> bool {
    matches!(character, '=' | '!' | '(' | ')' | ',' | '>' | '<' | '\0')
}

/// All tokens, with an end at the end.
pub fn scan(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_blank);
        let symbol = SYMBOLS.iter().find(|(symbol, _)| rest.starts_with(symbol));
        let (token, length) = match symbol {
            _ if rest.is_empty() => (Token::End, 0),
            Some((symbol, token)) => (*token, symbol.len()),
            None => {
                let ends = |character| is_blank(character) || is_symbol(character);
                let length = rest.find(ends).unwrap_or(rest.len());
                (Token::Word(&rest[..length]), length)
            }
        };
        tokens.push(token);
        if token == Token::End {
            return tokens;
        }
        rest = &rest[length..];
    }
}
