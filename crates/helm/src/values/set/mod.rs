//! The `--set` family: `a.b[0]=x,c={1,2}` into values.
//!
//! Comes in: an argument, and the values so far, which are changed in place. Goes out: nothing, or
//! Helm's error. The grammar has no specification but Helm's parser, so this is that parser: what it
//! silently accepts (an argument that ends inside an index) is accepted, what it panics on is an
//! error with the panic's text. Source: Helm 4.2, pkg/strvals.

mod error;
mod json;
mod list;
mod parser;
mod reader;
mod typed;

pub use error::SetError;

use gotemplate::Map;
use parser::Parser;

/// Reads what stands behind `=` in the name of a file.
pub type Content<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

/// How a value is read.
#[derive(Clone, Copy)]
enum Mode<'a> {
    Typed,
    Text,
    Json,
    File(Content<'a>),
    Literal,
}

/// `--set`: `true`, `null` and whole numbers get their types, all else is text.
pub fn parse(argument: &str, values: &Map) -> Result<(), SetError> {
    Parser::new(argument, Mode::Typed).parse(values)
}

/// `--set-string`: everything is text.
pub fn parse_string(argument: &str, values: &Map) -> Result<(), SetError> {
    Parser::new(argument, Mode::Text).parse(values)
}

/// `--set-json`: values are JSON.
pub fn parse_json(argument: &str, values: &Map) -> Result<(), SetError> {
    Parser::new(argument, Mode::Json).parse(values)
}

/// `--set-file`: values are names of files, and become their content.
pub fn parse_file(argument: &str, values: &Map, content: Content<'_>) -> Result<(), SetError> {
    Parser::new(argument, Mode::File(content)).parse(values)
}

/// `--set-literal`: one key, and everything behind its `=` as it stands.
pub fn parse_literal(argument: &str, values: &Map) -> Result<(), SetError> {
    Parser::new(argument, Mode::Literal).parse(values)
}
