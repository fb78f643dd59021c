//! `.Capabilities` as templates see it: structs of Go, one of them with methods.

use super::{ApiVersions, Capabilities, HelmVersion, KubeVersion};
use gotemplate::{ElementType, FunctionError, Kind, List, Object, Text, Value};
use serde_json::json;
use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

impl Capabilities {
    /// The value of `.Capabilities`.
    pub fn value(&self) -> Value {
        Value::Object(Rc::new(self.clone()))
    }
}

fn text(text: &str) -> Value {
    Value::Text(Text::from(text))
}

impl Object for Capabilities {
    fn type_name(&self) -> Cow<'static, str> {
        "*common.Capabilities".into()
    }

    fn kind(&self) -> Kind {
        Kind::Ptr
    }

    fn field(&self, name: &str) -> Option<Value> {
        Some(match name {
            "KubeVersion" => Value::Object(Rc::new(self.kube_version.clone())),
            "APIVersions" => Value::Object(Rc::new(self.api_versions.clone())),
            "HelmVersion" => Value::Object(Rc::new(self.helm_version.clone())),
            _ => return None,
        })
    }

    fn print(&self) -> String {
        let (kube, apis) = (self.kube_version.print(), self.api_versions.print());
        format!("{{{kube} {apis} {}}}", self.helm_version.print())
    }

    fn to_json(&self) -> serde_json::Value {
        json!({
            "KubeVersion": self.kube_version.to_json(),
            "APIVersions": self.api_versions.to_json(),
            "HelmVersion": self.helm_version.to_json(),
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for KubeVersion {
    fn type_name(&self) -> Cow<'static, str> {
        "common.KubeVersion".into()
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn field(&self, name: &str) -> Option<Value> {
        Some(match name {
            "Version" => text(&self.version),
            "Major" => text(&self.major),
            "Minor" => text(&self.minor),
            _ => return None,
        })
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Option<Result<Value, FunctionError>> {
        let value = match method {
            "String" => &self.normalized,
            "GitVersion" => &self.version,
            _ => return None,
        };
        Some(expect_arguments(method, arguments, 0).map(|()| text(value)))
    }

    fn print(&self) -> String {
        self.normalized.clone()
    }

    fn to_json(&self) -> serde_json::Value {
        json!({"Version": self.version, "Major": self.major, "Minor": self.minor})
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for ApiVersions {
    fn type_name(&self) -> Cow<'static, str> {
        "common.VersionSet".into()
    }

    fn kind(&self) -> Kind {
        Kind::Slice
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Option<Result<Value, FunctionError>> {
        if method != "Has" {
            return None;
        }
        Some(
            expect_arguments(method, arguments, 1).and_then(|()| match &arguments[0] {
                Value::Text(version) => Ok(Value::Bool(self.has(&version.as_str()))),
                _ => Err(FunctionError::new("wrong type for value; expected string")),
            }),
        )
    }

    fn underlying(&self) -> Option<Value> {
        let versions = self.iter().map(text).collect();
        Some(Value::List(List::of(ElementType::Text, versions)))
    }

    fn print(&self) -> String {
        format!("[{}]", self.iter().collect::<Vec<_>>().join(" "))
    }

    fn to_json(&self) -> serde_json::Value {
        self.iter().collect()
    }

    fn truth(&self) -> bool {
        self.iter().next().is_some()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for HelmVersion {
    fn type_name(&self) -> Cow<'static, str> {
        "version.BuildInfo".into()
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn field(&self, name: &str) -> Option<Value> {
        Some(match name {
            "Version" => text(&self.version),
            "GitCommit" => text(&self.git_commit),
            "GitTreeState" => text(&self.git_tree_state),
            "GoVersion" => text(&self.go_version),
            "KubeClientVersion" => text(&self.kube_client_version),
            _ => return None,
        })
    }

    fn print(&self) -> String {
        let (commit, state) = (&self.git_commit, &self.git_tree_state);
        let (go, kube) = (&self.go_version, &self.kube_client_version);
        format!("{{{} {commit} {state} {go} {kube}}}", self.version)
    }

    fn to_json(&self) -> serde_json::Value {
        let mut fields = serde_json::Map::new();
        for (name, value) in [
            ("version", &self.version),
            ("git_commit", &self.git_commit),
            ("git_tree_state", &self.git_tree_state),
            ("go_version", &self.go_version),
        ] {
            if !value.is_empty() {
                fields.insert(name.into(), value.as_str().into());
            }
        }
        let client = self.kube_client_version.as_str();
        fields.insert("kube_client_version".into(), client.into());
        serde_json::Value::Object(fields)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn expect_arguments(method: &str, arguments: &[Value], wanted: usize) -> Result<(), FunctionError> {
    match arguments.len() == wanted {
        true => Ok(()),
        false => Err(FunctionError::new(format!(
            "wrong number of args for {method}: want {wanted} got {}",
            arguments.len()
        ))),
    }
}
