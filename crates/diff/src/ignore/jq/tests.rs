//! What expressions take out, and that none of them gets away.

use super::{Exhausted, compile};
use serde_json::{Value, json};

fn strip(expression: &str, object: Value) -> Value {
    let mut object = object;
    compile(expression).unwrap().strip(&mut object).unwrap();
    object
}

fn pod() -> Value {
    json!({"spec": {"replicas": 3, "list": [1, 2, 3, 4], "containers": [
        {"name": "a", "env": [{"name": "X", "value": "1"}, {"name": "Y"}]},
        {"name": "b", "image": "i:1"},
        {"name": "c", "image": "i:2"}]}})
}

#[test]
fn expressions_select_what_goes() {
    for (expression, pointer, left) in [
        (".spec.replicas", "/spec/replicas", None),
        (".spec.list[1]", "/spec/list", Some(json!([1, 3, 4]))),
        (".spec.list[-1]", "/spec/list", Some(json!([1, 2, 3]))),
        (".spec.list[1:3]", "/spec/list", Some(json!([1, 4]))),
        (".spec.list[]", "/spec/list", Some(json!([]))),
        (
            ".spec.list[] | select(. > 2)",
            "/spec/list",
            Some(json!([1, 2])),
        ),
        (
            ".spec.list[0], .spec.list[1]",
            "/spec/list",
            Some(json!([3, 4])),
        ),
        ("first(.spec.list[])", "/spec/list", Some(json!([2, 3, 4]))),
        (
            ".spec.containers[] | select(.name == \"b\" or .name == \"c\")",
            "/spec/containers/1",
            None,
        ),
        (
            ".spec.containers[].env[]? | select(.name | test(\"^X\"))",
            "/spec/containers/0/env",
            Some(json!([{"name": "Y"}])),
        ),
        (
            ".spec.containers[] | .image",
            "/spec/containers/1",
            Some(json!({"name": "b"})),
        ),
        (
            ".. | .env? // empty",
            "/spec/containers/0",
            Some(json!({"name": "a"})),
        ),
        (".spec[\"replicas\"]", "/spec/replicas", None),
        (
            ".spec | to_entries | .[0]",
            "/spec/replicas",
            Some(json!(3)),
        ),
        (".spec.missing.deeper", "/spec/missing", None),
        (".spec.missing[]", "/spec/replicas", Some(json!(3))),
        (
            ".spec.containers[] | select(.name | IN(\"a\"))",
            "/spec/containers/0/name",
            Some(json!("a")),
        ),
        ("try error(\"x\") catch .", "/spec/replicas", Some(json!(3))),
        (
            "paths | select(.[-1] == \"image\")",
            "/spec/replicas",
            Some(json!(3)),
        ),
        ("getpath([\"spec\", \"replicas\"])", "/spec/replicas", None),
        (
            ".spec.containers | map(select(.name == \"a\"))",
            "/spec/replicas",
            Some(json!(3)),
        ),
        (
            ".spec.containers[] | select(.image | . != null and contains(\":2\"))",
            "/spec/containers/2",
            None,
        ),
        (
            ".spec.containers[] | select(.image // \"\" | endswith(\":1\")) | .image",
            "/spec/containers/1/image",
            None,
        ),
        (
            "if .spec.replicas > 2 then .spec.replicas else empty end",
            "/spec/replicas",
            None,
        ),
    ] {
        let Ok(program) = compile(expression) else {
            assert!(
                expression.contains("IN("),
                "{expression}: {:?}",
                compile(expression)
            );
            continue;
        };
        let mut stripped = pod();
        program.strip(&mut stripped).unwrap();
        assert_eq!(stripped.pointer(pointer), left.as_ref(), "{expression}");
    }
}

#[test]
fn an_expression_that_completes_del_rewrites() {
    let object = json!({"data": {"c": "{\"auth\":\"t\",\"x\":1}"}, "spec": 1});
    let rewritten = strip(
        ".nothing) | .data.c |= (fromjson | del(.auth) | tojson",
        object,
    );
    assert_eq!(rewritten, json!({"data": {"c": "{\"x\":1}"}, "spec": 1}));
}

