//! One difference between what is wanted and what is there.

use serde_json::Value;

/// A field whose live value is not the wanted one.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// Where, as in `spec.template.spec.containers[name=web].image`.
    pub path: String,
    /// The wanted value; none when the field is ours and no longer wanted.
    pub want: Option<Value>,
    /// The live value; none when the field is absent.
    pub have: Option<Value>,
    /// The manager that owns the live value, unless it is ours.
    pub written_by: Option<String>,
}
