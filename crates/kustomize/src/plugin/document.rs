//! A resource that configures a built-in plugin.
//!
//! Comes in: a resource. Goes out: the plugin's name and, field by field, its arguments. Fields
//! nobody knows are passed over. Source: Kustomize 5.8.1, api/internal/plugins/builtinhelpers and
//! api/internal/plugins/loader.

use super::PluginError;
use super::external::External;
use crate::file::Fault;
use crate::file::decode::{Field, Input, Rules, decode_fields};
use crate::file::nearest::nearest;
use crate::resource::{Gvk, ResId, Resource};
use serde_json::Value;

/// The apiVersion of plugins that are built in.
const BUILT_IN: &str = "builtin";

pub(super) const GENERATORS: [&str; 4] = [
    "ConfigMapGenerator",
    "HelmChartInflationGenerator",
    "IAMPolicyGenerator",
    "SecretGenerator",
];

pub(super) const TRANSFORMERS: [&str; 14] = [
    "AnnotationsTransformer",
    "HashTransformer",
    "ImageTagTransformer",
    "LabelTransformer",
    "NamespaceTransformer",
    "PatchJson6902Transformer",
    "PatchStrategicMergeTransformer",
    "PatchTransformer",
    "PrefixSuffixTransformer",
    "PrefixTransformer",
    "ReplacementTransformer",
    "ReplicaCountTransformer",
    "SuffixTransformer",
    "ValueAddTransformer",
];

/// Not plugins, though they look like some: sorting is for the topmost kustomization alone.
const ORDERS: [&str; 2] = ["LegacyOrderTransformer", "SortOrderTransformer"];

/// A built-in plugin and its arguments.
pub(super) struct Document<'a> {
    /// Its kind, one of those that are built in.
    pub kind: &'a str,
    id: String,
    value: Value,
}

impl<'a> Document<'a> {
    /// The built-in plugin that a resource configures.
    pub fn open(resource: &'a Resource) -> Result<Self, PluginError> {
        let kind = resource.kind();
        let (group, version) = Gvk::split_api_version(crate::node::api_version(&resource.node));
        if !group.is_empty() || version != BUILT_IN {
            let external = External::of(&resource.node);
            let kind = kind.to_owned();
            return Err(PluginError::External { kind, external });
        }
        if !GENERATORS.contains(&kind) && !TRANSFORMERS.contains(&kind) {
            return Err(unknown(kind));
        }
        let gvk = Gvk::unscoped(group, version, kind);
        let id = ResId::new(gvk, resource.name(), resource.namespace()).to_string();
        match resource.node.to_value() {
            Ok(value) => Ok(Self { kind, id, value }),
            Err(source) => Err(PluginError::Value { id, source }),
        }
    }

    /// Reads its arguments.
    pub fn read(&self, fields: Vec<Field<'_>>) -> Result<(), PluginError> {
        self.read_by(Rules::LENIENT, fields)
    }

    /// Reads its arguments by other rules than most.
    pub fn read_by(&self, rules: Rules, mut fields: Vec<Field<'_>>) -> Result<(), PluginError> {
        let input = Input::document(&self.value, rules);
        decode_fields(&mut fields, input).map_err(|fault| self.wrong(fault))
    }

    /// The error for arguments that are wrong.
    pub fn wrong(&self, source: Fault) -> PluginError {
        let id = self.id.clone();
        PluginError::Arguments { id, source }
    }

    /// The error for a plugin of the other sort.
    pub fn misplaced(&self, wanted: &'static str, field: &'static str) -> PluginError {
        let id = self.id.clone();
        PluginError::Misplaced { id, wanted, field }
    }
}

fn unknown(kind: &str) -> PluginError {
    let hint = match nearest_kind(kind) {
        _ if ORDERS.contains(&kind) => {
            "; it is no plugin: set `sortOptions` in the topmost kustomization".to_owned()
        }
        Some(name) => format!("; did you mean {name}?"),
        None => format!("; built in are {}", known().join(", ")),
    };
    let kind = kind.to_owned();
    PluginError::Unknown { kind, hint }
}

fn known() -> Vec<&'static str> {
    [&GENERATORS[..], &TRANSFORMERS[..]].concat()
}

/// The kind that was probably meant. What all kinds end in makes none like another.
fn nearest_kind(kind: &str) -> Option<String> {
    ["Transformer", "Generator"].into_iter().find_map(|sort| {
        let stem = kind.strip_suffix(sort).unwrap_or(kind);
        let stems = known()
            .into_iter()
            .filter_map(|kind| kind.strip_suffix(sort));
        let nearest = nearest(stem, &stems.collect::<Vec<_>>())?;
        Some(format!("{nearest}{sort}"))
    })
}