#[test]
fn broken_expressions_are_told() {
    for (expression, told) in [
        (".a | select(.b == \"x)", "expected"),
        (".a |", "expected"),
        (".a | nosuch", "there is no filter \"nosuch\""),
        ("$x", "there is no variable \"$x\""),
        ("env", "there is no filter \"env\""),
        ("$ENV", "there is no variable"),
        ("input", "there is no filter"),
        ("inputs", "there is no filter"),
        ("now", "there is no filter"),
        ("halt", "there is no filter"),
        ("debug", "there is no filter"),
        ("def f: f; f", "def cannot be used here"),
        ("import \"a\" as a; .", "expected"),
        ("", "expected"),
    ] {
        let problem = compile(expression).err().map(|problem| problem.to_string());
        let problem = problem.unwrap_or_else(|| panic!("{expression} should not compile"));
        assert!(problem.contains(told), "{expression}: {problem}");
    }
}

#[test]
fn endless_and_growing_expressions_are_stopped() {
    for expression in [
        "until(true == false; [.] + [1])",
        "until(false; .)",
        "repeat(.)",
        "range(1e18) | empty",
        "first(range(1e18) | select(false))",
        "[recurse([.])]",
        "[while(true; .)]",
        "try until(false; .) catch .",
        "[range(1e18) | try error catch .]",
        "reduce range(1e6) as $i (0; [.])",
        "reduce range(100) as $i (\"xxxxxxxxxx\"; . + .)",
        "reduce range(100) as $i ([1]; [., .]) | tojson",
        "\"x\" * 1e12",
        "\"x\" * 1e300",
        "[range(100000)] - [range(100000)]",
        "[range(100000)] | contains([range(100000)])",
        "(\"x\" * 200000) | [match(\"\"; \"g\")] | length",
        "[range(1000) | (\"x\" * 100000) | length]",
        "[.. as $a | .. as $b | .. as $c | .. as $d | .. as $e | .. as $f | 1]",
        "[range(1e9) as $i | \"\\($i)\" | test(\"(a*)*b\")]",
        "[foreach range(1e18) as $i (0; .; empty)]",
        "label $out | range(1e18) | if . < 0 then break $out else empty end",
    ] {
        // As a path, which most are not, so that they end early; and as a value, which they are.
        let _ = run(expression);
        let result = run(&format!(".spec | select([{expression}] | length > 0)"));
        assert_eq!(result, Err(Exhausted), "{expression}");
    }
}

fn run(expression: &str) -> Result<(), Exhausted> {
    let program = compile(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
    let mut object = pod();
    let started = std::time::Instant::now();
    let result = program.strip(&mut object);
    let took = started.elapsed();
    println!("{took:>10.2?} {result:?} {expression}");
    assert!(took.as_secs() < 20, "{expression} took {took:?}");
    assert_eq!(object, pod(), "{expression}");
    result
}

#[test]
fn deep_and_long_expressions_are_refused_without_a_fall() {
    let repeated = |text: &str, times| text.repeat(times);
    for expression in [
        repeated("(", 5000),
        repeated("[", 48) + &repeated("]", 48),
        repeated("-", 4000) + "1",
        repeated("- ", 590) + "1",
        repeated(".|", 299) + ".",
        repeated(".a|", 2000) + ".",
        repeated(".,", 299) + ".",
        repeated("1+", 299) + "1",
        repeated(". as $x|", 100) + ".",
        repeated("try ", 590) + ".",
        repeated("if . then ", 190) + "1" + &repeated(" end", 190),
        repeated("reduce ", 100),
        repeated("\"\\(", 40) + "1" + &repeated(")\"", 40),
        repeated("{a:", 47) + "1" + &repeated("}", 47),
        repeated(".[", 47) + "0" + &repeated("]", 47),
        repeated("a", 5000),
    ] {
        let shown: String = expression.chars().take(30).collect();
        match compile(&expression) {
            Ok(program) => drop(program.strip(&mut pod())),
            Err(problem) => println!("{shown}: {problem}"),
        }
    }
}

#[test]
fn programs_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<super::Program>();
    shared::<crate::Ignore>();
}
