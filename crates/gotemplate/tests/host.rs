//! What functions can do with the template that runs: include others, parse more, use the host.

use gotemplate::{Call, Cycles, Function, FunctionError, Functions, Host, Kind, Limits, Map};
use gotemplate::{Object, Parameter, TemplateSet, Text, Value};
use std::any::Any;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

type Answer = Result<Value, FunctionError>;

fn include(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let name = arguments[0].as_text().unwrap().as_str().into_owned();
    call.execute(&name, arguments[1].clone()).map(Value::Text)
}

fn tpl(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let text = arguments[0].as_text().unwrap();
    let mut set = call.set().clone();
    let parsed = set.parse("inner", text.as_bytes(), call.functions());
    let parsed = parsed.map_err(|error| FunctionError::before("cannot parse: ", error))?;
    let text = call.execute_parsed(&set, &parsed, arguments[1].clone())?;
    Ok(Value::Text(text))
}

fn set_key(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let map = arguments[0].as_map().unwrap();
    map.set(
        arguments[1].as_text().unwrap().clone(),
        arguments[2].clone(),
    );
    Ok(arguments[0].clone())
}

fn note(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let notes = call.host().downcast_ref::<RefCell<Vec<String>>>();
    let notes = notes.ok_or("no notes here")?;
    let text = arguments[0].as_text().unwrap().as_str().into_owned();
    notes.borrow_mut().push(text);
    Ok(Value::from(""))
}

fn dict(_: &mut Call<'_>, _: &[Value]) -> Answer {
    Ok(Map::default().into())
}

fn functions() -> Functions {
    let mut functions = Functions::default();
    let mut add = |name, parameters, body| {
        let function = Function {
            parameters,
            variadic: false,
            body,
        };
        functions.add(name, function);
    };
    add("include", &[Parameter::Text, Parameter::Any], include as _);
    add("tpl", &[Parameter::Text, Parameter::Any], tpl as _);
    add(
        "set",
        &[Parameter::Map, Parameter::Text, Parameter::Any],
        set_key as _,
    );
    add("note", &[Parameter::Text], note as _);
    add("dict", &[], dict as _);
    functions
}

fn render_on(host: &dyn Any, limits: Limits, texts: &[(&str, &str)], dot: Value) -> String {
    let functions = functions();
    let mut set = TemplateSet::new("gotpl");
    for (name, text) in texts {
        set.parse(name, text.as_bytes(), &functions).unwrap();
    }
    let host = Host {
        limits,
        ..Host::new(&functions, host)
    };
    match set.execute(texts[0].0, dot, &host) {
        Ok(text) => text.as_str().into_owned(),
        Err(error) => error.to_string(),
    }
}

fn render(texts: &[(&str, &str)]) -> String {
    render_on(&(), Limits::default(), texts, Map::default().into())
}

