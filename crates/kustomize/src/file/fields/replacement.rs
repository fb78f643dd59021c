//! `replacements` and `vars`.
//!
//! Comes in: their places. Goes out: their fields, or why an entry is none. Source: Kustomize
//! 5.8.1, api/types/{replacement,replacementfield,var}.go.

use crate::file::decode::{Field, Fields, field, group, inline};
use crate::file::fault::Problem;
use crate::file::types::{
    FieldOptions, Replacement, ReplacementField, SourceSelector, TargetSelector, Var,
};
use crate::resource::ResId;

impl Fields for Replacement {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("source", &mut self.source),
            field("targets", &mut self.targets),
            field("sourceValue", &mut self.source_value),
        ]
    }
}

impl Fields for ReplacementField {
    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = inline(self.replacement.fields());
        fields.push(field("path", &mut self.path));
        fields
    }
}

impl ReplacementField {
    /// Looks whether it is a file or a replacement, not both.
    pub(crate) fn check(&self) -> Result<(), Problem> {
        let targets = self.replacement.targets.as_ref();
        let inline =
            self.replacement.source.is_some() || targets.is_some_and(|all| !all.is_empty());
        match !self.path.is_empty() && inline {
            true => Err(Problem::PathAndReplacement),
            false => Ok(()),
        }
    }
}

impl Fields for SourceSelector {
    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = inline(self.id.fields());
        fields.push(field("fieldPath", &mut self.field_path));
        fields.push(field("options", &mut self.options));
        fields
    }
}

impl Fields for TargetSelector {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("select", &mut self.select),
            field("reject", &mut self.reject),
            field("fieldPaths", &mut self.field_paths),
            field("options", &mut self.options),
        ]
    }
}

impl Fields for FieldOptions {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("delimiter", &mut self.delimiter),
            field("index", &mut self.index),
            field("encoding", &mut self.encoding),
            field("create", &mut self.create),
        ]
    }
}

/// A variable as it is written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct VarEntry {
    name: String,
    api_version: String,
    object: ResId,
    field_path: String,
}

impl Fields for VarEntry {
    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut object = vec![field("apiVersion", &mut self.api_version)];
        object.extend(inline(self.object.fields()));
        let field_ref = vec![field("fieldPath", &mut self.field_path)];
        vec![
            field("name", &mut self.name),
            group("objref", object),
            group("fieldref", field_ref),
        ]
    }
}

impl VarEntry {
    /// With apiVersion taken apart and the field filled in.
    pub fn into_var(mut self) -> Var {
        let parts: Vec<&str> = self.api_version.split('/').collect();
        match parts[..] {
            [""] => {}
            [version] => version.clone_into(&mut self.object.gvk.version),
            [group, version] => {
                group.clone_into(&mut self.object.gvk.group);
                version.clone_into(&mut self.object.gvk.version);
            }
            _ => {}
        }
        if self.field_path.is_empty() {
            "metadata.name".clone_into(&mut self.field_path);
        }
        Var {
            name: self.name,
            object: self.object,
            field_path: self.field_path,
        }
    }
}
