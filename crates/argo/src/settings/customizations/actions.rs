//! Actions users wrote for a kind.
//!
//! Comes in: YAML with `discovery.lua`, `definitions` and `mergeBuiltinActions`. Goes out: the
//! scripts.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (ResourceActions).

use super::yaml_of;
use crate::fields::{Object, Problems};

/// The scripts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Actions {
    /// Says which actions there are.
    pub discovery: String,
    /// Names of actions, and what carries each out.
    pub definitions: Vec<(String, String)>,
    /// The actions that are built in are offered, too.
    pub merge_built_in: bool,
}

impl Actions {
    /// Reads them from the text of a setting; nothing if it is empty or broken.
    pub(super) fn read(text: &str, key: &str, warnings: &mut Vec<String>) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let value = yaml_of(text, key, warnings)?;
        let problems = Problems::default();
        let object = Object::at(&value, key.to_owned(), &problems);
        let read = Self {
            discovery: object.text("discovery.lua").to_owned(),
            definitions: object.objects("definitions").iter().map(named).collect(),
            merge_built_in: object.flag("mergeBuiltinActions").unwrap_or(false),
        };
        let told = problems.into_vec();
        let whole = told.is_empty();
        warnings.extend(told.into_iter().map(|why| format!("{why}; it is left out")));
        whole.then_some(read)
    }
}

fn named(definition: &Object<'_>) -> (String, String) {
    let text = |field| definition.text(field).to_owned();
    (text("name"), text("action.lua"))
}
