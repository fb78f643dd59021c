//! Go's own functions.
//!
//! Source: Go 1.26, text/template/funcs.go.

mod comparison;
mod escape;
mod index;
mod print;
mod slice;

pub(crate) use slice::slice;

use crate::function::{Call, Function, FunctionError, Parameter};
use crate::parse::node::Called;
use crate::value::Value;

type Body = fn(&mut Call<'_>, &[Value]) -> Result<Value, FunctionError>;

/// The function of Go that has this name.
pub(crate) fn builtin(name: &str) -> Option<Called> {
    use Parameter::{Any, Text};
    Some(Called::Function(match name {
        "and" => return Some(Called::And),
        "or" => return Some(Called::Or),
        "call" => return Some(Called::Call),
        "len" => return Some(Called::Len),
        "slice" => return Some(Called::Slice),
        "html" => any_number(&[Any], escape::html),
        "js" => any_number(&[Any], escape::js),
        "urlquery" => any_number(&[Any], escape::urlquery),
        "index" => any_number(&[Any, Any], index::index),
        "not" => exactly(&[Any], comparison::not),
        "print" => any_number(&[Any], print::print),
        "printf" => any_number(&[Text, Any], print::printf),
        "println" => any_number(&[Any], print::println),
        "eq" => any_number(&[Any, Any], comparison::eq),
        "ge" => exactly(&[Any, Any], comparison::ge),
        "gt" => exactly(&[Any, Any], comparison::gt),
        "le" => exactly(&[Any, Any], comparison::le),
        "lt" => exactly(&[Any, Any], comparison::lt),
        "ne" => exactly(&[Any, Any], comparison::ne),
        _ => return None,
    }))
}

/// A function whose last parameter may come any number of times.
fn any_number(parameters: &'static [Parameter], body: Body) -> Function {
    Function {
        parameters,
        variadic: true,
        body,
    }
}

fn exactly(parameters: &'static [Parameter], body: Body) -> Function {
    Function {
        parameters,
        variadic: false,
        body,
    }
}
