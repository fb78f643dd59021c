//! Values as rows spell them.

use gotemplate::{ElementType, List, Map, Text, Value};
use serde_json::{Value as Plain, json};

/// The value of a spelling.
pub fn value(spelled: &Plain) -> Value {
    match spelled {
        Plain::Null => Value::Nil,
        Plain::Bool(flag) => Value::Bool(*flag),
        Plain::String(text) => Value::Text(text.as_str().into()),
        Plain::Array(items) => Value::List(List::new(items.iter().map(value).collect())),
        Plain::Object(fields) => match fields.iter().next() {
            Some((sign, spelled)) if sign.starts_with('$') => special(sign, spelled),
            _ => {
                let entries = fields.iter();
                let entries = entries.map(|(key, field)| (key.as_str().into(), value(field)));
                Value::Map(Map::new(entries.collect()))
            }
        },
        Plain::Number(number) => panic!("{number} has no type"),
    }
}

fn special(sign: &str, spelled: &Plain) -> Value {
    let text = spelled.as_str().unwrap_or_default();
    match sign {
        "$int" => Value::Int(text.parse().expect("an int")),
        "$int64" => Value::Int64(text.parse().expect("an int64")),
        "$float" => Value::Float(text.parse().expect("a float")),
        "$nilmap" => Value::Map(Map::nil()),
        "$nillist" => Value::List(List::nil(ElementType::Any)),
        "$hex" => Value::Text(unhex(text)),
        "$map" => {
            let entries = spelled.as_array().expect("entries").iter();
            let entries = entries.map(|entry| match (value(&entry[0]), value(&entry[1])) {
                (Value::Text(key), value) => (key, value),
                (key, _) => panic!("{key:?} is no key"),
            });
            Value::Map(Map::new(entries.collect()))
        }
        sign => panic!("no spelling {sign}"),
    }
}

fn unhex(text: &str) -> Text {
    let digits = text.as_bytes().chunks(2);
    let bytes = digits.map(|pair| {
        let pair = std::str::from_utf8(pair).expect("ASCII");
        u8::from_str_radix(pair, 16).expect("two digits")
    });
    bytes.collect::<Vec<u8>>().into()
}

/// The spelling of a value.
pub fn spell(value: &Value) -> Plain {
    match value {
        Value::Map(map) if map.is_nil() => json!({"$nilmap": true}),
        value if value.is_nil_of_any_type() => Plain::Null,
        Value::Bool(flag) => json!(flag),
        Value::Int(number) => json!({"$int": number.to_string()}),
        Value::Int64(number) => json!({"$int64": number.to_string()}),
        Value::Float(number) => {
            json!({"$float": gotemplate::fmt::format_float(*number, b'g', None)})
        }
        Value::Text(text) => spell_text(text),
        Value::List(list) => {
            let items: Vec<Plain> = list.items().iter().map(spell).collect();
            match list.element_type() {
                ElementType::Map => json!({"$tables": items}),
                _ => json!(items),
            }
        }
        Value::Map(map) => spell_map(map),
        Value::Object(object) => json!({"$time": object.print()}),
        other => panic!("no spelling for {other:?}"),
    }
}

fn spell_text(text: &Text) -> Plain {
    match std::str::from_utf8(text.as_bytes()) {
        Ok(text) => json!(text),
        Err(_) => {
            let hex = text.as_bytes().iter().map(|byte| format!("{byte:02x}"));
            json!({"$hex": hex.collect::<String>()})
        }
    }
}

fn spell_map(map: &Map) -> Plain {
    let entries = map.entries();
    let entries = entries.iter();
    let fields = entries.map(|(key, value)| (key.as_str().into_owned(), spell(value)));
    Plain::Object(fields.collect())
}