#[test]
fn a_template_includes_another_and_gets_its_text() {
    let texts = [
        ("a", r#"[{{ include "b" "x" | printf "%q" }}]"#),
        ("b", "<{{ . }}>"),
    ];
    assert_eq!(render(&texts), r#"["<x>"]"#);
}

#[test]
fn an_error_tells_the_way_to_itself() {
    let texts = [
        ("a", "\n {{ include \"b\" . }}"),
        ("b", "{{ .x.y }}{{ index .z 1 }}"),
    ];
    assert_eq!(
        render(&texts),
        "template: a:2:4: executing \"a\" at <include \"b\" .>: error calling include: \
         template: b:1:13: executing \"b\" at <index .z 1>: error calling index: \
         index of untyped nil"
    );
}

#[test]
fn the_texts_of_an_error_are_those_unwrapping_gives() {
    let functions = functions();
    let mut set = TemplateSet::new("gotpl");
    set.parse("a", br#"{{ include "b" . }}"#, &functions)
        .unwrap();
    set.parse("b", br#"{{ include "nope" . }}"#, &functions)
        .unwrap();
    let error = set
        .execute("a", Value::Nil, &Host::new(&functions, &()))
        .unwrap_err();
    let none = r#"template: no template "nope" associated with template "gotpl""#;
    let inner = format!(
        r#"template: b:1:3: executing "b" at <include "nope" .>: error calling include: {none}"#
    );
    let outer = format!(
        r#"template: a:1:3: executing "a" at <include "b" .>: error calling include: {inner}"#
    );
    assert_eq!(error.texts(), [outer, inner, none.to_owned()]);
    assert_eq!(error.template(), Some(&Text::from("a")));
}

#[test]
fn what_is_parsed_on_the_way_is_seen_only_there() {
    let inner = r#"{{ define "own" }}O{{ . }}{{ end }}{{ include "own" 1 }}{{ include "b" 2 }}"#;
    let texts = [
        (
            "a",
            format!("{{{{ tpl `{inner}` . }}}}|{{{{ include \"own\" . }}}}"),
        ),
        ("b", "B{{ . }}".to_owned()),
    ];
    let texts = texts.each_ref().map(|(name, text)| (*name, text.as_str()));
    let error = render(&texts);
    assert!(
        error.ends_with(r#"no template "own" associated with template "gotpl""#),
        "{error}"
    );
    let first = texts[0].1.split('|').next().unwrap();
    assert_eq!(render(&[("a", first), texts[1]]), "O1B2");
}

#[test]
fn what_cannot_be_parsed_on_the_way_is_an_error_of_the_call() {
    assert_eq!(
        render(&[("a", r#"{{ tpl "{{" . }}"#)]),
        "template: a:1:3: executing \"a\" at <tpl \"{{\" .>: error calling tpl: \
         cannot parse: template: inner:1: unclosed action"
    );
}

#[test]
fn a_later_template_counts_unless_it_is_blank() {
    let later = [
        ("a", r#"{{ template "t" }}"#),
        ("b", r#"{{ define "t" }}1{{ end }}"#),
    ];
    let more = [
        ("c", r#"{{ define "t" }}2{{ end }}"#),
        ("d", r#"{{ define "t" }} {{ end }}"#),
    ];
    assert_eq!(render(&[later, more].concat()), "2");
}

#[test]
fn functions_reach_the_host() {
    let notes = RefCell::new(Vec::<String>::new());
    let texts = [
        ("a", r#"{{ note "x" }}{{ include "b" . }}"#),
        ("b", r#"{{ note "y" }}"#),
    ];
    assert_eq!(render_on(&notes, Limits::default(), &texts, Value::Nil), "");
    assert_eq!(notes.into_inner(), ["x", "y"]);
}

#[test]
fn what_one_sets_all_see() {
    let text = r#"{{ $d := dict }}{{ $e := $d }}{{ $_ := set $d "k" 1 }}{{ $e.k }}"#;
    assert_eq!(render(&[("a", text)]), "1");
}

/// Something that can be seen to be gone.
#[derive(Debug)]
struct Tracked(#[allow(dead_code)] Rc<()>);

impl Object for Tracked {
    fn type_name(&self) -> Cow<'static, str> {
        "tracked".into()
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn print(&self) -> String {
        "tracked".to_owned()
    }

    fn to_json(&self) -> serde_json::Value {
        serde_json::Value::Null
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[test]
fn a_map_that_contains_itself_goes_with_the_render() {
    let count = Rc::new(());
    let dot = || Value::object(Tracked(count.clone()));
    let text = r#"{{ $d := dict }}{{ $e := dict }}{{ $_ := set $d "e" $e }}{{ $_ = set $e "d" $d }}{{
        $_ = set $e "tracked" . }}{{ $d.e.d.e.tracked }}"#;
    assert_eq!(
        render_on(&(), Limits::default(), &[("a", text)], dot()),
        "tracked"
    );
    assert_eq!(Rc::strong_count(&count), 1);
}

#[test]
fn a_map_the_host_holds_stays_as_it_is() {
    let dot = Map::default();
    let text = r#"{{ $_ := set . "self" . }}{{ $_ = set . "inner" (dict) }}{{ .self.self.inner }}"#;
    let cycles = Cycles::watch();
    let limits = Limits::default();
    assert_eq!(
        render_on(&(), limits, &[("a", text)], dot.clone().into()),
        "map[]"
    );
    drop(cycles);
    assert_eq!(dot.keys(), ["inner".into(), "self".into()] as [Text; 2]);
    dot.remove(b"self");
}

#[test]
fn deep_values_are_printed_as_far_as_they_may_be_and_let_go() {
    let text = r#"{{ $d := dict }}{{ range 100000 }}{{ $e := dict }}{{ $_ := set $e "k" $d }}{{
        $d = $e }}{{ end }}{{ print $d | len }}"#;
    assert_eq!(render(&[("a", text)]), "7006");
}

#[test]
fn bounds_are_kept() {
    let small = Limits {
        depth: 20,
        steps: 10_000,
        text: 1000,
        texts: 5000,
    };
    let check = |text: &str, wanted: &str| {
        let got = render_on(&(), small, &[("a", text)], Map::default().into());
        assert!(got.ends_with(wanted), "{text}\n{got}");
    };
    check(
        "{{ range 100000 }}{{ end }}",
        "the template does more than 10000 steps",
    );
    check(
        "{{ range 100 }}0123456789abcdef{{ end }}",
        "a text of more than 1000 bytes",
    );
    check(
        "{{ $s := `x` }}{{ range 20 }}{{ $s = print $s $s }}{{ end }}",
        "<$s>: the template makes a text of more than 1000 bytes",
    );
    check(
        "{{ range 90 }}{{ $s := printf `%90d` 1 }}{{ end }}",
        "the template makes more than 5000 bytes of text",
    );
    check(
        r#"{{ template "a" }}"#,
        "exceeded maximum template depth (20)",
    );
    check(
        r#"{{ include "a" . }}"#,
        "exceeded maximum template depth (20)",
    );
}

#[test]
fn templates_may_call_each_other_as_deep_as_the_bound_says() {
    let text = r#"{{ template "a" }}"#;
    let got = render(&[("a", text)]);
    assert!(
        got.ends_with("exceeded maximum template depth (10000)"),
        "{got}"
    );
}
