//! Text in quotes as Go's `%q` writes it, which Helm's messages use.

use gotemplate::Value;

/// Go's `strconv.Quote`.
pub(crate) fn quote(text: &str) -> String {
    String::from_utf8_lossy(&gotemplate::fmt::quote(text.as_bytes())).into_owned()
}

/// Go's `strconv.QuoteRune`.
pub(crate) fn quote_char(c: char) -> String {
    let code = Value::Int(i64::from(u32::from(c)));
    String::from_utf8_lossy(&gotemplate::fmt::sprintf(b"%q", &[code])).into_owned()
}
