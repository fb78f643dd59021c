//! What a plugin that is not built in would run.
//!
//! Comes in: a resource. Goes out: what it asks to be run, for the message that refuses it. Source:
//! kyaml 0.21, fn/runtime/runtimeutil/functiontypes.go.

use crate::node;
use serde_json::Value;
use std::fmt;
use yaml::Node;

/// Something that would have to be run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum External {
    /// A function in a container.
    Container(String),
    /// A function that is a program.
    Program(String),
    /// A program or Go plugin out of the plugin folder.
    Plugin,
}

impl External {
    /// What the resource asks for.
    pub(super) fn of(resource: &Node) -> Self {
        const FUNCTION: [&str; 2] = ["config.kubernetes.io/function", "config.k8s.io/function"];
        const CONTAINER: &str = "config.kubernetes.io/container";
        let annotations = node::annotations(resource);
        let mut functions = FUNCTION.iter().filter_map(|key| annotations.get(*key));
        if let Some(text) = functions.find(|text| !text.is_empty()) {
            return Self::of_function(text);
        }
        match annotations.get(CONTAINER) {
            Some(image) if !image.is_empty() => Self::Container(image.to_string()),
            _ => Self::Plugin,
        }
    }

    fn of_function(text: &str) -> Self {
        let function = yaml::read_first(text.as_bytes(), &yaml::Limits::default());
        let part = |path: &str| match &function {
            Ok(function) => function.pointer(path).and_then(Value::as_str),
            Err(_) => None,
        };
        match part("/exec/path") {
            Some(path) => Self::Program(path.to_owned()),
            None => Self::Container(part("/container/image").unwrap_or("not named").to_owned()),
        }
    }
}

impl fmt::Display for External {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Container(image) => write!(f, "a function in a container (image {image})"),
            Self::Program(path) => write!(f, "a function that is a program ({path})"),
            Self::Plugin => f.write_str("a program or Go plugin outside the repository"),
        }
    }
}
