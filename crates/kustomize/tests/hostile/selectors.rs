//! Expressions that blow up when they are compiled or matched.

use crate::lab::Repository;

const MAP: &str = "kind: ConfigMap\nmetadata: {name: map}\ndata: {a: b}\n";

fn selecting(name: &str) -> Repository {
    let patch = "- op: add\n      path: /data/b\n      value: c\n";
    Repository::new(format!(
        "resources: [map.yaml]\npatches:\n- target: {{name: '{name}'}}\n  patch: |-\n    {patch}"
    ))
    .file("map.yaml", MAP)
}

#[test]
fn expressions_that_blow_up_are_refused() {
    for expression in [
        "(a{1000}){1000}",
        "((a{100}){100}){100}",
        "(((((a{20}){20}){20}){20}){20}){20}",
        "(\\pL{1000}){100}",
        &"(".repeat(10_000),
        &"a".repeat(1 << 20),
        &format!("{}{}", "(a".repeat(5000), ")".repeat(5000)),
    ] {
        selecting(expression).fails("", &["patches[0]", "error parsing regexp"]);
    }
}

#[test]
fn expressions_that_backtrack_elsewhere_do_not_here() {
    let name = "a".repeat(100_000);
    let patch = r#"[{"op": "add", "path": "/data/b", "value": "c"}]"#;
    let text = format!(
        "resources: [map.yaml]\npatches: [{{patch: '{patch}', target: {{name: '(a*)*(a|aa)+(a?){{50}}b'}}}}]\n"
    );
    let (built, _) = Repository::new(text)
        .file(
            "map.yaml",
            format!("kind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{}}\n"),
        )
        .builds("");
    assert!(!built[0].contains("b: c"));
}

#[test]
fn hundreds_of_large_expressions_are_matched() {
    let patch = r#"[{"op": "add", "path": "/data/b", "value": "c"}]"#;
    let entry = format!("- {{patch: '{patch}', target: {{name: '(\\w{{50}}){{5}}|map'}}}}\n");
    let text = format!("resources: [map.yaml]\npatches:\n{}", entry.repeat(300));
    let (built, _) = Repository::new(text).file("map.yaml", MAP).builds("");
    assert!(built[0].contains("b: c"));
}

#[test]
fn label_selectors_of_a_megabyte_are_read() {
    for selector in [
        format!("{}!b", "!a,".repeat(1 << 18)),
        format!("a in ({}c)", "b,".repeat(1 << 19)),
    ] {
        let patch = r#"[{"op": "add", "path": "/data/b", "value": "c"}]"#;
        let target = format!("{{labelSelector: '{selector}'}}");
        let text = format!("[{{patch: '{patch}', target: {target}}}]");
        let (built, _) = Repository::new(format!("resources: [map.yaml]\npatches: {text}\n"))
            .file("map.yaml", MAP)
            .builds("");
        assert_eq!(built[0].contains("b: c"), selector.starts_with('!'));
    }
}

#[test]
fn an_image_name_that_is_an_expression_does_no_harm() {
    let pod = "kind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: 'aaaaaaaaaaaaaaaaaaaa:1'}]}\n";
    for name in ["(a*)*b", "(a|aa)+(a?){50}b"] {
        let (built, _) = Repository::new(format!(
            "resources: [pod.yaml]\nimages: [{{name: '{name}', newTag: x}}]\n"
        ))
        .file("pod.yaml", pod)
        .builds("");
        assert!(built[0].contains("a:1"), "{name}");
    }
}
