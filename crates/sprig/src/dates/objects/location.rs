//! `*time.Location`: a zone as templates see it.

use super::Answer;
use super::arguments::none;
use crate::dates::zone::Zone;
use gotemplate::{Kind, Object, Value};
use std::any::Any;
use std::borrow::Cow;

/// `*time.Location`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location(pub Zone);

impl Object for Location {
    fn type_name(&self) -> Cow<'static, str> {
        "*time.Location".into()
    }

    fn kind(&self) -> Kind {
        Kind::Ptr
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Option<Answer> {
        let name = || Value::Text(self.print().into());
        (method == "String").then(|| none(method, arguments).map(|()| name()))
    }

    fn print(&self) -> String {
        self.0.name().to_owned()
    }

    /// All its fields are hidden.
    fn to_json(&self) -> serde_json::Value {
        serde_json::json!({})
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
