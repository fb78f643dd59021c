//! Any template over a small value: executing never panics, keeps its bounds, and gives the same
//! text twice.
//!
//! Run with `cargo +nightly fuzz run execute` in `crates/gotemplate`.
#![no_main]

use gotemplate::{Functions, Host, Limits, List, Map, MissingKey, TemplateSet, Value};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits {
    depth: 100,
    steps: 20_000,
    text: 1 << 16,
    texts: 1 << 20,
};

fuzz_target!(|text: &[u8]| {
    let functions = Functions::default();
    let mut set = TemplateSet::new("set");
    if set.parse("t", text, &functions).is_err() {
        return;
    }
    for missing_key in [MissingKey::Default, MissingKey::Zero, MissingKey::Error] {
        let host = Host {
            limits: LIMITS,
            missing_key,
            ..Host::new(&functions, &())
        };
        let print = || match set.execute("t", dot(), &host) {
            Ok(text) => {
                assert!(text.len() <= LIMITS.text);
                text.as_str().into_owned()
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(print(), print());
    }
});

fn dot() -> Value {
    let inner: Map = [("d", Value::from("x")), ("n", Value::Nil)]
        .into_iter()
        .collect();
    let list = vec![
        Value::Float(1.5),
        "a".into(),
        Value::Nil,
        inner.clone().into(),
    ];
    let entries = [
        ("a", Value::Float(1.0)),
        ("i", Value::Int(7)),
        ("s", "text".into()),
        ("b", Value::Bytes(b"h\xff"[..].into())),
        ("l", list.into()),
        ("t", List::texts(["p", "q"]).into()),
        ("m", inner.into()),
    ];
    Value::from(entries.into_iter().collect::<Map>())
}
