//! A value as text, as sprig and spf13/cast see it.

use gotemplate::{Text, Value, fmt};

/// sprig's `strval`: a text as it is, bytes as a text, anything else as `%v` prints it.
pub(crate) fn strval(value: &Value) -> Text {
    match value {
        Value::Text(text) | Value::Bytes(text) => text.clone(),
        other => fmt::print_value(other).into(),
    }
}

/// sprig's `strslice`: the items of a list as texts without the nils; anything else is one text.
pub(crate) fn strslice(value: &Value) -> Vec<Text> {
    match crate::lists::elements(value) {
        Ok(items) => {
            let present = items.iter().filter(|item| !matches!(item, Value::Nil));
            present.map(strval).collect()
        }
        Err(_) if matches!(value, Value::Nil) => Vec::new(),
        Err(_) => vec![strval(value)],
    }
}
