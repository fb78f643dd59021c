//! An action as it is offered.
//!
//! Comes in: what a kind says of its actions. Goes out: the JSON that Argo CD's API and its
//! clients have for them (Argo CD 3.5: ResourceAction in pkg/apis/application/v1alpha1/types.go),
//! where whatever is empty is left out.

use serde::{Deserialize, Serialize};

/// One action of an object.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Action {
    /// What it is called by.
    pub name: String,
    /// What has to be given to run it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// Whether it makes no sense in the state the object is in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
    /// The classes of its icon.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub icon_class: String,
    /// What it is shown as, if not by its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub display_name: String,
}

/// A parameter of an action.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Param {
    /// What it is called.
    pub name: String,
}

impl Action {
    /// An action that is known by its name alone.
    pub fn new(name: &str) -> Self {
        let name = name.to_owned();
        Self {
            name,
            ..Self::default()
        }
    }

    pub(crate) fn icon(mut self, classes: &str) -> Self {
        self.icon_class = classes.to_owned();
        self
    }

    pub(crate) fn shown_as(mut self, name: &str) -> Self {
        self.display_name = name.to_owned();
        self
    }

    pub(crate) fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    pub(crate) fn enabled(self, enabled: bool) -> Self {
        self.disabled(!enabled)
    }

    pub(crate) fn param(mut self, name: &str) -> Self {
        self.params.push(Param {
            name: name.to_owned(),
        });
        self
    }
}
