//! Texts, numbers, booleans, and maps of them.
//!
//! Comes in: a value. Goes out: the text, number or boolean a field wants, made of it where the
//! reader makes one. Source: Go 1.26, encoding/json/decode.go; sigs.k8s.io/yaml 1.5, yaml.go;
//! yaml.v3 3.0, decode.go.

use super::super::fault::Fault;
use super::super::types::StringMap;
use super::{At, Decode, Expected, Input, Reader, entries};
use serde_json::{Map, Number, Value};

impl Decode for String {
    fn decode(&mut self, input: Input<'_>) -> Result<(), Fault> {
        match input.value {
            Value::Null => {}
            Value::String(text) => self.clone_from(text),
            value => {
                let text = match input.rules.reader {
                    Reader::Json => None,
                    Reader::Coercing => coerced(value),
                    Reader::Yaml => written(value),
                };
                *self = text.ok_or_else(|| input.mismatch(Expected::Text))?;
            }
        }
        Ok(())
    }
}

impl Decode for bool {
    fn decode(&mut self, input: Input<'_>) -> Result<(), Fault> {
        match input.value {
            Value::Null => {}
            Value::Bool(flag) => *self = *flag,
            Value::String(word) if input.rules.reader == Reader::Yaml => {
                *self = word_meaning(word).ok_or_else(|| input.mismatch(Expected::Boolean))?;
            }
            _ => return Err(input.mismatch(Expected::Boolean)),
        }
        Ok(())
    }
}

impl Decode for i64 {
    fn decode(&mut self, input: Input<'_>) -> Result<(), Fault> {
        if !input.value.is_null() {
            let number = input.value.as_i64();
            *self = number.ok_or_else(|| input.mismatch(Expected::Integer))?;
        }
        Ok(())
    }
}

impl Decode for StringMap {
    fn decode(&mut self, input: Input<'_>) -> Result<(), Fault> {
        let Some(entries) = entries(input)? else {
            self.clear();
            return Ok(());
        };
        for (key, value) in entries {
            let at = &At::Key(input.at, key);
            let mut text = String::new();
            text.decode(Input { value, at, ..input })?;
            self.insert(key.clone(), text);
        }
        Ok(())
    }
}

/// Values of any type; numbers pass through 64-bit floats.
impl Decode for Map<String, Value> {
    fn decode(&mut self, input: Input<'_>) -> Result<(), Fault> {
        let Some(entries) = entries(input)? else {
            self.clear();
            return Ok(());
        };
        for (key, value) in entries {
            let mut value = value.clone();
            through_floats(&mut value);
            self.insert(key.clone(), value);
        }
        Ok(())
    }
}

/// What a number or a boolean is as text, if it may become one.
pub(crate) fn coerced(value: &Value) -> Option<String> {
    match value {
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(match number.as_f64() {
            Some(float) if number.is_f64() => general(float as f32),
            _ => number.to_string(),
        }),
        _ => None,
    }
}

/// A scalar as it is written.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Bool(_) | Value::Number(_) => Some(yaml::write(value).trim_end().to_owned()),
        _ => None,
    }
}

/// The words that are booleans for whoever wants one.
fn word_meaning(word: &str) -> Option<bool> {
    match word {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

/// Go's `strconv.FormatFloat(float, 'g', -1, 32)`.
fn general(float: f32) -> String {
    if float.is_infinite() {
        return if float > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let scientific = format!("{float:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse().unwrap_or(0) {
        -4..6 => float.to_string(),
        exponent @ 6.. => format!("{digits}e+{exponent:02}"),
        exponent => format!("{digits}e-{:02}", -exponent),
    }
}

/// Integers beyond 2^53 lose their last digits, as they do upstream.
fn through_floats(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(rounded) = rounded(number) {
                *number = rounded;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(through_floats),
        Value::Object(entries) => entries.values_mut().for_each(through_floats),
        _ => {}
    }
}

fn rounded(number: &Number) -> Option<Number> {
    const EXACT: u64 = 1 << 53;
    let large = |number: &Number| {
        let signed = number.as_i64().map(i64::unsigned_abs);
        signed.or(number.as_u64()).is_some_and(|size| size > EXACT)
    };
    let float = Some(number).filter(|number| large(number))?.as_f64()?;
    // Shortest digits, filled up with zeros: not always the float's exact value.
    let digits = float.to_string();
    let signed = digits.parse::<i64>().ok().map(Number::from);
    let unsigned = || digits.parse::<u64>().ok().map(Number::from);
    signed.or_else(unsigned).or_else(|| Number::from_f64(float))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_become_text_as_go_writes_them() {
        for (value, text) in [
            (json!(7), "7"),
            (json!(true), "true"),
            (json!(1.5), "1.5"),
            (json!(0.1), "0.1"),
            (json!(-0.00001), "-1e-05"),
            (json!(1234567.5), "1.2345675e+06"),
            (json!(1.5e21), "1.5e+21"),
            (json!(1e300), "+Inf"),
            (json!(18446744073709551615u64), "18446744073709551615"),
        ] {
            assert_eq!(coerced(&value).as_deref(), Some(text));
        }
        assert_eq!(coerced(&json!([1])), None);
        assert_eq!(coerced(&json!(null)), None);
    }

    #[test]
    fn large_integers_lose_digits() {
        for (before, after) in [
            (json!(9007199254740992u64), json!(9007199254740992u64)),
            (json!(9007199254740993u64), json!(9007199254740992u64)),
            (json!(-9007199254740993i64), json!(-9007199254740992i64)),
            (
                json!(12345678901234567890u64),
                json!(12345678901234567000u64),
            ),
            (json!([{"a": 1.5}]), json!([{"a": 1.5}])),
        ] {
            let mut value = before;
            through_floats(&mut value);
            assert_eq!(value, after);
        }
    }
}
