//! Users' actions: what a script may offer, what it may return, and what is built in beside it.

use actions::{Action, Operation, Outcome, Param};
use lua::{ActionScripts, Limits, Rule, Scripts};
use model::Timestamp;
use serde_json::{Value, json};

const NOW: Timestamp = Timestamp(1_700_000_000_000);

fn scripts(kind: &str, discovery: &str, action: &str, merge_built_in: bool) -> Scripts {
    let rule = Rule {
        kind: kind.to_owned(),
        actions: Some(ActionScripts {
            discovery: discovery.to_owned(),
            definitions: vec![("act".to_owned(), action.to_owned())],
            merge_built_in,
        }),
        ..Rule::default()
    };
    Scripts::compile(vec![rule], Limits::default()).0
}

fn widget() -> Value {
    json!({
        "apiVersion": "example.com/v1",
        "kind": "Widget",
        "metadata": {"name": "first", "annotations": {}},
        "spec": {
            "replicas": 3,
            "share": 0.5,
            "empty": {},
            "none": [],
            "inner": {"empty": {}, "more": true},
            "list": [{"empty": {}, "name": "a"}, {"deep": [{"empty": {}, "x": 1}]}, {}],
        },
    })
}

/// What `act` makes of a Widget.
fn acted(script: &str, parameters: &[(&str, &str)]) -> Result<Vec<Outcome>, String> {
    let scripts = scripts("example.com/Widget", "return {}", script, false);
    let outcomes = scripts.run_action(&widget(), "act", parameters, NOW);
    outcomes.map_err(|error| error.to_string())
}

fn offered(discovery: &str) -> Result<Vec<Action>, String> {
    let scripts = scripts("example.com/Widget", discovery, "", false);
    let actions = scripts.actions(&widget(), NOW);
    actions.map_err(|error| error.to_string())
}

#[test]
fn an_object_that_comes_back_is_a_patch_and_keeps_its_empty_objects() {
    let script = "obj.spec.replicas = tonumber(actionParams['replicas']) \
        obj.spec.inner.more = nil obj.spec.share = obj.spec.share / 4 return obj";
    let outcomes = acted(script, &[("replicas", "5")]).unwrap();
    let mut expected = widget();
    expected["spec"]["replicas"] = 5.into();
    expected["spec"]["share"] = 0.125.into();
    expected["spec"]["inner"] = json!({"empty": {}});
    // Lua cannot tell an empty object in a list from an empty list, and Argo CD does not look there.
    expected["spec"]["list"][2] = json!([]);
    let patch = Outcome {
        operation: Operation::Patch,
        resource: expected,
    };
    assert_eq!(outcomes, [patch]);
}

#[test]
fn what_was_emptied_is_still_an_object() {
    let outcomes = acted(
        "obj.spec.inner = {} obj.metadata.labels = {} return obj",
        &[],
    )
    .unwrap();
    assert_eq!(outcomes[0].resource["spec"]["inner"], json!({}));
    assert_eq!(outcomes[0].resource["metadata"]["labels"], json!([]));
}

#[test]
fn a_list_says_what_to_do_with_each_object() {
    let script = "local job = {apiVersion = 'batch/v1', kind = 'Job', metadata = {name = 'x'}, spec = {}} \
        return {{operation = 'create', resource = job}, {Operation = 'patch', RESOURCE = obj}}";
    let outcomes = acted(script, &[]).unwrap();
    assert_eq!(outcomes[0].operation, Operation::Create);
    let job = json!({
        "apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "x"}, "spec": [],
    });
    assert_eq!(outcomes[0].resource, job);
    assert_eq!(outcomes[1].operation, Operation::Patch);
    assert_eq!(outcomes[1].resource["metadata"]["annotations"], json!({}));
    assert_eq!(acted("return {}", &[]), Ok(Vec::new()));
}

