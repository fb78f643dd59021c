//! The marks that say which app an object belongs to.
//!
//! Comes in: an object and the app that wants it. Goes out: the object with its marks; or, of a
//! live object, the app it belongs to. An annotation counts only on the object it names: copied to
//! another one (by an operator, say) it makes nobody its owner.
//! Source: Argo CD 3.5: util/argo/resource_tracking.go, controller/state.go (isSelfReferencedObj).

use crate::Settings;
use model::{App, ObjectKey, TrackingMethod};
use serde_json::{Map, Value};

/// The annotation that carries the full id.
pub const TRACKING_ANNOTATION: &str = "argocd.argoproj.io/tracking-id";
/// The annotation that tells installations apart.
pub const INSTALLATION_ANNOTATION: &str = "argocd.argoproj.io/installation-id";

/// Kubernetes takes no longer label values.
const LONGEST_LABEL: usize = 63;

/// Puts the app's marks on an object. Definitions of kinds get none, so that none is ever pruned.
pub fn mark(object: &mut Value, key: &ObjectKey, app: &App) {
    if is_kind_definition(key) {
        return;
    }
    let tracking = &app.tracking;
    if tracking.method != TrackingMethod::Label {
        let id = tracking_id(key, app);
        set(object, "annotations", TRACKING_ANNOTATION, Some(&id));
        set(
            object,
            "annotations",
            INSTALLATION_ANNOTATION,
            tracking.installation_id.as_deref(),
        );
    }
    let label = match tracking.method {
        TrackingMethod::Annotation => return,
        TrackingMethod::Label => &*tracking.instance,
        TrackingMethod::AnnotationAndLabel => cut(&tracking.instance),
    };
    if !label.is_empty() {
        set(object, "labels", &tracking.label_key, Some(label));
    }
}

/// The id an app's annotation has on this object. Cluster-scoped objects carry the destination's
/// namespace in it.
pub fn tracking_id(key: &ObjectKey, app: &App) -> String {
    let namespace = match &*key.namespace {
        "" => &*app.destination.namespace,
        namespace => namespace,
    };
    let (group, kind) = (&key.group_kind.group, &key.group_kind.kind);
    format!(
        "{}:{group}/{kind}:{namespace}/{}",
        app.tracking.instance, key.name
    )
}

/// The instance name an app has in marks: its name, with its namespace in front of it when that is
/// not the installation's.
pub fn instance(namespace: &str, name: &str, settings: &Settings) -> String {
    match namespace.is_empty() || *namespace == *settings.controller_namespace {
        true => name.to_owned(),
        false => format!("{namespace}_{name}"),
    }
}

/// The instance name of the app that the live object's marks name, if any. `object` needs nothing
/// but `metadata.labels` and `metadata.annotations`.
pub fn owner(object: &Value, key: &ObjectKey, settings: &Settings) -> Option<String> {
    if is_kind_definition(key) {
        return None;
    }
    let owner = match settings.tracking_method {
        TrackingMethod::Label => entry(object, "labels", &settings.label_key)?,
        TrackingMethod::Annotation | TrackingMethod::AnnotationAndLabel => {
            annotated_owner(object, key, settings)?
        }
    };
    (!owner.is_empty()).then(|| owner.to_owned())
}

fn annotated_owner<'a>(object: &'a Value, key: &ObjectKey, settings: &Settings) -> Option<&'a str> {
    let installation = entry(object, "annotations", INSTALLATION_ANNOTATION).unwrap_or_default();
    if installation != settings.installation_id.as_deref().unwrap_or_default() {
        return None;
    }
    let id = Id::parse(entry(object, "annotations", TRACKING_ANNOTATION)?)?;
    id.names(key).then_some(id.instance)
}

/// A tracking id taken apart.
struct Id<'a> {
    instance: &'a str,
    group: &'a str,
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
}

impl<'a> Id<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(3, ':');
        let (instance, kind, name) = (parts.next()?, parts.next()?, parts.next()?);
        let (group, kind) = kind.split_once('/')?;
        let (namespace, name) = name.split_once('/')?;
        let whole = !kind.contains('/') && !name.contains('/');
        whole.then_some(Self {
            instance,
            group,
            kind,
            namespace,
            name,
        })
    }

    /// Is it about this object? Of cluster-scoped objects the namespace says nothing.
    fn names(&self, key: &ObjectKey) -> bool {
        self.group == &*key.group_kind.group
            && self.kind == &*key.group_kind.kind
            && self.name == &*key.name
            && (key.namespace.is_empty() || self.namespace == &*key.namespace)
    }
}

fn is_kind_definition(key: &ObjectKey) -> bool {
    &*key.group_kind.group == "apiextensions.k8s.io"
        && &*key.group_kind.kind == "CustomResourceDefinition"
}

fn entry<'a>(object: &'a Value, map: &str, key: &str) -> Option<&'a str> {
    object.get("metadata")?.get(map)?.get(key)?.as_str()
}

/// Sets or removes an entry; what stands where a map belongs is replaced by one.
fn set(object: &mut Value, map: &str, key: &str, value: Option<&str>) {
    let Value::Object(object) = object else {
        return;
    };
    let metadata = object_in(object, "metadata");
    match value {
        Some(value) => {
            object_in(metadata, map).insert(key.to_owned(), value.into());
        }
        None => {
            if let Some(Value::Object(map)) = metadata.get_mut(map) {
                map.remove(key);
            }
        }
    }
}

