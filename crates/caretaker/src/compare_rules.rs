//! The installation's settings about comparing, as comparing takes them: fields that do not count
//! for any app, types of custom resources' fields, and what of an object is left out altogether.

use diff::{CompareSettings, IgnoredStatus, KnownTypeField};

/// What the settings say.
pub fn compare_settings(settings: &argo::Settings) -> CompareSettings {
    let (customizations, options) = (&settings.customizations, &settings.compare);
    let typed = customizations.known_type_fields().map(|(kind, field)| {
        let (group, kind) = kind.split_once('/').unwrap_or(("", kind));
        KnownTypeField {
            group: group.to_owned(),
            kind: kind.to_owned(),
            field: field.field.clone(),
            type_name: field.type_name.clone(),
        }
    });
    CompareSettings {
        ignore: customizations.ignored_differences(),
        known_types: typed.collect(),
        ignore_aggregated_roles: options.ignore_aggregated_roles,
        ignored_status: IgnoredStatus::read(&options.ignored_status),
        masked_annotations: settings.masked_annotations.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn settings_are_taken_from_both_spellings() {
        let cm = [
            (
                "resource.customizations",
                "example.org/Thing:\n  knownTypeFields:\n  - {field: spec.ram, type: core/Quantity}\n",
            ),
            (
                "resource.customizations.ignoreDifferences.apps_Deployment",
                "jsonPointers: [/spec/replicas]",
            ),
            (
                "resource.customizations.ignoreDifferences.all",
                "managedFieldsManagers: [scaler]",
            ),
            (
                "resource.sensitive.mask.annotations",
                "example.org/token, b",
            ),
            (
                "resource.compareoptions",
                "ignoreAggregatedRoles: true\nignoreResourceStatusField: crd\n",
            ),
        ];
        let cm: BTreeMap<String, String> = cm
            .map(|(key, text)| (key.to_owned(), text.to_owned()))
            .into();
        let (settings, _) = argo::Settings::from_config_maps(&cm, &BTreeMap::new());
        let read = compare_settings(&settings);
        let rules: Vec<_> = read
            .ignore
            .iter()
            .map(|rule| {
                (
                    &*rule.group,
                    &*rule.kind,
                    rule.json_pointers.len(),
                    rule.managers.len(),
                )
            })
            .collect();
        assert_eq!(rules, [("*", "*", 0, 1), ("apps", "Deployment", 1, 0)]);
        assert_eq!(read.known_types[0].type_name, "core/Quantity");
        assert!(read.ignore_aggregated_roles);
        assert_eq!(read.masked_annotations, ["example.org/token", "b"]);
        assert_eq!(read.ignored_status, IgnoredStatus::Definitions);
    }
}
