//! Fields of objects, as `metadata.managedFields` names them.
//!
//! In: steps such as "the field `spec`" or "the item whose `name` is `web`". Out: sets of the fields
//! reached by them, with the algebra that ownership needs, and the form they are written in.
//! Source: structured-merge-diff 6.3, fieldpath/.

mod element;
mod set;
mod written;

pub use element::{Element, write_path};
pub use set::FieldSet;
