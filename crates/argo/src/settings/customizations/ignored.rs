//! Fields that do not count, of one kind.
//!
//! Comes in: `jsonPointers`, `jqPathExpressions` and `managedFieldsManagers`. Goes out: a rule of
//! the same form as those of an application's own.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (OverrideIgnoreDiff);
//! util/argo/normalizers/diff_normalizer.go (getGroupKindForOverrideKey).

use crate::fields::{Object, Problems};
use model::IgnoreRule;
use serde_json::Value;

/// The fields.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IgnoredFields {
    /// As JSON pointers.
    pub json_pointers: Vec<String>,
    /// As jq path expressions.
    pub jq_paths: Vec<String>,
    /// All that these managers wrote last.
    pub managers: Vec<String>,
}

impl IgnoredFields {
    pub(super) fn pointers(json_pointers: Vec<String>) -> Self {
        Self {
            json_pointers,
            ..Self::default()
        }
    }

    /// Reads them from a value that stands under a key.
    pub(super) fn read(value: &Value, key: &str, warnings: &mut Vec<String>) -> Self {
        let problems = Problems::default();
        let object = Object::at(value, key.to_owned(), &problems);
        let texts = |field| object.texts(field).into_iter().map(str::to_owned).collect();
        let read = Self {
            json_pointers: texts("jsonPointers"),
            jq_paths: texts("jqPathExpressions"),
            managers: texts("managedFieldsManagers"),
        };
        warnings.extend(problems.into_vec());
        read
    }

    pub(super) fn add(&mut self, more: &Self) {
        self.json_pointers.extend_from_slice(&more.json_pointers);
        self.jq_paths.extend_from_slice(&more.jq_paths);
        self.managers.extend_from_slice(&more.managers);
    }

    fn is_empty(&self) -> bool {
        self.json_pointers.is_empty() && self.jq_paths.is_empty() && self.managers.is_empty()
    }
}

/// A rule for `group/Kind` or `Kind`; none if it ignores nothing.
pub(super) fn rule(kind: &str, fields: IgnoredFields) -> Option<IgnoreRule> {
    let (group, kind) = kind.split_once('/').unwrap_or(("", kind));
    (!fields.is_empty()).then(|| IgnoreRule {
        group: group.to_owned(),
        kind: kind.to_owned(),
        name: String::new(),
        namespace: String::new(),
        json_pointers: fields.json_pointers,
        jq_paths: fields.jq_paths,
        managers: fields.managers,
    })
}
