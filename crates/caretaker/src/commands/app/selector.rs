//! `GROUP:KIND:NAME`, as `argocd app sync --resource` takes it.

use std::str::FromStr;

use serde_json::{Map, Value};

use crate::application::ResourceLine;

/// One object of an Application.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObjectSelector {
    group: String,
    kind: String,
    namespace: String,
    name: String,
}

impl FromStr for ObjectSelector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.splitn(3, ':').map(str::to_owned);
        let (group, kind, name) = (parts.next(), parts.next(), parts.next());
        let (Some(group), Some(kind), Some(name)) = (group, kind, name) else {
            return Err(
                "expected GROUP:KIND:NAME, as in apps:Deployment:web or :Service:web".into(),
            );
        };
        let (namespace, name) = name.split_once('/').unwrap_or(("", &name));
        if kind.is_empty() || name.is_empty() {
            return Err("kind and name must not be empty, as in :Service:web".into());
        }
        Ok(Self {
            group,
            kind,
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        })
    }
}

impl ObjectSelector {
    /// As an operation carries it.
    pub fn value(&self) -> Value {
        let mut fields = Map::new();
        for (name, text) in [
            ("group", &self.group),
            ("kind", &self.kind),
            ("name", &self.name),
            ("namespace", &self.namespace),
        ] {
            if !text.is_empty() {
                fields.insert(name.to_owned(), text.as_str().into());
            }
        }
        Value::Object(fields)
    }

    /// Whether it names this object.
    pub fn names(&self, line: &ResourceLine) -> bool {
        self.group == line.group
            && self.kind == line.kind
            && self.name == line.name
            && (self.namespace.is_empty() || self.namespace == line.namespace)
    }
}

impl std::fmt::Display for ObjectSelector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let slash = if self.namespace.is_empty() { "" } else { "/" };
        write!(
            f,
            "{}:{}:{}{slash}{}",
            self.group, self.kind, self.namespace, self.name
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_core_group_is_empty_and_a_namespace_may_stand_before_the_name() {
        let read = |text: &str| {
            text.parse::<ObjectSelector>()
                .map(|selector| selector.value())
        };
        assert_eq!(
            read(":Service:web"),
            Ok(json!({"kind": "Service", "name": "web"}))
        );
        assert_eq!(
            read("apps:Deployment:shop/web"),
            Ok(json!({"group": "apps", "kind": "Deployment", "name": "web", "namespace": "shop"}))
        );
        for text in ["", "Service:web", "apps::web", "apps:Deployment:"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
