//! Looking into values whose type one expects.

use super::{ElementType, List, Map, Object, Text, Value};

impl Value {
    /// Is it nil?
    pub fn is_nil(&self) -> bool {
        matches!(self, Self::Nil)
    }

    /// Is it nil, or a slice or map that was never made?
    pub fn is_nil_of_any_type(&self) -> bool {
        match self {
            Self::Nil => true,
            Self::List(list) => list.is_nil(),
            Self::Map(map) => map.is_nil(),
            _ => false,
        }
    }

    /// A `bool`.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// A whole number of any type that fits.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(value) | Self::Int64(value) => Some(*value),
            Self::Uint8(value) => Some(i64::from(*value)),
            Self::Uint64(value) => i64::try_from(*value).ok(),
            _ => None,
        }
    }

    /// A `float64`.
    pub fn as_float(&self) -> Option<f64> {
        match self {
            Self::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// A `string`.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A `[]byte`.
    pub fn as_bytes(&self) -> Option<&Text> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// A slice, but for `[]byte`.
    pub fn as_list(&self) -> Option<&List> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// A map.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Something of the host.
    pub fn as_object(&self) -> Option<&dyn Object> {
        match self {
            Self::Object(object) => Some(object.as_ref()),
            _ => None,
        }
    }

    /// Something of the host, by its Rust type.
    pub fn downcast<T: 'static>(&self) -> Option<&T> {
        self.as_object()?.as_any().downcast_ref()
    }

    /// Itself, or of an object what it is underneath.
    pub fn underlying(&self) -> Value {
        match self {
            Self::Object(object) => object.underlying().unwrap_or_else(|| self.clone()),
            value => value.clone(),
        }
    }

    /// The items of any slice, an object's or `[]byte` included.
    pub fn items(&self) -> Option<Vec<Value>> {
        match self {
            Self::List(list) => Some(list.items().to_vec()),
            Self::Bytes(bytes) => Some(bytes.as_bytes().iter().map(|b| Self::Uint8(*b)).collect()),
            Self::Object(object) => match object.underlying()? {
                Self::Object(_) => None,
                value => value.items(),
            },
            _ => None,
        }
    }

    /// Can it hold other values that are counted?
    pub(crate) fn is_container(&self) -> bool {
        matches!(self, Self::List(_) | Self::Map(_))
    }

    /// What a variable of this type holds at first.
    pub fn zero(of: ElementType) -> Self {
        match of {
            ElementType::Any => Self::Nil,
            ElementType::Text => Self::Text(Text::default()),
            ElementType::Int => Self::Int(0),
            ElementType::Int64 => Self::Int64(0),
            ElementType::Float => Self::Float(0.0),
            ElementType::Bool => Self::Bool(false),
            ElementType::Map => Self::Map(Map::nil()),
            ElementType::Bytes => Self::Bytes(Text::default()),
            ElementType::List => Self::List(List::nil(ElementType::Any)),
        }
    }
}
