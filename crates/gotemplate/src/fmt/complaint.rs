//! How `fmt` complains: inside the text, beginning with `%!`.

use super::printer::Printer;
use crate::value::Value;

impl Printer {
    /// A verb that does not suit the value: `%!d(string=x)`.
    pub(super) fn bad_verb(&mut self, verb: char, value: &Value) {
        self.write(b"%!");
        self.write_char(verb);
        self.write(b"(");
        self.typed(value);
        self.write(b")");
    }

    /// `int=1`, or `<nil>`.
    pub(super) fn typed(&mut self, value: &Value) {
        if value.is_nil() {
            return self.write(b"<nil>");
        }
        self.write(value.type_name().as_bytes());
        self.write(b"=");
        self.argument(value, 'v');
    }

    /// A verb for which no value is left, or that names one there is not.
    pub(super) fn complain(&mut self, verb: char, complaint: &str) {
        self.write(b"%!");
        self.write_char(verb);
        self.write(complaint.as_bytes());
    }
}
