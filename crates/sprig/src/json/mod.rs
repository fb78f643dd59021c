//! JSON as Go's `encoding/json` reads and writes it. Source: Go 1.26, `encoding/json`.
//!
//! In: a value, or a text. Out: the same bytes, or the same errors: charts print both.

mod decode;
mod encode;
mod error;
mod functions;
mod text;

pub use decode::decode;
pub use encode::{Html, encode, encode_indented};
pub use error::JsonError;
pub(crate) use functions::add_to;
