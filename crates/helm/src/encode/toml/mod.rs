//! `toToml` and `fromToml`.
//!
//! In: a value, or a text. Out: the text BurntSushi's encoder writes, or the value its decoder
//! reads. Source: Helm 4.2, pkg/engine/funcs.go; BurntSushi/toml 1.6, encode.go, decode.go, parse.go.

mod element;
mod kind;
mod read;
mod write;

pub use read::from_toml;
pub use write::{ToTomlError, to_toml};
