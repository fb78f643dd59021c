//! Helm's encoders and decoders: `toYaml`, `fromYaml`, `toJson`, `fromJson`, `toToml`, `fromToml`, ...
//!
//! In: values and texts of a running template. Out: texts and values, the same bytes and kinds as
//! Helm's. A function without `must` never fails: what has no text gives an empty one, and what
//! cannot be read says so under the key `Error`. Source: Helm 4.2, pkg/engine/funcs.go.

pub mod json;
mod passage;
pub mod plain;
pub mod toml;
mod tree;

#[cfg(test)]
mod tests;
pub mod yaml;

use gotemplate::{Call, Function, FunctionError, Functions, Parameter, Text, Value};

type Answer = Result<Value, FunctionError>;
type Body = fn(&mut Call<'_>, &[Value]) -> Answer;

const WRITERS: [(&str, Body); 7] = [
    ("toYaml", to_yaml),
    ("mustToYaml", must_to_yaml),
    ("toYamlPretty", to_yaml_pretty),
    ("toJson", to_json),
    ("mustToJson", must_to_json),
    ("toToml", to_toml),
    ("mustToToml", must_to_toml),
];

const READERS: [(&str, Body); 5] = [
    ("fromYaml", from_yaml),
    ("fromYamlArray", from_yaml_array),
    ("fromJson", from_json),
    ("fromJsonArray", from_json_array),
    ("fromToml", from_toml),
];

/// Adds these functions.
pub fn add_to(functions: &mut Functions) {
    add(functions, &WRITERS, &[Parameter::Any]);
    add(functions, &READERS, &[Parameter::Text]);
}

fn add(
    functions: &mut Functions,
    bodies: &[(&'static str, Body)],
    parameters: &'static [Parameter],
) {
    for (name, body) in bodies {
        let function = Function {
            parameters,
            variadic: false,
            body: *body,
        };
        functions.add(name, function);
    }
}

/// The text of the argument of a reader.
fn text(arguments: &[Value]) -> &[u8] {
    match arguments {
        [Value::Text(text)] => text.as_bytes(),
        _ => b"",
    }
}

fn or_nothing<E>(text: Result<Text, E>) -> Answer {
    Ok(Value::Text(text.unwrap_or_else(|_| "".into())))
}

fn or_failure<E: std::error::Error>(text: Result<Text, E>) -> Answer {
    text.map(Value::Text)
        .map_err(|error| FunctionError::new(error.to_string()))
}

fn to_yaml(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    or_nothing(yaml::to_yaml(&arguments[0]))
}

fn must_to_yaml(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    or_failure(yaml::to_yaml(&arguments[0]))
}

fn to_yaml_pretty(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    or_nothing(yaml::to_yaml_pretty(&arguments[0]))
}

fn from_yaml(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    Ok(Value::Map(yaml::from_yaml(text(arguments))))
}

fn from_yaml_array(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    Ok(Value::List(yaml::from_yaml_array(text(arguments))))
}

fn to_json(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    or_nothing(json::to_json(&arguments[0]))
}

fn must_to_json(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    or_failure(json::to_json(&arguments[0]))
}

fn from_json(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    Ok(json::from_json(text(arguments)).into())
}

fn from_json_array(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    Ok(json::from_json_array(text(arguments)).into())
}

/// Here even Helm gives the error as the text, but for a value that is no value.
fn to_toml(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    match toml::to_toml(&arguments[0]) {
        Err(toml::ToTomlError::Nothing) => must_to_toml_of(&arguments[0]),
        Err(error) => Ok(Value::Text(error.to_string().into())),
        Ok(text) => Ok(Value::Text(text)),
    }
}

fn must_to_toml(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    must_to_toml_of(&arguments[0])
}

fn must_to_toml_of(value: &Value) -> Answer {
    or_failure(toml::to_toml(value))
}

fn from_toml(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    Ok(Value::Map(toml::from_toml(text(arguments))))
}
