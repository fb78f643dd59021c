//! The type of a value of `--set`.

use gotemplate::{Text, Value};

/// A boolean, a null, a whole number without leading zeros, or text.
pub(super) fn typed(text: String) -> Value {
    // The long s is an s to Go's case folding.
    let is = |word: &str| text.replace('ſ', "s").eq_ignore_ascii_case(word);
    if is("true") {
        return Value::Bool(true);
    }
    if is("false") {
        return Value::Bool(false);
    }
    if is("null") {
        return Value::Nil;
    }
    match text.parse() {
        Ok(number) if text == "0" || !text.starts_with('0') => Value::Int64(number),
        _ => Value::Text(Text::from(text)),
    }
}
