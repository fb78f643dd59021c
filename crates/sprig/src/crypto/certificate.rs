//! What the certificate functions give: an object with the fields `Cert` and `Key`.

use gotemplate::{Kind, Object, Value};
use serde_json::json;
use std::any::Any;
use std::borrow::Cow;

/// A certificate and its key, both as PEM.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Certificate {
    pub cert: String,
    pub key: String,
}

/// Its type in Go.
pub const TYPE: &str = "sprig.certificate";

impl Object for Certificate {
    fn type_name(&self) -> Cow<'static, str> {
        TYPE.into()
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Cert" => Some(self.cert.as_str().into()),
            "Key" => Some(self.key.as_str().into()),
            _ => None,
        }
    }

    fn print(&self) -> String {
        format!("{{{} {}}}", self.cert, self.key)
    }

    fn to_json(&self) -> serde_json::Value {
        json!({"Cert": self.cert, "Key": self.key})
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
