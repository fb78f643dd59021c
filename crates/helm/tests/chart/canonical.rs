//! Values as one line of text that tells Go's types apart: `f1` is a float, `i1` an int64.

use gotemplate::Value;

/// The line of a value.
pub fn line(value: &Value) -> String {
    match value {
        Value::Nil => "n".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int64(number) => format!("i{number}"),
        Value::Float(number) => format!("f{}", gotemplate::fmt::format_float(*number, b'g', None)),
        Value::Text(text) => quoted(&text.as_str()),
        Value::List(list) => {
            let items: Vec<_> = list.items().iter().map(line).collect();
            format!("[{}]", items.join(","))
        }
        Value::Map(map) => {
            let entries = map.entries();
            let entries = entries.iter();
            let fields =
                entries.map(|(key, value)| format!("{}:{}", quoted(&key.as_str()), line(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        other => panic!("no value of a chart: {other:?}"),
    }
}

/// A text as Go's JSON writes it.
pub fn quoted(text: &str) -> String {
    let text = serde_json::to_string(text).expect("a text is JSON");
    text.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}
