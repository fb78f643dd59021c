//! Go's `text/template`: templates and a value come in, text goes out, with Go's exact meaning.
//!
//! No Helm and no functions but Go's own live here: callers bring theirs as [`Functions`]. Nothing
//! here touches a clock, a network or a file, and every depth, length and count is bounded.
//!
//! ```
//! use gotemplate::{Functions, Host, Map, TemplateSet, Value};
//!
//! let functions = Functions::default();
//! let mut set = TemplateSet::new("example");
//! set.parse("hello", b"Hello, {{ .name }}!", &functions).unwrap();
//! let dot: Map = [("name", Value::from("world"))].into_iter().collect();
//! let text = set.execute("hello", dot.into(), &Host::new(&functions, &())).unwrap();
//! assert_eq!(text, "Hello, world!");
//! ```

mod builtins;
pub mod compare;
mod exec;
pub mod fmt;
pub mod function;
mod host;
mod limits;
mod parse;
mod set;
mod stack;
pub mod value;

pub use exec::ExecError;
pub use function::{Call, Function, FunctionError, Functions, Parameter, Signature};
pub use host::{Host, MissingKey};
pub use limits::Limits;
pub use parse::{ParseError, Parsed, parse};
pub use set::TemplateSet;
pub use value::{Cycles, ElementType, Kind, List, Map, Object, Text, Value};
