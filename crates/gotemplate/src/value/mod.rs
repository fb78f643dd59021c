//! The values templates work on: what Go's `interface{}` can hold there.
//!
//! A map is shared: whoever holds it sees what others set, as in Go. Texts are bytes, as in Go: a
//! function may cut a character in two. Values live on one thread.

mod access;
mod cycles;
mod equality;
mod from;
mod json;
mod kind;
mod list;
mod map;
mod object;
mod release;
mod text;
mod truth;
mod type_name;

pub use cycles::Cycles;
pub use kind::Kind;
pub use list::{ElementType, List};
pub use map::Map;
pub use object::Object;
pub use text::Text;

use std::rc::Rc;

/// How deep values are walked: printed, compared, turned into JSON. Deeper ones are cut there,
/// since a map may contain itself.
pub const DEEPEST: usize = 1000;

/// A value.
#[derive(Clone, Default, Debug)]
pub enum Value {
    /// An empty interface: YAML's null, a key that is not there.
    #[default]
    Nil,
    /// `bool`.
    Bool(bool),
    /// `int`: literals, lengths, indexes, and what `int` makes.
    Int(i64),
    /// `int64`: whole numbers of `--set`, and what most arithmetic functions make.
    Int64(i64),
    /// `uint8`: a byte of a text.
    Uint8(u8),
    /// `uint64`.
    Uint64(u64),
    /// `float64`: every number read from YAML or JSON.
    Float(f64),
    /// `complex128`, for literals such as `1i`.
    Complex(f64, f64),
    /// `string`.
    Text(Text),
    /// `[]byte`.
    Bytes(Text),
    /// A slice of anything else.
    List(List),
    /// A map with texts as keys.
    Map(Map),
    /// Something of the host: a struct, a named type, anything with methods.
    Object(Rc<dyn Object>),
}
