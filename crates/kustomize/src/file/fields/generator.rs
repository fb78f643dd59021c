//! `configMapGenerator`, `secretGenerator`, `generatorOptions`.
//!
//! Comes in: their places. Goes out: their fields; the old `env` is kept apart, because only a
//! kustomization's counts. Source: Kustomize 5.8.1, api/types/{generatorargs,kvpairsources}.go.

use crate::file::decode::{Field, Fields, field, inline};
use crate::file::types::{GeneratorArgs, GeneratorOptions, SecretArgs};

/// A ConfigMap's arguments as they are written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct ConfigMapEntry {
    pub args: GeneratorArgs,
    /// The old form of `envs`.
    pub env: String,
}

/// A Secret's arguments as they are written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct SecretEntry {
    pub map: ConfigMapEntry,
    pub secret_type: String,
}

impl ConfigMapEntry {
    /// With `env` behind `envs`.
    pub fn into_args(self) -> GeneratorArgs {
        let mut args = self.args;
        args.envs
            .extend(Some(self.env).filter(|path| !path.is_empty()));
        args
    }
}

impl SecretEntry {
    /// With `env` behind `envs`.
    pub fn into_args(self) -> SecretArgs {
        SecretArgs {
            args: self.map.into_args(),
            secret_type: self.secret_type,
        }
    }
}

impl Fields for ConfigMapEntry {
    fn fields(&mut self) -> Vec<Field<'_>> {
        inline(vec![
            field("namespace", &mut self.args.namespace),
            field("name", &mut self.args.name),
            field("behavior", &mut self.args.behavior),
            field("literals", &mut self.args.literals),
            field("files", &mut self.args.files),
            field("envs", &mut self.args.envs),
            field("env", &mut self.env),
            field("options", &mut self.args.options),
        ])
    }
}

impl Fields for SecretEntry {
    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = self.map.fields();
        fields.push(field("type", &mut self.secret_type));
        fields
    }
}

impl Fields for GeneratorOptions {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("labels", &mut self.labels),
            field("annotations", &mut self.annotations),
            field("disableNameSuffixHash", &mut self.disable_name_suffix_hash),
            field("immutable", &mut self.immutable),
        ]
    }
}
