//! Config maps as people write them, and what they mean.

use argo::Settings;
use model::{ClusterId, GroupKind, TrackingMethod};
use std::collections::BTreeMap;
use std::time::Duration;

fn read(cm: &[(&str, &str)]) -> (Settings, Vec<String>) {
    let cm: BTreeMap<String, String> = cm
        .iter()
        .map(|(key, value)| (key.to_string(), value.to_string()))
        .collect();
    Settings::from_config_maps(&cm, &BTreeMap::new())
}

fn excluded(settings: &Settings, group: &str, kind: &str) -> bool {
    settings.is_excluded(&GroupKind::new(group, kind), ClusterId::IN_CLUSTER)
}

#[test]
fn nothing_set_means_argo_cds_defaults() {
    let (settings, warnings) = read(&[]);
    assert!(warnings.is_empty());
    assert_eq!(settings.tracking_method, TrackingMethod::Annotation);
    assert_eq!(&*settings.label_key, "app.kubernetes.io/instance");
    assert_eq!(settings.reconciliation.every, Duration::from_secs(120));
    assert_eq!(settings.reconciliation.jitter, Duration::from_secs(60));
    assert!(excluded(&settings, "discovery.k8s.io", "EndpointSlice"));
    assert!(excluded(&settings, "", "Endpoints") && excluded(&settings, "events.k8s.io", "Event"));
    assert!(!excluded(&settings, "", "ConfigMap") && !excluded(&settings, "apps", "Lease"));
}

#[test]
fn broken_settings_keep_their_defaults_and_are_told() {
    let (settings, warnings) = read(&[
        ("application.resourceTrackingMethod", "tag"),
        ("timeout.reconciliation", "soon"),
        ("resource.inclusions", "{"),
        ("resource.exclusions", "- apiGroups: apps"),
        ("webhook.maxPayloadSizeMB", "0"),
    ]);
    assert_eq!(warnings.len(), 5, "{warnings:#?}");
    assert_eq!(settings.reconciliation, Settings::default().reconciliation);
    assert!(!excluded(&settings, "", "ConfigMap"));
}

#[test]
fn settings_that_matter_and_are_not_acted_on_are_named() {
    let (settings, warnings) = read(&[
        (
            "resource.customizations.health.apps_Deployment",
            "return obj",
        ),
        (
            "resource.customizations.knownTypeFields.apps_Deployment",
            "[]",
        ),
        ("resource.customizations.ignoreResourceUpdates.all", "{}"),
        ("kustomize.buildOptions", "--enable-helm"),
        ("kustomize.version.v4.5.7", "/custom/kustomize"),
        ("url", "https://argocd.example.com"),
        ("ui.cssurl", "x"),
    ]);
    let named: Vec<&str> = warnings
        .iter()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let expected = ["kustomize.version.v4.5.7"];
    assert_eq!(named, expected);
    let told = serde_json::json!({"kustomize.buildOptions": "--enable-helm"});
    assert_eq!(*settings.render, told);
}

#[test]
fn own_exclusions_replace_the_default_ones_but_not_those_built_in() {
    let (settings, _) = read(&[("resource.exclusions", "- {apiGroups: [apps], kinds: ['*']}")]);
    assert!(excluded(&settings, "apps", "Deployment") && excluded(&settings, "", "Event"));
    assert!(!excluded(&settings, "", "Endpoints"));
}

#[test]
fn inclusions_shut_out_the_rest_of_their_cluster() {
    let inclusions = "- {apiGroups: ['', '*.example.com'], clusters: ['https://kube*']}";
    let (settings, _) = read(&[
        ("resource.inclusions", inclusions),
        ("resource.exclusions", ""),
    ]);
    assert!(!excluded(&settings, "", "Secret") && !excluded(&settings, "a.example.com", "X"));
    assert!(excluded(&settings, "apps", "Deployment") && excluded(&settings, "", "Event"));
    let elsewhere = "https://other";
    assert!(!settings.is_excluded(&GroupKind::new("apps", "Deployment"), elsewhere));
}

#[test]
fn further_namespaces_are_served_by_globs() {
    let params = [("application.namespaces".to_owned(), "team-*, x".to_owned())];
    let (settings, _) = Settings::from_config_maps(&BTreeMap::new(), &params.into());
    let served = ["argocd", "team-a", "x", "other"].map(|name| settings.serves_namespace(name));
    assert_eq!(served, [true, true, true, false]);
    assert!(settings.in_namespace("other").serves_namespace("other"));
}
