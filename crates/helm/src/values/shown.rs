//! A value as Go's `%v` prints it, for messages.

use gotemplate::Value;

pub(crate) fn shown(value: &Value) -> String {
    String::from_utf8_lossy(&gotemplate::fmt::sprintf(
        b"%v",
        std::slice::from_ref(value),
    ))
    .into_owned()
}
