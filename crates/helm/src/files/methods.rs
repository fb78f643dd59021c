//! What templates call on `.Files`.

use super::Files;
use gotemplate::{
    ElementType, FunctionError, Kind, List, Map, Object, Parameter, Signature, Text, Value,
};
use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

impl Files {
    /// The value of `.Files`.
    pub fn value(self) -> Value {
        Value::Object(Rc::new(self))
    }
}

impl Object for Files {
    fn type_name(&self) -> Cow<'static, str> {
        "engine.files".into()
    }

    fn kind(&self) -> Kind {
        Kind::Map
    }

    fn signature(&self, method: &str) -> Option<Signature> {
        let parameters: &'static [Parameter] = match method {
            "Get" | "GetBytes" | "Glob" | "Lines" => &[Parameter::Text],
            "AsConfig" | "AsSecrets" => &[],
            _ => return None,
        };
        Some(Signature::of(parameters))
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Option<Result<Value, FunctionError>> {
        let name = match arguments.first() {
            Some(Value::Text(name)) => name.as_str(),
            _ => Cow::default(),
        };
        Some(Ok(match method {
            "Get" => Value::Text(Text::from(self.get(&name))),
            "GetBytes" => Value::Bytes(Text::from(self.get(&name))),
            "Glob" => self.glob(&name).value(),
            "Lines" => {
                let lines = self
                    .lines(&name)
                    .into_iter()
                    .map(|line| Value::Text(line.into()));
                Value::List(List::of(ElementType::Text, lines.collect()))
            }
            "AsConfig" => Value::Text(self.as_config().into()),
            "AsSecrets" => Value::Text(self.as_secrets().into()),
            _ => return None,
        }))
    }

    fn underlying(&self) -> Option<Value> {
        let files = self.0.iter().map(|(name, data)| {
            let data = Value::Bytes(Text::from(&data[..]));
            (Text::from(&name[..]), data)
        });
        let map = Map::of(ElementType::Bytes, Some("engine.files"), files.collect());
        Some(Value::Map(map))
    }

    fn print(&self) -> String {
        let bytes = |data: &[u8]| {
            let numbers: Vec<_> = data.iter().map(u8::to_string).collect();
            numbers.join(" ")
        };
        let files = self
            .0
            .iter()
            .map(|(name, data)| format!("{name}:[{}]", bytes(data)));
        format!("map[{}]", files.collect::<Vec<_>>().join(" "))
    }

    fn to_json(&self) -> serde_json::Value {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let files = self.0.iter();
        let encoded = files.map(|(name, data)| (name.to_string(), STANDARD.encode(data).into()));
        serde_json::Value::Object(encoded.collect())
    }

    fn truth(&self) -> bool {
        !self.0.is_empty()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
