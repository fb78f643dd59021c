//! What functions and methods take.

use crate::value::Kind;
use std::borrow::Cow;

/// The type of a parameter. The executor checks it as Go's reflection would, and converts nothing
/// but what Go converts: nil to the empty map or slice, a named map to a plain one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parameter {
    /// `interface{}`; also `reflect.Value`.
    Any,
    /// `string`.
    Text,
    /// `int`.
    Int,
    /// `int64`.
    Int64,
    /// `float64`.
    Float,
    /// `bool`.
    Bool,
    /// `[]byte`.
    Bytes,
    /// `[]interface{}`.
    List,
    /// `map[string]interface{}`.
    Map,
    /// An object whose type prints so, such as `time.Time`.
    Object(&'static str),
    /// A value of this kind.
    Kind(Kind),
}

impl Parameter {
    /// Its type as Go prints it.
    pub fn type_name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Any => "interface {}",
            Self::Text => "string",
            Self::Int => "int",
            Self::Int64 => "int64",
            Self::Float => "float64",
            Self::Bool => "bool",
            Self::Bytes => "[]uint8",
            Self::List => "[]interface {}",
            Self::Map => "map[string]interface {}",
            Self::Object(name) => name,
            Self::Kind(kind) => kind.name(),
        })
    }
}

/// What a method takes, the receiver not counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signature {
    /// Its parameters. Of a variadic method the last may come any number of times.
    pub parameters: &'static [Parameter],
    /// Whether the last parameter may be repeated or left out.
    pub variadic: bool,
}

impl Signature {
    /// A method that takes exactly these.
    pub const fn of(parameters: &'static [Parameter]) -> Self {
        Self {
            parameters,
            variadic: false,
        }
    }
}