fn object_in<'a>(map: &'a mut Map<String, Value>, key: &str) -> &'a mut Map<String, Value> {
    let value = map.entry(key).or_insert_with(|| Value::Object(Map::new()));
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(map) => map,
        _ => unreachable!("made an object one line above"),
    }
}

/// A label value of at most 63 characters that ends in a letter or digit.
fn cut(name: &str) -> &str {
    if name.len() <= LONGEST_LABEL {
        return name;
    }
    let end = (0..=LONGEST_LABEL)
        .rev()
        .find(|at| name.is_char_boundary(*at))
        .unwrap_or(0);
    name[..end].trim_end_matches(|c: char| !c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ClusterId, GroupKind};
    use serde_json::json;

    fn key(group: &str, kind: &str, namespace: &str, name: &str) -> ObjectKey {
        ObjectKey {
            cluster: ClusterId::in_cluster(),
            group_kind: GroupKind::new(group, kind),
            namespace: namespace.into(),
            name: name.into(),
        }
    }

    fn app(method: &str, name: &str) -> (App, Settings) {
        let cm = [(
            "application.resourceTrackingMethod".to_owned(),
            method.to_owned(),
        )];
        let settings = Settings::from_config_maps(&cm.into(), &Default::default()).0;
        let resource = json!({
            "metadata": {"name": name, "namespace": "argocd"},
            "spec": {"destination": {"namespace": "shop"}},
        });
        (crate::translate(&resource, &settings), settings)
    }

    #[test]
    fn an_object_is_owned_by_the_app_that_marked_it() {
        for method in ["annotation", "label", "annotation+label"] {
            let (app, settings) = app(method, "guestbook");
            for key in [
                key("apps", "Deployment", "shop", "web"),
                key("", "Namespace", "", "shop"),
                key("rbac.authorization.k8s.io", "ClusterRole", "", "reader:all"),
            ] {
                let mut object = json!({"metadata": {"name": &*key.name}});
                mark(&mut object, &key, &app);
                let owner = owner(&object, &key, &settings);
                assert_eq!(owner.as_deref(), Some("guestbook"), "{method} {key}");
            }
        }
    }

    #[test]
    fn a_cluster_scoped_object_carries_the_destination_namespace() {
        let (app, _) = app("annotation", "guestbook");
        let key = key("", "Namespace", "", "shop");
        assert_eq!(tracking_id(&key, &app), "guestbook:/Namespace:shop/shop");
    }

    #[test]
    fn a_copied_annotation_makes_nobody_the_owner() {
        let (app, settings) = app("annotation", "guestbook");
        let original = key("apps", "Deployment", "shop", "web");
        let mut object = json!({"metadata": {}});
        mark(&mut object, &original, &app);
        for copy in [
            key("apps", "ReplicaSet", "shop", "web"),
            key("apps", "Deployment", "other", "web"),
            key("apps", "Deployment", "shop", "web2"),
            key("extensions", "Deployment", "shop", "web"),
        ] {
            assert_eq!(owner(&object, &copy, &settings), None, "{copy}");
        }
    }

    #[test]
    fn kind_definitions_are_never_marked() {
        let (app, settings) = app("annotation+label", "guestbook");
        let key = key(
            "apiextensions.k8s.io",
            "CustomResourceDefinition",
            "",
            "x.example.com",
        );
        let mut object = json!({"metadata": {}});
        mark(&mut object, &key, &app);
        assert_eq!(object, json!({"metadata": {}}));
        assert_eq!(owner(&object, &key, &settings), None);
    }

    /// PreDelete_HookIsCreatedForLongAppName, PostDelete_HookIsCreatedForLongAppName.
    #[test]
    fn the_informing_label_is_cut_and_stays_valid() {
        let name = format!("{}-{}", "a".repeat(62), "b".repeat(10));
        let (app, settings) = app("annotation+label", &name);
        let key = key("", "ConfigMap", "shop", "web");
        let mut object = json!({"metadata": {}});
        mark(&mut object, &key, &app);
        let label = entry(&object, "labels", "app.kubernetes.io/instance");
        assert_eq!(label, Some("a".repeat(62).as_str()));
        assert_eq!(owner(&object, &key, &settings), Some(name));
    }

    #[test]
    fn another_installations_marks_are_not_ours() {
        let (mut app, settings) = app("annotation", "guestbook");
        app.tracking.installation_id = Some("blue".into());
        let key = key("", "ConfigMap", "shop", "web");
        let mut object = json!({"metadata": {}});
        mark(&mut object, &key, &app);
        assert_eq!(owner(&object, &key, &settings), None);
        let blue = Settings {
            installation_id: Some("blue".into()),
            ..settings
        };
        assert_eq!(owner(&object, &key, &blue).as_deref(), Some("guestbook"));
    }

    #[test]
    fn malformed_ids_have_no_owner() {
        let settings = Settings::default();
        let key = key("apps", "Deployment", "shop", "web");
        for id in [
            "",
            "x",
            "x:y:z",
            "x:apps/Deployment",
            "a:b/c/d:e/f",
            ":apps/Deployment:shop/web",
        ] {
            let object = json!({"metadata": {"annotations": {TRACKING_ANNOTATION: id}}});
            assert_eq!(owner(&object, &key, &settings), None, "{id}");
        }
    }
}
