//! On a small stack, templates and values may be as deep as their bounds say.

use gotemplate::fmt::print_value;
use gotemplate::{Functions, Host, List, Map, TemplateSet, Value};

fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(512 << 10);
    thread.spawn(work).unwrap().join().unwrap();
}

fn render(text: &str) -> String {
    let functions = Functions::default();
    let mut set = TemplateSet::new("set");
    if let Err(error) = set.parse("t", text.as_bytes(), &functions) {
        return error.to_string();
    }
    match set.execute("t", Value::Nil, &Host::new(&functions, &())) {
        Ok(text) => text.as_str().into_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn templates_that_call_each_other() {
    on_a_small_stack(|| {
        let text = r#"{{ with 1 }}{{ if (print (print 1)) }}{{ template "t" }}{{ end }}{{ end }}"#;
        let got = render(text);
        assert!(
            got.ends_with("exceeded maximum template depth (10000)"),
            "{got}"
        );
    });
}

#[test]
fn actions_that_nest_and_the_message_that_shows_them() {
    on_a_small_stack(|| {
        let text = |inner| {
            let (open, close) = ("{{ with print 1 }}".repeat(900), "{{ end }}".repeat(900));
            format!("{open}{inner}{close}")
        };
        assert_eq!(render(&text("x")), "x");
        let error = render(&text("{{ .x }}"));
        assert!(
            error.ends_with("can't evaluate field x in type string"),
            "{error}"
        );
        let parentheses = format!("{}1{}", "(print ".repeat(900), ")".repeat(900));
        let error = render(&format!("{{{{ index {parentheses} 7 }}}}"));
        assert!(error.ends_with("index out of range: 7"), "{error}");
    });
}

#[test]
fn values_that_nest() {
    on_a_small_stack(|| {
        let nested = || {
            let wrap = |inner, number| match number % 2 {
                0 => Value::from(List::new(vec![inner])),
                _ => Value::from([("k", inner)].into_iter().collect::<Map>()),
            };
            (0..100_000).fold(Value::Nil, wrap)
        };
        let deep = nested();
        assert!(print_value(&deep).starts_with(b"map[k:[map[k:["));
        assert!(!deep.deep_equal(&nested()));
        let shallow = (0..900).fold(Value::Nil, |inner, _| List::new(vec![inner]).into());
        assert!(Value::from_json(&shallow.to_json()).deep_equal(&shallow));
    });
}
