//! The methods `.Values` has in Go, which templates can call: `.Values.AsMap`.
//!
//! They come before keys: a value under one of these names is not reached with a dot. Source: Helm
//! 4.2, pkg/chart/common/values.go.

use super::scope::VALUES;
use crate::{encode, values};
use gotemplate::{Call, Function, FunctionError, Functions, Map, Parameter, Value};

type Result = std::result::Result<Value, FunctionError>;

/// Adds the methods.
pub fn add_to(functions: &mut Functions) {
    let mut add = |name, parameters, body| {
        let method = Function {
            parameters,
            variadic: false,
            body,
        };
        functions.add_method(VALUES, name, method);
    };
    add("AsMap", &[], as_map);
    add("YAML", &[], yaml);
    add("Table", &[Parameter::Text], table);
    add("PathValue", &[Parameter::Text], path_value);
}

fn as_map(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    let map = map(arguments);
    Ok(Value::Map(match map.is_empty() {
        true => Map::default(),
        false => map.named(None),
    }))
}

fn yaml(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    let text = encode::yaml::to_yaml(&Value::Map(map(arguments)));
    let text = text.map_err(|error| FunctionError::new(error.to_string()))?;
    // Functions leave the last line break out; the method does not.
    Ok(Value::Text(format!("{}\n", text.as_str()).into()))
}

fn table(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    let table = values::table(&map(arguments), &path(arguments));
    let table = table.map_err(|error| FunctionError::new(error.to_string()))?;
    Ok(Value::Map(table.named(Some(VALUES))))
}

fn path_value(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    let path = path(arguments);
    if path.is_empty() {
        return Err(FunctionError::new("YAML path cannot be empty"));
    }
    let value = values::path_value(&map(arguments), &path);
    value.map_err(|error| FunctionError::new(error.to_string()))
}

fn map(arguments: &[Value]) -> Map {
    match arguments.first() {
        Some(Value::Map(map)) => map.clone(),
        _ => Map::default(),
    }
}

fn path(arguments: &[Value]) -> String {
    match arguments.get(1) {
        Some(Value::Text(path)) => path.as_str().into_owned(),
        _ => String::new(),
    }
}
