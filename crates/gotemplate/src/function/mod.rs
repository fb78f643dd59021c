//! Functions that templates call: their signatures, and how they reach the running template.

mod call;
mod error;
mod parameter;

pub use call::Call;
pub use error::FunctionError;
pub use parameter::{Parameter, Signature};

use crate::value::Value;
use std::collections::HashMap;

/// A function.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// What it takes. Of a variadic function the last may come any number of times.
    pub parameters: &'static [Parameter],
    /// Whether the last parameter may be repeated or left out.
    pub variadic: bool,
    /// What it does with arguments that were checked.
    pub body: fn(&mut Call<'_>, &[Value]) -> Result<Value, FunctionError>,
}

/// Functions by name, and methods of maps whose types have names.
#[derive(Clone, Debug, Default)]
pub struct Functions {
    functions: HashMap<&'static str, Function>,
    methods: HashMap<&'static str, HashMap<&'static str, Function>>,
}

impl Functions {
    /// Adds a function, or puts it in another's place.
    pub fn add(&mut self, name: &'static str, function: Function) {
        self.functions.insert(name, function);
    }

    /// A function.
    pub fn get(&self, name: &str) -> Option<&Function> {
        self.functions.get(name)
    }

    /// Takes a function away.
    pub fn remove(&mut self, name: &str) {
        self.functions.remove(name);
    }

    /// All names, in no order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.functions.keys().copied()
    }

    /// Adds a method of the maps whose type has this name, such as `common.Values`. Its body gets
    /// the map before the other arguments; its parameters do not name it.
    pub fn add_method(&mut self, type_name: &'static str, name: &'static str, method: Function) {
        let methods = self.methods.entry(type_name).or_default();
        methods.insert(name, method);
    }

    /// A method of the maps whose type has this name.
    pub fn method(&self, type_name: &str, name: &str) -> Option<&Function> {
        self.methods.get(type_name)?.get(name)
    }
}
