//! Who owns an object: by its owner references, and by custom where Kubernetes writes none.
//!
//! Source: Argo CD 3.5: gitops-engine/pkg/cache/references.go (resolveResourceReferences).

use super::ResourceRef;
use model::GroupKind;
use serde_json::Value;

/// An owner as an object names it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Owner {
    /// As in `apps/v1`.
    pub api_version: String,
    /// Kind.
    pub kind: String,
    /// Name.
    pub name: String,
    /// UID; empty where the owner is known by name alone.
    pub uid: String,
}

impl Owner {
    fn named(api_version: &str, kind: &str, name: &str) -> Self {
        Self {
            api_version: api_version.to_owned(),
            kind: kind.to_owned(),
            name: name.to_owned(),
            uid: String::new(),
        }
    }

    /// The group and version of its API; both empty if they cannot be read.
    pub fn group_version(&self) -> (&str, &str) {
        let mut parts = self.api_version.split('/');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(version), None, _) => ("", version),
            (Some(group), Some(version), None) => (group, version),
            _ => ("", ""),
        }
    }

    /// As a tree names it; `namespace` is empty for an owner that is not found beside the object.
    pub fn reference(&self, namespace: &str) -> ResourceRef {
        let (group, version) = self.group_version();
        ResourceRef {
            group: group.to_owned(),
            version: version.to_owned(),
            kind: self.kind.clone(),
            namespace: namespace.to_owned(),
            name: self.name.clone(),
            uid: self.uid.clone(),
        }
    }
}

/// The owners of an object.
pub(super) fn owners(object: &Value, kind: &GroupKind) -> Vec<Owner> {
    let listed = object.pointer("/metadata/ownerReferences");
    let listed = listed.and_then(Value::as_array).into_iter().flatten();
    let mut owners: Vec<Owner> = listed.map(owner).collect();
    owners.extend(by_custom(object, kind, owners.is_empty()));
    owners
}

fn owner(reference: &Value) -> Owner {
    let text = |field: &str| reference[field].as_str().unwrap_or_default().to_owned();
    Owner {
        api_version: text("apiVersion"),
        kind: text("kind"),
        name: text("name"),
        uid: text("uid"),
    }
}

fn by_custom(object: &Value, kind: &GroupKind, unowned: bool) -> Option<Owner> {
    let annotation = |name: &str| {
        let annotations = object.pointer("/metadata/annotations")?;
        annotations
            .get(name)?
            .as_str()
            .filter(|text| !text.is_empty())
    };
    match (&*kind.group, &*kind.kind) {
        // Endpoints bear the name of their Service and nothing else that tells of it.
        ("", "Endpoints") if unowned => {
            let name = object.pointer("/metadata/name")?.as_str()?;
            Some(Owner::named("v1", "Service", name))
        }
        ("operators.coreos.com", "ClusterServiceVersion") => {
            let group = annotation("olm.operatorGroup")?;
            Some(Owner::named(
                "operators.coreos.com/v1",
                "OperatorGroup",
                group,
            ))
        }
        ("", "Secret") if object["type"] == "kubernetes.io/service-account-token" => Some(Owner {
            uid: annotation("kubernetes.io/service-account.uid")?.to_owned(),
            ..Owner::named(
                "v1",
                "ServiceAccount",
                annotation("kubernetes.io/service-account.name")?,
            )
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn owners_of(kind: &str, object: &Value) -> Vec<Owner> {
        owners(object, &GroupKind::new("", kind))
    }

    #[test]
    fn is_service_parent_of_end_point_with_the_same_name() {
        let endpoints = json!({"metadata": {"name": "web"}});
        assert_eq!(
            owners_of("Endpoints", &endpoints),
            [Owner::named("v1", "Service", "web")]
        );
        let owned = json!({"metadata": {"name": "web", "ownerReferences": [{"name": "x"}]}});
        assert_eq!(owners_of("Endpoints", &owned).len(), 1);
    }

    #[test]
    fn is_service_account_parent_of_secret() {
        let mut token = json!({
            "type": "kubernetes.io/service-account-token",
            "metadata": {"annotations": {
                "kubernetes.io/service-account.name": "robot",
                "kubernetes.io/service-account.uid": "1",
            }},
        });
        let robot = Owner {
            uid: "1".into(),
            ..Owner::named("v1", "ServiceAccount", "robot")
        };
        assert_eq!(owners_of("Secret", &token), [robot]);
        token["type"] = json!("Opaque");
        assert_eq!(owners_of("Secret", &token), []);
    }

    #[test]
    fn the_operator_group_owns_what_names_it() {
        let kind = GroupKind::new("operators.coreos.com", "ClusterServiceVersion");
        let version = json!({"metadata": {"annotations": {"olm.operatorGroup": "global"}}});
        let group = Owner::named("operators.coreos.com/v1", "OperatorGroup", "global");
        assert_eq!(owners(&version, &kind), [group]);
    }

    #[test]
    fn owner_ref_gv() {
        for (text, read) in [
            ("apps/v1", ("apps", "v1")),
            ("custom-version", ("", "custom-version")),
            ("", ("", "")),
            ("a/b/c", ("", "")),
        ] {
            let owner = Owner::named(text, "Thing", "x");
            assert_eq!(owner.group_version(), read, "{text}");
        }
    }
}
