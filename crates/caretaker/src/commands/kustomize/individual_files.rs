//! One file per object, as `--output DIR` writes them.
//!
//! In: objects. Out: file names, in which the namespace stands first if there are several.

use kustomize::schema::Schema;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Names and contents of the files.
pub fn files<'a>(objects: impl Iterator<Item = &'a Value>) -> BTreeMap<String, String> {
    let placed: Vec<(&Value, Option<&str>)> =
        objects.map(|object| (object, namespace(object))).collect();
    let namespaces: BTreeSet<&str> = placed
        .iter()
        .filter_map(|(_, namespace)| *namespace)
        .collect();
    placed
        .into_iter()
        .map(|(object, namespace)| {
            let name = file_name(object);
            let name = match namespace {
                Some(namespace) if namespaces.len() > 1 => {
                    format!("{}_{name}", namespace.to_lowercase())
                }
                _ => name,
            };
            (name, yaml::write(object))
        })
        .collect()
}

/// The namespace an object is in; none if its kind is known to have none.
fn namespace(object: &Value) -> Option<&str> {
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str);
    let (api_version, kind) = (text("/apiVersion")?, text("/kind")?);
    let namespace = text("/metadata/namespace").filter(|text| !text.is_empty());
    let cluster_scoped = Schema::builtin().is_certainly_cluster_scoped(api_version, kind);
    (!cluster_scoped).then_some(namespace.unwrap_or("default"))
}

/// `group_version_kind_name.yaml`, in small letters.
fn file_name(object: &Value) -> String {
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str);
    let api_version = text("/apiVersion").unwrap_or_default();
    let parts = api_version.split('/').chain(text("/kind"));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let name = text("/metadata/name").unwrap_or_default();
    format!("{}_{name}.yaml", parts.join("_")).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn namespaces_stand_first_where_there_are_several() {
        let object = |api_version: &str, kind: &str, namespace: Option<&str>| {
            let metadata = json!({"name": "Web.x", "namespace": namespace});
            json!({"apiVersion": api_version, "kind": kind, "metadata": metadata})
        };
        let names = |objects: &[Value]| files(objects.iter()).into_keys().collect::<Vec<_>>();
        assert_eq!(
            names(&[object("apps/v1", "Deployment", None)]),
            ["apps_v1_deployment_web.x.yaml"]
        );
        assert_eq!(
            names(&[
                object("v1", "Service", None),
                object("v1", "Service", Some("Shop")),
                object("v1", "Namespace", None),
            ]),
            [
                "default_v1_service_web.x.yaml",
                "shop_v1_service_web.x.yaml",
                "v1_namespace_web.x.yaml"
            ]
        );
    }
}
