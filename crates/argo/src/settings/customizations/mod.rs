//! What users say of kinds: `resource.customizations`, in both spellings.
//!
//! Comes in: the data of `argocd-cm`. Goes out: for each kind its health check, its actions, the
//! fields that do not count and the types of fields. A key of its own
//! (`resource.customizations.health.<group>_<Kind>`) replaces that part of what the block
//! `resource.customizations` says of the kind. What is broken is told and left out; unlike in
//! Argo CD, the rest holds.
//! Source: Argo CD 3.5: util/settings/settings.go (GetResourceOverrides);
//! pkg/apis/application/v1alpha1/types.go (ResourceOverride).

mod actions;
mod block;
mod ignored;
mod split_keys;

pub use actions::Actions;
pub use ignored::IgnoredFields;

use super::compare_options::CompareOptions;
use ignored::rule;
use model::IgnoreRule;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The key of the block, and what the keys of single parts begin with.
const KEY: &str = "resource.customizations";
/// All kinds of all groups.
const ALL: &str = "*/*";

/// What users say of one kind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Customization {
    /// A health check in Lua; empty for none.
    pub health: String,
    /// The check may use Lua's whole standard library.
    pub use_open_libs: bool,
    /// Actions in Lua.
    pub actions: Option<Actions>,
    /// Fields that do not count when objects are compared.
    pub ignore_differences: IgnoredFields,
    /// Fields whose updates concern nobody.
    pub ignore_resource_updates: IgnoredFields,
    /// Fields that are of a type of Kubernetes' own.
    pub known_type_fields: Vec<KnownTypeField>,
}

/// A field of a custom resource, and the type it is of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KnownTypeField {
    /// Its path, such as `spec.template.spec`.
    pub field: String,
    /// The type, such as `core/v1/PodSpec`.
    pub type_name: String,
}

/// What users say of kinds, by `group/Kind` (`Kind` alone in the core group); groups and kinds
/// may be globs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Customizations {
    /// By kind.
    pub by_kind: BTreeMap<String, Customization>,
}

impl Customizations {
    pub(super) fn read(cm: &BTreeMap<String, String>, warnings: &mut Vec<String>) -> Self {
        let mut by_kind = super::text(cm, KEY)
            .map(|text| block::read(text, warnings))
            .unwrap_or_default();
        split_keys::read(cm, &mut by_kind, warnings);
        Self { by_kind }
    }

    /// The kinds, as globs, whose health check is another than it was.
    pub fn checks_changed_since(&self, before: &Self) -> Vec<String> {
        fn check<'a>(all: &'a Customizations, kind: &str) -> Option<(&'a str, bool)> {
            let said = all.by_kind.get(kind)?;
            (!said.health.is_empty()).then_some((&*said.health, said.use_open_libs))
        }
        let kinds: BTreeSet<&String> = self.by_kind.keys().chain(before.by_kind.keys()).collect();
        kinds
            .into_iter()
            .filter(|kind| check(self, kind) != check(before, kind))
            .cloned()
            .collect()
    }

    /// The fields that do not count when objects of any app are compared.
    pub fn ignored_differences(&self) -> Vec<IgnoreRule> {
        let rules = self.by_kind.iter();
        rules
            .filter_map(|(kind, said)| rule(kind, said.ignore_differences.clone()))
            .collect()
    }

    /// The fields whose updates concern nobody: those users name, those that do not count in
    /// comparing if the options say so, and what the API server changes with every write.
    pub fn ignored_updates(&self, options: &CompareOptions) -> Vec<IgnoreRule> {
        let mut rules: Vec<IgnoreRule> = self
            .by_kind
            .iter()
            .filter_map(|(kind, said)| {
                let mut fields = said.ignore_resource_updates.clone();
                if options.ignore_differences_on_updates {
                    fields.add(&said.ignore_differences);
                }
                rule(kind, fields)
            })
            .collect();
        if options.ignore_differences_on_updates {
            rules.extend(status(&options.ignored_status));
        }
        let always = ["resourceVersion", "generation", "managedFields"];
        let always = always.map(|field| format!("/metadata/{field}"));
        rules.extend(rule(ALL, IgnoredFields::pointers(always.into())));
        rules
    }

    /// The fields that are of a type of Kubernetes' own, each with its kind.
    pub fn known_type_fields(&self) -> impl Iterator<Item = (&str, &KnownTypeField)> {
        self.by_kind.iter().flat_map(|(kind, said)| {
            let fields = said.known_type_fields.iter();
            fields.map(move |field| (kind.as_str(), field))
        })
    }
}

fn status(whose: &str) -> Option<IgnoreRule> {
    let kind = match whose {
        "all" => ALL,
        "crd" => "apiextensions.k8s.io/CustomResourceDefinition",
        _ => return None,
    };
    rule(kind, IgnoredFields::pointers(vec!["/status".to_owned()]))
}

/// A setting that is YAML; what cannot be read is told.
pub(super) fn yaml_of(text: &str, key: &str, warnings: &mut Vec<String>) -> Option<Value> {
    let read = yaml::read_first(text.as_bytes(), &yaml::Limits::default());
    read.map_err(|error| warnings.push(format!("{key}: {error}; it is left out")))
        .ok()
}
