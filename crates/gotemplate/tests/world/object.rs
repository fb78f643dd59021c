//! Things of a host: a struct with fields and methods, and one inside it.

use super::Answer;
use gotemplate::fmt::sprint;
use gotemplate::{ElementType, Kind, List, Map, Object, Parameter, Signature, Value};
use serde_json::Value as Json;
use std::any::Any;
use std::borrow::Cow;

#[derive(Debug)]
pub struct Thing;

impl Object for Thing {
    fn type_name(&self) -> Cow<'static, str> {
        "main.Obj".into()
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Name" => Some("nm".into()),
            "Count" => Some(Value::Int(3)),
            "Any" => Some(Value::Nil),
            "In" => Some(Value::object(Inner)),
            _ => None,
        }
    }

    fn signature(&self, method: &str) -> Option<Signature> {
        Some(match method {
            "Get" => Signature::of(&[Parameter::Text]),
            "Add" => Signature::of(&[Parameter::Int, Parameter::Int]),
            "Fail" | "Dict" | "String" => Signature::of(&[]),
            "Many" => Signature {
                parameters: &[Parameter::Text, Parameter::Int],
                variadic: true,
            },
            _ => return None,
        })
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Option<Answer> {
        Some(match (method, arguments) {
            ("Get", [key]) => Ok(Value::from(format!("got {}", key.as_text()?.as_str()))),
            ("Add", [a, b]) => Ok(Value::Int(a.as_int()?.wrapping_add(b.as_int()?))),
            ("Fail", _) => Err("obj failed".into()),
            ("Dict", _) => {
                let entries = [("k", Value::from("v")), ("n", Value::Nil)];
                Ok(entries.into_iter().collect::<Map>().into())
            }
            ("String", _) => Ok("OBJ".into()),
            ("Many", [first, others @ ..]) => {
                let others = List::of(ElementType::Int, others.to_vec());
                Ok(Value::text(sprint(&[first.clone(), others.into()])))
            }
            _ => return None,
        })
    }

    fn print(&self) -> String {
        "OBJ".to_owned()
    }

    fn to_json(&self) -> Json {
        Json::String("OBJ".to_owned())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Debug)]
struct Inner;

impl Object for Inner {
    fn type_name(&self) -> Cow<'static, str> {
        "main.Inner".into()
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "A" => Some("ia".into()),
            "N" => Some(Value::Nil),
            _ => None,
        }
    }

    fn print(&self) -> String {
        "{ia <nil>}".to_owned()
    }

    fn to_json(&self) -> Json {
        serde_json::json!({"A": "ia", "N": null})
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
