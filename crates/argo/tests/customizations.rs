//! What users say of kinds in `argocd-cm`, in both spellings.

use argo::{Actions, CompareOptions, Customization, IgnoredFields, KnownTypeField, Settings};
use model::IgnoreRule;
use std::collections::BTreeMap;

fn read(cm: &[(&str, &str)]) -> (Settings, Vec<String>) {
    let cm: BTreeMap<String, String> = cm
        .iter()
        .map(|(key, value)| (key.to_string(), value.to_string()))
        .collect();
    Settings::from_config_maps(&cm, &BTreeMap::new())
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

const BLOCK: &str = "\
example.com/Widget:
  health.lua: return {status = 'Healthy'}
  health.lua.useOpenLibs: true
  actions: |
    mergeBuiltinActions: true
    discovery.lua: return {polish = {}}
    definitions:
    - name: polish
      action.lua: return obj
  ignoreDifferences: |
    jsonPointers: [/spec/replicas]
    jqPathExpressions: ['.spec.list[]']
    managedFieldsManagers: [robot]
  ignoreResourceUpdates: |
    jsonPointers: [/metadata/labels]
  knownTypeFields:
  - {field: spec.template, type: core/v1/PodTemplateSpec}
Service:
  health.lua: return nil
";

#[test]
fn a_block_says_everything_of_each_kind() {
    let (settings, _) = read(&[("resource.customizations", BLOCK)]);
    let said = &settings.customizations.by_kind;
    let widget = Customization {
        health: "return {status = 'Healthy'}".to_owned(),
        use_open_libs: true,
        actions: Some(Actions {
            discovery: "return {polish = {}}".to_owned(),
            definitions: vec![("polish".to_owned(), "return obj".to_owned())],
            merge_built_in: true,
        }),
        ignore_differences: IgnoredFields {
            json_pointers: texts(["/spec/replicas"]),
            jq_paths: texts([".spec.list[]"]),
            managers: texts(["robot"]),
        },
        ignore_resource_updates: IgnoredFields {
            json_pointers: texts(["/metadata/labels"]),
            ..IgnoredFields::default()
        },
        known_type_fields: vec![KnownTypeField {
            field: "spec.template".to_owned(),
            type_name: "core/v1/PodTemplateSpec".to_owned(),
        }],
    };
    assert_eq!(said["example.com/Widget"], widget);
    assert_eq!(said["Service"].health, "return nil");
}

#[test]
fn keys_of_single_parts_replace_those_parts_of_the_block() {
    let (settings, warnings) = read(&[
        ("resource.customizations", BLOCK),
        ("resource.customizations.health.example.com_Widget", "new"),
        (
            "resource.customizations.useOpenLibs.example.com_Widget",
            "F",
        ),
        (
            "resource.customizations.knownTypeFields.example.com_Gadget",
            "- {field: spec.x, type: core/v1/Container}",
        ),
        ("resource.customizations.actions.Pod", "discovery.lua: x"),
        (
            "resource.customizations.ignoreDifferences.all",
            "jsonPointers: [/spec/a]",
        ),
        (
            "resource.customizations.ignoreResourceUpdates.*.example.com_*",
            "jqPathExpressions: [.b]",
        ),
    ]);
    let said = &settings.customizations.by_kind;
    let widget = &said["example.com/Widget"];
    assert_eq!((&*widget.health, widget.use_open_libs), ("new", false));
    assert_eq!(widget.ignore_differences.json_pointers, ["/spec/replicas"]);
    assert_eq!(
        said["example.com/Gadget"].known_type_fields[0].field,
        "spec.x"
    );
    assert_eq!(said["Pod"].actions.as_ref().unwrap().discovery, "x");
    assert_eq!(said["*/*"].ignore_differences.json_pointers, ["/spec/a"]);
    let updates = &said["*.example.com/*"].ignore_resource_updates;
    assert_eq!(updates.jq_paths, [".b"]);
    let broken: Vec<&String> = warnings
        .iter()
        .filter(|line| !line.contains("not acted on"))
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn what_is_broken_is_told_and_the_rest_holds() {
    let (settings, warnings) = read(&[
        (
            "resource.customizations",
            "a/B: {health.lua: [x], ignoreDifferences: '{'}\nC: 3",
        ),
        ("resource.customizations.actions.a_D", "definitions: x"),
        ("resource.customizations.health.a_b_c", "x"),
        ("resource.customizations.health.a_E", "fine"),
        ("resource.customizations.helth.a_F", "x"),
        ("resource.customizations.useOpenLibs.a_E", "yes"),
        ("resource.customizations.ignoreResourceUpdates.a_E", "- x"),
    ]);
    assert_eq!(settings.customizations.by_kind["a/E"].health, "fine");
    assert_eq!(settings.customizations.by_kind["a/D"].actions, None);
    let starts = [
        "resource.customizations.a/B.ignoreDifferences: ",
        "resource.customizations.a/B.health.lua: found a list, expected a text",
        "resource.customizations.C: found 3, expected an object",
        "resource.customizations.actions.a_D.definitions: found the text \"x\", expected a list",
        "resource.customizations.health.a_b_c: expected",
        "resource.customizations.helth.a_F: there is no part helth",
        "resource.customizations.ignoreResourceUpdates.a_E: found a list, expected an object",
        "resource.customizations.useOpenLibs.a_E: found \"yes\", expected true or false",
    ];
    for start in starts {
        let told = warnings.iter().any(|line| line.starts_with(start));
        assert!(told, "{start}\n{warnings:#?}");
    }
}

#[test]
fn rules_of_all_apps_are_of_the_form_of_an_apps_own() {
    let rule = |group: &str, kind: &str, pointers: &[&str]| IgnoreRule {
        group: group.to_owned(),
        kind: kind.to_owned(),
        name: String::new(),
        namespace: String::new(),
        json_pointers: pointers.iter().map(|text| text.to_string()).collect(),
        jq_paths: Vec::new(),
        managers: Vec::new(),
    };
    let cm = [
        (
            "resource.customizations.ignoreDifferences.all",
            "jsonPointers: [/a]",
        ),
        (
            "resource.customizations.ignoreDifferences.Pod",
            "jsonPointers: [/b]",
        ),
        (
            "resource.customizations.ignoreResourceUpdates.Pod",
            "jsonPointers: [/c]",
        ),
    ];
    let (settings, _) = read(&cm);
    let said = &settings.customizations;
    let differences = [rule("*", "*", &["/a"]), rule("", "Pod", &["/b"])];
    assert_eq!(said.ignored_differences(), differences);
    let always = [
        "/metadata/resourceVersion",
        "/metadata/generation",
        "/metadata/managedFields",
    ];
    let both = [
        rule("*", "*", &["/a"]),
        rule("", "Pod", &["/c", "/b"]),
        rule("*", "*", &["/status"]),
        rule("*", "*", &always),
    ];
    assert_eq!(said.ignored_updates(&settings.compare), both);
    let apart = CompareOptions {
        ignore_differences_on_updates: false,
        ..CompareOptions::default()
    };
    let own = [rule("", "Pod", &["/c"]), rule("*", "*", &always)];
    assert_eq!(said.ignored_updates(&apart), own);
}

#[test]
fn compare_options_are_read_with_their_defaults() {
    let options = |text: &str| read(&[("resource.compareoptions", text)]).0.compare;
    assert_eq!(read(&[]).0.compare, CompareOptions::default());
    assert!(options("ignoreAggregatedRoles: true").ignore_aggregated_roles);
    assert!(!options("ignoreDifferencesOnResourceUpdates: false").ignore_differences_on_updates);
    for (written, meant) in [
        ("off", "none"),
        ("none", "none"),
        ("crd", "crd"),
        ("x", "all"),
    ] {
        let text = format!("ignoreResourceStatusField: {written}");
        assert_eq!(options(&text).ignored_status, meant, "{written}");
    }
    let updates = read(&[("resource.ignoreResourceUpdatesEnabled", "false")]).0;
    assert!(!updates.compare.ignore_updates);
    assert_eq!(options("["), CompareOptions::default());
}

#[test]
fn kinds_whose_check_changed_are_told() {
    let said = |cm: &[(&str, &str)]| read(cm).0.customizations;
    let before = said(&[
        ("resource.customizations.health.a_Same", "x"),
        ("resource.customizations.health.a_Gone", "x"),
        ("resource.customizations.health.a_Other", "x"),
        ("resource.customizations.health.a_Opened", "x"),
        ("resource.customizations.useOpenLibs.a_NoCheck", "false"),
    ]);
    let now = said(&[
        ("resource.customizations.health.a_Same", "x"),
        ("resource.customizations.actions.a_Same", "discovery.lua: x"),
        ("resource.customizations.health.a_Other", "y"),
        ("resource.customizations.health.a_Opened", "x"),
        ("resource.customizations.useOpenLibs.a_Opened", "true"),
        ("resource.customizations.useOpenLibs.a_NoCheck", "true"),
        ("resource.customizations.health.all", "x"),
    ]);
    let changed = ["*/*", "a/Gone", "a/Opened", "a/Other"];
    assert_eq!(now.checks_changed_since(&before), changed);
    assert!(now.checks_changed_since(&now).is_empty());
}
