//! The values and functions the tables are about. The expected texts were printed by Go 1.26 for
//! the same values and functions.

mod object;

use gotemplate::fmt::{sprint, sprintf};
use gotemplate::{Call, ElementType, Function, FunctionError, Functions, List, Map};
use gotemplate::{Parameter, Value};
use std::collections::BTreeMap;

pub type Answer = Result<Value, FunctionError>;

const PLAIN: &str = r#"{
  "a": 1, "f": 1.5, "big": 1000000, "huge": 123456789012, "neg": -3, "zero": 0,
  "s": "str", "e": "", "t": true, "fa": false, "n": null,
  "m": {"b": 2, "a": 1, "c": {"d": "x", "n": null}}, "em": {},
  "l": ["x", "y", "z"], "el": [], "nums": [3, 1, 2],
  "mix": [1, "a", null, true, 1.5, {"k": "v"}, [1, 2]],
  "html": "<a href='x'>&\"</a>", "uni": "héllo ☃",
  "objs": [{"x": 1}, {"x": null}, null, {"y": 2}]
}"#;

/// What the templates get as their dot.
pub fn dot() -> Map {
    let plain = Value::from_json(&serde_json::from_str(PLAIN).unwrap());
    let dot = plain.as_map().unwrap().clone();
    let ints = |numbers: [i64; 2]| List::of(ElementType::Int, numbers.map(Value::Int).into());
    let z = |value| Value::from([("z", value)].into_iter().collect::<Map>());
    let of = |of, name, key: &str, value| {
        let entries = [("k".into(), "v".into()), (key.into(), value)];
        Map::of(of, name, BTreeMap::from(entries))
    };
    let ms = BTreeMap::from([("k".into(), "v".into())]);
    let mi = BTreeMap::from([("one".into(), Value::Int(1))]);
    let lm = vec![z(Value::Int(1)), z(Value::Nil)];
    let named = of(
        ElementType::Any,
        Some("main.Named"),
        "Hello",
        "shadowed".into(),
    );
    let more: [(&str, Value); 19] = [
        ("i", Value::Int(7)),
        ("i64", Value::Int64(9)),
        ("u8", Value::Uint8(200)),
        ("u64", Value::Uint64(u64::MAX)),
        ("by", Value::Bytes(b"h\xffy"[..].into())),
        ("ss", List::texts(["p", "q"]).into()),
        ("is", ints([5, 6]).into()),
        ("ms", Map::of(ElementType::Text, None, ms).into()),
        ("mi", Map::of(ElementType::Int, None, mi).into()),
        ("lm", List::of(ElementType::Map, lm).into()),
        ("c", Value::Complex(1.0, -2.0)),
        ("bad", Value::text("a\u{fe}b\u{200b}\0😀\u{a0}".as_bytes())),
        ("o", Value::object(object::Thing)),
        ("nd", named.into()),
        ("inf", f64::INFINITY.into()),
        ("nan", f64::NAN.into()),
        ("tiny", 1e-7.into()),
        ("e20", 1e20.into()),
        ("third", (1.0 / 3.0).into()),
    ];
    for (key, value) in more {
        dot.set(key.into(), value);
    }
    dot
}

/// What the templates can call, besides Go's own.
pub fn functions() -> Functions {
    use Parameter::{Any, Bool, Bytes, Float, Int, Int64, List, Map, Object, Text};
    let mut functions = Functions::default();
    let mut add = |name, parameters, body| functions.add(name, function(parameters, false, body));
    add("add1", &[Int], |_, of| {
        Ok(Value::Int(int(&of[0]).wrapping_add(1)))
    });
    add("upper", &[Text], |_, of| {
        Ok(text(&of[0]).to_uppercase().into())
    });
    add("mapf", &[Map], |_, of| {
        Ok(length(of[0].as_map().unwrap().len()))
    });
    add("listf", &[List], |_, of| {
        Ok(length(of[0].as_list().unwrap().len()))
    });
    add("bytesf", &[Bytes], |_, of| {
        Ok(length(of[0].as_bytes().unwrap().len()))
    });
    add("boolf", &[Bool], |_, of| {
        Ok(format!("b{}", of[0].as_bool().unwrap()).into())
    });
    add("floatf", &[Float], |_, of| {
        Ok(Value::Float(of[0].as_float().unwrap() * 2.0))
    });
    add("i64f", &[Int64], |_, of| {
        Ok(Value::Int64(int(&of[0]).wrapping_add(1)))
    });
    add("boom", &[Text], |_, of| {
        Err(format!("boom: {}", text(&of[0])).into())
    });
    add("anyf", &[Any], |_, of| Ok(of[0].clone()));
    add("two", &[Any, Any], |_, of| {
        Ok(Value::text(sprintf(b"%v-%v", of)))
    });
    add("nilf", &[], |_, _| Ok(Value::Nil));
    add("zero", &[], |_, _| Ok("z".into()));
    add("objf", &[Object("main.Obj")], |_, _| Ok("nm".into()));
    let mut add = |name, parameters, body| functions.add(name, function(parameters, true, body));
    add("vari", &[Text, Int], |_, of| {
        let numbers = gotemplate::List::of(ElementType::Int, of[1..].to_vec());
        Ok(Value::text(sprint(&[
            of[0].clone(),
            length(numbers.len()),
            numbers.into(),
        ])))
    });
    add("list", &[Any], |_, of| Ok(of.to_vec().into()));
    add("dict", &[Any], |_, of| {
        let pairs = of.chunks_exact(2);
        let entries = pairs.map(|pair| (sprint(&pair[..1]), pair[1].clone()));
        Ok(entries.collect::<gotemplate::Map>().into())
    });
    let hello = function(&[Text], false, |_, of| {
        Ok(format!("hello {}", text(&of[1])).into())
    });
    functions.add_method("main.Named", "Hello", hello);
    functions
}

fn function(
    parameters: &'static [Parameter],
    variadic: bool,
    body: fn(&mut Call<'_>, &[Value]) -> Answer,
) -> Function {
    Function {
        parameters,
        variadic,
        body,
    }
}

fn text(value: &Value) -> String {
    value.as_text().unwrap().as_str().into_owned()
}

fn int(value: &Value) -> i64 {
    value.as_int().unwrap()
}

fn length(length: usize) -> Value {
    Value::Int(length as i64)
}