#[test]
fn other_answers_are_errors() {
    for (script, expected) in [
        (
            "return 1",
            "expect table output from Lua script, not number",
        ),
        ("return nil", "expect table output from Lua script, not nil"),
        (
            "return {test = 'x'}",
            "Object 'Kind' is missing in resource 1",
        ),
        (
            "return {{operation = 'apply', resource = obj}}",
            "unsupported operation: \"apply\"",
        ),
        ("return {{resource = obj}}", "unsupported operation: \"\""),
        ("return {{operation = 'patch'}}", "resource 1 is no object"),
        ("return {'x'}", "resource 1 is no object"),
        ("error('no such instance', 0)", "no such instance"),
        ("error('no such instance')", "no such instance"),
    ] {
        let expected = format!("{expected}; correct it in argocd-cm");
        let error = acted(script, &[]).unwrap_err();
        assert!(error.ends_with(&expected), "{script}: {error}");
        assert!(error.starts_with("action.lua of action act of example.com/Widget"));
    }
}

#[test]
fn actions_are_offered_by_name() {
    let discovery = "return {b = {}, a = {disabled = true, iconClass = 'fa', displayName = 'A', \
        params = {{name = 'n'}, {name = 'm'}}}, c = {name = 'other', disabled = false, params = {}}}";
    let a = Action {
        disabled: true,
        icon_class: "fa".to_owned(),
        display_name: "A".to_owned(),
        params: ["n", "m"]
            .map(|name| Param {
                name: name.to_owned(),
            })
            .into(),
        ..Action::new("a")
    };
    let expected = [a, Action::new("b"), Action::new("other")];
    assert_eq!(offered(discovery).unwrap(), expected);
    assert_eq!(offered("return {}"), Ok(Vec::new()));
}

#[test]
fn what_offers_nothing_that_can_be_read_is_an_error() {
    for (discovery, expected) in [
        ("return nil", "expect table output from Lua script, not nil"),
        ("", "expect table output from Lua script, not nil"),
        (
            "return {'a'}",
            "expected a table of actions by name, found a list",
        ),
        (
            "return {a = true}",
            "action a: expected a table in it, found a boolean",
        ),
        (
            "return {a = {disabled = 'yes'}}",
            "action a: expected a boolean in disabled, found text",
        ),
        (
            "return {a = {params = {x = 1}}}",
            "action a: expected a list in params, found a table",
        ),
    ] {
        let expected =
            format!("discovery.lua of example.com/Widget: {expected}; correct it in argocd-cm");
        assert_eq!(offered(discovery), Err(expected));
    }
}

#[test]
fn what_is_built_in_stands_beside_users_actions_only_if_they_say_so() {
    let deployment =
        json!({"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"template": {}}});
    let names = |scripts: &Scripts| -> Vec<(String, bool)> {
        let actions = scripts.actions(&deployment, NOW).unwrap();
        let named = |action: Action| (action.name, action.icon_class.is_empty());
        actions.into_iter().map(named).collect()
    };
    let discovery = "return {act = {}, restart = {}}";
    let apart = scripts("apps/Deployment", discovery, "return obj", false);
    let own = [("act".to_owned(), true), ("restart".to_owned(), true)];
    assert_eq!(names(&apart), own);
    let merged = names(&scripts("apps/Deployment", discovery, "return obj", true));
    assert!(merged.len() > 2 && own.iter().all(|action| merged.contains(action)));
    assert_eq!(
        names(&Scripts::default()),
        names(&scripts("apps/StatefulSet", "", "", false))
    );
    // What is not offered can still be run, as in Argo CD.
    let restarted = apart.run_action(&deployment, "restart", &[], NOW).unwrap();
    assert_eq!(restarted[0].operation, Operation::Patch);
    let unknown = apart.run_action(&deployment, "fly", &[], NOW).unwrap_err();
    assert_eq!(unknown.to_string(), "apps/Deployment has no action fly");
}
