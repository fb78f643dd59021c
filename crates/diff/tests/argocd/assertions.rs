//! Checking what a case asserts of an object.

use serde_json::Value;

/// Checks the list of assertions that a case has under `name`; none is fine.
pub fn check(case: &Value, name: &str, object: &Value) -> Result<(), String> {
    let input = match name {
        "result" => &case["object"],
        "live" | "normalizedLive" => &case["live"],
        _ => &case["config"],
    };
    for assertion in case["expect"][name].as_array().into_iter().flatten() {
        let path = assertion["path"].as_str().unwrap_or_default();
        let found = object.pointer(path);
        if !holds(assertion, found, input.pointer(path)) {
            return Err(format!("{name}: {assertion}, found {found:?}"));
        }
    }
    Ok(())
}

fn holds(assertion: &Value, found: Option<&Value>, input: Option<&Value>) -> bool {
    let length = found.and_then(|value| match value {
        Value::Array(items) => Some(items.len()),
        Value::Object(fields) => Some(fields.len()),
        _ => None,
    });
    let assertion = assertion.as_object().into_iter().flatten();
    assertion
        .filter(|(name, _)| *name != "path")
        .all(|(name, wanted)| match name.as_str() {
            "equals" => found == Some(wanted),
            "absent" => found.is_none(),
            "present" => found.is_some(),
            "unchanged" => found == input,
            "length" => length == wanted.as_u64().map(|wanted| wanted as usize),
            other => panic!("no check for {other}"),
        })
}

/// Changes an object so that an assertion holds of it.
pub fn make_hold(assertion: &Value, object: &mut Value) {
    let path = assertion["path"].as_str().unwrap_or_default();
    let (parent, last) = path.rsplit_once('/').unwrap_or_default();
    let last = last.replace("~1", "/").replace("~0", "~");
    let Some(Value::Object(fields)) = object.pointer_mut(parent) else {
        return;
    };
    if let Some(wanted) = assertion.get("equals") {
        fields.insert(last, wanted.clone());
    } else if assertion.get("absent").is_some() {
        fields.remove(&last);
    } else if assertion.get("unchanged").is_none() {
        panic!("no way to make {assertion} hold");
    }
}

/// Equal values, texts of JSON compared by what they say.
pub fn same_json_text(one: &Value, other: &Value) -> bool {
    let read = |value: &Value| {
        value
            .as_str()
            .and_then(|text| serde_json::from_str::<Value>(text).ok())
    };
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.keys().eq(other.keys())
                && one
                    .iter()
                    .all(|(name, value)| same_json_text(value, &other[name]))
        }
        (one, other) => {
            one == other || matches!((read(one), read(other)), (Some(a), Some(b)) if a == b)
        }
    }
}
