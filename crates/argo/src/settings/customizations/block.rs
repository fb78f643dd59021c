//! `resource.customizations` as one block.
//!
//! Comes in: YAML with a kind for each key. Goes out: what is said of each. Within it, actions and
//! ignored fields are texts that are YAML themselves.

use super::{Actions, Customization, IgnoredFields, KEY, KnownTypeField, yaml_of};
use crate::fields::{Object, Problems};
use std::collections::BTreeMap;

pub(super) fn read(text: &str, warnings: &mut Vec<String>) -> BTreeMap<String, Customization> {
    let Some(value) = yaml_of(text, KEY, warnings) else {
        return BTreeMap::new();
    };
    let problems = Problems::default();
    let block = Object::at(&value, KEY.to_owned(), &problems);
    let read = block
        .names()
        .map(|kind| (kind.to_owned(), one(&block.object(kind), warnings)))
        .collect();
    warnings.extend(problems.into_vec());
    read
}

fn one(said: &Object<'_>, warnings: &mut Vec<String>) -> Customization {
    let mut ignored = |field| {
        let (text, key) = (said.text(field), said.path_of(field));
        let value = (!text.is_empty()).then(|| yaml_of(text, &key, warnings));
        let read = value
            .flatten()
            .map(|value| IgnoredFields::read(&value, &key, warnings));
        read.unwrap_or_default()
    };
    Customization {
        ignore_differences: ignored("ignoreDifferences"),
        ignore_resource_updates: ignored("ignoreResourceUpdates"),
        health: said.text("health.lua").to_owned(),
        use_open_libs: said.flag("health.lua.useOpenLibs").unwrap_or(false),
        actions: Actions::read(said.text("actions"), &said.path_of("actions"), warnings),
        known_type_fields: known_types(said, "knownTypeFields"),
    }
}

/// A list of fields with their types.
pub(super) fn known_types(object: &Object<'_>, field: &str) -> Vec<KnownTypeField> {
    let items = object.objects(field);
    let typed = |item: &Object<'_>| KnownTypeField {
        field: item.text("field").to_owned(),
        type_name: item.text("type").to_owned(),
    };
    items.iter().map(typed).collect()
}
