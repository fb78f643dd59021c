//! Whole resources in, whole resources out: names that follow renamed resources.

use super::*;
use crate::config::TransformerConfig;
use crate::transform::reference_cases::check;
use crate::transform::tests::resources;

#[test]
fn whole_kustomizations() {
    check(include_str!("cases.txt"));
}

#[test]
fn whoever_names_a_resource_is_noted_on_it_each_time() {
    let mut resources = resources(
        "apiVersion: v1
kind: ConfigMap
metadata:
  name: new
  annotations:
    internal.config.kubernetes.io/previousNames: old
    internal.config.kubernetes.io/previousNamespaces: default
    internal.config.kubernetes.io/previousKinds: ConfigMap
---
apiVersion: v1
kind: Pod
metadata: {name: one}
spec:
  containers:
  - name: a
    envFrom: [{configMapRef: {name: old}}, {configMapRef: {name: new}}, {configMapRef: {name: old}}]
---
apiVersion: v1
kind: Pod
metadata: {name: two, namespace: elsewhere}
spec:
  containers:
  - name: a
    envFrom: [{configMapRef: {name: old}}]",
    );
    let rules = &TransformerConfig::built_in().name_references;
    apply(&mut resources, rules, Schema::builtin()).expect("names are clear");
    let one = "Pod.v1.[noGrp]/one.[noNs]";
    let notes = resources.resources[0].notes(BuildAnnotation::RefBy);
    assert_eq!(notes, [one, one]);
}
