//! Parses templates.
//!
//! Comes in: a name, a text, and the functions it may call. Goes out: the templates the text
//! defines, or why it is none. Source: Go 1.26, text/template/parse.

mod action_lexer;
mod actions;
mod branches;
mod cursor;
mod error;
mod float_literal;
mod item;
mod lexer;
pub(crate) mod node;
mod node_text;
mod number;
mod parser;
mod pipeline;
mod source;
mod template;
mod term;
mod unquote;
mod word;
mod word_ranges;

pub use error::ParseError;
pub(crate) use node_text::NodeText;
pub(crate) use number::Number;
pub use template::{Parsed, Template};

use crate::function::Functions;
use crate::value::Text;
use parser::Parser;
use source::Source;
use std::sync::Arc;

/// A text longer than this is refused.
const LONGEST: usize = 256 << 20;

/// Parses a text. What it calls is looked up here, once and for all.
pub fn parse(name: &str, text: &[u8], functions: &Functions) -> Result<Parsed, ParseError> {
    if text.len() > LONGEST {
        return Err(ParseError {
            name: name.to_owned(),
            line: 1,
            why: format!("text of more than {LONGEST} bytes"),
        });
    }
    let source = Arc::new(Source {
        name: name.to_owned(),
        text: text.to_vec(),
    });
    let mut parser = Parser::new(&source, functions);
    let root = parser.text_itself()?;
    let name = Text::from(name);
    parser.add(name.clone(), root)?;
    let mut found = parser.finish();
    // It was added just now.
    let main = found.remove(&name);
    let main = main.unwrap_or_else(|| Template::new(name, source, Default::default(), true));
    Ok(Parsed::new(main, found.into_values().collect()))
}
