//! The names of Go's types.
//!
//! Comes in: a value, or what a slice or map holds. Goes out: what `%T` and Go's messages print
//! for its type. Source: Go 1.26, reflect.

use super::{ElementType, Value};
use std::borrow::Cow;

impl ElementType {
    /// Its name: `interface {}`, `string`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Text => "string",
            Self::Int => "int",
            Self::Int64 => "int64",
            Self::Float => "float64",
            Self::Bool => "bool",
            Self::Map => "map[string]interface {}",
            Self::Bytes => "[]uint8",
            Self::List => "[]interface {}",
        }
    }

    fn slice_name(self) -> &'static str {
        match self {
            Self::Any => "[]interface {}",
            Self::Text => "[]string",
            Self::Int => "[]int",
            Self::Int64 => "[]int64",
            Self::Float => "[]float64",
            Self::Bool => "[]bool",
            Self::Map => "[]map[string]interface {}",
            Self::Bytes => "[][]uint8",
            Self::List => "[][]interface {}",
        }
    }

    fn map_name(self) -> &'static str {
        match self {
            Self::Any => "map[string]interface {}",
            Self::Text => "map[string]string",
            Self::Int => "map[string]int",
            Self::Int64 => "map[string]int64",
            Self::Float => "map[string]float64",
            Self::Bool => "map[string]bool",
            Self::Map => "map[string]map[string]interface {}",
            Self::Bytes => "map[string][]uint8",
            Self::List => "map[string][]interface {}",
        }
    }
}

impl Value {
    /// Its type as `%T` prints it; `<nil>` for nil.
    pub fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Nil => "<nil>",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Int64(_) => "int64",
            Self::Uint8(_) => "uint8",
            Self::Uint64(_) => "uint64",
            Self::Float(_) => "float64",
            Self::Complex(..) => "complex128",
            Self::Text(_) => "string",
            Self::Bytes(_) => "[]uint8",
            Self::List(list) => list.element_type().slice_name(),
            Self::Map(map) => match map.type_name() {
                Some(name) => name,
                None => map.element_type().map_name(),
            },
            Self::Object(object) => return object.type_name(),
        })
    }
}
