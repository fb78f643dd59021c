//! Values themselves: their types, how they compare and print, and JSON.

use gotemplate::fmt::{format_float, print_value, quote, quote_ascii, sprint, sprintf, sprintln};
use gotemplate::{ElementType, List, Map, Text, Value};
use serde_json::json;
use std::collections::BTreeMap;

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn json_goes_in_and_comes_out() {
    let json = json!({"a": [1.0, "x", null, true, {"b": 2.5}], "c": {}});
    assert_eq!(Value::from_json(&json).to_json(), json);
    assert_eq!(Value::Bytes(b"hi"[..].into()).to_json(), json!("aGk="));
    assert_eq!(Value::Int64(3).to_json(), json!(3));
    assert_eq!(Value::Float(f64::NAN).to_json(), json!(null));
    let whole = Value::from_json(&json!(3));
    assert_eq!(whole.type_name(), "float64");
}

#[test]
fn types_have_the_names_go_prints() {
    let list = |of| Value::List(List::of(of, Vec::new()));
    let map = |of, name| Value::Map(Map::of(of, name, BTreeMap::new()));
    let names = [
        (Value::Nil, "<nil>", "invalid"),
        (Value::Int(1), "int", "int"),
        (Value::Bytes(Text::default()), "[]uint8", "slice"),
        (list(ElementType::Any), "[]interface {}", "slice"),
        (list(ElementType::Text), "[]string", "slice"),
        (list(ElementType::List), "[][]interface {}", "slice"),
        (
            map(ElementType::Any, None),
            "map[string]interface {}",
            "map",
        ),
        (map(ElementType::Bytes, None), "map[string][]uint8", "map"),
        (
            map(ElementType::Any, Some("common.Values")),
            "common.Values",
            "map",
        ),
    ];
    for (value, type_name, kind) in names {
        assert_eq!(value.type_name(), type_name);
        assert_eq!(value.kind().name(), kind);
    }
}

#[test]
fn equality_goes_all_the_way_down_and_knows_types() {
    let value = |json| Value::from_json(&json);
    let same = |a: &Value, b: &Value| a.deep_equal(b);
    let a = value(json!({"x": [1, {"y": "z"}]}));
    assert!(same(&a, &value(json!({"x": [1, {"y": "z"}]}))));
    assert!(!same(&a, &value(json!({"x": [1, {"y": "w"}]}))));
    assert!(!same(&Value::Int(1), &Value::Int64(1)));
    assert!(!same(&Value::Float(f64::NAN), &Value::Float(f64::NAN)));
    assert!(!same(
        &List::texts(["a"]).into(),
        &Value::from(vec!["a".into()])
    ));
    assert!(same(&Value::Nil, &Value::Nil));
}

#[test]
fn maps_that_contain_themselves_compare_and_print() {
    let cyclic = || {
        let map = Map::default();
        map.set("self".into(), map.clone().into());
        map
    };
    let (a, b) = (cyclic(), cyclic());
    assert!(Value::from(a.clone()).deep_equal(&b.clone().into()));
    assert_eq!(print_value(&a.clone().into()).len(), 10_006);
    assert!(Value::from(a.clone()).to_json().is_object());
    a.remove(b"self");
    b.remove(b"self");
}

#[test]
fn values_print_with_blanks_where_go_puts_them() {
    let values = [
        Value::Int(1),
        Value::Int(2),
        "a".into(),
        "b".into(),
        Value::Nil,
        true.into(),
    ];
    assert_eq!(
        text(sprint(&values)),
        "1 2a b<nil> true".replace("a b", "ab")
    );
    assert_eq!(text(sprintln(&values)), "1 2 a b <nil> true\n");
    assert_eq!(text(sprintf(b"%v-%s", &values[1..3])), "2-a");
}

#[test]
fn texts_are_quoted_byte_for_byte() {
    let bytes = b"a\"\\\n\x00\xff\xe2\x98\x83\xc2\xa0\xf0\x9f\x98\x80";
    assert_eq!(text(quote(bytes)), r#""a\"\\\n\x00\xff☃\u00a0😀""#);
    assert_eq!(
        text(quote_ascii(bytes)),
        r#""a\"\\\n\x00\xff\u2603\u00a0\U0001f600""#
    );
}

#[test]
fn floats_have_as_many_digits_as_they_need() {
    let cases = [
        (1121216685743003.2, b'g', None, "1.1212166857430032e+15"),
        (1121216685743003.2, b'f', None, "1121216685743003.2"),
        (0.0, b'e', None, "0e+00"),
        (5e-324, b'g', None, "5e-324"),
        (1e21, b'f', None, "1000000000000000000000"),
        (2.5, b'f', Some(0), "2"),
        (1234.5678, b'g', Some(6), "1234.57"),
        (1.0, b'x', None, "0x1p+00"),
        (0.1, b'x', Some(3), "0x1.99ap-04"),
        (-1.0, b'b', None, "-4503599627370496p-52"),
    ];
    for (number, form, precision, wanted) in cases {
        assert_eq!(format_float(number, form, precision), wanted);
    }
}

#[test]
fn what_is_printed_has_an_end() {
    let wide = sprintf(&b"%1000000d".repeat(200), &vec![Value::Int(1); 200]);
    assert!(wide.len() < gotemplate::fmt::LONGEST + 2_000_000);
}

#[test]
fn what_was_never_made_is_empty_and_yet_not_the_same_as_empty() {
    let (nil, empty) = (
        Value::from(List::nil(ElementType::Any)),
        Value::from(vec![]),
    );
    assert_eq!(
        text(sprintf(b"%v %d %#v", &vec![nil.clone(); 3])),
        "[] [] []interface {}(nil)"
    );
    assert_eq!((nil.to_json(), empty.to_json()), (json!(null), json!([])));
    assert!(!nil.deep_equal(&empty) && nil.deep_equal(&nil) && !nil.truth());
    let (nil, empty) = (Value::from(Map::nil()), Value::from(Map::default()));
    assert_eq!(
        text(sprintf(b"%#v", std::slice::from_ref(&nil))),
        "map[string]interface {}(nil)"
    );
    assert_eq!((nil.to_json(), empty.to_json()), (json!(null), json!({})));
    assert!(!nil.deep_equal(&empty));
    assert!(gotemplate::compare::eq(&nil, &[Value::Nil]).unwrap());
}

#[test]
fn one_map_may_be_held_under_two_types() {
    let plain = Map::default();
    let named = plain.named(Some("common.Values"));
    named.set("k".into(), "v".into());
    assert!(plain.contains(b"k") && plain.is(&named));
    assert_eq!(Value::from(plain).type_name(), "map[string]interface {}");
    assert_eq!(Value::from(named).type_name(), "common.Values");
}
