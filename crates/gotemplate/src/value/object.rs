//! What a host brings that is neither scalar, slice nor map: structs and types with methods.

use super::{Kind, Value};
use crate::function::{FunctionError, Signature};
use std::any::Any;
use std::borrow::Cow;
use std::fmt;

/// A value of the host.
pub trait Object: fmt::Debug {
    /// Its type as `%T` prints it: `*semver.Version`, `time.Time`.
    fn type_name(&self) -> Cow<'static, str>;

    /// Its kind.
    fn kind(&self) -> Kind;

    /// An exported field; none if the type has no such field.
    fn field(&self, name: &str) -> Option<Value> {
        let _ = name;
        None
    }

    /// What a method takes. A method whose signature is not given gets its arguments as they are;
    /// of one whose signature is given they were checked as a function's are.
    fn signature(&self, method: &str) -> Option<Signature> {
        let _ = method;
        None
    }

    /// Calls a method; none if the type has no such method.
    fn call(&self, method: &str, arguments: &[Value]) -> Option<Result<Value, FunctionError>> {
        let _ = (method, arguments);
        None
    }

    /// What it is underneath: a slice or a map where it can be walked, indexed or measured, a
    /// number or text where it is one under a name of its own.
    fn underlying(&self) -> Option<Value> {
        None
    }

    /// As `%v` prints it.
    fn print(&self) -> String;

    /// As an action prints it, where that is something else: Go finds a `String` method of the
    /// pointer only while it holds the thing itself and not a copy.
    fn print_addressed(&self) -> Option<String> {
        None
    }

    /// As `encoding/json` writes it.
    fn to_json(&self) -> serde_json::Value;

    /// Is it true in an `if`? Structs are, always.
    fn truth(&self) -> bool {
        true
    }

    /// For callers that know the type.
    fn as_any(&self) -> &dyn Any;
}
