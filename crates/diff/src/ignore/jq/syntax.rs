//! Reading an expression, and refusing what cannot be bounded before it is read.

use super::harness::JqProblem;
use jaq_core::load::parse::{Parser, Term};
use jaq_core::load::{Lexer, lex};

/// Expressions are no longer.
const LONGEST: usize = 4096;

/// Brackets nest no deeper; reading is recursive.
const DEEPEST: usize = 48;

/// Tokens that may each stand one level deeper than the one before.
const MOST_TOKENS: usize = 400;

/// Tokens that certainly open a level, as `try` does.
const MOST_OPENING: usize = 48;

/// Parses an expression.
pub(super) fn parse(text: &str) -> Result<Term<&str>, JqProblem> {
    admit(text)?;
    let tokens = Lexer::new(text)
        .lex()
        .map_err(|errors| JqProblem::Syntax(lexed(&errors)))?;
    let all = |_: &str| true;
    if count(&tokens, &all) > MOST_TOKENS || count(&tokens, &opens) > MOST_OPENING {
        return Err(JqProblem::TooLong);
    }
    Parser::new(&tokens)
        .parse(|parser| parser.term())
        .map_err(|errors| {
            JqProblem::Syntax(match errors.first() {
                Some((expected, Some(found))) => {
                    format!("expected {}, found {:?}", expected.as_str(), found.0)
                }
                Some((expected, None)) => format!("expected {}, found its end", expected.as_str()),
                None => "it cannot be read".to_owned(),
            })
        })
}

fn admit(text: &str) -> Result<(), JqProblem> {
    let mut depth: usize = 0;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(JqProblem::TooLong);
        }
    }
    if text.len() > LONGEST {
        Err(JqProblem::TooLong)
    } else {
        Ok(())
    }
}

fn opens(token: &str) -> bool {
    matches!(
        token,
        "-" | "as" | "foreach" | "if" | "elif" | "label" | "reduce" | "try"
    )
}

fn count(tokens: &[lex::Token<&str>], counts: &dyn Fn(&str) -> bool) -> usize {
    tokens.iter().map(|token| count_in(token, counts)).sum()
}

fn count_in(token: &lex::Token<&str>, counts: &dyn Fn(&str) -> bool) -> usize {
    let below = match &token.1 {
        lex::Tok::Block(tokens) => count(tokens, counts),
        lex::Tok::Str(parts) => parts
            .iter()
            .map(|part| match part {
                lex::StrPart::Term(token) => count_in(token, counts),
                _ => 0,
            })
            .sum(),
        _ => 0,
    };
    usize::from(counts(token.0)) + below
}

fn lexed(errors: &[lex::Error<&str>]) -> String {
    match errors.first() {
        Some((expected, "")) => format!("expected {}, found its end", expected.as_str()),
        Some((expected, found)) => {
            let found: String = found.chars().take(20).collect();
            format!("expected {}, found {found:?}", expected.as_str())
        }
        None => "it cannot be read".to_owned(),
    }
}
