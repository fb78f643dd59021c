//! What counts as true in an `if`.
//!
//! Source: Go 1.26, text/template/exec.go (`isTrue`).

use super::{Kind, Value};

impl Value {
    /// Is it true? Nil, zeros and what is empty are not; structs always are.
    pub fn truth(&self) -> bool {
        match self {
            Self::Nil => false,
            Self::Bool(value) => *value,
            Self::Int(value) | Self::Int64(value) => *value != 0,
            Self::Uint8(value) => *value != 0,
            Self::Uint64(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
            Self::Text(text) | Self::Bytes(text) => !text.is_empty(),
            Self::List(list) => !list.is_empty(),
            Self::Map(map) => !map.is_empty(),
            Self::Object(object) => match (object.kind(), object.underlying()) {
                (Kind::Struct, _) | (_, None | Some(Self::Object(_))) => object.truth(),
                (_, Some(underlying)) => underlying.truth(),
            },
        }
    }

    /// Is it what its type holds at first: nil, zero, empty? Sprig's `empty`.
    pub fn is_empty(&self) -> bool {
        !self.truth()
    }
}
