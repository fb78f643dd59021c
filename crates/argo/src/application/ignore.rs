//! Differences that do not count.
//!
//! Comes in: `spec.ignoreDifferences`. Goes out: the rules as the comparison takes them.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (ResourceIgnoreDifferences).

use crate::fields::Object;
use model::IgnoreRule;

pub(super) fn read(spec: &Object<'_>, told: &mut Vec<String>) -> Vec<IgnoreRule> {
    spec.objects("ignoreDifferences")
        .iter()
        .map(|rule| one(rule, told))
        .collect()
}

fn one(rule: &Object<'_>, told: &mut Vec<String>) -> IgnoreRule {
    let texts = |field| owned(rule.texts(field));
    let read = IgnoreRule {
        group: rule.text("group").to_owned(),
        kind: rule.text("kind").to_owned(),
        name: rule.text("name").to_owned(),
        namespace: rule.text("namespace").to_owned(),
        json_pointers: texts("jsonPointers"),
        jq_paths: texts("jqPathExpressions"),
        managers: texts("managedFieldsManagers"),
    };
    for pointer in read
        .json_pointers
        .iter()
        .filter(|pointer| !pointer.starts_with('/'))
    {
        let path = rule.path_of("jsonPointers");
        told.push(format!(
            "{path}: {pointer:?} does not begin with '/' and ignores nothing"
        ));
    }
    read
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}
