//! Whole resources in, whole resources out: variables put in their places.

use super::*;
use crate::config::TransformerConfig;
use crate::file;
use crate::schema::Schema;
use crate::transform::reference_cases::check;
use crate::transform::tests::{chain, resources};

#[test]
fn whole_kustomizations() {
    check(include_str!("cases.txt"));
}

fn resolved(pod: &str) -> Result<Vec<String>, VariablesError> {
    let vars = b"vars:
- {name: A, objref: {apiVersion: v1, kind: ConfigMap, name: a}, fieldref: {fieldPath: data.a}}
- {name: B, objref: {apiVersion: v1, kind: ConfigMap, name: a}}
- {name: C, objref: {apiVersion: v1, kind: ConfigMap, name: a}, fieldref: {fieldPath: data}}";
    let (kustomization, _) = file::read(vars, "k.yaml").expect("it reads");
    let map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: ";
    let mut resources = resources(&format!("{map}{}}}}}\n---\n{pod}", "a".repeat(1 << 20)));
    let mut vars = VarSet::default();
    let schema = Schema::builtin();
    vars.declare(&kustomization.vars, &mut resources, schema)?;
    let specs = &TransformerConfig::built_in().var_references;
    resolve(&mut resources, &vars, specs, schema)
}

#[test]
fn variables_that_stand_nowhere_are_told() {
    let pod = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{args: [";
    let unused = resolved(&format!("{pod} x$(A), $(C)]}}]}}}}")).expect("all is there");
    assert_eq!(unused, ["B", "C"]);
}

#[test]
fn what_grows_without_measure_ends() {
    let pod = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{args: [";
    let error = resolved(&format!("{pod} {}]}}]}}}}", "$(A)".repeat(129))).expect_err("too much");
    let expected = "the values of all variables in all fields have more than 134217728 bytes";
    assert!(chain(&error).ends_with(expected));
}
