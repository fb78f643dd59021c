//! How families of functions are written down: a name, the types of the parameters, a body.

use gotemplate::{Call, Function, FunctionError, Functions, Parameter, Value};

/// What a body gives.
pub(crate) type Outcome = Result<Value, FunctionError>;

type Body = fn(&mut Call<'_>, &[Value]) -> Outcome;

/// A function of so many parameters.
pub(crate) const fn fixed(parameters: &'static [Parameter], body: Body) -> Function {
    Function {
        parameters,
        variadic: false,
        body,
    }
}

/// A function whose last parameter may be repeated or left out.
pub(crate) const fn variadic(parameters: &'static [Parameter], body: Body) -> Function {
    Function {
        parameters,
        variadic: true,
        body,
    }
}

/// Adds a family.
pub(crate) fn add_all(functions: &mut Functions, family: &[(&'static str, Function)]) {
    for (name, function) in family {
        functions.add(name, *function);
    }
}

/// An error with a text.
pub(crate) fn fail<T>(message: impl Into<String>) -> Result<T, FunctionError> {
    Err(FunctionError::new(message))
}
