//! Which fields each structure has, by the names files use.
//!
//! Comes in: a structure. Goes out: its fields, each a name and a place. What upstream embeds
//! stands in `inline`. Source: Kustomize 5.8.1, api/types; kyaml 0.21, resid.

mod generator;
mod helm;
mod patch;
mod replacement;
mod transform;

pub(crate) use generator::{ConfigMapEntry, SecretEntry};
pub(crate) use helm::HelmEntry;
pub(crate) use replacement::VarEntry;

use super::decode::{Field, Fields, field, inline};
use super::types::{FieldSpec, Selector, StringMap};
use crate::resource::{Gvk, ResId};

impl Fields for Gvk {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("group", &mut self.group),
            field("version", &mut self.version),
            field("kind", &mut self.kind),
        ]
    }
}

impl Fields for ResId {
    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = inline(self.gvk.fields());
        fields.push(field("name", &mut self.name));
        fields.push(field("namespace", &mut self.namespace));
        fields
    }
}

impl Fields for Selector {
    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = inline(self.id.fields());
        fields.push(field("annotationSelector", &mut self.annotation_selector));
        fields.push(field("labelSelector", &mut self.label_selector));
        fields
    }
}

impl Fields for FieldSpec {
    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = inline(self.gvk.fields());
        fields.push(field("path", &mut self.path));
        fields.push(field("create", &mut self.create));
        fields
    }
}

/// `metadata` of a kustomization or of a plugin.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Metadata {
    pub name: String,
    pub namespace: String,
    /// Read and never used.
    labels: StringMap,
    /// Read and never used.
    annotations: StringMap,
}

impl Fields for Metadata {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("name", &mut self.name),
            field("namespace", &mut self.namespace),
            field("labels", &mut self.labels),
            field("annotations", &mut self.annotations),
        ]
    }
}
