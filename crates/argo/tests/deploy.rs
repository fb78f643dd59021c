//! The installation in `deploy/` is the one this version needs.

use serde_json::Value;
use std::path::{Path, PathBuf};

fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy")
}

#[test]
fn its_definitions_are_this_versions() {
    let file = deploy().join("crds.yaml");
    if std::env::var_os("CARETAKER_BLESS").is_some() {
        std::fs::write(&file, argo::crds_yaml()).expect("the file can be written");
    }
    let text = std::fs::read_to_string(&file).expect("the file is there");
    assert!(
        text == argo::crds_yaml(),
        "deploy/crds.yaml differs: run this with CARETAKER_BLESS=1"
    );
}

#[test]
fn every_manifest_is_named_by_its_kustomization() {
    for folder in [
        "",
        "argocd",
        "base",
        "overlays/existing-argocd",
        "overlays/namespaced",
    ] {
        let folder = deploy().join(folder);
        let named = &documents(&folder.join("kustomization.yaml"))[0]["resources"];
        let named: Vec<&str> = named
            .as_array()
            .expect("resources")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        for file in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if name.ends_with(".yaml") && name != "kustomization.yaml" {
                assert!(
                    named.contains(&name.as_str()),
                    "{} is not named",
                    file.path().display()
                );
            }
        }
        for name in named {
            assert!(
                folder.join(name).exists(),
                "{name} of {} is missing",
                folder.display()
            );
        }
    }
}

#[test]
fn the_default_project_permits_everything_and_is_read_without_a_warning() {
    let project = &documents(&deploy().join("argocd/default-project.yaml"))[0];
    let (project, told) = argo::project::AppProject::from_resource(project);
    assert_eq!((project.name.as_str(), told), ("default", Vec::new()));
}

#[test]
fn the_settings_are_read_without_a_warning() {
    let cm = &documents(&deploy().join("argocd/argocd-cm.yaml"))[0];
    let data = serde_json::from_value(cm["data"].clone()).expect("texts");
    let (settings, warnings) = argo::Settings::from_config_maps(&data, &Default::default());
    assert_eq!(
        (settings, warnings),
        (argo::Settings::default(), Vec::new())
    );
}

fn documents(file: &Path) -> Vec<Value> {
    let text = std::fs::read(file).expect("the file is there");
    let documents = yaml::read_documents(&text, &yaml::Limits::default()).expect("YAML");
    documents
        .into_iter()
        .map(|document| document.value)
        .collect()
}
