//! A value on its way, and whether Go would hold it in an interface.
//!
//! Go's reflection tells "an `interface{}` that holds nil" from "nothing at all", and names the
//! interface rather than what it holds in some messages. What comes out of a map or slice of
//! `interface{}` is in an interface; what comes out of a pipeline is not.

use crate::value::{ElementType, Value};

/// A value on its way.
#[derive(Clone, Default, Debug)]
pub(super) struct Operand {
    pub value: Value,
    /// Is it in an interface? Nil that is not is nothing at all.
    pub boxed: bool,
}

impl Operand {
    /// Nothing at all.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// A value in no interface.
    pub fn plain(value: Value) -> Self {
        Self {
            value,
            boxed: false,
        }
    }

    /// An element of a slice or map.
    pub fn element(value: Value, of: ElementType) -> Self {
        let boxed = of == ElementType::Any;
        Self { value, boxed }
    }

    /// What is in the interface.
    pub fn unboxed(self) -> Self {
        Self::plain(self.value)
    }

    /// Its type, as messages name it.
    pub fn type_name(&self) -> String {
        match self.boxed {
            true => "interface {}".to_owned(),
            false => self.value.type_name().into_owned(),
        }
    }
}
