//! Customizations with a key for each part and kind.
//!
//! Comes in: keys such as `resource.customizations.health.cert-manager.io_Certificate`. Goes out:
//! the parts, put in the place of what the block says. `all` stands for every kind.

use super::{ALL, Actions, Customization, IgnoredFields, KEY, block, yaml_of};
use crate::fields::{Object, Problems};
use serde_json::json;
use std::collections::BTreeMap;

pub(super) fn read(
    cm: &BTreeMap<String, String>,
    by_kind: &mut BTreeMap<String, Customization>,
    warnings: &mut Vec<String>,
) {
    for (key, text) in cm {
        let part_and_kind = key
            .strip_prefix(KEY)
            .and_then(|rest| rest.strip_prefix('.'));
        let Some((part, kind)) = part_and_kind.and_then(|rest| rest.split_once('.')) else {
            continue;
        };
        let Some(kind) = kind_of(kind) else {
            warnings.push(format!(
                "{key}: expected {KEY}.<part>.<group>_<kind> or {KEY}.<part>.<kind>; it is left out"
            ));
            continue;
        };
        if !put(by_kind, &kind, part, (key, text), warnings) {
            warnings.push(format!("{key}: there is no part {part}; it is left out"));
        }
    }
}

/// `group/Kind` or `Kind`.
fn kind_of(written: &str) -> Option<String> {
    match written.split('_').collect::<Vec<_>>()[..] {
        [""] => None,
        ["all"] => Some(ALL.to_owned()),
        [kind] => Some(kind.to_owned()),
        [group, kind] => Some(format!("{group}/{kind}")),
        _ => None,
    }
}

/// Puts a part in its place; false if there is no such part. A broken one changes nothing.
fn put(
    by_kind: &mut BTreeMap<String, Customization>,
    kind: &str,
    part: &str,
    (key, text): (&str, &str),
    warnings: &mut Vec<String>,
) -> bool {
    let said = by_kind.entry(kind.to_owned()).or_default();
    let ignored = |warnings: &mut Vec<String>| {
        let value = yaml_of(text, key, warnings)?;
        Some(IgnoredFields::read(&value, key, warnings))
    };
    match part {
        "health" => said.health = text.to_owned(),
        "actions" => said.actions = Actions::read(text, key, warnings),
        "useOpenLibs" => match crate::settings::go_bool(text) {
            Some(open) => said.use_open_libs = open,
            None => warnings.push(format!("{key}: found {text:?}, expected true or false")),
        },
        "ignoreDifferences" => replace(&mut said.ignore_differences, ignored(warnings)),
        "ignoreResourceUpdates" => replace(&mut said.ignore_resource_updates, ignored(warnings)),
        "knownTypeFields" => {
            let Some(value) = yaml_of(text, key, warnings) else {
                return true;
            };
            let problems = Problems::default();
            let wrapped = json!({ key: value });
            said.known_type_fields = block::known_types(&Object::root(&wrapped, &problems), key);
            warnings.extend(problems.into_vec());
        }
        _ => return false,
    }
    true
}

fn replace<T>(place: &mut T, read: Option<T>) {
    if let Some(read) = read {
        *place = read;
    }
}
