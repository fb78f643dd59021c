//! What of all objects does not count when they are compared.
//!
//! Comes in: `resource.compareoptions` and `resource.ignoreResourceUpdatesEnabled`. Goes out: the
//! options; a broken one has its default.
//! Source: Argo CD 3.5: util/settings/settings.go (GetResourceCompareOptions).

use super::customizations::yaml_of;
use crate::fields::{Object, Problems};
use serde_json::Value;
use std::collections::BTreeMap;

const KEY: &str = "resource.compareoptions";
const UPDATES_KEY: &str = "resource.ignoreResourceUpdatesEnabled";

/// The options.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompareOptions {
    /// Rules of roles that are put together from others do not count (`ignoreAggregatedRoles`).
    pub ignore_aggregated_roles: bool,
    /// Whose status does not count: `all`, `crd` or `none` (`ignoreResourceStatusField`).
    pub ignored_status: String,
    /// What is ignored in comparing is ignored in updates of objects, too
    /// (`ignoreDifferencesOnResourceUpdates`).
    pub ignore_differences_on_updates: bool,
    /// Updates of objects may be ignored at all.
    pub ignore_updates: bool,
}

impl Default for CompareOptions {
    fn default() -> Self {
        Self {
            ignore_aggregated_roles: false,
            ignored_status: "all".to_owned(),
            ignore_differences_on_updates: true,
            ignore_updates: true,
        }
    }
}

impl CompareOptions {
    pub(super) fn read(cm: &BTreeMap<String, String>, warnings: &mut Vec<String>) -> Self {
        let mut options = cm
            .get(KEY)
            .and_then(|text| yaml_of(text, KEY, warnings))
            .map_or_else(Self::default, |value| Self::written(&value, warnings));
        let enabled = super::text(cm, UPDATES_KEY).map_or(Some(true), super::go_bool);
        options.ignore_updates = enabled.unwrap_or_else(|| {
            warnings.push(format!(
                "{UPDATES_KEY}: expected true or false; true is used"
            ));
            true
        });
        options
    }

    fn written(value: &Value, warnings: &mut Vec<String>) -> Self {
        let default = Self::default();
        let problems = Problems::default();
        let object = Object::at(value, KEY.to_owned(), &problems);
        let flag = |field, default| object.flag(field).unwrap_or(default);
        let read = Self {
            ignore_aggregated_roles: flag("ignoreAggregatedRoles", false),
            ignored_status: status(&object),
            ignore_differences_on_updates: flag("ignoreDifferencesOnResourceUpdates", true),
            ..default
        };
        warnings.extend(problems.into_vec());
        read
    }
}

/// YAML reads `off` as a flag; what is not known is `all`.
fn status(object: &Object<'_>) -> String {
    const FIELD: &str = "ignoreResourceStatusField";
    let word = match object.value(FIELD) {
        Some(Value::Bool(flag)) => flag.to_string(),
        _ => object.text(FIELD).to_owned(),
    };
    match word.as_str() {
        "crd" => "crd",
        "none" | "off" | "false" => "none",
        "" | "all" => "all",
        other => {
            let why = format!("found {other:?}, expected all, crd or none; all is used");
            object.wrong(FIELD, &why);
            "all"
        }
    }
    .to_owned()
}
